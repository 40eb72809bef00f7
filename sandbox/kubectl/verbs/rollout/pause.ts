/** kubectl rollout pause. */
import type { Kubectl } from '../../kubectl.ts'
import { patchEach, refusal } from './common.ts'

export const run = (k: Kubectl): Promise<void> =>
  patchEach(k, 'paused', 'kubectl-rollout', info => {
    if (info.mapping.kind !== 'Deployment') throw refusal(info, 'pausing is not supported')
    if (info.object.spec.paused) throw refusal(info, 'is already paused')
    return { spec: { paused: true } }
  })
