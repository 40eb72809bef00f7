/** Deletes Pods from nodes with NoExecute taints that they do not tolerate, or no longer. */
import { deepEqual } from '../../api/formats/json.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { matchesTaint, type Taint, type Toleration } from '../../api/scheduling/taints.ts'
import type { Pod } from '../../api/types.ts'
import type { Timer } from '../../clock/clock.ts'
import { type Controller, type ControllerContext, formatKey, type Key, keyOf, watch } from '../controller.ts'
import { markDisrupted } from './conditions.ts'

/** Milliseconds for which all taints are tolerated: undefined for ever, or that one is not tolerated at all. */
export function toleratedFor(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): number | undefined | 'untolerated' {
  const used: Toleration[] = []
  for (const taint of taints) {
    const matching = tolerations.find(t => matchesTaint(t, taint))
    if (!matching) return 'untolerated'
    used.push(matching)
  }
  const limits = used.flatMap(t => (t.tolerationSeconds === undefined ? [] : [Math.max(0, t.tolerationSeconds) * 1000]))
  return limits.length ? Math.min(...limits) : undefined
}

/** The eviction planned for a Pod, with the taints and tolerations that it follows from. */
interface Plan {
  taints: readonly Taint[]
  tolerations: readonly Toleration[]
  /** Absent once the Pod has been deleted: it may linger. */
  timer: Timer | undefined
}

/** Makes a controller; it remembers which Pods it means to delete, by namespace and name. */
export function taintEvictionController(): Controller {
  const plans = new Map<string, Plan>()

  /** Events name the Pod and nothing else of it, so that kubectl describe does not find them. */
  const tell = ({ namespace, name }: Key, verb: string, { events }: ControllerContext): void => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } } as Pod
    events.event(pod, 'Normal', 'TaintManagerEviction', `${verb} Pod ${namespace}/${name}`)
  }

  const cancel = (key: Key, context: ControllerContext): void => {
    const plan = plans.get(formatKey(key))
    if (!plan) return
    plans.delete(formatKey(key))
    if (!plan.timer) return
    context.clock.cancel(plan.timer)
    tell(key, 'Cancelling deletion of', context)
  }

  const evict = (key: Key, context: ControllerContext): void => {
    const { client } = context
    const pod = client.find(podKind, key.namespace, key.name)
    if (!pod) return
    tell(key, 'Marking for deletion', context)
    markDisrupted(context, pod, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint')
    client.delete(podKind, key.namespace, key.name)
  }

  return {
    name: 'taint-eviction-controller',
    for: podKind,
    ignoresOwnStatus: true,
    concerns: ({ spec }: Pod) => spec.nodeName !== undefined,
    watches: [
      watch(nodeKind, ({ object, old }, client) => {
        const had = old?.spec.taints?.some(t => t.effect === 'NoExecute')
        const has = object.spec.taints?.some(t => t.effect === 'NoExecute')
        if ((!had && !has) || old?.spec.taints === object.spec.taints) return []
        return client.onNode(podKind, object.metadata.name).map(keyOf)
      }),
    ],
    reconcile(key, context) {
      const { client, clock } = context
      const pod = client.find(podKind, key.namespace, key.name)
      if (!pod) {
        cancel(key, context)
        return
      }
      const node = pod.spec.nodeName && client.find(nodeKind, '', pod.spec.nodeName)
      if (!node) return
      const taints = (node.spec.taints ?? []).filter(t => t.effect === 'NoExecute') as Taint[]
      const tolerations = pod.spec.tolerations ?? []
      const plan = plans.get(formatKey(key))
      if (plan && deepEqual(plan.taints, taints) && deepEqual(plan.tolerations, tolerations)) return
      const ms = taints.length ? toleratedFor(taints, tolerations) : undefined
      if (ms === undefined) {
        cancel(key, context)
        return
      }
      if (ms === 'untolerated') {
        cancel(key, context)
        plans.set(formatKey(key), { taints, tolerations, timer: undefined })
        // Whose controller knows as well that it must go is often quicker.
        clock.soon(() => evict(key, context))
        return
      }
      // A deletion that is planned stays as it was planned, whatever other taints have come since.
      const known = { taints, tolerations }
      const timer = plan
        ? plan.timer
        : clock.after(ms, () => {
            plans.set(formatKey(key), { ...(plans.get(formatKey(key)) ?? known), timer: undefined })
            evict(key, context)
          })
      plans.set(formatKey(key), { ...known, timer })
    },
  }
}
