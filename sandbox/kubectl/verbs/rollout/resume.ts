/** kubectl rollout resume. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { called, patchEach } from './common.ts'

export const run = (k: Kubectl): Promise<void> =>
  patchEach(k, 'resumed', 'kubectl-rollout', info => {
    if (info.mapping.kind !== 'Deployment') throw new KubectlError(`${called(info)} resuming is not supported`)
    if (!info.object.spec.paused) throw new KubectlError(`${called(info)} is not paused`)
    return { spec: { paused: null } }
  })
