/** A node's refusal, as the scheduler's filters word it, in the reader's words and with the numbers behind it. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { requestsOf } from '../../../../sandbox/scheduler/requests.ts'
import type { Words } from '../../words/words.ts'
import { amount, sharesOf } from '../picture/resources.ts'

type Pod = ClusterView['pods'][number]
type Node = ClusterView['nodes'][number]
type W = Words['why']

const taintsOf = (node: Node): string =>
  (node.spec.taints ?? [])
    .filter(t => t.effect !== 'PreferNoSchedule')
    .map(t => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`)
    .join(', ')

/** The first that fits; what no line knows is shown as it is. */
const table: readonly (readonly [RegExp, (w: W, found: RegExpExecArray, node: Node) => string])[] = [
  [/untolerated taint/, (w, _, node) => w.taints(taintsOf(node))],
  [/Too many pods/, (w, _, node) => w.podLimit(String(node.status.allocatable?.pods ?? ''))],
  [/node affinity\/selector|plugin\(s\) \[NodeAffinity\]/, w => w.labels],
  [/requested node name/, w => w.otherName],
  [/were unschedulable/, w => w.cordoned],
  [/free ports/, w => w.hostPort],
  [/existing pods anti-affinity/, w => w.unwelcome],
  [/anti-affinity rules/, w => w.nearRival],
  [/pod affinity rules/, w => w.farFromFriends],
  [/topology spread/, w => w.spread],
  [/persistentvolumeclaim "([^"]+)" not found/, (w, found) => w.claimMissing(found[1] ?? '')],
  [/unbound immediate PersistentVolumeClaims/, w => w.claimUnbound],
  [/available persistent volumes to bind/, w => w.noVolume],
  [/PersistentVolume's node affinity|volume zone/, w => w.volumeElsewhere],
]

export function refusalText(reason: string, pod: Pod, node: Node, view: ClusterView, w: W): string {
  const [, resource] = /^Insufficient (.+)$/.exec(reason) ?? []
  if (resource) {
    const share = sharesOf(
      node,
      view.pods.filter(p => p.spec.nodeName === node.metadata.name),
    ).find(s => s.name === resource)
    const asked = requestsOf(pod).requests[resource] ?? 0
    return w.insufficient(
      resource,
      amount(resource, asked),
      amount(resource, Math.max(0, (share?.of ?? 0) - (share?.asked ?? 0))),
    )
  }
  for (const [pattern, text] of table) {
    const found = pattern.exec(reason)
    if (found) return text(w, found, node)
  }
  return reason
}
