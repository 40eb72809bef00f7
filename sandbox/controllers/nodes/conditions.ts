/** Conditions of Pods that parts of the control plane set before they remove a Pod. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Pod } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'

/** Marks a Pod as being disrupted, and changes more of its status where asked to. */
export function markDisrupted(
  { client, clock }: ControllerContext,
  pod: Pod,
  reason: string,
  message: string,
  more: object = {},
): void {
  const present = pod.status.conditions ?? []
  const { generation } = pod.metadata
  const old = present.find(c => c.type === 'DisruptionTarget')
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: old?.status === 'True' ? old.lastTransitionTime : clock.timestamp(),
    reason,
    message,
    ...(generation && { observedGeneration: generation }),
  }
  const conditions = [...present.filter(c => c !== old), condition] as Pod['status']['conditions']
  client.updateStatus(podKind, { ...pod, status: { ...pod.status, ...more, conditions } })
}
