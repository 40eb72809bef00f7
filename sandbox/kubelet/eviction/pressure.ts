/** Node pressure: measured now and then, shown as conditions, and relieved by evicting one Pod at a time. */

import { bytesOf } from '../containers/limits.ts'
import type { ImageGarbage } from '../images/image-garbage.ts'
import { life } from '../life-part.ts'
import type { NodeReporter } from '../node/node-reporter.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { Running } from '../task.ts'
import type { Timers } from '../timers.ts'
import { TIMINGS } from '../timings.ts'
import type { Held, Pressure, Shortage } from './eviction.ts'
import { thresholdOf } from './thresholds.ts'

export type Strained = 'memory' | 'disk' | 'pid'

export interface PressureHost {
  readonly node: NodeContext
  readonly capacity: { memory: string; ephemeralStorage: string }
  readonly reporter: NodeReporter
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
  /** Pods are being sent away. */
  #relief: Running | undefined
  /** Once there are Pods. */
  #images: ImageGarbage | undefined

  constructor(host: PressureHost) {
    this.#host = host
  }

  /** Something outside the Pods takes so much that less than the eviction threshold is left, or gives it back. */
  strain(resource: Strained, on: boolean): void {
    if (on) this.#strained.add(resource)
    else this.#strained.delete(resource)
  }

  /** From now on the node is looked at, again and again, as long as these timers go. */
  start(timers: Timers): void {
    this.#lookAfter(timers, TIMINGS.evictionCheck)
    timers.every(TIMINGS.imageCollection, () => {
      if (!this.#host.hasPods) return
      const capacity = bytesOf(this.#host.capacity.ephemeralStorage)
      const signal = thresholdOf('nodefs.available', capacity)
      const available = this.#available('ephemeral-storage', signal, this.#held(this.#usingSomething()))
      this.#garbage().collect({ capacity, available })
    })
  }

  #garbage(): ImageGarbage {
    const { node, reporter } = this.#host
    this.#images ??= new life.now.ImageGarbage({
      node,
      workers: () => this.#host.workers(),
      event: (type, reason, message) => reporter.event(type, reason, message),
    })
    return this.#images
  }

  /** The kubelet begins anew, and has seen nothing yet. */
  stop(): void {
    this.#relief?.cancel()
    this.#relief = undefined
    this.#lastShort.clear()
    this.#images = undefined
  }

  #lookAfter(timers: Timers, ms: number): void {
    timers.after(ms, () => this.#look(timers), { quiet: true })
  }

  /** Looks what is left, tells of it, and sends Pods away; once they are gone it looks again at once. */
  #look(timers: Timers): void {
    const { node, reporter, hasPods } = this.#host
    const workers = hasPods ? this.#usingSomething() : []
    const shortages = this.#shortages(workers)
    this.#note(shortages)
    const tell = ({ resource }: Shortage): void =>
      reporter.event('Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`)
    if (!hasPods) {
      // A node without Pods has only others to suffer from.
      if (shortages[0]) tell(shortages[0])
      this.#lookAfter(timers, TIMINGS.evictionCheck)
      return
    }
    let isOver = false
    const reclaim = (): boolean => {
      this.#garbage().removeAll()
      return !this.#shortages(this.#usingSomething()).length
    }
    const relief = life.now.relieve({ node, workers, shortages, tell, reclaim }, evicted => {
      isOver = true
      this.#relief = undefined
      this.#lookAfter(timers, evicted ? 1 : TIMINGS.evictionCheck)
    })
    if (!isOver) this.#relief = relief
  }

  #usingSomething(): readonly PodWorker[] {
    return this.#host.workers().filter(({ stage, runtime }) => stage === 'syncing' && runtime.instances.length > 0)
  }

  /** What the node is short of, it is said to be short of for some minutes more. */
  #note(shortages: readonly Shortage[]): void {
    const { node, reporter } = this.#host
    const now = node.clock.now()
    // There is no default threshold of process ids, so nobody is evicted for them.
    if (this.#strained.has('pid')) this.#lastShort.set('PIDPressure', now)
    for (const { resource } of shortages)
      this.#lastShort.set(resource === 'memory' ? 'MemoryPressure' : 'DiskPressure', now)
    const recent = [...this.#lastShort].filter(([, at]) => now - at < TIMINGS.pressureTransition).map(([p]) => p)
    const before = reporter.pressures
    if (recent.length !== before.length || recent.some(p => !before.includes(p))) reporter.pressures = recent
  }

  #held(workers: readonly PodWorker[]): Held {
    const held: Held = { memory: 0, 'ephemeral-storage': 0 }
    for (const worker of workers) life.now.addHeldByPod(held, worker)
    // An image with several names is on the disk once.
    const images = new Map<string, number>()
    for (const { id, bytes } of this.#host.node.runtime.images()) images.set(id, bytes)
    for (const bytes of images.values()) held['ephemeral-storage'] += bytes
    return held
  }

  /** What is left of a resource in bytes, which is too little where something outside the Pods takes it. */
  #available(resource: Shortage['resource'], threshold: number, held: Held): number {
    const { memory, ephemeralStorage } = this.#host.capacity
    const left = Math.max(0, bytesOf(resource === 'memory' ? memory : ephemeralStorage) - held[resource])
    return this.#strained.has(resource === 'memory' ? 'memory' : 'disk') ? Math.min(left, threshold / 2) : left
  }

  /** What the node has less of left than it should: memory first. */
  #shortages(workers: readonly PodWorker[]): Shortage[] {
    const { capacity } = this.#host
    const held = this.#held(workers)
    const short: Shortage[] = []
    const compare = (resource: Shortage['resource'], threshold: number): void => {
      const available = this.#available(resource, threshold, held)
      if (available < threshold) short.push({ resource, available, threshold })
    }
    compare('memory', thresholdOf('memory.available', bytesOf(capacity.memory)))
    // Images, and what containers and the kubelet write, lie on one disk, so both thresholds are of it.
    for (const signal of ['nodefs.available', 'imagefs.available'] as const)
      compare('ephemeral-storage', thresholdOf(signal, bytesOf(capacity.ephemeralStorage)))
    return short
  }
}
