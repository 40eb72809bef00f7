/**
 * What runs a Python program: a stack of activations, each a coroutine that asks for the next to be entered. So a program's
 * depth is not the depth of our own stack, a blocking call waits wherever it stands, and a loop can be interrupted.
 */

import { isErrno } from '../../errno.ts'
import { isOutOfMemory, mayHold } from '../../kernel/memory.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process, Signal } from '../../processes/process.ts'
import { SIGNAL_NUMBER } from '../../processes/process.ts'
import { memorySize } from '../../pseudofs/procfs.ts'
import type { Channel } from '../modules/streams.ts'
import { DictView, PyDict, PyList, PyRange, PySet, PyTuple } from '../objects/containers.ts'
import { osError, raise } from '../objects/errors.ts'
import { compareNumbers, LONGEST } from '../objects/numbers.ts'
import { repr, str } from '../objects/show.ts'
import { typeOf } from '../objects/types.ts'
import {
  DONE,
  type Done,
  type Frame,
  isSteps,
  type Keywords,
  PyBytes,
  type PyException,
  PyFloat,
  type PyGenerator,
  type PyModule,
  PyScalar,
  PySuper,
  type Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { parseExpression, parseModule } from '../syntax/statements.ts'
import { BadSyntax, type Expression, type FunctionCode, NotSimulated, type Statement } from '../syntax/tree.ts'
import type { Flow } from './flow.ts'
import type { Output } from './output.ts'
import { Threads, tooDeep } from './threads.ts'

/** Steps are statements, turns of a loop and calls. As many are looked at together. */
const SLICE = 5_000
/** CPython takes some fifty nanoseconds for each. */
const STEP_CPU_MS = 0.00005
/** The steps of an error for each function that it leaves: who has it over and over again gets time for as many others. */
const RAISED = 100
const DEEPEST = 1000
/** Bytes that are worth counting before somebody looks. */
const WEIGHTY = 1_000_000
/** Bytes that may be made in one stroke, so that we can hold them ourselves, and of all values of a program. */
const MOST_AT_ONCE = 2 ** 28
const MOST_MEMORY = 2 ** 31
export const NO_KEYWORDS: Keywords = new Map()

/** Of our own code, about values that it does not expect. */
const isStumble = (thrown: unknown): thrown is Error =>
  (thrown instanceof TypeError || thrown instanceof SyntaxError || thrown instanceof RangeError) &&
  !isOutOfMemory(thrown)

/** In Chromium's and Safari's words, and in Firefox's. */
const isTooDeep = (thrown: unknown): boolean =>
  thrown instanceof Error && /^(Maximum call stack size exceeded|too much recursion)/.test(thrown.message)

/** What the evaluator does, which is built on the machine: each part of it may need any other. */
export interface Doing {
  invoke(machine: Machine, callee: Value, args: Value[], keywords: Keywords): Value | Steps
  /** An expression's value, or the steps to it. */
  outcome(machine: Machine, e: Expression, frame: Frame): Value | Steps
  block(machine: Machine, statements: readonly Statement[], frame: Frame): Steps<Flow>
  /** All that a function does, once it has been entered. */
  body(machine: Machine, code: FunctionCode, frame: Frame): Steps
  store(machine: Machine, target: Expression, value: Value, frame: Frame): undefined | Steps<unknown>
  richCompare(machine: Machine, op: string, a: Value, b: Value): Value | Steps
  operate(machine: Machine, op: string, left: Value, right: Value, inPlace?: boolean): Value | Steps
}

export class Machine {
  readonly does: Doing
  readonly process: Process
  readonly version: readonly [number, number, number]
  readonly builtins = new Map<string, Value>()
  readonly modules = new Map<string, PyModule>()
  /** Source by file, for tracebacks. */
  readonly sources = new Map<string, string>()
  readonly out: Output
  readonly err: Output
  argv: readonly string[] = []
  /** Objects that have a `__hash__` of their own, by it. */
  readonly hashed = new Map<string, Value[]>()
  /** Containers that are just being shown, so that one within itself ends. */
  readonly showing: Value[] = []
  /** Signals that have come and not been dealt with. */
  readonly signals: number[] = []
  readonly handlers = new Map<number, Value>()
  readonly #ids = new Map<Value, number>()
  #nextId = 140_234_180_000_000
  readonly threads: Threads
  #steps = 0
  /** `sys.path`: the program's own folder first. */
  readonly path = new PyList([])
  recursionLimit = DEEPEST
  /** Digits that the text of an integer may have; 0 for any number. */
  mostDigits = LONGEST
  /** Names that were in sight when one was not found. */
  lastNames: readonly string[] = []
  /** Files that hold what was written and not yet passed on. */
  readonly unflushed = new Set<Channel>()
  /** Files that nothing has a name for yet: one that stays so is closed with its statement, as by counted references. */
  fresh: Channel[] = []
  /** Bytes that values made in one stroke take, since they were last counted. */
  allocated = 0
  /** Bytes of what is just being collected, and has no name yet. */
  collecting = 0

  constructor(process: Process, version: Machine['version'], out: Output, err: Output, does: Doing) {
    this.does = does
    this.process = process
    this.version = version
    this.out = out
    this.err = err
    this.threads = new Threads(this, process)
  }

  raise(name: string, ...args: Value[]): Raised {
    return raise(name, ...args)
  }

  str(value: Value): string {
    return str(this, value)
  }

  repr(value: Value): string {
    return repr(this, value)
  }

  /** The number of an object: in the order in which they were asked for. */
  idOf(value: Value): number {
    let id = this.#ids.get(value)
    if (id === undefined) this.#ids.set(value, (id = this.#nextId += 48))
    return id
  }

  address(value: Value): string {
    return `0x${this.idOf(value).toString(16)}`
  }

  /** One more step. @returns whether it is time to look up: then ask for a pause */
  step(count = 1): boolean {
    this.#steps += count
    return this.#steps >= SLICE || this.signals.length > 0
  }

  /** CPU used since it was last asked. */
  takeCpu(): number {
    const used = this.#steps * STEP_CPU_MS
    this.#steps = 0
    return used
  }

  /** CPU used since the clock last moved. */
  usedSince(): number {
    return this.#steps * STEP_CPU_MS
  }

  /** Steps that were taken since the clock last moved. */
  get steps(): number {
    return this.#steps
  }

  get frame(): Frame | undefined {
    return this.threads.inwards().next().value ?? undefined
  }

  /** The error that is being handled where the program is. */
  handled(): PyException | undefined {
    for (const frame of this.threads.inwards()) if (frame.handling.length) return frame.handling.at(-1)
    return undefined
  }

  /** The look up from work: CPU is used, memory is counted. */
  async rest(): Promise<void> {
    const used = this.takeCpu()
    this.onRest?.()
    mayHold(this.process.memory, MOST_MEMORY)
    if (used >= 0.2) await this.process.compute(used)
    else await this.process.tick(Math.max(used, 0.001))
  }

  onRest: (() => void) | undefined

  /** Calls a function at once, from a native one that cannot wait. */
  now(fn: Value, args: Value[], keywords: Keywords = NO_KEYWORDS): Value {
    const result = this.does.invoke(this, fn, args, keywords)
    return isSteps(result) ? this.finish(result) : result
  }

  finish(steps: Steps): Value {
    return this.threads.finish(steps)
  }

  /** What JavaScript threw, as Python knows it. */
  pythonic(thrown: unknown): unknown {
    if (isErrno(thrown) && thrown.code !== 'EINTR') return osError(thrown.code)
    // Containers within containers, expressions and native calls nest on our own stack.
    if (isTooDeep(thrown)) return tooDeep()
    // A native function was given what it does not expect: that program ends, and loudly, not the simulation.
    if (isStumble(thrown))
      return new NotSimulated(`what line ${this.frame?.at.line} does (${thrown.message.split('\n')[0]})`)
    return thrown
  }

  /** Writes down that an error went through a frame. */
  note(exception: PyException, frame: Frame): void {
    if (exception.seenIn === frame) return
    this.step(RAISED)
    if (exception.context === undefined) {
      const before = this.handled()
      if (before && before !== exception) exception.context = before
    }
    if (!exception.traceback.length && exception.cls.name === 'NameError')
      this.lastNames = [...frame.names.values.keys(), ...frame.globals.keys()]
    exception.seenIn = frame
    exception.traceback.unshift({ code: frame.code, at: frame.at })
  }

  equal(a: Value, b: Value): boolean {
    if (a === b) return true
    const result = this.does.richCompare(this, '==', a, b)
    return this.truth(isSteps(result) ? this.finish(result) : result)
  }

  /** @param op `>` where it is asked so, as an error tells */
  less(a: Value, b: Value, op: '<' | '>' = '<'): boolean {
    const order = compareNumbers(a, b)
    if (order !== undefined) return op === '<' ? order < 0 : order > 0
    if (typeof a === 'string' && typeof b === 'string') return op === '<' ? a < b : a > b
    const result = this.does.richCompare(this, op, a, b)
    return this.truth(isSteps(result) ? this.finish(result) : result)
  }

  finishOperator(op: string, a: Value, b: Value): Value {
    const result = this.does.operate(this, op, a, b)
    return isSteps(result) ? this.finish(result) : result
  }

  /** Whether it counts as true; user-defined classes may say so themselves. */
  truth(value: Value): boolean {
    if (typeof value === 'boolean') return value
    if (value === null || value === 0 || value === '') return false
    if (typeof value !== 'object') return true
    if (value instanceof PyFloat) return value.value !== 0
    if (value instanceof PyBytes) return value.text !== ''
    if (value instanceof PyRange) return value.length > 0
    const cls = typeOf(value)
    if (!cls.builtin) {
      const own = cls.find('__bool__')
      if (own !== undefined) return this.now(own, [value]) === true
      const length = cls.find('__len__')
      if (length !== undefined) return this.now(length, [value]) !== 0
    }
    if (value instanceof PyScalar) return this.truth(value.value)
    if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0
    if (value instanceof PyDict || value instanceof PySet) return value.entries.size > 0
    if (value instanceof DictView) return value.of.entries.size > 0
    return true
  }

  /** @throws Raised SyntaxError */
  parse(source: string, file: string, as: 'module' | 'expression' = 'module'): FunctionCode {
    try {
      return as === 'module' ? parseModule(source, file) : parseExpression(source, file)
    } catch (error) {
      if (!(error instanceof BadSyntax)) throw error
      const raised = raise(error.type, error.message)
      this.sources.set(file, source)
      raised.exception.data = { file, place: error.place }
      throw raised
    }
  }

  /** What `super()` without arguments means in a method. */
  superOf({ self, owner }: Frame): PySuper {
    if (owner === undefined || self === undefined) throw raise('RuntimeError', 'super(): no arguments')
    return new PySuper(owner, self)
  }

  /** Has the kernel tell of a signal. */
  listen(signal: Signal): void {
    this.process.on(signal, () => void this.signals.push(SIGNAL_NUMBER[signal]))
  }

  /** Runs what the program wants done at the signals that have come. */
  *deal(): Steps<void> {
    for (let number = this.signals.shift(); number !== undefined; number = this.signals.shift()) {
      const handler = this.handlers.get(number)
      if (handler === undefined) {
        if (number === SIGNAL_NUMBER.INT) throw raise('KeyboardInterrupt')
      } else {
        const result = this.does.invoke(this, handler, [number, null], NO_KEYWORDS)
        if (isSteps(result)) yield* result
      }
    }
  }

  /** A blocking system call. One that a signal interrupts is made again once the signal has been dealt with. */
  *wait<T = Value>(attempt: () => Promise<T>): Steps<T> {
    for (;;) {
      try {
        return (yield { kind: 'wait', work: attempt as () => Promise<Value> }) as T
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      }
      yield* this.deal()
    }
  }

  /** Asks for the next value of a generator. @returns DONE at its end */
  *resume(generator: PyGenerator, value: Value = null, error?: unknown): Steps<Value | Done> {
    if (generator.state === 'running') throw raise('ValueError', `${generator.kind} already executing`)
    if (generator.state === 'over') {
      if (error !== undefined) throw error
      return DONE
    }
    return yield { kind: 'enter', activation: generator.activation, value, error }
  }

  /**
   * Room for a value that is big from the start: the container may not have so much, which ends the process here.
   * @throws MemoryError for more than the kernel would promise anybody, OutOfMemory where we could not hold it
   */
  allocate(bytes: number): void {
    if (bytes < WEIGHTY) return
    if (bytes > memorySize((this.process as Proc).kernel)) throw raise('MemoryError')
    this.allocated += bytes
    this.process.memory += bytes
    mayHold(this.allocated, MOST_AT_ONCE)
  }

  /** Room for a part of something that grows. */
  grow(bytes: number): void {
    this.#growing += bytes
    if (this.#growing < WEIGHTY) return
    const all = this.#growing
    this.#growing = 0
    this.allocate(all)
  }

  #growing = 0
}
