/** Removes Pods that nobody else will: those of nodes that no longer exist, or that were never given one. */
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Node, Pod } from '../../api/types.ts'
import { type Controller, type ControllerContext, watch } from '../controller.ts'
import { isFinished } from '../pods.ts'
import { markDisrupted } from './conditions.ts'

/** A node may only be late. */
const QUARANTINE_MS = 40_000
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'
/** So many finished Pods may stay; the oldest of more go. */
const MAX_FINISHED = 12_500

/** Keys are names of nodes; '' stands for Pods without one. Remembers since when a node has been missing. */
export function podGCController(): Controller {
  const missingSince = new Map<string, number>()
  let finished = 0

  return {
    name: 'pod-garbage-collector',
    for: nodeKind,
    ignoresOwnStatus: true,
    watches: [
      watch(podKind, ({ type, object, old }, client) => {
        finished += Number(type !== 'DELETED' && isFinished(object)) - Number(old !== undefined && isFinished(old))
        const { nodeName } = object.spec
        const keys = []
        if (nodeName) {
          const node = client.find(nodeKind, '', nodeName)
          if (!node || isOutOfService(node)) keys.push({ namespace: '', name: nodeName })
        } else if (object.metadata.deletionTimestamp) keys.push({ namespace: '', name: '' })
        if (finished > MAX_FINISHED && !keys.some(k => !k.name)) keys.push({ namespace: '', name: '' })
        return type === 'DELETED' ? [] : keys
      }),
    ],
    reconcile({ name }, context) {
      const { client, clock } = context
      if (!name) {
        for (const pod of client.list(podKind)) {
          if (!pod.spec.nodeName && pod.metadata.deletionTimestamp) remove(pod, context)
        }
        if (finished > MAX_FINISHED) removeOldest(finished - MAX_FINISHED, context)
        return
      }
      const pods = client.onNode(podKind, name)
      const node = client.find(nodeKind, '', name)
      if (node || !pods.length) {
        missingSince.delete(name)
        if (node && isOutOfService(node)) {
          for (const pod of pods) if (pod.metadata.deletionTimestamp) remove(pod, context)
        }
        return
      }
      const since = missingSince.get(name) ?? clock.now()
      missingSince.set(name, since)
      const left = since + QUARANTINE_MS - clock.now()
      if (left > 0) return { requeueAfter: left }
      for (const pod of pods) remove(pod, context, 'PodGC: node no longer exists')
      missingSince.delete(name)
      return
    },
  }
}

const isOutOfService = (node: Node): boolean =>
  Boolean(node.spec.taints?.some(t => t.key === OUT_OF_SERVICE)) &&
  node.status.conditions?.find(c => c.type === 'Ready')?.status !== 'True'

/** First Failed, so that whoever counts Pods by phase counts right, then gone at once. */
function remove(pod: Pod, context: ControllerContext, why?: string): void {
  const { namespace = '', name } = pod.metadata
  const { client } = context
  if (!isFinished(pod)) {
    if (why) markDisrupted(context, pod, 'DeletionByPodGC', why, { phase: 'Failed' })
    else client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Failed' } })
  }
  if (client.find(podKind, namespace, name)) client.delete(podKind, namespace, name, { gracePeriodSeconds: 0 })
}

function removeOldest(count: number, context: ControllerContext): void {
  const done = context.client.list(podKind).filter(isFinished)
  const age = (pod: Pod): string => `${pod.metadata.creationTimestamp}/${pod.metadata.name}`
  done.sort((a, b) => (age(a) < age(b) ? -1 : 1))
  for (const pod of done.slice(0, count)) remove(pod, context)
}
