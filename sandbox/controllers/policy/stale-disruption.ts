/** Takes the condition DisruptionTarget back from Pods that were to be disrupted and have not been asked to go. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Pod } from '../../api/types.ts'
import { findCondition } from '../conditions.ts'
import type { Controller } from '../controller.ts'
import { isFinished, isTerminating } from '../pods.ts'

/** So long whoever has set the condition may take to delete the Pod. */
const STALE_AFTER_MS = 120_000

/** A kubelet takes as long as it needs to end a Pod: its word is never stale. */
function staleAt(pod: Pod): number | undefined {
  if (isTerminating(pod) || isFinished(pod)) return undefined
  const condition = findCondition(pod.status.conditions, 'DisruptionTarget')
  if (condition?.status !== 'True' || condition.reason === 'TerminationByKubelet') return undefined
  return Date.parse(condition.lastTransitionTime ?? '') + STALE_AFTER_MS
}

/** In Kubernetes it is a queue of the disruption controller, which here sleeps until there is a budget. */
export const staleDisruptionController: Controller = {
  name: 'disruption-controller',
  for: podKind,
  concerns: object => staleAt(object as Pod) !== undefined,
  reconcile({ namespace, name }, { client, clock }) {
    const pod = client.find(podKind, namespace, name)
    const at = pod && staleAt(pod)
    if (!pod || at === undefined) return
    if (at > clock.now()) return { requeueAfter: at - clock.now(), quiet: true }
    const { generation } = pod.metadata
    const taken = {
      type: 'DisruptionTarget',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: clock.timestamp(),
      ...(generation && { observedGeneration: generation }),
    }
    const conditions = pod.status.conditions!.map(c =>
      c.type === taken.type ? taken : c,
    ) as typeof pod.status.conditions
    client.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions } })
    return
  },
}
