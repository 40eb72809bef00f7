/**
 * Watches over nodes: one whose kubelet has not been heard of for a while is Unknown; nodes that are not ready, or short
 * of something, are tainted, so that nothing new comes and what is there goes elsewhere.
 */
import { lease as leaseKind } from '../../api/kinds/lease.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { isNotFound } from '../../api/status.ts'
import type { Node } from '../../api/types.ts'
import { type Controller, type ControllerContext, watch } from '../controller.ts'
import { podCondition } from '../pods.ts'
import { type Disruption, readyOf, Zones, zoneOf } from './zones.ts'

const LEASE_NAMESPACE = 'kube-node-lease'
/** How long a kubelet may be silent. */
const MONITOR_GRACE_MS = 50_000
const STARTUP_GRACE_MS = 60_000
/** A kubelet renews its lease every ten seconds. */
const OVERDUE_MS = 15_000
/** One node in ten seconds is emptied, so that a failure of the control plane's own does not empty them all. */
const EVICTION_INTERVAL_MS = 10_000

const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'

type Taint = NonNullable<Node['spec']['taints']>[number]
type Condition = NonNullable<Node['status']['conditions']>[number]

/** Condition and status that keep new Pods away, and the taint that does it. */
const NO_SCHEDULE: readonly [type: string, status: string, key: string][] = [
  ['Ready', 'False', NOT_READY],
  ['Ready', 'Unknown', UNREACHABLE],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
]
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
const OWN_KEYS = new Set([...NO_SCHEDULE.map(r => r[2]), UNSCHEDULABLE])
/** What the kubelet reports and nobody else. */
const REPORTED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']

/** Old names of labels, which follow the present ones. */
const OLD_LABELS = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const

const heartbeatOf = (node: Node): string | undefined =>
  node.status.conditions?.find(c => c.type === 'Ready')?.lastHeartbeatTime

/** Makes a controller; it remembers when it has heard of each node. */
export function nodeLifecycleController(): Controller {
  const heard = new Map<string, { at: number; lease?: string; heartbeat?: string }>()
  /** By name, the uid of each node that has been greeted. */
  const registered = new Map<string, string>()
  const nextEviction = new Map<string, number>()
  const zones = new Zones()

  return {
    name: 'node-lifecycle-controller',
    component: 'node-controller',
    for: nodeKind,
    watches: [
      watch(nodeKind, event => {
        zones.note(event)
        return []
      }),
      watch(leaseKind, ({ type, object: { metadata } }) =>
        // Renewals are looked at when they are due; only the return of a lost node is news.
        metadata.namespace === LEASE_NAMESPACE && type !== 'DELETED' && heard.get(metadata.name)?.lease === undefined
          ? [{ namespace: '', name: metadata.name }]
          : [],
      ),
    ],
    reconcile({ name }, context) {
      const node = context.client.find(nodeKind, '', name)
      if (!node) {
        const uid = registered.get(name)
        if (uid === undefined) return
        registered.delete(name)
        heard.delete(name)
        const gone = { apiVersion: 'v1', kind: 'Node', metadata: { name, uid } } as Node
        context.events.event(
          gone,
          'Normal',
          'RemovingNode',
          `Node ${name} event: Removing Node ${name} from Controller`,
        )
        return
      }
      if (!registered.has(name)) {
        registered.set(name, node.metadata.uid)
        context.events.event(
          node,
          'Normal',
          'RegisteredNode',
          `Node ${name} event: Registered Node ${name} in Controller`,
        )
      }
      labelAsOf(node, context)
      const silence = listen(node, context)
      const grace = readyOf(node) === undefined ? STARTUP_GRACE_MS : MONITOR_GRACE_MS
      const current = silence > grace ? markUnknown(node, context) : node
      // A kubelet that reports itself that it is not ready reports of its Pods, too.
      if (readyOf(node) === 'True' && readyOf(current) === 'Unknown') markPodsNotReady(current, context)
      const wait = taint(current, context)
      if (wait) return { requeueAfter: wait }
      if (silence > grace) return
      // While all is well a look now and then is enough; a node that is overdue is an event in the making.
      return silence > OVERDUE_MS ? { requeueAfter: grace - silence + 1 } : { requeueAfter: OVERDUE_MS, quiet: true }
    },
  }

  function labelAsOf({ metadata: { name, labels } }: Node, { client }: ControllerContext): void {
    const behind = OLD_LABELS.filter(([now, old]) => labels?.[now] !== undefined && labels[old] !== labels[now])
    if (!behind.length) return
    const patch = Object.fromEntries(behind.map(([now, old]) => [old, labels![now]]))
    client.patch(nodeKind, '', name, { metadata: { labels: patch } })
  }

  /** Milliseconds since the node was last heard of. */
  function listen(node: Node, { client, clock }: ControllerContext): number {
    const { name } = node.metadata
    const now = clock.now()
    const lease = client.find(leaseKind, LEASE_NAMESPACE, name)?.spec.renewTime
    const heartbeat = heartbeatOf(node)
    const last = heard.get(name) ?? {
      at: readyOf(node) === undefined ? Date.parse(node.metadata.creationTimestamp) : now,
    }
    if (lease !== undefined && lease !== last.lease)
      last.at = Math.max(last.at, Math.min(now, Date.parse(lease) || now))
    if (heartbeat !== undefined && heartbeat !== last.heartbeat && readyOf(node) !== 'Unknown') last.at = now
    heard.set(name, { at: last.at, ...(lease && { lease }), ...(heartbeat && { heartbeat }) })
    return now - last.at
  }

  function markUnknown(node: Node, { client, clock, events }: ControllerContext): Node {
    const now = clock.timestamp()
    const conditions: Condition[] = (node.status.conditions ?? []).map(c =>
      REPORTED.includes(c.type) && c.status !== 'Unknown'
        ? {
            ...c,
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
            lastTransitionTime: now,
          }
        : c,
    )
    for (const type of REPORTED) {
      if (conditions.some(c => c.type === type)) continue
      conditions.push({
        type,
        status: 'Unknown',
        lastHeartbeatTime: node.metadata.creationTimestamp,
        lastTransitionTime: now,
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
      })
    }
    if (readyOf(node) === 'True')
      events.event(node, 'Normal', 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`)
    return client.updateStatus(nodeKind, { ...node, status: { ...node.status, conditions } })
  }

  function markPodsNotReady(node: Node, { client, clock, events }: ControllerContext): void {
    for (const pod of client.onNode(podKind, node.metadata.name)) {
      if (podCondition(pod, 'Ready')?.status !== 'True') continue
      const conditions = pod.status.conditions!.map(c =>
        c.type === 'Ready' ? { ...c, status: 'False', lastTransitionTime: clock.timestamp() } : c,
      )
      try {
        client.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions } })
        events.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready')
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    }
  }

  /** @returns milliseconds to wait for the node's turn to be emptied */
  function taint(node: Node, context: ControllerContext): number | undefined {
    const ready = readyOf(node)
    const present = (node.spec.taints ?? []) as Taint[]
    const conditions = node.status.conditions ?? []
    const wanted = NO_SCHEDULE.filter(([type, status]) =>
      conditions.some(c => c.type === type && c.status === status),
    ).map(r => r[2])
    if (node.spec.unschedulable) wanted.push(UNSCHEDULABLE)
    const kept = present.filter(t => !(t.effect === 'NoSchedule' && OWN_KEYS.has(t.key)) || wanted.includes(t.key))
    const timeAdded = context.clock.timestamp()
    const added = wanted.filter(key => !kept.some(t => t.key === key && t.effect === 'NoSchedule'))
    let taints = [...kept, ...added.map((key): Taint => ({ key, effect: 'NoSchedule', timeAdded }))]

    let wait: number | undefined
    const disruption = zones.disruptionOf(node)
    const leaving =
      ready === 'False' ? NOT_READY : ready === 'Unknown' && disruption !== 'everywhere' ? UNREACHABLE : undefined
    const isOld = (t: Taint): boolean =>
      t.effect === 'NoExecute' && (t.key === NOT_READY || t.key === UNREACHABLE) && t.key !== leaving
    const hadOld = taints.some(isOld)
    if (leaving && !taints.some(t => t.key === leaving && t.effect === 'NoExecute')) {
      // Changing the reason is no new eviction.
      wait = hadOld ? 0 : turn(node, disruption, context)
      if (wait === 0) taints = [...taints.filter(t => !isOld(t)), { key: leaving, effect: 'NoExecute', timeAdded }]
    } else taints = taints.filter(t => !isOld(t))

    if (taints.length !== present.length || taints.some(t => !present.includes(t))) {
      context.client.patch(nodeKind, '', node.metadata.name, { spec: { taints: taints.length ? taints : null } })
    }
    return wait || undefined
  }

  /** Milliseconds until this node may be emptied; 0 takes the turn. */
  function turn(node: Node, disruption: Disruption, { clock }: ControllerContext): number {
    if (disruption === 'zone') return EVICTION_INTERVAL_MS
    const zone = zoneOf(node)
    const at = nextEviction.get(zone) ?? 0
    if (at > clock.now()) return at - clock.now()
    nextEviction.set(zone, clock.now() + EVICTION_INTERVAL_MS)
    return 0
  }
}
