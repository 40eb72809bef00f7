/** A node's refusal, as the scheduler's filters word it, in the reader's words and with the numbers behind it. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { requestsOf } from '../../../../sandbox/scheduler/requests.ts'
import type { Words } from '../../words/words.ts'
import { amount, freeOf } from '../picture/resources.ts'
import type { Node, Pod } from './case.ts'

type W = Words['why']

const taintsOf = (node: Node): string =>
  (node.spec.taints ?? [])
    .filter(t => t.effect !== 'PreferNoSchedule')
    .map(t => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`)
    .join(', ')

/** The first that fits. */
const table: readonly (readonly [RegExp, (w: W, node: Node) => string])[] = [
  [/untolerated taint/, (w, node) => w.taints(taintsOf(node))],
  [/Too many pods/, (w, node) => w.podLimit(String(node.status.allocatable?.pods ?? ''))],
  [/node affinity\/selector|plugin\(s\) \[NodeAffinity\]/, w => w.labels],
  [/requested node name/, w => w.otherName],
  [/were unschedulable/, w => w.cordoned],
  [/free ports/, w => w.hostPort],
  [/existing pods anti-affinity/, w => w.unwelcome],
  [/anti-affinity rules/, w => w.nearRival],
  [/pod affinity rules/, w => w.farFromFriends],
  [/topology spread constraints \(missing required label\)/, w => w.spreadLabel],
  [/topology spread/, w => w.spread],
  [/available persistent volumes to bind/, w => w.noVolume],
  [/PersistentVolume's node affinity|volume zone/, w => w.volumeElsewhere],
  [/ReadWriteOncePod/, w => w.volumeTaken],
  [/bound to non-existent pv/, w => w.volumeGone],
]

/** `undefined` for what no line knows. */
export function refusalOf(reason: string, node: Node, w: W): string | undefined {
  return table.find(([pattern]) => pattern.test(reason))?.[1](w, node)
}

export function refusalText(reason: string, pod: Pod, node: Node, view: ClusterView, w: W): string {
  const [, resource] = /^Insufficient (.+)$/.exec(reason) ?? []
  if (!resource) return refusalOf(reason, node, w) ?? reason
  const here = view.pods.filter(p => p.spec.nodeName === node.metadata.name)
  const asked = requestsOf(pod).requests[resource] ?? 0
  return w.insufficient(
    w.resources[resource] ?? resource,
    amount(resource, asked),
    amount(resource, freeOf(node, here, resource)),
  )
}
