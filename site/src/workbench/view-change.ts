/** Between two looks at the cluster: what to send, and how the other side puts it together again. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'

type Held = { metadata: { uid: string } }
const byUid = <T extends Held>(list: readonly T[]): Map<string, T> => new Map(list.map(o => [o.metadata.uid, o]))
const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])

/** Objects of the API are frozen and shared, so the same object means that nothing has changed. */
export function viewChange(before: ClusterView | undefined, after: ClusterView): ViewChange {
  const oldPods = byUid(before?.pods ?? [])
  const newPods = byUid(after.pods)
  const oldEvents = byUid(before?.events ?? [])
  return {
    now: after.now,
    ...(!before && { whole: true as const }),
    ...((!before || !same(before.nodes, after.nodes)) && { nodes: after.nodes }),
    ...((!before || !same(before.services, after.services)) && { services: after.services }),
    ...((!before || !same(before.workloads, after.workloads)) && { workloads: after.workloads }),
    pods: after.pods.filter(pod => oldPods.get(pod.metadata.uid) !== pod),
    gone: [...oldPods.keys()].filter(uid => !newPods.has(uid)),
    events: after.events.filter(event => oldEvents.get(event.metadata.uid) !== event),
  }
}

/** Heartbeats are no news. */
const sameNode = (a: ClusterView['nodes'][number], b: ClusterView['nodes'][number]): boolean =>
  a.spec === b.spec && (a.status.conditions ?? []).every((c, i) => c.status === b.status.conditions?.[i]?.status)

/** Whether a reader would see the difference. */
export const shows = (before: ClusterView, after: ClusterView): boolean =>
  !same(before.pods, after.pods) ||
  !same(before.services, after.services) ||
  !same(before.workloads, after.workloads) ||
  !same(before.events, after.events) ||
  before.nodes.length !== after.nodes.length ||
  before.nodes.some((node, i) => !sameNode(node, after.nodes[i]!))

const EVENTS_SHOWN = 1000

export function applyChange(known: ClusterView, change: ViewChange): ClusterView {
  const view = change.whole ? emptyView : known
  const pods = byUid(view.pods)
  for (const uid of change.gone) pods.delete(uid)
  for (const pod of change.pods) pods.set(pod.metadata.uid, pod)
  const events = byUid(view.events)
  for (const event of change.events) {
    // One that was counted up becomes the newest.
    events.delete(event.metadata.uid)
    events.set(event.metadata.uid, event)
  }
  return {
    now: change.now,
    nodes: change.nodes ?? view.nodes,
    services: change.services ?? view.services,
    workloads: change.workloads ?? view.workloads,
    pods: [...pods.values()],
    events: [...events.values()].slice(-EVENTS_SHOWN),
  }
}

export const emptyView: ClusterView = { now: 0, nodes: [], pods: [], services: [], workloads: [], events: [] }
