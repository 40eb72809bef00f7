/** Operators: on numbers, on texts and containers, and by the methods of a program's own classes. */

import { PyDict, PyList, PySet, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { percent } from '../objects/format.ts'
import { keyOf } from '../objects/keys.ts'
import { arithmetic, bits, isNumber, stepsOf, toFloat } from '../objects/numbers.ts'
import { asciiOnly } from '../objects/show.ts'
import { frozenset, typeOf } from '../objects/types.ts'
import {
  int,
  isInt,
  isSteps,
  NOT_IMPLEMENTED,
  PyBytes,
  PyClass,
  PyFloat,
  PyScalar,
  plain,
  type Steps,
  Thing,
  type Value,
} from '../objects/values.ts'
import { invoke } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { PLACE } from './memory.ts'

const METHODS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'lshift',
  '>>': 'rshift',
}

/** Integers beyond this take time to work with. */
const LONG = 2n ** 20_000n

/** @param inPlace whether it is `+=` and its like, which change a list instead of making a new one */
export function operate(machine: Machine, op: string, left: Value, right: Value, inPlace = false): Value | Steps {
  const number = arithmetic(op, left, right)
  if (number !== undefined) {
    if (typeof number === 'bigint' && (number > LONG || number < -LONG)) machine.step(stepsOf(bits(number)))
    return number
  }
  if (left instanceof PyScalar || right instanceof PyScalar) return scalars(machine, op, left, right, inPlace)
  const known = builtin(machine, op, left, right, inPlace)
  if (known !== undefined) return known
  if (left instanceof Thing || right instanceof Thing) return byMethods(machine, op, left, right, inPlace)
  throw unsupported(op, left, right, inPlace)
}

/** The program's own method where it has one; else what numbers and texts do. */
function scalars(machine: Machine, op: string, left: Value, right: Value, inPlace: boolean): Value | Steps {
  const name = METHODS[op]
  const own = (value: Value, method: string): boolean =>
    value instanceof PyScalar && value.cls.mro.some(cls => !cls.builtin && cls.attrs.has(method))
  return own(left, `__${name}__`) || own(right, `__r${name}__`) || (inPlace && own(left, `__i${name}__`))
    ? byMethods(machine, op, left, right, inPlace)
    : operate(machine, op, plain(left), plain(right))
}

const unsupported = (op: string, left: Value, right: Value, inPlace: boolean) => {
  const names = [typeOf(left).name, typeOf(right).name] as const
  if (op === '+' && typeof left === 'string') return typeError(`can only concatenate str (not "${names[1]}") to str`)
  if (op === '+' && left instanceof PyList) return typeError(`can only concatenate list (not "${names[1]}") to list`)
  if (op === '+' && left instanceof PyTuple) return typeError(`can only concatenate tuple (not "${names[1]}") to tuple`)
  if (op === '+' && left instanceof PyBytes) return typeError(`can't concat ${names[1]} to bytes`)
  if (op === '*' && (sequence(left) || sequence(right)))
    return typeError(`can't multiply sequence by non-int of type '${sequence(left) ? names[1] : names[0]}'`)
  const shown = op === '**' ? '** or pow()' : op
  return typeError(
    `unsupported operand type(s) for ${inPlace ? (op === '**' ? '**=' : `${op}=`) : shown}: '${names[0]}' and '${names[1]}'`,
  )
}

const sequence = (value: Value): boolean =>
  typeof value === 'string' || value instanceof PyBytes || value instanceof PyList || value instanceof PyTuple

function builtin(machine: Machine, op: string, a: Value, b: Value, inPlace: boolean): Value | undefined {
  switch (op) {
    case '+':
      if (typeof a === 'string' && typeof b === 'string') {
        machine.allocate(a.length + b.length > 1_000_000 ? b.length : 0)
        return a + b
      }
      if (a instanceof PyBytes && b instanceof PyBytes) {
        machine.allocate(a.text.length + b.text.length > 1_000_000 ? b.text.length : 0)
        return new PyBytes(a.text + b.text)
      }
      if (a instanceof PyTuple && b instanceof PyTuple) {
        machine.allocate((a.items.length + b.items.length) * 8)
        return new PyTuple(a.items.concat(b.items))
      }
      if (a instanceof PyList && b instanceof PyList && a.cls.builtin) {
        machine.allocate((inPlace ? 0 : a.items.length * 8) + b.items.length * 8)
        if (!inPlace) return new PyList(a.items.concat(b.items))
        for (const item of [...b.items]) a.items.push(item)
        return a
      }
      return undefined
    case '*':
      if (sequence(a) && isInt(b)) return times(machine, a, b, inPlace)
      return sequence(b) && isInt(a) ? times(machine, b, a, false) : undefined
    case '%':
      if (typeof a === 'string') return percentOf(machine, a, b)
      return a instanceof PyBytes ? new PyBytes(percentOf(machine, a.text, b, true)) : undefined
    case '|':
      if (a instanceof PyDict && b instanceof PyDict && a.cls.builtin) {
        const all = inPlace ? a : new PyDict(a.cls)
        if (!inPlace) for (const [key, entry] of a.entries) all.entries.set(key, [...entry])
        for (const [key, [k, value]] of b.entries) all.entries.set(key, [all.entries.get(key)?.[0] ?? k, value])
        return all
      }
      // Of annotations: `int | None` has no use but to be read.
      if ((a instanceof PyClass || a === null) && (b instanceof PyClass || b === null))
        return a === null && b === null ? undefined : new PyTuple([a, b])
      break
  }
  return a instanceof PySet && b instanceof PySet ? setOperation(op, a, b, inPlace) : undefined
}

/** What CPython can count in. */
const MOST_LENGTH = 2 ** 63 - 1

function mayIndex(by: number | bigint | boolean): void {
  if (typeof by === 'bigint' && (by > 2n ** 63n - 1n || by < -(2n ** 63n)))
    throw raise('OverflowError', "cannot fit 'int' into an index-sized integer")
}

function times(machine: Machine, value: Value, by: number | bigint | boolean, inPlace: boolean): Value {
  const count = Math.max(0, Number(by))
  if (typeof value === 'string' || value instanceof PyBytes) {
    const text = typeof value === 'string' ? value : value.text
    mayIndex(by)
    if (text.length * count > MOST_LENGTH)
      throw raise('OverflowError', `repeated ${typeof value === 'string' ? 'string is' : 'bytes are'} too long`)
    machine.allocate(text.length * count)
    const all = text.repeat(text ? count : 0)
    return typeof value === 'string' ? all : new PyBytes(all)
  }
  const { items } = value as PyList | PyTuple
  mayIndex(by)
  if (items.length * count * PLACE > MOST_LENGTH) throw raise('MemoryError')
  machine.allocate(items.length * count * PLACE)
  const all: Value[] = []
  if (items.length) for (let i = 0; i < count; i++) for (const item of items) all.push(item)
  if (value instanceof PyTuple) return new PyTuple(all)
  if (!inPlace) return new PyList(all)
  ;(value as PyList).items = all
  return value
}

function percentOf(machine: Machine, template: string, given: Value, bytes = false): string {
  const values = given instanceof PyTuple ? given.items : [given]
  const lookup =
    given instanceof PyDict
      ? (name: string): Value => {
          const found = given.entries.get(keyOf(machine, name))
          if (!found) throw machine.raise('KeyError', name)
          return found[1]
        }
      : undefined
  return percent(template, values, {
    str: value => (bytes ? bytesText(value) : machine.str(value)),
    repr: value => machine.repr(value),
    ascii: asciiOnly,
    bytes,
    room: characters => machine.allocate(characters),
    lookup,
  })
}

function bytesText(value: Value): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeOf(value).name}'`,
  )
}

function setOperation(op: string, a: PySet, b: PySet, inPlace: boolean): Value | undefined {
  const keep: Record<string, () => [unknown, Value][]> = {
    '|': () => [...a.entries, ...b.entries],
    '&': () => [...a.entries].filter(([key]) => b.entries.has(key)),
    '-': () => [...a.entries].filter(([key]) => !b.entries.has(key)),
    '^': () => [
      ...[...a.entries].filter(([key]) => !b.entries.has(key)),
      ...[...b.entries].filter(([key]) => !a.entries.has(key)),
    ],
  }
  const found = keep[op]?.()
  if (!found) return undefined
  const all = inPlace && !a.cls.is(frozenset) ? a : new PySet(a.cls)
  if (all === a) a.entries.clear()
  for (const [key, value] of found) if (!all.entries.has(key)) all.entries.set(key, value)
  return all
}

function* byMethods(machine: Machine, op: string, left: Value, right: Value, inPlace: boolean): Steps {
  const name = METHODS[op]
  const tries: [Value, string, Value][] = [
    ...(inPlace ? [[left, `__i${name}__`, right] as [Value, string, Value]] : []),
    [left, `__${name}__`, right],
    [right, `__r${name}__`, left],
  ]
  // Who derives from the left one's class goes first.
  if (
    !inPlace &&
    typeOf(right) !== typeOf(left) &&
    typeOf(right).is(typeOf(left)) &&
    typeOf(right).attrs.has(`__r${name}__`)
  )
    tries.reverse()
  for (const [self, method, other] of tries) {
    const found = typeOf(self).find(method)
    if (found === undefined) continue
    const result = invoke(machine, found, [self, other], NO_KEYWORDS)
    const value = isSteps(result) ? yield* result : result
    if (value !== NOT_IMPLEMENTED) return value
  }
  if (left instanceof PyScalar || right instanceof PyScalar) {
    const result = operate(machine, op, plain(left), plain(right))
    return isSteps(result) ? yield* result : result
  }
  throw unsupported(op, left, right, inPlace)
}

export function unary(machine: Machine, op: string, given: Value): Value | Steps {
  if (op === 'not') return !machine.truth(given)
  const own = given instanceof PyScalar && given.cls.find({ '-': '__neg__', '+': '__pos__', '~': '__invert__' }[op]!)
  const value = own ? given : plain(given)
  if (isNumber(value)) {
    if (op === '-')
      return value instanceof PyFloat
        ? new PyFloat(-value.value)
        : typeof value === 'bigint'
          ? int(-value)
          : -Number(value) || 0
    if (op === '+')
      return value instanceof PyFloat ? new PyFloat(toFloat(value)) : typeof value === 'boolean' ? Number(value) : value
    if (isInt(value)) return int(~BigInt(value))
  } else if (value instanceof Thing) {
    const found = typeOf(value).find({ '-': '__neg__', '+': '__pos__', '~': '__invert__' }[op]!)
    if (found !== undefined) return invoke(machine, found, [value], NO_KEYWORDS)
  }
  if (op === '~' && value instanceof PyFloat) throw typeError("bad operand type for unary ~: 'float'")
  throw typeError(`bad operand type for unary ${op}: '${typeOf(value).name}'`)
}
