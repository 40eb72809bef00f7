/** `value[index]`: reading, writing and deleting, with slices. */

import { PyDict, PyList, PyRange, PySlice, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import { typeOf } from '../objects/types.ts'
import {
  Instance,
  isInt,
  isSteps,
  PyBytes,
  PyClass,
  PyScalar,
  plain,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { invoke } from './calls.ts'
import { collect } from './iterate.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

interface Cut {
  start: number
  stop: number
  step: number
  /** All the places, in order. */
  indices: () => number[]
}

function cut({ start, stop, step }: PySlice, length: number): Cut {
  const given = (value: Value): number | undefined => {
    if (value === null) return undefined
    if (!isInt(value)) throw typeError('slice indices must be integers or None or have an __index__ method')
    return Number(value)
  }
  const by = given(step) ?? 1
  if (by === 0) throw raise('ValueError', 'slice step cannot be zero')
  const clamp = (value: number, low: number, high: number): number =>
    Math.min(Math.max(value < 0 ? value + length : value, low), high)
  const first = given(start)
  const last = given(stop)
  const from =
    first === undefined ? (by > 0 ? 0 : length - 1) : clamp(first, by > 0 ? 0 : -1, by > 0 ? length : length - 1)
  const to = last === undefined ? (by > 0 ? length : -1) : clamp(last, by > 0 ? 0 : -1, by > 0 ? length : length - 1)
  const indices = (): number[] => {
    const all: number[] = []
    for (let i = from; by > 0 ? i < to : i > to; i += by) all.push(i)
    return all
  }
  return { start: from, stop: to, step: by, indices }
}

function position(value: Value, index: Value, length: number, what: string): number {
  if (!isInt(index))
    throw typeError(
      what === 'string'
        ? `string indices must be integers, not '${typeOf(index).name}'`
        : `${what} indices must be integers or slices, not ${typeOf(index).name}`,
    )
  const at = Number(index) < 0 ? Number(index) + length : Number(index)
  if (at >= 0 && at < length) return at
  throw raise(
    'IndexError',
    typeof value === 'string' || value instanceof PyBytes || value instanceof PyRange
      ? `${what === 'byte' ? 'index' : `${what.replace(' object', '')}${value instanceof PyRange ? ' object' : ''} index`} out of range`
      : `${what} index out of range`,
  )
}

/** Characters at some places: of a long text, piece by piece, for each is a value of our own. */
function picked(all: ArrayLike<string>, { start, stop, step }: Cut): string {
  let text = ''
  let piece: string[] = []
  for (let i = start; step > 0 ? i < stop : i > stop; i += step)
    if (piece.push(all[i]!) === PIECE) {
      text += piece.join('')
      piece = []
    }
  return text + piece.join('')
}

const PIECE = 10_000

const plainSlice = (index: PySlice): boolean => index.step === null || index.step === 1

export function getItem(machine: Machine, value: Value, index: Value): Value | Steps {
  if (value instanceof Instance && !value.cls.builtin) {
    const own = value.cls.find('__getitem__')
    if (own !== undefined) return invoke(machine, own, [value, index], NO_KEYWORDS)
  }
  if (value instanceof PyScalar || index instanceof PyScalar)
    if (!(value instanceof PyDict)) return getItem(machine, plain(value), plain(index))
  if (value instanceof PyDict) return fromDict(machine, value, index)
  if (value instanceof PyList || value instanceof PyTuple) {
    const isList = value instanceof PyList
    if (index instanceof PySlice) {
      const found = cut(index, value.items.length)
      const items = plainSlice(index)
        ? value.items.slice(found.start, Math.max(found.start, found.stop))
        : found.indices().map(i => value.items[i]!)
      return isList ? new PyList(items) : new PyTuple(items)
    }
    return value.items[position(value, index, value.items.length, isList ? 'list' : 'tuple')]!
  }
  if (typeof value === 'string') {
    const all = /[\ud800-\udbff]/.test(value) ? [...value] : value
    if (!(index instanceof PySlice)) return all[position(value, index, all.length, 'string')]!
    const found = cut(index, all.length)
    const { start, stop } = found
    if (plainSlice(index) && typeof all === 'string') return all.slice(start, Math.max(start, stop))
    return picked(all, found)
  }
  if (value instanceof PyBytes) {
    const { text } = value
    if (index instanceof PySlice) {
      const found = cut(index, text.length)
      return new PyBytes(
        plainSlice(index) ? text.slice(found.start, Math.max(found.start, found.stop)) : picked(text, found),
      )
    }
    return text.charCodeAt(position(value, index, text.length, 'byte'))
  }
  if (value instanceof PyRange) {
    if (index instanceof PySlice) {
      const { start, stop, step } = cut(index, value.length)
      return new PyRange(value.start + start * value.step, value.start + stop * value.step, value.step * step)
    }
    return value.start + value.step * position(value, index, value.length, 'range object')
  }
  const own = typeOf(value).find('__getitem__')
  if (own !== undefined) return invoke(machine, own, [value, index], NO_KEYWORDS)
  if (value instanceof PyClass) {
    const generic = value.find('__class_getitem__')
    if (generic !== undefined) return invoke(machine, generic, [value, index], NO_KEYWORDS)
    // `list[int]` and its like have no use but to be read.
    if (value.builtin) return value
    throw typeError(`type '${value.name}' is not subscriptable`)
  }
  throw typeError(`'${typeOf(value).name}' object is not subscriptable`)
}

function fromDict(machine: Machine, dict: PyDict, key: Value): Value | Steps {
  const found = dict.entries.get(keyOf(machine, key))
  if (found) return found[1]
  const missing = dict.cls.find('__missing__')
  if (missing !== undefined) return invoke(machine, missing, [dict, key], NO_KEYWORDS)
  throw raise('KeyError', key)
}

/** @returns the steps of what is left to be done */
export function setItem(machine: Machine, value: Value, index: Value, to: Value): undefined | Steps<unknown> {
  const own = value instanceof Instance ? value.cls.find('__setitem__') : typeOf(value).find('__setitem__')
  if (own !== undefined) return discard(invoke(machine, own, [value, index, to], NO_KEYWORDS))
  if (value instanceof PyDict) {
    putItem(machine, value, index, to)
    return undefined
  }
  if (!(value instanceof PyList)) throw typeError(`'${typeOf(value).name}' object does not support item assignment`)
  if (index instanceof PySlice) return setSlice(machine, value, index, to)
  value.items[assignable(value, plain(index))] = to
  return undefined
}

/** A call whose result nobody wants. */
const discard = (result: Value | Steps): undefined | Steps<unknown> => (isSteps(result) ? result : undefined)

function* setSlice(machine: Machine, list: PyList, index: PySlice, to: Value): Steps<void> {
  const items = yield* collect(machine, to)
  const { start, stop, indices } = cut(index, list.items.length)
  if (plainSlice(index)) {
    list.items = [...list.items.slice(0, start), ...items, ...list.items.slice(Math.max(start, stop))]
    return
  }
  const places = indices()
  if (items.length !== places.length)
    throw raise(
      'ValueError',
      `attempt to assign sequence of size ${items.length} to extended slice of size ${places.length}`,
    )
  places.forEach((at, i) => void (list.items[at] = items[i]!))
}

function assignable(list: PyList, index: Value): number {
  const at = isInt(index) ? Number(index) : undefined
  if (at !== undefined && (at >= list.items.length || at < -list.items.length))
    throw raise('IndexError', 'list assignment index out of range')
  return position(list, index, list.items.length, 'list')
}

export function putItem(machine: Machine, dict: PyDict, key: Value, value: Value): void {
  const by = keyOf(machine, key)
  const entry = dict.entries.get(by)
  if (entry) entry[1] = value
  else dict.entries.set(by, [key, value])
}

export function* deleteItem(machine: Machine, value: Value, index: Value): Steps<void> {
  const own = value instanceof Instance ? value.cls.find('__delitem__') : undefined
  if (own !== undefined) {
    const result = invoke(machine, own, [value, index], NO_KEYWORDS)
    if (isSteps(result)) yield* result
  } else if (value instanceof PyDict) {
    if (!value.entries.delete(keyOf(machine, index))) throw raise('KeyError', index)
  } else if (value instanceof PyList) {
    const gone = new Set(
      index instanceof PySlice ? cut(index, value.items.length).indices() : [assignable(value, index)],
    )
    value.items = value.items.filter((_, i) => !gone.has(i))
  } else throw typeError(`'${typeOf(value).name}' object doesn't support item deletion`)
}
