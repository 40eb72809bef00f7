/** kubectl rollout restart: new Pods, by an annotation of the template. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { patchEach, refusal } from './common.ts'

const RESTARTABLE = new Set(['Deployment', 'DaemonSet', 'StatefulSet'])

export const run = (k: Kubectl): Promise<void> =>
  patchEach(k, 'restarted', 'kubectl-rollout', info => {
    if (!RESTARTABLE.has(info.mapping.kind)) throw refusal(info, 'restarting is not supported')
    if (info.object.spec.paused) throw refusal(info, "can't restart paused deployment (run rollout resume first)")
    const now = `${new Date(k.now()).toISOString().slice(0, 19)}Z`
    if (info.object.spec.template.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt'] === now)
      throw new KubectlError(
        `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
      )
    return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': now } } } } }
  })
