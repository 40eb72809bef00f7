/**
 * Values of Python programs. None, booleans, small and big integers and texts are JavaScript's own (null, boolean,
 * number, bigint, string); everything else is a Thing.
 */
import type { Machine } from '../machine/machine.ts'
import type { FunctionCode, Parameters } from '../syntax/tree.ts'

/** Its mark is for the compiler alone, which would else take everything for one. */
export abstract class Thing {
  declare protected readonly thing: true
}

export type Value = null | boolean | number | bigint | string | Thing

/** What a running activation asks the machine for; see machine.ts. */
export type Request =
  | { kind: 'enter'; activation: Activation; value?: Value; error?: unknown }
  | { kind: 'yield'; value: Value }
  /** The whole process waits. */
  | { kind: 'wait'; work: () => Promise<Value> }
  /** This thread waits until it is woken. `start` gives how to take that back. */
  | { kind: 'park'; start: (wake: (value: Value) => void) => () => void }
  /** A new thread begins. */
  | { kind: 'start'; steps: Steps }
  | { kind: 'pause' }

/** Work that may call functions of the program, or wait: a coroutine of requests. */
export type Steps<T = Value> = Generator<Request, T, Value>

/** One function at work. */
export interface Activation {
  steps: Steps
  frame: Frame | undefined
  /** A generator, whose `yield` goes to whoever has asked for the next value. */
  generator?: PyGenerator
}

export interface Names {
  values: Map<string, Value>
  /** Those of the function around it. */
  outer: Names | undefined
}

export interface Frame {
  code: FunctionCode
  names: Names
  globals: Map<string, Value>
  /** Where it is just now. */
  at: { line: number; column: number; endLine: number; endColumn: number }
  /** The names around it, as `__qualname__` tells them. */
  qualname: string
  /** The body of a class. */
  inClass: boolean
  /** The first argument and the class, for `super()`. */
  self?: Value
  owner?: PyClass
  /** Errors being handled, innermost last. */
  handling: PyException[]
}

export type Keywords = Map<string, Value>
export type Native = (machine: Machine, args: Value[], keywords: Keywords) => Value | Steps

export class PyFloat extends Thing {
  readonly value: number
  constructor(value: number) {
    super()
    this.value = value
  }
}

/** Each character is one byte. */
export class PyBytes extends Thing {
  readonly text: string
  constructor(text: string) {
    super()
    this.text = text
  }
}

/** Whatever may be of a class of the program's own. */
export abstract class Instance extends Thing {
  cls: PyClass
  attrs: Map<string, Value> | undefined
  constructor(cls: PyClass) {
    super()
    this.cls = cls
  }
}

export class PyObject extends Instance {
  /** What a built-in class keeps in it. */
  data?: unknown
  constructor(cls: PyClass) {
    super(cls)
    this.attrs = new Map()
  }
}

/** A number or a text of a class that a program has derived from `int`, `float`, `str` or `bytes`. */
export class PyScalar extends PyObject {
  readonly value: Scalar
  constructor(cls: PyClass, value: Scalar) {
    super(cls)
    this.value = value
  }
}

export type Scalar = boolean | number | bigint | string | PyFloat | PyBytes

/** What it is but for its class. */
export const plain = (value: Value): Value => (value instanceof PyScalar ? value.value : value)

export interface TracebackEntry {
  code: FunctionCode
  at: Frame['at']
}

export class PyException extends PyObject {
  args: Value[]
  /** From the outermost call to the innermost. */
  traceback: TracebackEntry[] = []
  /** The activation in which it was last written down. */
  seenIn: Frame | undefined
  cause: Value | undefined
  context: PyException | undefined
  constructor(cls: PyClass, args: Value[]) {
    super(cls)
    this.args = args
  }
}

export class PyClass extends Thing {
  /** As errors call it: with its module where it is written in C. */
  name: string
  readonly bases: PyClass[]
  readonly mro: PyClass[]
  readonly attrs: Map<string, Value>
  module: string
  /** Made here, not by a program. */
  readonly builtin: boolean
  /** The class of the class, where it is not `type`. */
  meta: PyClass | undefined
  constructor(name: string, bases: PyClass[], attrs = new Map<string, Value>(), module = 'builtins', builtin = false) {
    super()
    this.name = name
    this.bases = bases
    this.attrs = attrs
    this.module = module
    this.builtin = builtin
    this.mro = linearize(this, bases)
    this.meta = bases.find(base => base.meta)?.meta
  }

  find(name: string): Value | undefined {
    for (const cls of this.mro) {
      const found = cls.attrs.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  is(other: PyClass): boolean {
    return this.mro.includes(other)
  }
}

export class NoOrder extends Error {}

/** C3, as Python orders the classes of a class. */
function linearize(cls: PyClass, bases: readonly PyClass[]): PyClass[] {
  const lists = [...bases.map(base => [...base.mro]), [...bases]]
  const order = [cls]
  for (;;) {
    const left = lists.filter(list => list.length)
    if (!left.length) return order
    const next = left.map(list => list[0]!).find(first => !left.some(list => list.indexOf(first) > 0))
    if (!next) throw new NoOrder(bases.map(base => base.name).join(', '))
    order.push(next)
    for (const list of lists) if (list[0] === next) list.shift()
  }
}

export class PyFunction extends Instance {
  readonly code: FunctionCode
  readonly parameters: Parameters
  readonly defaults: Map<string, Value>
  readonly outer: Names | undefined
  readonly globals: Map<string, Value>
  name: string
  qualname: string
  /** The class in whose body it was defined. */
  owner: PyClass | undefined
  constructor(
    cls: PyClass,
    facts: Pick<PyFunction, 'code' | 'parameters' | 'defaults' | 'outer' | 'globals' | 'qualname'>,
  ) {
    super(cls)
    this.code = facts.code
    this.parameters = facts.parameters
    this.defaults = facts.defaults
    this.outer = facts.outer
    this.globals = facts.globals
    this.name = facts.code.name
    this.qualname = facts.qualname
  }
}

/** A function that is made here. */
export class PyBuiltin extends Thing {
  readonly name: string
  readonly run: Native
  /** Whether an instance through which it is found becomes its first argument. */
  readonly method: boolean
  /** Whether it sees numbers and texts alone, whatever their class. */
  readonly plain: boolean
  constructor(name: string, run: Native, method = false, plain = false) {
    super()
    this.name = name
    this.run = run
    this.method = method
    this.plain = plain
  }
}

export class PyMethod extends Thing {
  readonly self: Value
  readonly fn: Value
  constructor(self: Value, fn: Value) {
    super()
    this.self = self
    this.fn = fn
  }
}

export class PyModule extends Thing {
  readonly name: string
  readonly attrs: Map<string, Value>
  constructor(name: string, attrs: Map<string, Value>) {
    super()
    this.name = name
    this.attrs = attrs
  }
}

/** No further value; also where nothing was found. */
export const DONE: unique symbol = Symbol('done')
export type Done = typeof DONE

/** An iterator that is made here. */
export class PyIterator extends Thing {
  readonly kind: string
  readonly next: (machine: Machine) => Value | Done | Steps<Value | Done>
  constructor(kind: string, next: PyIterator['next']) {
    super()
    this.kind = kind
    this.next = next
  }
}

export class PyGenerator extends Thing {
  readonly name: string
  readonly activation: Activation
  readonly kind: 'generator' | 'coroutine' | 'async generator'
  state: 'new' | 'waiting' | 'running' | 'over' = 'new'
  /** What it returned. */
  result: Value = null
  constructor(name: string, activation: Activation, kind: PyGenerator['kind'] = 'generator') {
    super()
    this.name = name
    this.activation = activation
    this.kind = kind
    activation.generator = this
  }
}

export class PyProperty extends Thing {
  readonly getter: Value
  readonly setter: Value
  readonly deleter: Value
  constructor(getter: Value, setter: Value = null, deleter: Value = null) {
    super()
    this.getter = getter
    this.setter = setter
    this.deleter = deleter
  }
}

export class PyStatic extends Thing {
  readonly fn: Value
  readonly ofClass: boolean
  constructor(fn: Value, ofClass: boolean) {
    super()
    this.fn = fn
    this.ofClass = ofClass
  }
}

export class PySuper extends Thing {
  readonly owner: PyClass
  readonly self: Value
  constructor(owner: PyClass, self: Value) {
    super()
    this.owner = owner
    this.self = self
  }
}

/** Values of which there is one each. */
export class Singleton extends Thing {
  readonly shown: string
  readonly type: string
  constructor(shown: string, type: string) {
    super()
    this.shown = shown
    this.type = type
  }
}

export const ELLIPSIS = new Singleton('Ellipsis', 'ellipsis')
export const NOT_IMPLEMENTED = new Singleton('NotImplemented', 'NotImplementedType')

/** A Python exception on its way, in JavaScript. */
export class Raised extends Error {
  readonly exception: PyException
  constructor(exception: PyException) {
    super(exception.cls.name)
    this.exception = exception
  }
}

export const isSteps = <T>(value: T): value is Extract<T, Steps<unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === 'Generator'

export const isInt = (value: Value): value is number | bigint | boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'

/** As few bits as it takes. */
export const int = (value: bigint): number | bigint =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
