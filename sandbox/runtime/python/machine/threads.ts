/**
 * A program's threads: each is a stack of activations. One runs at a time, until it waits, ends, or has had its turn; who is
 * next is the one that has been ready longest. So threads are as deterministic as all else.
 */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { errorClass, raise } from '../objects/errors.ts'
import {
  type Activation,
  DONE,
  type Done,
  type Frame,
  isSteps,
  Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import type { Machine } from './machine.ts'

/** Each call takes some kilobytes of our own memory: past so many a program's own limit does not count. */
const MOST_CALLS = 100_000
/** Functions that are called from within a native one, which our own stack has to bear. */
const DEEPEST_NESTED = 40
/** What runs within a native function cannot be interrupted; past so many steps it never ends. */
const MOST_NESTED_STEPS = 500_000
/** Looks up from work after which another thread has its turn: some five milliseconds, as in CPython. */
const TURN = 20
/** At a time. */
const MOST_THREADS = 5_000

/** How to take back the wish to be woken. */
type GiveUp = () => void

interface Thread {
  id: number
  stack: Activation[]
  value: Value | Done
  error: { thrown: unknown } | undefined
  depth: number
  /** Set while it waits for somebody to wake it. */
  waiting: GiveUp | undefined
}

type Outcome =
  | { kind: 'done'; value: Value }
  | { kind: 'wait'; work: () => Promise<Value> }
  | { kind: 'park'; start: (wake: (value: Value) => void) => GiveUp }
  | { kind: 'pause' }
  | { kind: 'start'; steps: Steps }

/** A loop within a native function that never ends: it burns CPU until somebody kills it. */
export class Stuck extends Error {}

export class Threads {
  readonly #machine: Machine
  readonly #process: Process
  /** Those that have not ended, whether they wait or not. */
  readonly #all = new Set<Thread>()
  /** Who is at work, and within that what native functions call. */
  #at: Thread[] = []
  #ready: Thread[] = []
  #main: Thread | undefined
  #turns = 0
  #lastId = 0
  /** Ends the wait of the process, when all threads wait. */
  #wake: (() => void) | undefined

  constructor(machine: Machine, process: Process) {
    this.#machine = machine
    this.#process = process
  }

  /** The number of the one that runs. */
  get current(): number {
    return this.#at[0]?.id ?? 0
  }

  /** Signals are dealt with by the first thread alone. */
  get isMain(): boolean {
    return this.#at[0] === undefined || this.#at[0] === this.#main
  }

  /** What frames hold, for counting memory: those at work last. */
  *frames(): Generator<Frame> {
    for (const thread of [...[...this.#all].filter(each => !this.#at.includes(each)), ...this.#at])
      for (const { frame } of thread.stack) if (frame) yield frame
  }

  /** The frames of the thread that runs, the innermost first. */
  *inwards(): Generator<Frame> {
    for (const { stack } of this.#at.toReversed()) for (const { frame } of stack.toReversed()) if (frame) yield frame
  }

  /** Runs the first thread to its end, in virtual time; the others have their turns. */
  async run(steps: Steps): Promise<Value> {
    const main = this.#begin(steps)
    this.#main = main
    this.#ready.unshift(main)
    for (;;) {
      const { signals } = this.#machine
      if (signals.length && main.waiting) this.#interrupt(main)
      const thread = this.#ready.shift()
      if (!thread) {
        await this.#idle()
        continue
      }
      this.#at = [thread]
      const outcome = this.#advance(thread)
      if (outcome.kind === 'done') {
        this.#all.delete(thread)
        if (thread === main) return outcome.value
      } else await this.#next(thread, outcome)
    }
  }

  async #next(thread: Thread, outcome: Exclude<Outcome, { kind: 'done' }>): Promise<void> {
    thread.value = null
    switch (outcome.kind) {
      case 'wait':
        // Nobody else can work meanwhile: the process waits for one thing at a time.
        try {
          await this.#machine.rest()
          thread.value = await outcome.work()
        } catch (thrown) {
          thread.error = { thrown }
        }
        this.#ready.unshift(thread)
        return
      case 'park':
        this.#park(thread, outcome.start)
        return
      case 'start':
        if (this.#all.size >= MOST_THREADS) thread.error = { thrown: raise('RuntimeError', "can't start new thread") }
        else this.#ready.unshift(this.#begin(outcome.steps))
        this.#ready.push(thread)
        this.#turns = 0
        return
      default:
        try {
          await this.#machine.rest()
        } catch (thrown) {
          thread.error = { thrown }
        }
        if (++this.#turns < TURN && !(this.#machine.signals.length && thread !== this.#main))
          this.#ready.unshift(thread)
        else {
          this.#turns = 0
          this.#ready.push(thread)
        }
    }
  }

  #park(thread: Thread, start: (wake: (value: Value) => void) => GiveUp): void {
    thread.waiting = () => {}
    const giveUp = start(value => {
      if (!thread.waiting) return
      thread.waiting = undefined
      thread.value = value
      this.#ready.push(thread)
      this.#wake?.()
    })
    if (thread.waiting) thread.waiting = giveUp
  }

  /** A signal ends the wait of the first thread, which deals with it. */
  #interrupt(main: Thread, thrown: unknown = INTERRUPTED): void {
    main.waiting?.()
    main.waiting = undefined
    main.error = { thrown }
    this.#ready.unshift(main)
  }

  /** All threads wait. */
  async #idle(): Promise<void> {
    await this.#machine.rest()
    if (this.#ready.length) return
    try {
      await this.#process.block<void>(wake => {
        this.#wake = () => wake()
        return () => {
          for (const thread of this.#all) thread.waiting?.()
        }
      })
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
      // Who was given up with the wait of the process asks again.
      for (const thread of this.#all)
        if (thread.waiting) this.#interrupt(thread, thread === this.#main ? error : INTERRUPTED)
    } finally {
      this.#wake = undefined
    }
  }

  /** Threads that nobody waits for end with the program. */
  end(): void {
    for (const thread of this.#all) thread.waiting?.()
    this.#all.clear()
    this.#ready = []
    this.#at = []
  }

  /** Runs something to its end within a native function, which cannot wait. */
  finish(steps: Steps): Value {
    if (this.#at.length > DEEPEST_NESTED) throw tooDeep()
    const outer = this.#at.at(-1)
    const thread = this.#begin(steps, outer?.depth)
    this.#at.push(thread)
    const began = this.#machine.steps
    try {
      for (;;) {
        const outcome = this.#advance(thread)
        if (outcome.kind === 'done') return outcome.value
        if (outcome.kind !== 'pause') throw new NotSimulated('waiting in a function that a built-in one calls')
        if (this.#machine.steps - began > MOST_NESTED_STEPS) throw new Stuck()
        thread.value = null
      }
    } finally {
      this.#at.splice(this.#at.indexOf(thread), 1)
      this.#all.delete(thread)
    }
  }

  #begin(steps: Steps, depth = 0): Thread {
    const thread: Thread = {
      id: ++this.#lastId,
      stack: [{ steps, frame: undefined }],
      value: null,
      error: undefined,
      depth,
      waiting: undefined,
    }
    this.#all.add(thread)
    return thread
  }

  #advance(thread: Thread): Outcome {
    const { stack } = thread
    for (;;) {
      const top = stack.at(-1)!
      let result: ReturnType<Steps['next']>
      try {
        if (thread.error) {
          const { thrown } = thread.error
          thread.error = undefined
          result = top.steps.throw(thrown)
        } else result = top.steps.next(thread.value as Value)
      } catch (thrown) {
        const error = this.#seen(thrown, top)
        this.#leave(thread, top)
        if (!stack.length) {
          this.#all.delete(thread)
          throw error
        }
        thread.error = { thrown: error }
        continue
      }
      if (result.done) {
        this.#leave(thread, top)
        const { generator } = top
        if (!stack.length) return { kind: 'done', value: result.value }
        thread.value = generator ? DONE : result.value
        if (generator) generator.result = result.value
        continue
      }
      const request = result.value
      switch (request.kind) {
        case 'enter': {
          const { activation } = request
          if (activation.frame && ++thread.depth > this.#machine.recursionLimit) {
            thread.depth--
            thread.error = { thrown: tooDeep() }
            break
          }
          if (thread.depth > MOST_CALLS) throw new NotSimulated(`more than ${MOST_CALLS} calls within each other`)
          stack.push(activation)
          if (activation.generator) activation.generator.state = 'running'
          thread.value = request.value ?? null
          thread.error = request.error === undefined ? undefined : { thrown: request.error }
          break
        }
        case 'yield':
          stack.pop()
          if (top.frame) thread.depth--
          top.generator!.state = 'waiting'
          thread.value = request.value
          break
        default:
          return request
      }
    }
  }

  /** An error on its way out of an activation, with what that adds to it. */
  #seen(thrown: unknown, top: Activation): unknown {
    const error = this.#machine.pythonic(thrown)
    if (!(error instanceof Raised)) return error
    if (top.frame) this.#machine.note(error.exception, top.frame)
    if (!top.generator || !error.exception.cls.is(errorClass('StopIteration'))) return error
    // It would end the loop around it: a generator ends by returning.
    const instead = raise('RuntimeError', `${top.generator.kind} raised StopIteration`)
    instead.exception.cause = error.exception
    instead.exception.context = error.exception
    instead.exception.traceback = [...error.exception.traceback]
    instead.exception.seenIn = error.exception.seenIn
    return instead
  }

  #leave(thread: Thread, top: Activation): void {
    thread.stack.pop()
    if (top.frame) thread.depth--
    if (top.generator) top.generator.state = 'over'
  }
}

export const tooDeep = (): Raised => raise('RecursionError', 'maximum recursion depth exceeded')

/** What a thread that waits is told where it is to look up. */
class Interrupted extends Error {}
const INTERRUPTED = new Interrupted()

/** Waits until somebody wakes it; other threads work meanwhile. @param start is called again after a signal that has been dealt with */
export function* park<T extends Value>(machine: Machine, start: (wake: (value: T) => void) => GiveUp): Steps<T> {
  for (;;) {
    try {
      return (yield { kind: 'park', start: start as (wake: (value: Value) => void) => GiveUp }) as T
    } catch (error) {
      if (!(error instanceof Interrupted) && !isErrno(error, 'EINTR')) throw error
    }
    if (machine.threads.isMain) yield* machine.deal()
  }
}

/** A result as steps, for who wants such. */
export function* outOf(result: Value | Steps): Steps {
  return isSteps(result) ? yield* result : result
}
