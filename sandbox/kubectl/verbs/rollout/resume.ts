/** kubectl rollout resume. */
import type { Kubectl } from '../../kubectl.ts'
import { patchEach, refusal } from './common.ts'

export const run = (k: Kubectl): Promise<void> =>
  patchEach(k, 'resumed', 'kubectl-rollout', info => {
    if (info.mapping.kind !== 'Deployment') throw refusal(info, 'resuming is not supported')
    if (!info.object.spec.paused) throw refusal(info, 'is not paused')
    return { spec: { paused: null } }
  })
