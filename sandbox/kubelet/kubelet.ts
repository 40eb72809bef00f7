/**
 * The kubelet of one node: registers the node and keeps it alive in the API, takes the Pods that are bound to it, and gives
 * each a worker. Failures are its methods, for whoever plays the world's accidents.
 */
import type { Client, EventRecorder, WatchEvent } from '../api/client.ts'
import {
  configMap,
  node as nodeKind,
  persistentVolume,
  persistentVolumeClaim,
  pod as podKind,
  runtimeClass,
  secret,
  service,
} from '../api/kinds/index.ts'
import { qosClass } from '../api/kinds/pod/qos.ts'
import { notFound } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import type { Clock, Timer } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { loadThese } from '../parts.ts'
import type { ContainerRuntime } from '../runtime/cri.ts'
import { Backoff } from './backoff.ts'
import type { PodGroup } from './cgroups.ts'
import type { DnsSettings } from './dns.ts'
import type { PodRuntime } from './instances.ts'
import { latest, newPodRuntime } from './instances.ts'
import { life } from './life-part.ts'
import type { NodeContext } from './node-context.ts'
import { attempt, NodeReporter } from './node-reporter.ts'
import { allocatableOf, type Machine, type NodeOptions } from './node-status.ts'
import { NodePressure, type Strained } from './pressure.ts'
import { StaticPods } from './static-pods.ts'
import { TIMINGS } from './timings.ts'
import type { ContainerSpec, Pod, PodStatus, Refusal } from './types.ts'
import { fieldPathOf, isTerminalPhase } from './types.ts'
import { UserNamespaces } from './user-namespaces.ts'
import type { Disk } from './volumes/volume.ts'
import type { PodWorker, WorkerHost } from './worker.ts'

export interface KubeletOptions {
  clock: Clock
  random: Random
  client: Client
  events: EventRecorder
  runtime: ContainerRuntime
  disk: Disk
  node: NodeOptions
  dns: DnsSettings
  serviceAccountToken(
    pod: Pod,
    request: { audience?: string | undefined; expirationSeconds?: number | undefined },
  ): string
}

/** Events that could not be told are forgotten after this long. */
const EVENT_PATIENCE = 120_000

export class Kubelet implements WorkerHost {
  readonly node: NodeContext
  readonly #options: KubeletOptions
  readonly #machine: Machine
  readonly #reporter: NodeReporter
  readonly staticPods: StaticPods
  readonly #workers = new Map<string, PodWorker>()
  /** What the runtime holds, by Pod uid; it outlives the kubelet's process. */
  readonly #runtimes = new Map<string, PodRuntime>()
  /** News of the node's first Pods, until what a Pod's life takes is loaded; undefined once it is. */
  #early: (() => void)[] | undefined = []
  #running = false
  #powered = true
  #connected = true
  #startedAt = 0
  #unwatch: (() => void)[] = []
  #timers: Timer[] = []
  /** The Pods that the API has told of, while it tells of all. */
  #seen: Set<string> | undefined
  #owed: { at: number; tell: () => void }[] = []
  #cgroupsShown = false
  readonly #pressure: NodePressure

  constructor(options: KubeletOptions) {
    this.#options = options
    const { clock, client, runtime, disk, dns, node } = options
    const random = options.random.fork(`kubelet/${node.name}`)
    const { events } = options
    this.#machine = { machineID: random.hex(32), systemUUID: random.uuid(), bootID: random.uuid() }
    this.staticPods = new StaticPods(client, random, node.name)
    this.#reporter = new NodeReporter({
      client,
      clock,
      runtime,
      node,
      machine: this.#machine,
      event: (about, type, reason, message) => this.#tell(() => events.event(about, type, reason, message)),
    })
    this.node = {
      name: node.name,
      ip: node.ip,
      clock,
      random,
      runtime,
      disk,
      dns,
      allocatable: allocatableOf(node),
      crashLoopBackoff: new Backoff(),
      imageBackoff: new Backoff(),
      userNamespaces: new UserNamespaces(),
      pullErrors: new Map(),
      sources: {
        // The kubelet's caches speak of one object, not of the resource.
        configMap: (namespace, name) => client.find(configMap, namespace, name) ?? missing('configmap', name),
        secret: (namespace, name) => client.find(secret, namespace, name) ?? missing('secret', name),
        services: namespace => client.list(service, { namespace }),
        claim: (namespace, name) => client.get(persistentVolumeClaim, namespace, name) as never,
        persistentVolume: name => client.get(persistentVolume, '', name) as never,
        serviceAccountToken: options.serviceAccountToken,
        runtimeHandler: name =>
          (client.find(runtimeClass, '', name) ?? missing('runtimeclass', name, runtimeClass.group)).handler,
      },
      podEvent: (pod, type, reason, message) => this.#tell(() => events.event(pod, type, reason, message)),
      containerEvent: (pod, kind, name, type, reason, message) =>
        this.#tell(() => events.eventAt(pod, fieldPathOf(kind, name), type, reason, message)),
    }
    const self = this
    this.#pressure = new NodePressure({
      node: this.node,
      capacity: node,
      reporter: this.#reporter,
      get isConnected() {
        return self.#connected
      },
      get hasPods() {
        return !self.#early
      },
      workers: () => this.workers(),
    })
  }

  /** The node's /sys/fs/cgroup, for whoever mounts it. */
  #showCgroups(): void {
    if (this.#cgroupsShown) return
    this.#cgroupsShown = true
    const { clock, disk } = this.node
    disk.mount?.(
      '/sys/fs/cgroup',
      life.now.cgroupTree(
        () => clock.now(),
        () => this.#groups(),
      ),
    )
  }

  *#groups(): Generator<PodGroup> {
    for (const { pod, runtime, resize } of this.#workers.values()) {
      if (!runtime.sandboxReady) continue
      const allocated = (c: ContainerSpec): ContainerSpec => ({ ...c, resources: resize.allocated(c) })
      const { initContainers, containers } = pod.spec
      const spec = {
        ...pod.spec,
        containers: containers.map(allocated),
        ...(initContainers && { initContainers: initContainers.map(allocated) }),
      }
      const running = runtime.instances.filter(run => run.state === 'running')
      yield {
        pod: { ...pod, spec } as Pod,
        containers: running.map(run => ({ run, resources: resize.actual(run) })),
      }
    }
  }

  get name(): string {
    return this.node.name
  }
  get isRunning(): boolean {
    return this.#running
  }
  get isPowered(): boolean {
    return this.#powered
  }
  get isConnected(): boolean {
    return this.#connected
  }

  /** The worker of a Pod, for logs and connections into it. */
  worker(uid: string): PodWorker | undefined {
    return this.#workers.get(uid)
  }

  workers(): readonly PodWorker[] {
    return [...this.#workers.values()]
  }

  // ——— life of the process ———

  /** The kubelet's process starts: it registers its node, and takes up the Pods that are bound to it. */
  start(): void {
    if (this.#running) return
    const { clock } = this.node
    this.#running = true
    this.#startedAt = clock.now()
    this.#reporter.ready = false
    if (this.#connected) this.#reporter.register()
    this.#reporter.event('Normal', 'Starting', 'Starting kubelet.')
    this.#later(TIMINGS.nodeReady, () => this.#connected && this.#reporter.becomeReady())
    this.#every(TIMINGS.leaseRenewal, () => {
      if (!this.#connected) return
      this.#reporter.renewLease()
      this.#reporter.report()
    })
    this.#every(TIMINGS.evictionCheck, () => this.#pressure.check())
    this.#watch()
  }

  /** The kubelet's process ends; containers go on, unattended. */
  stop(): void {
    if (!this.#running) return
    this.#running = false
    for (const unwatch of this.#unwatch.splice(0)) unwatch()
    for (const timer of this.#timers.splice(0)) this.node.clock.cancel(timer)
    for (const worker of this.#workers.values()) worker.detach()
    this.#workers.clear()
    this.#owed.length = 0
    if (this.#early) this.#early.length = 0
    this.#pressure.forget()
    this.#reporter.pressures = []
  }

  /** Ends and starts the kubelet's process. */
  restart(): void {
    this.stop()
    this.start()
  }

  /** The machine loses its power: every process dies without a word, and nobody is told. */
  powerOff(): void {
    if (!this.#powered) return
    this.stop()
    this.#powered = false
    const now = this.node.clock.now()
    for (const runtime of this.#runtimes.values()) {
      for (const run of runtime.instances) {
        if (run.state === 'exited') continue
        run.state = 'exited'
        run.ending = { exitCode: 255, reason: 'Unknown', message: '', startedAt: run.startedAt, finishedAt: now }
      }
      if (runtime.sandbox && runtime.sandboxReady) this.node.runtime.removeSandbox(runtime.sandbox)
      runtime.sandboxReady = false
    }
  }

  /** The machine starts again, with its disk as it was. */
  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    const now = this.node.clock.now()
    this.#machine.bootID = this.node.random.uuid()
    for (const runtime of this.#runtimes.values()) {
      for (const run of runtime.instances) if (run.ending?.reason === 'Unknown') run.ending.finishedAt = now
    }
    this.start()
    this.#reporter.event('Warning', 'Rebooted', `Node ${this.name} has been rebooted, boot id: ${this.#machine.bootID}`)
  }

  /** The node's link to the API server is cut, or joined again. Containers go on; nothing is told meanwhile. */
  setConnected(connected: boolean): void {
    if (connected === this.#connected) return
    this.#connected = connected
    if (!this.#running) return
    if (!connected) {
      for (const unwatch of this.#unwatch.splice(0)) unwatch()
      return
    }
    const { clock } = this.node
    const owed = this.#owed.splice(0)
    clock.soon(() => {
      for (const { at, tell } of owed) if (clock.now() - at <= EVENT_PATIENCE) tell()
      if (this.#reporter.ready) this.#reporter.report(true)
      else this.#reporter.becomeReady()
      this.#reporter.renewLease()
      this.#watch()
      for (const worker of this.#workers.values()) worker.wake()
    })
  }

  /** A container's first process is killed from outside, as by an operator on the node. @returns whether it ran */
  killContainer(namespace: string, podName: string, container: string): boolean {
    for (const { pod, runtime } of this.#workers.values()) {
      if (pod.metadata.namespace !== namespace || pod.metadata.name !== podName) continue
      const run = latest(runtime, container)
      if (run?.state !== 'running') return false
      run.container.kill('KILL')
      return true
    }
    return false
  }

  /** Something outside the Pods takes so much that less than the eviction threshold is left, or gives it back. */
  strain(resource: Strained, on: boolean): void {
    this.#pressure.strain(resource, on)
  }

  #tell(tell: () => void): void {
    if (this.#connected) tell()
    else this.#owed.push({ at: this.node.clock.now(), tell })
  }

  #later(ms: number, task: () => void): void {
    this.#timers.push(this.node.clock.after(ms, task))
  }

  #every(ms: number, task: () => void): void {
    const again = (): void => {
      const slot = this.#timers.length
      const timer = this.node.clock.after(
        ms,
        () => {
          this.#timers.splice(this.#timers.indexOf(timer), 1)
          if (!this.#running) return
          again()
          task()
        },
        { quiet: true },
      )
      this.#timers[slot] = timer
    }
    again()
  }

  // ——— Pods ———

  #watch(): void {
    if (!this.#connected) return
    const { client } = this.#options
    const seen = new Set<string>()
    this.#seen = seen
    this.#unwatch.push(client.watch(podKind, { onNode: this.name }, event => this.#onPod(event)))
    this.#seen = undefined
    const follow = (kind: 'configmap' | 'secret') => (event: WatchEvent<KubeObject>) => {
      if (event.type === 'ADDED' && !event.old && this.node.clock.now() === this.#startedAt) return
      this.#onFollowed(`${kind}/${event.object.metadata.namespace}/${event.object.metadata.name}`)
    }
    this.#unwatch.push(client.watch(configMap, {}, follow('configmap')))
    this.#unwatch.push(client.watch(secret, {}, follow('secret')))
    for (const [uid, worker] of this.#workers) if (!seen.has(uid)) worker.removed(worker.pod)
    for (const [uid, runtime] of this.#runtimes)
      if (!seen.has(uid) && !this.#workers.has(uid)) this.#forget(uid, runtime)
  }

  #onPod(event: WatchEvent<Pod>): void {
    const { type, object: pod } = event
    if (this.#early) {
      this.#putBy(this.#early, () => this.#onPod(event))
      return
    }
    const { uid } = pod.metadata
    const worker = this.#workers.get(uid)
    if (this.staticPods.has(pod)) {
      if (this.#onMirror(type, pod, worker)) return
    } else if (type === 'DELETED') {
      worker?.removed(pod)
      return
    }
    this.#seen?.add(uid)
    if (worker) {
      worker.update(pod)
      return
    }
    this.#showCgroups()
    const added = new life.now.PodWorker(this, pod, this.#runtimeOf(uid))
    this.#workers.set(uid, added)
    this.node.clock.after(TIMINGS.admission, () => this.#admit(added))
  }

  /** The node's first Pods wait for what their life takes, in every host alike, whatever has been loaded. */
  #putBy(early: (() => void)[], tell: () => void): void {
    early.push(tell)
    if (early.length > 1) return
    const wake = (): void => {
      this.#early = undefined
      for (const each of early.splice(0)) each()
    }
    this.node.clock.soon(() => loadThese([life, this.node.runtime])?.then(wake) ?? wake())
  }

  /** @returns whether the event has been dealt with: what the API says of a mirror does not concern its containers */
  #onMirror(type: WatchEvent<Pod>['type'], pod: Pod, worker: PodWorker | undefined): boolean {
    const { clock } = this.node
    if (type === 'DELETED') {
      clock.soon(() => this.staticPods.restore(pod))
      return true
    }
    if (pod.metadata.deletionTimestamp) {
      clock.soon(() => this.removePod(pod))
      return true
    }
    const before =
      worker ?? this.workers().find(w => w.pod.metadata.name === pod.metadata.name && this.staticPods.has(w.pod))
    if (!before || before === worker) return false
    const { uid } = pod.metadata
    const old = before.pod.metadata.uid
    this.#workers.delete(old)
    this.#workers.set(uid, before)
    this.#runtimes.delete(old)
    this.#runtimes.set(uid, before.runtime)
    before.update(pod)
    before.wake()
    return true
  }

  #runtimeOf(uid: string): PodRuntime {
    let runtime = this.#runtimes.get(uid)
    if (!runtime) this.#runtimes.set(uid, (runtime = newPodRuntime()))
    return runtime
  }

  #admit(worker: PodWorker): void {
    const { pod } = worker
    if (!this.#running || this.#workers.get(pod.metadata.uid) !== worker) return
    const known =
      worker.runtime.instances.length > 0 || isTerminalPhase(pod.status.phase) || pod.metadata.deletionTimestamp
    const refusal = known ? undefined : this.#refusal(worker)
    if (refusal) this.#reject(worker, refusal)
    worker.wake()
  }

  #refusal(worker: PodWorker): Refusal | undefined {
    const { pod } = worker
    const { pressures } = this.#reporter
    if (life.now.refusedUnderPressure(pod, pressures))
      return { reason: 'Evicted', message: `The node had condition: [${pressures.join(' ')}]. ` }
    const others = this.#others(worker)
    return life.now.admit(pod, others, this.#options.client.find(nodeKind, '', this.name), this.node.allocatable)
  }

  /** Pods that hold resources of the node: those that have been taken before this one. */
  #others(worker: PodWorker): Pod[] {
    const others: Pod[] = []
    for (const other of this.#workers.values()) {
      const holds = other.stage === 'syncing' || other.stage === 'terminating'
      if (other !== worker && holds && other.pod.status.startTime && !isTerminalPhase(other.pod.status.phase)) {
        others.push(other.pod)
      }
    }
    return others
  }

  #reject(worker: PodWorker, { reason, message }: Refusal): void {
    const { pod } = worker
    this.node.podEvent(pod, 'Warning', reason, message)
    this.writeStatus(pod, {
      ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
      phase: 'Failed',
      conditions: pod.status.conditions ?? [],
      reason,
      message: `Pod was rejected: ${message}`,
      startTime: this.node.clock.timestamp(),
      qosClass: qosClass(pod.spec),
    } as PodStatus)
  }

  #forget(uid: string, runtime: PodRuntime): void {
    this.#runtimes.delete(uid)
    for (const run of runtime.instances) this.node.runtime.removeContainer(run.container)
    if (runtime.sandbox && runtime.sandboxReady) this.node.runtime.removeSandbox(runtime.sandbox)
  }

  /** Files of an object have changed: its Pods see it at their next regular sync. */
  #onFollowed(key: string): void {
    for (const worker of this.#workers.values()) {
      if (worker.stage !== 'syncing' || !worker.volumes.follows(key)) continue
      worker.volumes.markStale()
      worker.wake(this.#untilResync(worker))
    }
  }

  /** Each Pod has a beat of its own, counted from its start. */
  #untilResync(worker: PodWorker): number {
    const now = this.node.clock.now()
    const origin = Date.parse(worker.status.startTime ?? '') || now
    const beat = TIMINGS.resync
    return beat - ((now - origin) % beat)
  }

  // ——— what workers ask for ———

  writeStatus(pod: Pod, status: PodStatus): void {
    if (!this.#connected) return
    attempt(() => this.#options.client.updateStatus(podKind, { ...pod, status }))
  }

  removePod(pod: Pod): void {
    const { namespace = '', name, uid } = pod.metadata
    const remove = (): void =>
      attempt(() =>
        this.#options.client.delete(podKind, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } }),
      )
    this.#tell(remove)
  }

  nextRelist(): number {
    const now = this.node.clock.now()
    return this.#startedAt + (Math.floor((now - this.#startedAt) / TIMINGS.relist) + 1) * TIMINGS.relist
  }

  finished(worker: PodWorker): void {
    const { uid } = worker.pod.metadata
    this.#workers.delete(uid)
    this.#runtimes.delete(uid)
    this.resourcesChanged()
  }

  resourcesChanged(): void {
    for (const worker of this.#workers.values()) if (worker.resize.isPending) worker.wake()
  }

  fits(worker: PodWorker, wanted: readonly ContainerSpec[]): Refusal | undefined {
    return life.now.resizeRefusal(worker.pod, wanted, this.#others(worker), this.node.allocatable)
  }
}

const missing = (kind: string, name: string, group = ''): never => {
  throw notFound({ plural: kind, group }, name)
}
