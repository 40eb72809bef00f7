/** Timers of a kubelet's process, which end with it. */
import type { Clock, Timer } from '../clock/clock.ts'

export class Timers {
  readonly #clock: Clock
  /** Few, and they come and go all the time. */
  readonly #timers: Timer[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(ms: number, task: () => void, options?: { quiet: boolean }): void {
    const timer = this.#clock.after(
      ms,
      () => {
        this.#timers.splice(this.#timers.indexOf(timer), 1)
        task()
      },
      options,
    )
    this.#timers.push(timer)
  }

  every(ms: number, task: () => void): void {
    this.after(
      ms,
      () => {
        this.every(ms, task)
        task()
      },
      { quiet: true },
    )
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) this.#clock.cancel(timer)
  }
}
