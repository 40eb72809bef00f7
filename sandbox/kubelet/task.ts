/**
 * Work of the kubelet that takes time, written in order: a generator that yields whatever it waits for. It runs at once
 * until its first wait, and never in the middle of somebody else's work. No promises, so a world without processes stays
 * synchronous.
 */
import type { Clock } from '../clock/clock.ts'

// biome-ignore lint/suspicious/noConfusingVoidType: what cannot be given up returns nothing
export type GiveUp = (() => void) | void
/** Called with how to go on; may return how to give up waiting. */
export type Wait = (resume: (value?: unknown) => void) => GiveUp
export type Task<T = void> = Generator<Wait, T, unknown>

export interface Running {
  /** Ends the task where it waits; its `finally` blocks run, nothing after them does. */
  cancel(): void
}

export function run<T>(clock: Clock, task: Task<T>, done: (result: T) => void): Running {
  let cancelled = false
  let giveUp: GiveUp
  const step = (value?: unknown): void => {
    if (cancelled) return
    giveUp = undefined
    const result = task.next(value)
    if (result.done) done(result.value)
    else waitFor(result.value)
  }
  const waitFor = (wait: Wait): void => {
    let called = false
    giveUp = wait(value => {
      if (called) return
      called = true
      clock.soon(() => step(value))
    })
  }
  step()
  return {
    cancel() {
      if (cancelled) return
      cancelled = true
      giveUp?.()
      task.return(undefined as T)
    },
  }
}

export const sleep =
  (clock: Clock, ms: number): Wait =>
  resume => {
    const timer = clock.after(ms, () => resume())
    return () => clock.cancel(timer)
  }

/** Waits for an answer, at most `ms`. @returns undefined when the time was up */
export function* within<T>(
  clock: Clock,
  ms: number,
  start: (answer: (value: T) => void) => GiveUp,
): Task<T | undefined> {
  return (yield resume => {
    let stop: GiveUp
    const timer = clock.after(ms, () => {
      // First of all: what is given up may still answer, and too late is too late.
      resume(undefined)
      stop?.()
    })
    stop = start(value => {
      clock.cancel(timer)
      resume(value)
    })
    return () => {
      clock.cancel(timer)
      stop?.()
    }
  }) as T | undefined
}

/** Runs several tasks side by side and waits for all of them. */
export function* all(clock: Clock, tasks: readonly Task<unknown>[]): Task {
  if (!tasks.length) return
  yield resume => {
    let left = tasks.length
    const running = tasks.map(task =>
      run(clock, task, () => {
        if (--left === 0) resume()
      }),
    )
    return () => {
      for (const r of running) r.cancel()
    }
  }
}
