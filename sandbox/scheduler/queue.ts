/**
 * Pods that wait for a node: those to be tried now, those that have failed lately (tried when nobody else is waiting),
 * those that cannot be placed until something changes, and those held back by a gate.
 */
import type { Pod } from '../api/types.ts'
import type { Clock, Timer } from '../clock/clock.ts'
import { priorityOf } from './cluster-state.ts'
import { Heap } from './heap.ts'

const BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 10_000
/** Unschedulable Pods are retried after this long, whatever has happened. */
const LEFTOVER_MS = 5 * 60_000

export interface Queued {
  pod: Pod
  /** Increases with each arrival in the queue: of equals, the first comes first. */
  order: number
  attempts: number
  failedAt: number
  state: 'active' | 'backoff' | 'error' | 'unschedulable' | 'gated' | 'gone'
  /** The plugins that refused it last. */
  plugins: ReadonlySet<string>
  timer: Timer | undefined
}

const NO_PLUGINS: ReadonlySet<string> = new Set()

const backoffOf = ({ attempts }: Queued): number =>
  Math.min(BACKOFF_MS * 2 ** Math.max(0, attempts - 1), MAX_BACKOFF_MS)

export class SchedulingQueue {
  readonly #clock: Clock
  readonly #wake: () => void
  readonly #entries = new Map<string, Queued>()
  readonly #active = new Heap<{ entry: Queued; order: number }>(
    (a, b) =>
      priorityOf(a.entry.pod) > priorityOf(b.entry.pod) ||
      (priorityOf(a.entry.pod) === priorityOf(b.entry.pod) && a.order < b.order),
  )
  readonly #backoff = new Heap<{ entry: Queued; until: number; order: number }>(
    (a, b) => a.until < b.until || (a.until === b.until && a.order < b.order),
  )
  readonly #unschedulable = new Set<Queued>()
  #order = 0

  /** @param wake called when there is something to schedule */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock
    this.#wake = wake
  }

  get(uid: string): Queued | undefined {
    return this.#entries.get(uid)
  }

  /** Pods that nothing can be done for at present. */
  unschedulable(): ReadonlySet<Queued> {
    return this.#unschedulable
  }

  add(pod: Pod, gated: boolean): void {
    const entry: Queued = {
      pod,
      order: 0,
      attempts: 0,
      failedAt: 0,
      state: 'gated',
      plugins: NO_PLUGINS,
      timer: undefined,
    }
    this.#entries.set(pod.metadata.uid, entry)
    if (!gated) this.activate(entry)
  }

  remove(uid: string): void {
    const entry = this.#entries.get(uid)
    if (!entry) return
    this.#leave(entry)
    entry.state = 'gone'
    this.#entries.delete(uid)
  }

  activate(entry: Queued): void {
    if (entry.state === 'active') return
    this.#leave(entry)
    entry.state = 'active'
    entry.order = this.#order++
    this.#active.push({ entry, order: entry.order })
    this.#wake()
  }

  /** Tries an unschedulable Pod again: now, or when its backoff is over. */
  retry(entry: Queued): void {
    if (entry.state !== 'unschedulable') return
    const until = entry.failedAt + backoffOf(entry)
    if (until <= this.#clock.now()) {
      this.activate(entry)
      return
    }
    this.#leave(entry)
    entry.state = 'backoff'
    entry.order = this.#order++
    this.#backoff.push({ entry, until, order: entry.order })
    this.#wake()
  }

  /** No node was found. */
  park(entry: Queued, plugins: ReadonlySet<string>): void {
    entry.state = 'unschedulable'
    entry.plugins = plugins
    entry.failedAt = this.#clock.now()
    this.#unschedulable.add(entry)
    entry.timer = this.#clock.after(LEFTOVER_MS, () => this.retry(entry), { quiet: true })
  }

  /** Something went wrong on the way; tried again after a pause. */
  postpone(entry: Queued): void {
    entry.state = 'error'
    entry.failedAt = this.#clock.now()
    entry.timer = this.#clock.after(backoffOf(entry), () => this.activate(entry))
  }

  /** The next Pod to try; Pods in backoff have their turn when no other waits. */
  pop(): Queued | undefined {
    for (let next = this.#active.pop(); next; next = this.#active.pop()) {
      if (next.entry.state === 'active' && next.entry.order === next.order) return this.#taken(next.entry)
    }
    for (let next = this.#backoff.pop(); next; next = this.#backoff.pop()) {
      if (next.entry.state === 'backoff' && next.entry.order === next.order) return this.#taken(next.entry)
    }
    return undefined
  }

  #taken(entry: Queued): Queued {
    entry.attempts++
    entry.state = 'error'
    return entry
  }

  #leave(entry: Queued): void {
    this.#unschedulable.delete(entry)
    this.#clock.cancel(entry.timer)
    entry.timer = undefined
  }
}
