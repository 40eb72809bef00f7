/** No Pods for cordoned nodes, but for those that tolerate it. */

import { tolerates } from '../../api/scheduling/taints.ts'
import type { Plugin } from '../framework.ts'
import { refuseForGood, toleratesMore } from '../framework.ts'

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const REFUSAL = refuseForGood('node(s) were unschedulable')

export const nodeUnschedulable: Plugin = {
  name: 'NodeUnschedulable',
  prepare(pod) {
    if (tolerates(pod.spec.tolerations, TAINT)) return
    return { filter: ({ unschedulable }) => (unschedulable ? REFUSAL : undefined) }
  },
  judgesTaints: true,
  wakes: (event, pod) =>
    event.type === 'NodeAdded' ||
    (event.type === 'NodeChanged' && event.what.has('taints')) ||
    (toleratesMore(event, pod) && tolerates(pod.spec.tolerations, TAINT)),
}
