/** What a node runs short of: looked at now and then, told as conditions, and mended by evicting one Pod at a time. */
import type { Pressure, Shortage } from './eviction.ts'
import { life } from './life-part.ts'
import { bytesOf } from './limits.ts'
import type { NodeContext } from './node-context.ts'
import type { NodeReporter } from './node-reporter.ts'
import { EVICTION_DISK, EVICTION_MEMORY } from './node-status.ts'
import { TIMINGS } from './timings.ts'
import type { PodWorker } from './worker.ts'

export type Strained = 'memory' | 'disk' | 'pid'

export interface PressureHost {
  readonly node: NodeContext
  readonly capacity: { memory: string; ephemeralStorage: string }
  readonly reporter: NodeReporter
  readonly isConnected: boolean
  /** Whether the node has ever had Pods of its own. */
  readonly hasPods: boolean
  workers(): readonly PodWorker[]
}

export class NodePressure {
  readonly #host: PressureHost
  /** When the node was last seen short of something. */
  readonly #lastShort = new Map<Pressure, number>()
  /** What something outside the Pods takes nearly all of. */
  readonly #strained = new Set<Strained>()

  constructor(host: PressureHost) {
    this.#host = host
  }

  /** Something outside the Pods takes so much that less than the eviction threshold is left, or gives it back. */
  strain(resource: Strained, on: boolean): void {
    if (on) this.#strained.add(resource)
    else this.#strained.delete(resource)
  }

  /** The kubelet begins anew, and has seen nothing yet. */
  forget(): void {
    this.#lastShort.clear()
  }

  /** Looks what is left, tells of it, and sends one Pod away where it is too little. */
  check(): void {
    // A node without Pods has only others to suffer from.
    const workers = this.#host.hasPods ? this.#measured() : []
    const now = this.#host.node.clock.now()
    let victim: ReturnType<typeof life.now.chooseVictim>
    // There is no default threshold of process ids, so nobody is evicted for them.
    if (this.#strained.has('pid')) this.#lastShort.set('PIDPressure', now)
    for (const shortage of this.#shortages(workers)) {
      const { resource } = shortage
      this.#lastShort.set(resource === 'memory' ? 'MemoryPressure' : 'DiskPressure', now)
      if (victim) continue
      this.#host.reporter.event('Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`)
      if (workers.length) victim = life.now.chooseVictim(workers, shortage)
    }
    const recent = [...this.#lastShort].filter(([, at]) => now - at < TIMINGS.pressureTransition || at === now)
    if (this.#host.isConnected) this.#host.reporter.setPressures(recent.map(([pressure]) => pressure))
    if (victim) this.#evict(victim.worker, victim.message, victim.annotations)
  }

  /** Pods that use something of the node; those past their own limits are sent away. */
  #measured(): readonly PodWorker[] {
    const { hasStorageLimits, storageVerdict } = life.now
    const workers = this.#host.workers().filter(w => w.stage === 'syncing' && w.runtime.instances.length > 0)
    for (const worker of workers) {
      const message = hasStorageLimits(worker.pod) && !worker.isEvicted ? storageVerdict(worker) : undefined
      if (message) this.#evict(worker, message)
    }
    return workers
  }

  /** What the node has less of left than it should: memory first. */
  #shortages(workers: readonly PodWorker[]): Shortage[] {
    const { memory, ephemeralStorage } = this.#host.capacity
    const held = (resource: Shortage['resource']): number =>
      workers.reduce((sum, worker) => sum + life.now.heldByPod(worker, resource), 0)
    const disk = bytesOf(ephemeralStorage)
    const images = this.#host.node.runtime.images().reduce((sum, image) => sum + image.bytes, 0)
    const all: Shortage[] = [
      { resource: 'memory', available: bytesOf(memory) - held('memory'), threshold: bytesOf(EVICTION_MEMORY) },
      {
        resource: 'ephemeral-storage',
        available: disk - images - held('ephemeral-storage'),
        threshold: Math.floor(disk * EVICTION_DISK),
      },
    ]
    const taken = { memory: this.#strained.has('memory'), 'ephemeral-storage': this.#strained.has('disk') }
    return all
      .map(s => (taken[s.resource] ? { ...s, available: Math.min(s.available, s.threshold / 2) } : s))
      .filter(({ available, threshold }) => available < threshold)
  }

  /** @param annotations of an eviction for the node's sake, which is a disruption; not of one for the Pod's own limits */
  #evict(worker: PodWorker, message: string, annotations?: Record<string, string>): void {
    if (life.now.isCritical(worker.pod)) return
    this.#host.node.podEvent(worker.pod, 'Warning', 'Evicted', message, annotations)
    const disruption = annotations && { reason: 'TerminationByKubelet', message }
    worker.evict({ reason: 'Evicted', message, graceOverride: 1, disruption })
  }
}
