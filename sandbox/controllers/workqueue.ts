/** A queue of keys, worked off in tasks of the present instant; what fails comes back later and later. */
import type { Clock, Timer } from '../clock/clock.ts'

const BASE_DELAY_MS = 5
const MAX_DELAY_MS = 1_000_000

export class WorkQueue {
  readonly #clock: Clock
  readonly #work: (key: string) => void
  readonly #waiting = new Set<string>()
  readonly #later = new Map<string, Timer>()
  readonly #failures = new Map<string, number>()
  stopped = false

  constructor(clock: Clock, work: (key: string) => void) {
    this.#clock = clock
    this.#work = work
  }

  /** A key already waiting is not added again. */
  add(key: string): void {
    if (this.stopped || this.#waiting.has(key)) return
    this.#waiting.add(key)
    this.#clock.soon(() => {
      this.#waiting.delete(key)
      if (!this.stopped) this.#work(key)
    })
  }

  /** Of several wishes for the same key the earliest counts. */
  addAfter(key: string, ms: number, quiet = false): void {
    const known = this.#later.get(key)
    if (known && known.at <= this.#clock.now() + ms) return
    this.#clock.cancel(known)
    const wake = (): void => {
      this.#later.delete(key)
      this.add(key)
    }
    const timer = this.#clock.after(ms, wake, { quiet })
    this.#later.set(key, timer)
  }

  addRateLimited(key: string): void {
    const failures = this.#failures.get(key) ?? 0
    this.#failures.set(key, failures + 1)
    this.addAfter(key, Math.min(BASE_DELAY_MS * 2 ** failures, MAX_DELAY_MS))
  }

  /** Whether the last try of a key failed. */
  hasFailed(key: string): boolean {
    return this.#failures.has(key)
  }

  /** The key has been dealt with: its next failure is the first again. */
  forget(key: string): void {
    this.#failures.delete(key)
  }

  /** Drops everything, as a crash does. */
  stop(): void {
    this.stopped = true
    for (const timer of this.#later.values()) this.#clock.cancel(timer)
    this.#later.clear()
    this.#failures.clear()
  }
}
