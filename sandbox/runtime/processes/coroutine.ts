/**
 * Code that runs inside a task of the clock until it blocks: the clock waits for it, and whoever wakes it makes it a task of
 * its own at that instant.
 */
import type { Clock } from '../../clock/clock.ts'

/** For who will not go on. Each has its own: a shared one would keep all who have ever waited for it. */
export const never = (): Promise<never> => new Promise(() => {})

// biome-ignore lint/suspicious/noConfusingVoidType: who cannot give up returns nothing
type Start<T> = (wake: (value: T) => void, fail: (error: Error) => void) => (() => void) | void

export abstract class Coroutine {
  /** It does not go on, whoever wakes it, until it is told to. */
  stopped = false
  protected running = false
  protected blocked = false
  #yielded: (() => void) | undefined
  #giveUp: (() => void) | undefined
  #interrupt: ((error: Error) => void) | undefined
  #held: (() => void) | undefined

  abstract readonly clock: Clock
  /** Set once it has ended, and never runs again. */
  abstract readonly status: object | undefined

  /** Waits until `start` calls back. What it returns takes the wish back, when the coroutine ends or is interrupted. */
  protected park<T>(start: Start<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let settled = false
      let parked = false
      const settle = (go: () => void): void => {
        if (settled) return
        settled = true
        if (!parked) {
          go()
          return
        }
        this.blocked = false
        this.#giveUp = this.#interrupt = undefined
        this.resume(go)
      }
      const giveUp = start(
        value => settle(() => resolve(value)),
        error => settle(() => reject(error)),
      )
      if (settled) return
      parked = true
      this.blocked = true
      this.#giveUp = () => {
        settled = true
        giveUp?.()
      }
      this.#interrupt = error => {
        if (settled) return
        giveUp?.()
        settle(() => reject(error))
      }
      this.yield()
    })
  }

  /** Waits for nothing more: nobody can wake it, and nothing of its wait has to be remembered. */
  protected rest(): Promise<never> {
    this.blocked = true
    this.#giveUp = this.#interrupt = undefined
    this.yield()
    return never()
  }

  /** What it waits for fails with `error`. */
  protected interrupt(error: Error): void {
    if (this.blocked) this.#interrupt?.(error)
  }

  /** What it waits for now goes on, whatever interrupts. */
  protected cannotBeInterrupted(): void {
    this.#interrupt = undefined
  }

  /** Nobody waits any more. */
  protected giveUp(): void {
    this.#giveUp?.()
  }

  /** Lets it go on, as a task of its own at this instant. */
  protected resume(go: () => void): void {
    if (this.stopped) {
      this.#held = go
      return
    }
    this.clock.soon(() => {
      if (this.status) return
      if (this.stopped) {
        this.#held = go
        return
      }
      this.running = true
      go()
      // Many processes do nothing but wait for signals, and are at it at once.
      if (!this.running) return
      return new Promise<void>(resolve => {
        this.#yielded = resolve
      })
    })
  }

  protected yield(): void {
    this.running = false
    const yielded = this.#yielded
    this.#yielded = undefined
    yielded?.()
  }

  /** After `stopped`. */
  protected goOn(): void {
    if (!this.stopped) return
    this.stopped = false
    const held = this.#held
    this.#held = undefined
    if (held) this.resume(held)
  }
}
