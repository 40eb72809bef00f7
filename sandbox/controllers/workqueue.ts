/** A queue of keys, worked off in tasks of the present instant; what fails comes back later and later. */
import type { Clock, Timer } from '../clock/clock.ts'
import type { RequestAllowance } from './allowance.ts'

const DEFAULT_BACKOFF = { base: 5, max: 1_000_000 }
/** Reconciles of one key at one instant before it counts as a loop. */
const MAX_RUNS_PER_INSTANT = 500
const CALM_DOWN_MS = 1000

export class WorkQueue {
  readonly #clock: Clock
  readonly #work: (key: string) => void
  readonly #backoff: { base: number; max: number }
  readonly #allowance: RequestAllowance | undefined
  /** Keys whose turn has come while no request may be sent, in their order. */
  #held: string[] = []
  readonly #waiting = new Set<string>()
  readonly #later = new Map<string, Timer>()
  readonly #failures = new Map<string, number>()
  /** How often each key was worked off at `#instant`. */
  readonly #runs = new Map<string, number>()
  #instant = Number.NaN
  readonly #putOff = new Map<string, { times: number; until: number }>()
  stopped = false

  /** @param allowance what the work may ask of the API; all it likes when absent */
  constructor(clock: Clock, work: (key: string) => void, backoff = DEFAULT_BACKOFF, allowance?: RequestAllowance) {
    this.#clock = clock
    this.#work = work
    this.#backoff = backoff
    this.#allowance = allowance
  }

  /** A key already waiting is not added again. */
  add(key: string): void {
    if (this.stopped || this.#waiting.has(key)) return
    if ((this.#putOff.get(key)?.until ?? 0) > this.#clock.now()) return
    this.#waiting.add(key)
    this.#clock.soon(() => this.#turn(key))
  }

  #turn(key: string): void {
    const wait = this.#allowance?.waitMs()
    if (wait) {
      this.#held.push(key)
      if (this.#held.length === 1) this.#clock.after(wait, () => this.#release())
      return
    }
    this.#waiting.delete(key)
    if (!this.stopped && !this.#runsWild(key)) this.#work(key)
  }

  /** Those that were held have their turn again, first come first served; who comes too late this time is held anew. */
  #release(): void {
    const held = this.#held
    this.#held = []
    for (const key of held) this.#turn(key)
  }

  /**
   * A controller that undoes its own work, or undoes what another does again, would never let this instant end. In a
   * real cluster each request of such a quarrel takes time; here the key is put off, each time for longer.
   */
  #runsWild(key: string): boolean {
    const now = this.#clock.now()
    if (now !== this.#instant) {
      this.#runs.clear()
      this.#instant = now
    }
    const runs = (this.#runs.get(key) ?? 0) + 1
    this.#runs.set(key, runs)
    if (runs <= MAX_RUNS_PER_INSTANT) return false
    const last = this.#putOff.get(key)
    const times = last?.until === now ? last.times + 1 : 0
    const delay = Math.min(CALM_DOWN_MS * 2 ** times, DEFAULT_BACKOFF.max)
    this.#putOff.set(key, { times, until: now + delay })
    this.#clock.after(delay, () => this.add(key))
    return true
  }

  /** When a key is added several times, the earliest time counts. */
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
    this.addAfter(key, Math.min(this.#backoff.base * 2 ** failures, this.#backoff.max))
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
