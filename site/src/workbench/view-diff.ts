/** Differences of views: what has changed since the page was last told, and how the page applies it. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'

type Held = { metadata: { uid: string } }
const byUid = <T extends Held>(list: readonly T[]): Map<string, T> => new Map(list.map(o => [o.metadata.uid, o]))
const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])

/** At most so many Pods and events in one change: what a page can draw within a frame. */
export interface Portion {
  pods: number
  events: number
}
const everything: Portion = { pods: Number.POSITIVE_INFINITY, events: Number.POSITIVE_INFINITY }

/** Remembers what the other side knows. */
export interface ViewDiff {
  /** @returns the next change of at most that size, and whether the other side then knows everything */
  next(view: ClusterView, most?: Portion): { change: ViewChange; all: boolean }
}

/** Compares by identity: objects of the API are frozen, so the same object means that nothing has changed. */
export function createViewDiff(): ViewDiff {
  const pods = new Map<string, ClusterView['pods'][number]>()
  const events = new Map<string, ClusterView['events'][number]>()
  let nodes: ClusterView['nodes'] | undefined
  let services: ClusterView['services'] = []
  let workloads: ClusterView['workloads'] = []

  return {
    next(view, most = everything) {
      const first = nodes === undefined
      const there = new Set(view.pods.map(pod => pod.metadata.uid))
      const gone = [...pods.keys()].filter(uid => !there.has(uid))
      const otherPods = view.pods.filter(pod => pods.get(pod.metadata.uid) !== pod)
      const otherEvents = view.events.filter(event => events.get(event.metadata.uid) !== event)
      const change: ViewChange = {
        now: view.now,
        ...(first && { whole: true as const }),
        ...((!nodes || !same(nodes, view.nodes)) && { nodes: view.nodes }),
        ...((first || !same(services, view.services)) && { services: view.services }),
        ...((first || !same(workloads, view.workloads)) && { workloads: view.workloads }),
        gone: gone.slice(0, most.pods),
        pods: otherPods.slice(0, Math.max(0, most.pods - gone.length)),
        events: otherEvents.slice(0, most.events),
      }
      for (const uid of change.gone) pods.delete(uid)
      for (const pod of change.pods) pods.set(pod.metadata.uid, pod)
      for (const event of change.events) events.set(event.metadata.uid, event)
      ;({ nodes, services, workloads } = view)
      // What the cluster has forgotten long ago need not be remembered here.
      if (events.size > 2 * view.events.length) {
        const kept = new Set(view.events.map(event => event.metadata.uid))
        for (const uid of events.keys()) if (!kept.has(uid)) events.delete(uid)
      }
      const all = gone.length + otherPods.length <= most.pods && otherEvents.length <= most.events
      return { change, all }
    },
  }
}

/** A heartbeat alone changes nothing that is shown. */
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
