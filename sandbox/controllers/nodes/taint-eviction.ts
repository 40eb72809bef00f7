/** Deletes Pods from nodes with NoExecute taints that they do not tolerate, or no longer. */
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { matchesTaint, type Taint, type Toleration } from '../../api/taints.ts'
import type { Pod } from '../../api/types.ts'
import type { Timer } from '../../clock/clock.ts'
import { type Controller, type ControllerContext, keyOf, watch } from '../controller.ts'
import { markDisrupted } from './conditions.ts'

/** Milliseconds for which all taints are tolerated: 0 for not at all, undefined for ever. */
export function toleratedFor(taints: readonly Taint[], tolerations: readonly Toleration[]): number | undefined {
  const used: Toleration[] = []
  for (const taint of taints) {
    const matching = tolerations.find(t => matchesTaint(t, taint))
    if (!matching) return 0
    used.push(matching)
  }
  const limits = used.flatMap(t => (t.tolerationSeconds === undefined ? [] : [Math.max(0, t.tolerationSeconds) * 1000]))
  return limits.length ? Math.min(...limits) : undefined
}

/** Makes a controller; it remembers since when it has meant to delete which Pod. */
export function taintEvictionController(): Controller {
  const planned = new Map<string, { createdAt: number; timer: Timer }>()

  const cancel = (pod: Pod, { clock, events }: ControllerContext): void => {
    const plan = planned.get(pod.metadata.uid)
    if (!plan) return
    clock.cancel(plan.timer)
    planned.delete(pod.metadata.uid)
    events.event(
      pod,
      'Normal',
      'TaintManagerEviction',
      `Cancelling deletion of Pod ${pod.metadata.namespace}/${pod.metadata.name}`,
    )
  }

  const evict = (pod: Pod, context: ControllerContext): void => {
    const { namespace = '', name, uid } = pod.metadata
    planned.delete(uid)
    const now = context.client.find(podKind, namespace, name)
    if (now?.metadata.uid !== uid) return
    context.events.event(now, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${namespace}/${name}`)
    markDisrupted(context, now, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint')
    context.client.delete(podKind, namespace, name)
  }

  return {
    name: 'taint-eviction-controller',
    for: podKind,
    ignoresOwnStatus: true,
    watches: [
      watch(nodeKind, ({ object, old }, client) => {
        const had = old?.spec.taints?.some(t => t.effect === 'NoExecute')
        const has = object.spec.taints?.some(t => t.effect === 'NoExecute')
        if ((!had && !has) || old?.spec.taints === object.spec.taints) return []
        return client.onNode(podKind, object.metadata.name).map(keyOf)
      }),
    ],
    reconcile({ namespace, name }, context) {
      const pod = context.client.find(podKind, namespace, name)
      const node = pod?.spec.nodeName && context.client.find(nodeKind, '', pod.spec.nodeName)
      if (!pod || !node || pod.metadata.deletionTimestamp) return
      const taints = (node.spec.taints ?? []).filter(t => t.effect === 'NoExecute') as Taint[]
      const ms = taints.length ? toleratedFor(taints, pod.spec.tolerations ?? []) : undefined
      const plan = planned.get(pod.metadata.uid)
      if (ms === undefined) cancel(pod, context)
      else if (ms === 0) {
        context.clock.cancel(plan?.timer)
        // Whose controller knows as well that it must go is often quicker.
        context.clock.soon(() => evict(pod, context))
      } else {
        const createdAt = plan?.createdAt ?? context.clock.now()
        context.clock.cancel(plan?.timer)
        const timer = context.clock.after(createdAt + ms - context.clock.now(), () => evict(pod, context))
        planned.set(pod.metadata.uid, { createdAt, timer })
      }
    },
  }
}
