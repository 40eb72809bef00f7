/** Comparisons: by what values are, and by the methods of a program's own classes. */

import { DictView, PyDict, PyList, PyRange, PySet, PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import { compareNumbers } from '../objects/numbers.ts'
import { typeOf } from '../objects/types.ts'
import {
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
import { outOf } from './threads.ts'

const METHODS: Readonly<Record<string, readonly [string, string]>> = {
  '==': ['__eq__', '__eq__'],
  '!=': ['__ne__', '__ne__'],
  '<': ['__lt__', '__gt__'],
  '>': ['__gt__', '__lt__'],
  '<=': ['__le__', '__ge__'],
  '>=': ['__ge__', '__le__'],
}

const byOrder = (op: string, order: number): boolean => {
  switch (op) {
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '<=':
      return order <= 0
    default:
      return order >= 0
  }
}

/** By code points, as Python orders texts; JavaScript's `<` is by halves of pairs. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : 1
  const x = [...a]
  const y = [...b]
  for (let i = 0; i < x.length && i < y.length; i++)
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!
  return x.length - y.length
}

export function richCompare(machine: Machine, op: string, a: Value, b: Value): Value | Steps {
  if (typeof a === 'string' && typeof b === 'string') return byOrder(op, compareText(a, b))
  const order = compareNumbers(a, b)
  if (order !== undefined) return Number.isNaN(order) ? op === '!=' : byOrder(op, order)
  if (a instanceof PyBytes && b instanceof PyBytes) return byOrder(op, a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
  if (a instanceof PyScalar || b instanceof PyScalar) {
    const own = [a, b].some(
      each =>
        each instanceof PyScalar &&
        each.cls.mro.some(
          cls =>
            !cls.builtin &&
            (cls.attrs.has(METHODS[op]![0]) ||
              cls.attrs.has(METHODS[op]![1]) ||
              (op === '!=' && cls.attrs.has('__eq__'))),
        ),
    )
    if (!own) return richCompare(machine, op, plain(a), plain(b))
  }
  const own = ofProgram(a) || ofProgram(b)
  return own ? byMethods(machine, op, a, b) : byContent(machine, op, a, b)
}

const ofProgram = (value: Value): boolean => value instanceof Thing && !typeOf(value).builtin

function byContent(machine: Machine, op: string, a: Value, b: Value): Value {
  if (typeof a !== 'object' || typeof b !== 'object' || a instanceof PyFloat || b instanceof PyFloat) {
    const result =
      (typeof a === 'string' && typeof b === 'string') || compareNumbers(a, b) !== undefined
        ? richCompare(machine, op, a, b)
        : undefined
    if (typeof result === 'boolean') return result
  }
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple))
    return sequences(machine, op, a.items, b.items)
  if (a instanceof PySet && b instanceof PySet) return sets(op, a, b)
  if (a instanceof DictView || b instanceof DictView) {
    const [mine, theirs] = [membersOf(a), membersOf(b)]
    if (mine && theirs) return views(machine, op, { of: a, members: mine }, { of: b, members: theirs })
  }
  if (op === '==' || op === '!=') {
    const same =
      a instanceof PyDict && b instanceof PyDict
        ? sameDicts(machine, a, b)
        : a instanceof PyRange && b instanceof PyRange
          ? a.start === b.start && a.length === b.length && a.step === b.step
          : a === b
    return same === (op === '==')
  }
  const method = typeOf(a).find(METHODS[op]![0])
  if (method !== undefined) {
    const result = invoke(machine, method, [a, b], NO_KEYWORDS)
    const value = isSteps(result) ? machine.finish(result) : result
    if (value !== NOT_IMPLEMENTED) return value
  }
  throw unordered(op, a, b)
}

const unordered = (op: string, a: Value, b: Value) =>
  typeError(`'${op}' not supported between instances of '${typeOf(a).name}' and '${typeOf(b).name}'`)

function sequences(machine: Machine, op: string, a: readonly Value[], b: readonly Value[]): Value {
  if (a.length !== b.length && (op === '==' || op === '!=')) return op === '!='
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (machine.equal(a[i]!, b[i]!)) continue
    if (op === '==' || op === '!=') return op === '!='
    const result = richCompare(machine, op, a[i]!, b[i]!)
    return isSteps(result) ? machine.finish(result) : result
  }
  return byOrder(op, a.length - b.length)
}

function sets(op: string, a: PySet, b: PySet): boolean {
  const within = (x: PySet, y: PySet): boolean => [...x.entries.keys()].every(key => y.entries.has(key))
  const { size } = a.entries
  const other = b.entries.size
  switch (op) {
    case '==':
      return size === other && within(a, b)
    case '!=':
      return size !== other || !within(a, b)
    case '<=':
      return within(a, b)
    case '<':
      return size < other && within(a, b)
    case '>=':
      return within(b, a)
    default:
      return size > other && within(b, a)
  }
}

/** Of what is compared as a set is: views of keys and of items, and sets. */
const membersOf = (value: Value): Value[] | undefined =>
  value instanceof PySet
    ? [...value.entries.values()]
    : value instanceof DictView && value.shows !== 'values'
      ? value.all()
      : undefined

interface Members {
  of: Value
  members: readonly Value[]
}

function views(machine: Machine, op: string, a: Members, b: Members): boolean {
  const within = (x: Members, y: Members): boolean => x.members.every(item => contains(machine, item, y.of) === true)
  const order = a.members.length - b.members.length
  switch (op) {
    case '==':
    case '!=':
      return (order === 0 && within(a, b)) === (op === '==')
    case '<':
    case '<=':
      return byOrder(op, order) && within(a, b)
    default:
      return byOrder(op, order) && within(b, a)
  }
}

function sameDicts(machine: Machine, a: PyDict, b: PyDict): boolean {
  if (a.entries.size !== b.entries.size) return false
  for (const [key, [, value]] of a.entries) {
    const other = b.entries.get(key)
    if (!other || !machine.equal(value, other[1])) return false
  }
  return true
}

function* byMethods(machine: Machine, op: string, a: Value, b: Value): Steps {
  const [name, reflected] = METHODS[op]!
  const tries: [Value, string, Value][] = [
    [a, name, b],
    [b, reflected, a],
  ]
  for (const [self, method, other] of tries) {
    const found = typeOf(self).find(method)
    if (found === undefined) continue
    const result = invoke(machine, found, [self, other], NO_KEYWORDS)
    const value = isSteps(result) ? yield* result : result
    if (value !== NOT_IMPLEMENTED) return value
  }
  if (op === '!=') {
    const same = yield* byMethods(machine, '==', a, b)
    return !machine.truth(same)
  }
  return byContent(machine, op, plain(a), plain(b))
}

export function contains(machine: Machine, member: Value, within: Value): boolean | Steps | undefined {
  const container = plain(within)
  const item = typeof container === 'string' ? plain(member) : member
  if (container instanceof PyClass) {
    const has = container.find('__class_contains__')
    if (has !== undefined) return outOf(invoke(machine, has, [container, item], NO_KEYWORDS))
  }
  if (typeof container === 'string') {
    if (typeof item !== 'string')
      throw typeError(`'in <string>' requires string as left operand, not ${typeOf(item).name}`)
    return container.includes(item)
  }
  if (container instanceof PyBytes)
    return container.text.includes(item instanceof PyBytes ? item.text : String.fromCharCode(Number(item)))
  if (container instanceof Thing) {
    const own = typeOf(container).find('__contains__')
    if (own !== undefined) return invoke(machine, own, [container, item], NO_KEYWORDS) as boolean | Steps
  }
  if (container instanceof PyDict || container instanceof PySet) return container.entries.has(keyOf(machine, item))
  if (container instanceof PyList || container instanceof PyTuple)
    return container.items.some(each => machine.equal(each, item))
  if (container instanceof PyRange) {
    const n = typeof item === 'number' ? item : Number.NaN
    const at = (n - container.start) / container.step
    return Number.isInteger(at) && at >= 0 && at < container.length
  }
  return undefined
}
