/** The scheduler: gives Pods nodes, one at a time, the most important first. */
import type { Client, WatchEvent } from '../api/client.ts'
import { InFlight } from '../api/egress/outside.ts'
import type { SeriesRecorder } from '../api/events/event-series.ts'
import { deepEqual } from '../api/formats/json.ts'
import { ZERO_TIME } from '../api/formats/zero-time.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { persistentVolume } from '../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { keptFor, volumeFor } from '../api/scheduling/volume-matching.ts'
import { isNotFound, StatusError } from '../api/status.ts'
import type { Node, PersistentVolumeClaim, Pod } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { ClusterState, priorityOf } from './cluster-state.ts'
import { type ClusterEvent, type Diagnosis, describe, type Plugin } from './framework.ts'
import { Placer } from './placement.ts'
import { plugins as defaultPlugins } from './plugins/index.ts'
import { delayedClaims, isBound, SELECTED_NODE } from './plugins/volume-binding.ts'
import { type Candidate, findPreemption } from './preemption.ts'
import { type Queued, SchedulingQueue } from './queue.ts'

export const SCHEDULER_NAME = 'default-scheduler'

/** What the plugin for claims of devices says when it has nothing to offer, as always here. */
const NO_CLAIMS = 'no new claims to deallocate'
/** And when the Pod was refused before that plugin had seen it. */
const NOT_SEEN = 'not found'
const MAX_NOTE = 1024
const BINDING_MS = 20

export interface SchedulerOptions {
  client: Client
  events: SeriesRecorder
  clock: Clock
  random: Random
  plugins?: readonly Plugin[]
}

/** @returns how to stop it */
export function startScheduler(options: SchedulerOptions): () => void {
  const scheduler = new Scheduler(options)
  return () => scheduler.stop()
}

const isDone = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'

class Scheduler {
  readonly #client: Client
  readonly #events: SeriesRecorder
  readonly #clock: Clock
  readonly #random: Random
  readonly #plugins: readonly Plugin[]
  readonly #cluster = new ClusterState()
  readonly #queue: SchedulingQueue
  readonly #placer: Placer
  readonly #stops: (() => void)[]
  #pumping = false
  #stopped = false

  constructor({ client, events, clock, random, plugins = defaultPlugins }: SchedulerOptions) {
    this.#client = client.as('system:kube-scheduler')
    this.#events = events
    this.#clock = clock
    this.#random = random
    this.#plugins = plugins
    this.#queue = new SchedulingQueue(clock, () => this.#pump())
    this.#placer = new Placer({ client: this.#client, cluster: this.#cluster }, plugins, random)
    this.#stops = [
      this.#client.watch(nodeKind, {}, event => this.#nodeChanged(event)),
      this.#client.watch(podKind, {}, event => this.#podChanged(event)),
      this.#client.watch(persistentVolumeClaim, {}, event => this.#claimChanged(event)),
      this.#client.watch(persistentVolume, {}, () => this.#happened({ type: 'VolumeChanged' })),
    ]
  }

  stop(): void {
    this.#stopped = true
    this.#events.stop()
    for (const stop of this.#stops) stop()
  }

  #nodeChanged({ type, object, old }: WatchEvent<Node>): void {
    if (type === 'DELETED') {
      this.#cluster.removeNode(object.metadata.name)
      return
    }
    this.#cluster.setNode(object)
    const node = this.#cluster.get(object.metadata.name)!
    if (type === 'ADDED') this.#happened({ type: 'NodeAdded', node })
    else if (old) {
      const what = changesOf(old, object)
      if (what.size) this.#happened({ type: 'NodeChanged', node, what })
    }
  }

  #podChanged({ type, object: pod, old }: WatchEvent<Pod>): void {
    const { uid } = pod.metadata
    if (pod.spec.nodeName) {
      this.#queue.remove(uid)
      this.#placer.nominations.remove(uid)
      if (type === 'DELETED' || isDone(pod)) {
        const counted = Boolean(old?.spec.nodeName) && !isDone(old!)
        this.#cluster.removePod(uid)
        if (counted) this.#happened({ type: 'PodDeleted', pod })
        return
      }
      this.#cluster.setPod(pod)
      if (!old?.spec.nodeName) this.#happened({ type: 'PodBound', pod })
      else if (isOther(old, pod)) this.#happened({ type: 'PodChanged', pod, old })
      return
    }
    if (type === 'DELETED' || isDone(pod) || pod.spec.schedulerName !== SCHEDULER_NAME) {
      this.#queue.remove(uid)
      this.#placer.nominations.remove(uid)
      return
    }
    const entry = this.#queue.get(uid)
    const gated = this.#plugins.some(p => p.gate?.(pod))
    if (!entry) {
      if (pod.status.nominatedNodeName) this.#placer.nominations.set(pod, pod.status.nominatedNodeName)
      this.#queue.add(pod, gated)
      return
    }
    const before = entry.pod
    entry.pod = pod
    if (entry.state === 'gated') {
      if (!gated) this.#queue.activate(entry)
    } else if (entry.state === 'unschedulable' && isOther(before, pod))
      this.#retryAfter({ type: 'PodChanged', pod, old: before }, entry)
  }

  /** Binding takes several writes: a Pod that comes with its claim is refused first, and tried again once they are done. */
  #claimChanged({ type, object: claim, old }: WatchEvent<PersistentVolumeClaim>): void {
    const { uid, creationTimestamp } = claim.metadata
    const isNew = creationTimestamp === this.#clock.timestamp()
    if (type === 'DELETED' || !isNew || !isBound(claim) || (old && isBound(old))) {
      this.#happened({ type: 'ClaimChanged', claim })
      return
    }
    this.#cluster.beingBound.add(uid)
    this.#clock.after(BINDING_MS, () => {
      this.#cluster.beingBound.delete(uid)
      this.#happened({ type: 'ClaimChanged', claim })
    })
  }

  /** Wakes the Pods that a change may have made a place for. */
  #happened(event: ClusterEvent): void {
    const waiting = this.#queue.unschedulable()
    if (waiting.size) for (const entry of [...waiting]) this.#retryAfter(event, entry)
  }

  #retryAfter(event: ClusterEvent, entry: Queued): void {
    const { plugins, pod } = entry
    if (!plugins.size || this.#plugins.some(p => plugins.has(p.name) && this.#helps(p, event, pod)))
      this.#queue.retry(entry)
  }

  #helps(plugin: Plugin, event: ClusterEvent, pod: Pod): boolean {
    // As in Kubernetes: a Pod that waits for a new node must not be missed when the node becomes schedulable.
    if (event.type === 'NodeChanged' && event.what.has('taints') && !plugin.judgesTaints) return true
    if (!plugin.wakes?.(event, pod, this.#placer.handle)) return false
    if (!('node' in event) || !event.node.node) return true
    const prepared = plugin.prepare?.(pod, this.#placer.handle)
    if (!prepared) return true
    return !('refusal' in prepared) && !prepared.filter?.(event.node)
  }

  #pump(): void {
    if (this.#pumping || this.#stopped) return
    this.#pumping = true
    this.#clock.soon(() => {
      this.#pumping = false
      if (this.#stopped) return
      const next = this.#queue.pop()
      if (!next) return
      this.#pump()
      this.#schedule(next)
    })
  }

  #schedule(entry: Queued): void {
    const { namespace = '', name, uid } = entry.pod.metadata
    const pod = this.#client.find(podKind, namespace, name)
    if (!pod || pod.metadata.uid !== uid || pod.spec.nodeName) this.#queue.remove(uid)
    else if (pod.metadata.deletionTimestamp) {
      this.#queue.remove(uid)
      this.#tellOfFailure(pod, `skip schedule deleting pod: ${namespace}/${name}`)
    } else if (!this.#cluster.nodes.length) this.#fail(entry, pod, 'no nodes available to schedule pods', new Set())
    else {
      try {
        const placement = this.#placer.place(pod)
        if ('diagnosis' in placement) this.#makeRoom(entry, pod, placement.diagnosis)
        else if (!this.#waitForVolumes(entry, pod, placement.node.name)) this.#bind(entry, pod, placement.node.name)
      } catch (error) {
        if (!(error instanceof InFlight)) throw error
        error.whenAnswered(() => this.#schedule(entry))
      }
    }
  }

  /** Claims that waited for the Pod get a volume of its node, or are told the node; it is bound once they are. */
  #waitForVolumes(entry: Queued, pod: Pod, node: string): boolean {
    const claims = delayedClaims(pod, this.#placer.handle)
    if (!claims.length) return false
    this.#queue.park(entry, new Set(['VolumeBinding']))
    const { namespace = '', name } = pod.metadata
    if (pod.status.nominatedNodeName !== node)
      this.#client.patch(podKind, namespace, name, { status: { nominatedNodeName: node } }, 'status')
    for (const claim of claims) {
      if (claim.metadata.annotations?.[SELECTED_NODE] === node) continue
      const volume = volumeFor(this.#client.list(persistentVolume), claim, { node: this.#cluster.get(node)?.node })
      if (!volume) {
        const patch = { metadata: { annotations: { [SELECTED_NODE]: node } } }
        this.#client.patch(persistentVolumeClaim, namespace, claim.metadata.name, patch)
      } else if (volume.spec.claimRef?.uid !== claim.metadata.uid)
        this.#client.update(persistentVolume, keptFor(volume, claim))
    }
    return true
  }

  #bind(entry: Queued, pod: Pod, node: string): void {
    const { namespace = '', name } = pod.metadata
    try {
      this.#client.bind(namespace, name, node)
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      if (!isNotFound(error)) this.#queue.postpone(entry)
      return
    }
    const message = `Successfully assigned ${namespace}/${name} to ${node}`
    this.#events.event(pod, { type: 'Normal', reason: 'Scheduled', action: 'Binding', message })
  }

  #makeRoom(entry: Queued, pod: Pod, diagnosis: Diagnosis): void {
    if (diagnosis.ofPod) {
      this.#fail(entry, pod, describe(diagnosis, NOT_SEEN), diagnosis.plugins)
      return
    }
    const preemption = findPreemption(this.#placer, pod, diagnosis, this.#random)
    if ('message' in preemption) {
      const message = describe(diagnosis, `${NO_CLAIMS}, preemption: ${preemption.message}`)
      const keeps = preemption.message.startsWith('not eligible')
      this.#fail(entry, pod, message, diagnosis.plugins, keeps ? pod.status.nominatedNodeName : undefined)
      return
    }
    const { candidate } = preemption
    const node = candidate.node.name
    // Before the victims go: their going is what wakes this Pod.
    this.#placer.nominations.set(pod, node)
    this.#fail(entry, pod, describe(diagnosis), diagnosis.plugins, node)
    this.#evict(candidate, pod)
  }

  #evict({ node, victims }: Candidate, preemptor: Pod): void {
    const staying = victims.filter(victim => !victim.metadata.deletionTimestamp)
    if (!staying.length) return
    this.#takeBackPromises(node.name, preemptor)
    for (const victim of staying) {
      const { namespace = '', name, uid, generation } = victim.metadata
      const condition = {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: `${SCHEDULER_NAME}: preempting to accommodate a higher priority pod`,
        ...(generation && { observedGeneration: generation }),
      }
      try {
        const now = this.#client.get(podKind, namespace, name)
        if (now.metadata.uid !== uid) continue
        this.#setCondition(now, condition)
        if (!now.metadata.deletionTimestamp) this.#client.delete(podKind, namespace, name)
      } catch (error) {
        if (isNotFound(error)) continue
        throw error
      }
      const message = `Preempted by pod ${preemptor.metadata.uid} on node ${node.name}`
      this.#events.event(victim, { type: 'Normal', reason: 'Preempted', action: 'Preempting', message })
    }
  }

  /** Less important Pods that were promised the node wait on, without the promise. */
  #takeBackPromises(node: string, preemptor: Pod): void {
    for (const other of this.#placer.nominations.on(node)) {
      const { namespace = '', name, uid } = other.metadata
      if (uid === preemptor.metadata.uid || priorityOf(other) >= priorityOf(preemptor)) continue
      this.#placer.nominations.remove(uid)
      this.#client.patch(podKind, namespace, name, { status: { nominatedNodeName: null } }, 'status')
    }
  }

  #fail(entry: Queued, pod: Pod, message: string, plugins: ReadonlySet<string>, nominated?: string): void {
    if (!nominated) this.#placer.nominations.remove(pod.metadata.uid)
    this.#queue.park(entry, plugins)
    this.#tellOfFailure(pod, message.length > MAX_NOTE ? `${message.slice(0, MAX_NOTE - 4)} ...` : message)
    const { generation } = pod.metadata
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      ...(generation && { observedGeneration: generation }),
    }
    try {
      this.#setCondition(pod, condition, nominated ?? '')
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }

  #tellOfFailure(pod: Pod, message: string): void {
    this.#events.event(pod, { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', message })
  }

  #setCondition(
    pod: Pod,
    condition: { type: string; status: string; reason: string; message: string },
    nominated?: string,
  ): void {
    const conditions = [...(pod.status.conditions ?? [])]
    const at = conditions.findIndex(c => c.type === condition.type)
    const present = conditions[at]
    const lastTransitionTime =
      present?.status === condition.status ? present.lastTransitionTime! : this.#clock.timestamp()
    const full = { lastProbeTime: ZERO_TIME, ...condition, lastTransitionTime }
    if (present && deepEqual(present, full) && (nominated ?? '') === (pod.status.nominatedNodeName ?? '')) return
    if (at < 0) conditions.push(full)
    else conditions[at] = full
    const { nominatedNodeName, ...rest } = pod.status
    const name = nominated ?? nominatedNodeName
    this.#client.updateStatus(podKind, {
      ...this.#client.get(podKind, pod.metadata.namespace ?? '', pod.metadata.name),
      status: { ...rest, ...(name && { nominatedNodeName: name }), conditions },
    })
  }
}

const isOther = (a: Pod, b: Pod): boolean =>
  (a.metadata.labels !== b.metadata.labels && !deepEqual(a.metadata.labels, b.metadata.labels)) ||
  (a.spec !== b.spec && !deepEqual(a.spec, b.spec))

/** A node's heartbeat changes nothing for scheduling. */
function changesOf(a: Node, b: Node): Set<'labels' | 'taints' | 'allocatable'> {
  const what = new Set<'labels' | 'taints' | 'allocatable'>()
  if (!deepEqual(a.metadata.labels, b.metadata.labels)) what.add('labels')
  if (!deepEqual(a.spec.taints, b.spec.taints) || a.spec.unschedulable !== b.spec.unschedulable) what.add('taints')
  if (!deepEqual(a.status.allocatable, b.status.allocatable)) what.add('allocatable')
  return what
}
