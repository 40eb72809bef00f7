/**
 * The kubelet of one node: registers the node and keeps it alive in the API, takes the Pods that are bound to it, and gives
 * each a worker. Failures are its methods, for whoever plays the world's accidents.
 */
import type { Client, EventRecorder, WatchEvent } from '../api/client.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { loadThese, type Part } from '../parts.ts'
import type { ContainerRuntime } from '../runtime/cri.ts'
import { NodePressure, type Strained } from './eviction/pressure.ts'
import { life } from './life-part.ts'
import { News } from './node/news.ts'
import { attempt, NodeReporter } from './node/node-reporter.ts'
import { allocatableOf, type Machine, type NodeOptions } from './node/node-status.ts'
import { losePower, regainPower } from './node/power.ts'
import type { NodeContext } from './node-context.ts'
import { Backoff } from './pods/backoff.ts'
import type { PodRuntime } from './pods/instances.ts'
import { latest, newPodRuntime } from './pods/instances.ts'
import type { PodWorker } from './pods/worker.ts'
import type { WorkerHost } from './pods/worker-host.ts'
import { Allocation } from './resources/allocation.ts'
import type { DnsSettings } from './sandbox/dns.ts'
import { UserNamespaces } from './sandbox/user-namespaces.ts'
import { sourcesOf } from './sources.ts'
import { ManifestFolder, type ManifestReader } from './static-pods/manifest-folder.ts'
import { staticPods } from './static-pods/static-part.ts'
import type { StaticPods } from './static-pods/static-pods.ts'
import { Timers } from './timers.ts'
import { TIMINGS } from './timings.ts'
import type { ContainerSpec, Pod, PodStatus, Refusal } from './types.ts'
import { asReported, fieldPathOf } from './types.ts'
import { watchFollowed } from './volumes/followed.ts'
import type { Disk } from './volumes/volume.ts'

export interface KubeletOptions {
  clock: Clock
  random: Random
  client: Client
  events: EventRecorder
  runtime: ContainerRuntime
  disk: Disk
  node: NodeOptions
  dns: DnsSettings
  serviceAccountToken: NodeContext['sources']['serviceAccountToken']
  /** How a file in the node's folder of manifests is read. */
  manifests: Part<ManifestReader>
  /** Opens the ports at which the kubelet itself is asked. @returns how to close them */
  openPorts?(): () => void
}

export class Kubelet implements WorkerHost {
  readonly node: NodeContext
  readonly #options: KubeletOptions
  readonly #machine: Machine
  readonly #reporter: NodeReporter
  readonly #manifests: ManifestFolder
  /** Once the node has had a file for one. */
  #staticPods: StaticPods | undefined
  readonly #workers = new Map<string, PodWorker>()
  /** What the runtime holds, by Pod uid; it outlives the kubelet's process. */
  readonly #runtimes = new Map<string, PodRuntime>()
  /** News of the node's first Pods, until what a Pod's life takes is loaded; undefined once it is. */
  #early: (() => void)[] | undefined = []
  #running = false
  #powered = true
  startedAt = 0
  /** What the containers of Pods have computed that are gone. */
  spentCpuMs = 0
  #unwatch: (() => void)[] = []
  #closePorts: (() => void) | undefined
  readonly #timers: Timers
  /** The Pods that the API has told of, while it tells of all. */
  #seen: Set<string> | undefined
  readonly #news: News
  readonly #pressure: NodePressure
  readonly #allocation: Allocation

  constructor(options: KubeletOptions) {
    this.#options = options
    const { clock, client, runtime, disk, dns, node } = options
    const random = options.random.fork(`kubelet/${node.name}`)
    const { events } = options
    this.#machine = { machineID: random.hex(32), systemUUID: random.uuid(), bootID: random.uuid() }
    disk.host.write('/etc/machine-id', `${this.#machine.machineID}\n`, { mode: 0o444 })
    this.#timers = new Timers(clock)
    this.#news = new News(clock)
    this.#manifests = new ManifestFolder({
      clock,
      host: disk.host,
      reader: options.manifests,
      tell: manifests => {
        this.#staticPods ??= this.#newStaticPods()
        this.#staticPods.set(manifests)
      },
    })
    this.#reporter = new NodeReporter({
      client,
      clock,
      runtime,
      node,
      machine: this.#machine,
      event: (about, type, reason, message) => this.#news.tell(() => events.event(about, type, reason, message)),
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
      operations: { underWay: 0 },
      isInUse: (volume, { metadata: { uid } }) =>
        this.workers().some(({ pod, volumes }) => pod.metadata.uid !== uid && volumes.holds(volume)),
      crashLoopBackoff: new Backoff(),
      imageBackoff: new Backoff(),
      userNamespaces: new UserNamespaces(),
      pullErrors: new Map(),
      sources: sourcesOf(client, node.name, options.serviceAccountToken),
      podEvent: (pod, type, reason, message, annotations) =>
        this.#news.tell(() => events.event(asReported(pod), type, reason, message, annotations)),
      containerEvent: (pod, kind, name, type, reason, message) =>
        this.#news.tell(() => events.eventAt(asReported(pod), fieldPathOf(kind, name), type, reason, message)),
    }
    const self = this
    this.#pressure = new NodePressure({
      node: this.node,
      capacity: node,
      reporter: this.#reporter,
      get hasPods() {
        return !self.#early
      },
      workers: () => this.workers(),
    })
    runtime.watchSystemOom?.((name, pid) => {
      const message = `System OOM encountered, victim process: ${name}, pid: ${pid}`
      if (this.#running) this.#reporter.event('Warning', 'SystemOOM', message)
    })
    this.#allocation = new Allocation({
      node: this.node,
      reporter: this.#reporter,
      workers: this.#workers,
      get isRunning() {
        return self.isRunning
      },
      writeStatus: (pod, status) => this.writeStatus(pod, status),
    })
  }

  #newStaticPods(): StaticPods {
    return new staticPods.now.StaticPods({
      client: this.#options.client,
      clock: this.node.clock,
      random: this.node.random,
      nodeName: this.name,
      isConnected: () => this.#running && this.isConnected,
      workers: this.#workers,
      runtimes: this.#runtimes,
      removePod: pod => this.removePod(pod),
    })
  }

  get name(): string {
    return this.node.name
  }
  get capacity(): Pick<NodeOptions, 'cpu' | 'memory' | 'ephemeralStorage' | 'pods'> {
    return this.#options.node
  }
  get machine(): Readonly<Machine> {
    return this.#machine
  }
  get isRunning(): boolean {
    return this.#running
  }
  get isPowered(): boolean {
    return this.#powered
  }
  get isConnected(): boolean {
    return this.#news.connected
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
    this.startedAt = clock.now()
    this.#closePorts = this.#options.openPorts?.()
    this.#reporter.begin()
    if (this.isConnected) this.#reporter.register()
    this.#timers.after(TIMINGS.nodeReady, () => this.isConnected && this.#reporter.becomeReady())
    this.#pressure.start(this.#timers)
    this.#timers.every(TIMINGS.leaseRenewal, () => {
      if (!this.isConnected) return
      this.#reporter.renewLease()
      this.#reporter.report()
    })
    this.#watch()
    this.#manifests.start(this.#staticPods?.any ?? false)
  }

  /** The kubelet's process ends; containers go on, unattended. */
  stop(): void {
    if (!this.#running) return
    this.#running = false
    this.#closePorts?.()
    for (const unwatch of this.#unwatch.splice(0)) unwatch()
    this.#timers.stop()
    this.#manifests.stop()
    this.#staticPods?.stop()
    for (const worker of this.#workers.values()) worker.detach()
    this.#workers.clear()
    this.#news.forget()
    if (this.#early) this.#early.length = 0
    this.#pressure.stop()
    this.#allocation.stop()
    this.#options.events.forget()
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
    losePower(this.node, this.#runtimes.values())
  }

  /** The machine starts again, with its disk as it was. */
  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    this.#machine.bootID = this.node.random.uuid()
    regainPower(this.node, this.#runtimes.values())
    this.start()
  }

  /** The node's link to the API server is cut, or joined again. Containers go on; nothing is told meanwhile. */
  setConnected(connected: boolean): void {
    if (connected === this.isConnected) return
    this.#news.connected = connected
    if (!this.#running) return
    if (!connected) {
      for (const unwatch of this.#unwatch.splice(0)) unwatch()
      return
    }
    const { clock } = this.node
    const overdue = this.#news.overdue()
    clock.soon(() => {
      overdue()
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

  // ——— Pods ———

  #watch(): void {
    if (!this.isConnected) return
    const { client } = this.#options
    const seen = new Set<string>()
    this.#seen = seen
    this.#unwatch.push(client.watch(podKind, { onNode: this.name }, event => this.#onPod(event)))
    this.#seen = undefined
    const { startedAt } = this
    this.#unwatch.push(watchFollowed({ client, clock: this.node.clock, startedAt, workers: this.#workers }))
    for (const [uid, worker] of this.#workers) if (!seen.has(uid)) worker.removed(worker.pod)
    for (const [uid, runtime] of this.#runtimes)
      if (!seen.has(uid) && !this.#workers.has(uid)) this.#forget(uid, runtime)
  }

  #onPod(event: WatchEvent<Pod>): void {
    const { type } = event
    if (this.#early) {
      this.#putBy(this.#early, () => this.#onPod(event))
      return
    }
    const pod = this.#staticPods?.asRun(event.object) ?? event.object
    const { uid } = pod.metadata
    const worker = this.#workers.get(uid)
    if (this.#staticPods?.heard(type, pod)) return
    if (type === 'DELETED') {
      worker?.removed(pod)
      return
    }
    this.#seen?.add(uid)
    if (worker) {
      worker.update(pod)
      return
    }
    const added = new life.now.PodWorker(this, pod, this.#runtimeOf(uid))
    this.#workers.set(uid, added)
    this.node.clock.after(TIMINGS.admission, () => this.#allocation.admit(added))
  }

  /** The node's first Pods wait for what their life takes, in every host alike, whatever has been loaded. */
  #putBy(early: (() => void)[], tell: () => void): void {
    early.push(tell)
    if (early.length > 1) return
    const wake = (): void => {
      if (!this.#early) return
      this.#early = undefined
      life.now.showSystem(this.node, this.#workers)
      for (const each of early.splice(0)) each()
    }
    this.node.clock.soon(() => loadThese([life, this.node.runtime])?.then(wake) ?? wake())
  }

  #runtimeOf(uid: string): PodRuntime {
    let runtime = this.#runtimes.get(uid)
    if (!runtime) this.#runtimes.set(uid, (runtime = newPodRuntime()))
    return runtime
  }

  #forget(uid: string, runtime: PodRuntime): void {
    this.#runtimes.delete(uid)
    life.now.clearAll(this.node, runtime)
    this.spentCpuMs += runtime.spentCpuMs
    if (runtime.sandbox && runtime.sandboxReady) this.node.runtime.removeSandbox(runtime.sandbox)
  }

  // ——— what workers ask for ———

  writeStatus(pod: Pod, status: PodStatus): void {
    if (!this.isConnected || this.#staticPods?.isEnding(pod)) return
    attempt(() => this.#options.client.updateStatus(podKind, { ...pod, status }))
  }

  removePod(pod: Pod): void {
    if (this.#staticPods?.keeps(pod)) return
    const { namespace = '', name, uid } = pod.metadata
    const remove = (): void =>
      attempt(() =>
        this.#options.client.delete(podKind, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } }),
      )
    this.#news.tell(remove)
  }

  nextRelist(): number {
    const now = this.node.clock.now()
    return this.startedAt + (Math.floor((now - this.startedAt) / TIMINGS.relist) + 1) * TIMINGS.relist
  }

  finished(worker: PodWorker): void {
    const { uid } = worker.pod.metadata
    this.#workers.delete(uid)
    this.#runtimes.delete(uid)
    this.spentCpuMs += worker.runtime.spentCpuMs
    this.#staticPods?.finished(worker.pod)
    this.resourcesChanged()
  }

  resourcesChanged(): void {
    for (const worker of this.#workers.values()) if (worker.resize.isPending) worker.wake()
  }

  fits(worker: PodWorker, wanted: readonly ContainerSpec[]): Refusal | undefined {
    return this.#allocation.resizeRefusal(worker, wanted)
  }
}
