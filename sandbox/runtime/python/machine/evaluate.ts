/**
 * Expressions. What calls nothing of the program's comes to a value at once; the rest is a coroutine, so that it can wait.
 * There is one way for both (`outcome`): each kind of expression says which parts it has and what it makes of their
 * values, and where a part is a coroutine, all that follows it becomes one.
 */

import { PyDict, PyList, PySet, PySlice, PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import { typeOf } from '../objects/types.ts'
import { DONE, type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { Expression } from '../syntax/tree.ts'
import { getAttribute } from './attributes.ts'
import { awaited, givenTo, handOn } from './awaiting.ts'
import { callOf } from './call.ts'
import { contains, richCompare } from './compare.ts'
import { comprehension } from './comprehensions.ts'
import { joined } from './formatted.ts'
import { makeFunction } from './functions.ts'
import { breathe, iterate, nextOf } from './iterate.ts'
import type { Machine } from './machine.ts'
import { assign, lookUp } from './names.ts'
import { operate, unary } from './operate.ts'
import { evaluate, itemsOf } from './outcome.ts'
import { getItem, putItem } from './subscripts.ts'

/** An expression's value, or the steps to it where something has to be called or waited for. */
export function outcome(machine: Machine, e: Expression, frame: Frame): Value | Steps {
  switch (e.kind) {
    case 'constant':
      return e.value
    case 'name':
      return lookUp(machine, e, frame)
    case 'binary':
      return two(machine, e, e.left, e.right, frame, binary)
    case 'compare': {
      const left = outcome(machine, e.left, frame)
      return isSteps(left) ? afterLeft(machine, e, frame, left) : compareFrom(machine, e, frame, 0, left)
    }
    case 'call':
      return callOf(machine, e, frame)
    case 'attribute':
      return one(machine, e, e.value, frame, attribute)
    case 'subscript':
      return two(machine, e, e.value, e.index, frame, subscript)
    case 'unary':
      return one(machine, e, e.operand, frame, unaryOf)
    case 'logic':
      return logicFrom(machine, e, frame, 0)
    case 'choice':
      return one(machine, e, e.test, frame, choose)
    case 'tuple':
      return many(machine, e.items, frame, tuple)
    case 'list':
      return many(machine, e.items, frame, list)
    case 'set':
      return many(machine, e.items, frame, set)
    case 'slice':
      return many(machine, [e.lower ?? NONE, e.upper ?? NONE, e.step ?? NONE], frame, slice)
    case 'dict':
      return dictionary(machine, e, frame)
    case 'joined':
      return joined(machine, e, frame)
    case 'lambda':
      return makeFunction(machine, e.code, e.parameters, frame)
    case 'comprehension':
      return comprehension(machine, e, frame)
    case 'named':
      return one(machine, e, e.value, frame, name)
    case 'yield':
      return give(machine, e, frame)
    case 'yieldFrom':
      return delegate(machine, e, frame)
    case 'await':
      return waitFor(machine, e, frame)
    case 'starred':
      throw typeError("can't use starred expression here")
  }
}

/** What is made of the values of an expression's parts. */
type Finish<E, Parts extends unknown[]> = (machine: Machine, e: E, frame: Frame, ...parts: Parts) => Value | Steps

function one<E>(machine: Machine, e: E, part: Expression, frame: Frame, finish: Finish<E, [Value]>): Value | Steps {
  const value = outcome(machine, part, frame)
  return isSteps(value) ? afterOne(machine, e, frame, value, finish) : finish(machine, e, frame, value)
}

function* afterOne<E>(machine: Machine, e: E, frame: Frame, steps: Steps, finish: Finish<E, [Value]>): Steps {
  const result = finish(machine, e, frame, yield* steps)
  return isSteps(result) ? yield* result : result
}

function two<E>(
  machine: Machine,
  e: E,
  first: Expression,
  second: Expression,
  frame: Frame,
  finish: Finish<E, [Value, Value]>,
): Value | Steps {
  const a = outcome(machine, first, frame)
  if (isSteps(a)) return afterFirst(machine, e, second, frame, a, finish)
  const b = outcome(machine, second, frame)
  return isSteps(b) ? afterSecond(machine, e, frame, a, b, finish) : finish(machine, e, frame, a, b)
}

function* afterFirst<E>(
  machine: Machine,
  e: E,
  second: Expression,
  frame: Frame,
  steps: Steps,
  finish: Finish<E, [Value, Value]>,
): Steps {
  const a = yield* steps
  const b = outcome(machine, second, frame)
  const result = finish(machine, e, frame, a, isSteps(b) ? yield* b : b)
  return isSteps(result) ? yield* result : result
}

function* afterSecond<E>(
  machine: Machine,
  e: E,
  frame: Frame,
  a: Value,
  steps: Steps,
  finish: Finish<E, [Value, Value]>,
): Steps {
  const result = finish(machine, e, frame, a, yield* steps)
  return isSteps(result) ? yield* result : result
}

/** As many as there are, some of which may be several (`*items`). */
function many(
  machine: Machine,
  parts: readonly Expression[],
  frame: Frame,
  finish: (values: Value[], machine: Machine) => Value,
): Value | Steps {
  const values = itemsOf(machine, parts, frame)
  return isSteps(values) ? afterMany(machine, values, finish) : finish(values, machine)
}

function* afterMany(
  machine: Machine,
  steps: Steps<Value[]>,
  finish: (values: Value[], machine: Machine) => Value,
): Steps {
  return finish(yield* steps, machine)
}

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

const NONE: Expression = { kind: 'constant', value: null, line: 0, column: 0, endLine: 0, endColumn: 0 }

function binary(machine: Machine, e: Of<'binary'>, frame: Frame, left: Value, right: Value): Value | Steps {
  frame.at = e
  return operate(machine, e.op, left, right)
}

function attribute(machine: Machine, e: Of<'attribute'>, frame: Frame, value: Value): Value | Steps {
  frame.at = e
  return getAttribute(machine, value, e.name)
}

function subscript(machine: Machine, e: Of<'subscript'>, frame: Frame, value: Value, index: Value): Value | Steps {
  frame.at = e
  return getItem(machine, value, index)
}

function unaryOf(machine: Machine, e: Of<'unary'>, frame: Frame, value: Value): Value | Steps {
  frame.at = e
  return unary(machine, e.op, value)
}

function choose(machine: Machine, e: Of<'choice'>, frame: Frame, test: Value): Value | Steps {
  return outcome(machine, machine.truth(test) ? e.body : e.otherwise, frame)
}

function name(_: Machine, e: Of<'named'>, frame: Frame, value: Value): Value {
  assign(frame, e.target.id, e.target.home, value)
  return value
}

const tuple = (items: Value[]): Value => new PyTuple(items)
const list = (items: Value[]): Value => new PyList(items)
const slice = ([lower = null, upper = null, step = null]: Value[]): Value => new PySlice(lower, upper, step)

function set(items: Value[], machine: Machine): Value {
  const all = new PySet()
  for (const item of items) {
    const key = keyOf(machine, item)
    if (!all.entries.has(key)) all.entries.set(key, item)
  }
  return all
}

function logicFrom(machine: Machine, e: Of<'logic'>, frame: Frame, from: number): Value | Steps {
  for (let i = from; ; i++) {
    const value = outcome(machine, e.values[i]!, frame)
    if (isSteps(value)) return afterLogic(machine, e, frame, i, value)
    if (isSettled(machine, e, i, value)) return value
  }
}

const isSettled = (machine: Machine, e: Of<'logic'>, at: number, value: Value): boolean =>
  at === e.values.length - 1 || machine.truth(value) !== (e.op === 'and')

function* afterLogic(machine: Machine, e: Of<'logic'>, frame: Frame, at: number, steps: Steps): Steps {
  const value = yield* steps
  if (isSettled(machine, e, at, value)) return value
  const result = logicFrom(machine, e, frame, at + 1)
  return isSteps(result) ? yield* result : result
}

/** `a < b < c`, from one of the operators on. */
function compareFrom(machine: Machine, e: Of<'compare'>, frame: Frame, from: number, given: Value): Value | Steps {
  let left = given
  for (let i = from; ; i++) {
    const right = outcome(machine, e.others[i]!, frame)
    if (isSteps(right)) return afterRight(machine, e, frame, i, left, right)
    frame.at = e
    const result = compared(machine, e.ops[i]!, left, right)
    if (isSteps(result)) return afterCompared(machine, e, frame, i, right, result)
    if (i === e.ops.length - 1 || !machine.truth(result)) return result
    left = right
  }
}

function* afterLeft(machine: Machine, e: Of<'compare'>, frame: Frame, steps: Steps): Steps {
  const result = compareFrom(machine, e, frame, 0, yield* steps)
  return isSteps(result) ? yield* result : result
}

function* afterRight(machine: Machine, e: Of<'compare'>, frame: Frame, at: number, left: Value, steps: Steps): Steps {
  const right = yield* steps
  frame.at = e
  const result = compared(machine, e.ops[at]!, left, right)
  return yield* afterCompared(machine, e, frame, at, right, result)
}

function* afterCompared(
  machine: Machine,
  e: Of<'compare'>,
  frame: Frame,
  at: number,
  right: Value,
  result: Value | Steps,
): Steps {
  const value = isSteps(result) ? yield* result : result
  if (at === e.ops.length - 1 || !machine.truth(value)) return value
  const rest = compareFrom(machine, e, frame, at + 1, right)
  return isSteps(rest) ? yield* rest : rest
}

function compared(machine: Machine, op: string, left: Value, right: Value): Value | Steps {
  switch (op) {
    case 'is':
      return left === right
    case 'is not':
      return left !== right
    case 'in':
    case 'not in': {
      const found = contains(machine, left, right)
      if (typeof found === 'boolean') return op === 'in' ? found : !found
      return search(machine, op, left, right, found)
    }
    default:
      return richCompare(machine, op, left, right)
  }
}

function* search(machine: Machine, op: string, item: Value, container: Value, by: Steps | undefined): Steps {
  let found = false
  if (by) found = machine.truth(isSteps(by) ? yield* by : by)
  else {
    let made: Value | Steps
    try {
      made = iterate(machine, container)
    } catch {
      throw typeError(`argument of type '${typeOf(container).name}' is not iterable`)
    }
    const iterator = isSteps(made) ? yield* made : made
    for (;;) {
      if (machine.step()) yield* breathe(machine)
      const next = nextOf(machine, iterator)
      const value = isSteps(next) ? yield* next : next
      if (value === DONE) break
      if (machine.equal(value as Value, item)) {
        found = true
        break
      }
    }
  }
  return op === 'in' ? found : !found
}

function* dictionary(machine: Machine, e: Of<'dict'>, frame: Frame): Steps {
  const { keys, values } = e
  const dict = new PyDict()
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key) {
      const k = outcome(machine, key, frame)
      const known = isSteps(k) ? yield* k : k
      const v = outcome(machine, values[i]!, frame)
      const value = isSteps(v) ? yield* v : v
      frame.at = e
      putItem(machine, dict, known, value)
    } else {
      const other = yield* evaluate(machine, values[i]!, frame)
      if (!(other instanceof PyDict)) throw typeError(`'${typeOf(other).name}' object is not a mapping`)
      for (const [k, v] of other.entries.values()) putItem(machine, dict, k, v)
    }
  }
  return dict
}

function* give(machine: Machine, e: Of<'yield'>, frame: Frame): Steps {
  const value = e.value ? yield* evaluate(machine, e.value, frame) : null
  frame.at = e
  return yield { kind: 'yield', value: frame.code.waits ? givenTo(value) : value }
}

function* delegate(machine: Machine, e: Of<'yieldFrom'>, frame: Frame): Steps {
  const value = yield* evaluate(machine, e.value, frame)
  frame.at = e
  const made = iterate(machine, value)
  return yield* handOn(machine, isSteps(made) ? yield* made : made)
}

function* waitFor(machine: Machine, e: Of<'await'>, frame: Frame): Steps {
  const value = yield* evaluate(machine, e.value, frame)
  frame.at = e
  return yield* awaited(machine, value)
}
