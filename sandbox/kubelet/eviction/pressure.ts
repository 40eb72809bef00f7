/** Node pressure: measured now and then, shown as conditions, and relieved by evicting one Pod at a time. */

import { bytesOf } from '../containers/limits.ts'
import { life } from '../life-part.ts'
import type { NodeReporter } from '../node/node-reporter.ts'
import { EVICTION_DISK, EVICTION_MEMORY } from '../node/node-status.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import { TIMINGS } from '../timings.ts'
import type { Held, Pressure, Shortage } from './eviction.ts'

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
    const workers: PodWorker[] = []
    for (const worker of this.#host.workers()) {
      if (worker.stage !== 'syncing' || !worker.runtime.instances.length) continue
      workers.push(worker)
      const message = hasStorageLimits(worker.pod) && !worker.isEvicted ? storageVerdict(worker) : undefined
      if (message) this.#evict(worker, message)
    }
    return workers
  }

  /** What the node has less of left than it should: memory first. */
  #shortages(workers: readonly PodWorker[]): Shortage[] {
    const { memory, ephemeralStorage } = this.#host.capacity
    const held: Held = { memory: 0, 'ephemeral-storage': 0 }
    for (const worker of workers) life.now.addHeldByPod(held, worker)
    const disk = bytesOf(ephemeralStorage)
    for (const { bytes } of this.#host.node.runtime.images()) held['ephemeral-storage'] += bytes
    const short: Shortage[] = []
    const compare = (resource: Shortage['resource'], left: number, threshold: number, strained: boolean): void => {
      const available = strained ? Math.min(left, threshold / 2) : left
      if (available < threshold) short.push({ resource, available, threshold })
    }
    compare('memory', bytesOf(memory) - held.memory, bytesOf(EVICTION_MEMORY), this.#strained.has('memory'))
    const threshold = Math.floor(disk * EVICTION_DISK)
    compare('ephemeral-storage', disk - held['ephemeral-storage'], threshold, this.#strained.has('disk'))
    return short
  }

  /** @param annotations of an eviction for the node's sake, which is a disruption; not of one for the Pod's own limits */
  #evict(worker: PodWorker, message: string, annotations?: Record<string, string>): void {
    if (life.now.isCritical(worker.pod)) return
    this.#host.node.podEvent(worker.pod, 'Warning', 'Evicted', message, annotations)
    const disruption = annotations && { reason: 'TerminationByKubelet', message }
    worker.evict({ reason: 'Evicted', message, graceOverride: 1, disruption })
  }
}
