/** The turns that a Pod's worker takes: one at a time, and whoever asks while one is under way gets the next. */
import type { Clock, Timer } from '../../clock/clock.ts'
import { type Running, run, type Task } from '../task.ts'

/** What a turn came to: when another is to be taken, if at all. */
export interface TurnResult {
  retryAfter?: number
}

export class Turns {
  readonly #clock: Clock
  /** Nothing when there is no more to do. */
  readonly #take: () => Task<TurnResult> | undefined
  /** Asks for a turn later, as anybody does. */
  readonly #ask: (after?: number) => void
  #running: Running | undefined
  #pending = false
  /** How many pieces of news the next turn is for. */
  #noticed = 0
  #timer: Timer | undefined
  /** The turn is at a point where it may be broken off. */
  breakable = false

  constructor(clock: Clock, take: () => Task<TurnResult> | undefined, ask: (after?: number) => void) {
    this.#clock = clock
    this.#take = take
    this.#ask = ask
  }

  /** A turn at this instant or right after the one that is under way, or one after a while unless one comes before. */
  wake(after: number): void {
    if (after > 0) {
      const at = this.#clock.now() + after
      if (this.#timer && !this.#timer.cancelled && this.#timer.at <= at) return
      this.#clock.cancel(this.#timer)
      this.#timer = this.#clock.after(after, () => {
        this.#timer = undefined
        this.#ask()
      })
      return
    }
    if (this.#pending) return
    this.#pending = true
    if (!this.#running) this.#clock.soon(() => this.#next())
  }

  /**
   * As `wake`, for news that comes one by one: the first gets a turn at once, and all that comes with it shares the next,
   * which follows at once.
   */
  notice(after: number): void {
    this.#noticed++
    this.#ask(after)
  }

  /** The turn under way wants another one right after it. */
  again(): void {
    this.#pending = true
  }

  /** Ends the turn under way where that may be done. */
  breakOff(): void {
    if (!this.breakable || !this.#running) return
    this.#running.cancel()
    this.#running = undefined
    this.breakable = false
    if (this.#pending) this.#clock.soon(() => this.#next())
  }

  /** Ends the turn under way, and takes no more. */
  stop(): void {
    this.forget()
    this.#running?.cancel()
    this.#running = undefined
  }

  /** The turn that was to be taken later is not. */
  forget(): void {
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
  }

  #next(): void {
    if (!this.#pending || this.#running) return
    const task = this.#take()
    if (!task) return
    this.#pending = this.#noticed > 1
    this.#noticed = 0
    this.forget()
    let finished = false
    const running = run(this.#clock, task, ({ retryAfter }) => {
      finished = true
      this.#running = undefined
      this.breakable = false
      if (this.#pending) this.#clock.soon(() => this.#next())
      else if (retryAfter !== undefined) this.#ask(Math.max(1, retryAfter))
    })
    if (!finished) this.#running = running
  }
}
