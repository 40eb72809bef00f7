/** Iteration: one value after the other, of whatever has some. */

import { DictView, PyDict, PyList, PyRange, PySet, PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import {
  DONE,
  type Done,
  Instance,
  isSteps,
  PyBytes,
  PyClass,
  PyGenerator,
  PyIterator,
  PyScalar,
  Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { invoke } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { PLACE, sizeOf } from './memory.ts'

/** An iterator of a value; itself, when it is one. */
export function iterate(machine: Machine, value: Value): Value | Steps {
  if (value instanceof PyIterator || (value instanceof PyGenerator && value.kind === 'generator')) return value
  if (value instanceof Instance) {
    const own = value.cls.find('__iter__')
    if (own !== undefined) return invoke(machine, own, [value], NO_KEYWORDS)
  }
  if (value instanceof PyScalar) return iterate(machine, value.value)
  if (value instanceof PyList) return overList(value)
  if (value instanceof PyTuple) return over('tuple_iterator', value.items)
  if (value instanceof PyRange) return overRange(value)
  if (typeof value === 'string') return over('str_iterator', /[\ud800-\udbff]/.test(value) ? [...value] : value)
  if (value instanceof PyBytes)
    return over(
      'bytes_iterator',
      Array.from(value.text, c => c.charCodeAt(0)),
    )
  if (value instanceof PyDict)
    return overEntries('dict_keyiterator', value.entries, ([key]) => key, 'dictionary changed size during iteration')
  if (value instanceof PySet)
    return overEntries('set_iterator', value.entries, item => item, 'Set changed size during iteration')
  if (value instanceof PyClass) {
    const own = value.find('__class_iter__')
    if (own !== undefined) return invoke(machine, own, [value], NO_KEYWORDS)
  }
  if (value instanceof Instance && value.cls.find('__getitem__') !== undefined) return bySubscript(value)
  throw typeError(`'${typeOf(value).name}' object is not iterable`)
}

export function over(kind: string, items: ArrayLike<Value>): PyIterator {
  let at = 0
  return new PyIterator(kind, () => (at < items.length ? items[at++]! : DONE))
}

/** A list may grow meanwhile. */
function overList(list: PyList): PyIterator {
  let at = 0
  return new PyIterator('list_iterator', () => (at < list.items.length ? list.items[at++]! : DONE))
}

function overRange({ start, step, length }: PyRange): PyIterator {
  let at = 0
  return new PyIterator('range_iterator', () => (at < length ? start + step * at++ : DONE))
}

export function overEntries<T>(
  kind: string,
  entries: Map<unknown, T>,
  take: (entry: T) => Value,
  changed: string,
): PyIterator {
  const { size } = entries
  const iterator = entries.values()
  let over = false
  return new PyIterator(kind, machine => {
    if (over) return DONE
    if (entries.size !== size) throw machine.raise('RuntimeError', changed)
    const next = iterator.next()
    if (!next.done) return take(next.value)
    over = true
    return DONE
  })
}

/** The old way, by `__getitem__` until IndexError. */
function bySubscript(value: Instance): PyIterator {
  let at = 0
  return new PyIterator('iterator', function* (machine): Steps<Value | Done> {
    try {
      const result = invoke(machine, value.cls.find('__getitem__')!, [value, at++], NO_KEYWORDS)
      return isSteps(result) ? yield* result : result
    } catch (error) {
      if (error instanceof Raised && error.exception.cls.mro.some(c => c.name === 'IndexError')) return DONE
      throw error
    }
  })
}

/** The next value, or how to get it. */
export function nextOf(machine: Machine, iterator: Value): Value | Done | Steps<Value | Done> {
  if (iterator instanceof PyIterator) return iterator.next(machine)
  if (iterator instanceof PyGenerator) return machine.resume(iterator)
  const own = iterator instanceof Instance ? iterator.cls.find('__next__') : undefined
  if (own === undefined) throw typeError(`'${typeOf(iterator).name}' object is not an iterator`)
  return untilStop(machine, invoke(machine, own, [iterator], NO_KEYWORDS))
}

function* untilStop(_machine: Machine, result: Value | Steps): Steps<Value | Done> {
  try {
    return isSteps(result) ? yield* result : result
  } catch (error) {
    if (error instanceof Raised && error.exception.cls.name === 'StopIteration') return DONE
    throw error
  }
}

/** All values at once, where nobody has to be asked. */
function quickly(value: Value): readonly Value[] | undefined {
  if (value instanceof Instance && !value.cls.builtin && value.cls.find('__iter__') !== undefined) return undefined
  if (value instanceof PyList || value instanceof PyTuple) return value.items
  if (typeof value === 'string') return [...value]
  if (value instanceof DictView) return value.all()
  if (value instanceof PySet) return [...value.entries.values()]
  if (value instanceof PyDict) return [...value.entries.values()].map(([key]) => key)
  return undefined
}

/** Weighs what `work` makes, one value after the other, before anything has a name for it. */
export function* whileCollecting(
  machine: Machine,
  work: (counted: (item: Value) => Value) => Steps<void>,
): Steps<void> {
  let bytes = 0
  const counted = (item: Value): Value => {
    const more = PLACE + sizeOf(item)
    bytes += more
    machine.collecting += more
    return item
  }
  try {
    yield* work(counted)
  } finally {
    machine.collecting -= bytes
  }
}

/** All values. The list is not to be changed: it may be the value's own. */
export function* collect(machine: Machine, value: Value): Steps<readonly Value[]> {
  // Letters of a text are one object each, which all share: a list of them is places alone.
  if (typeof value === 'string') machine.allocate(value.length * PLACE)
  const quick = quickly(value)
  if (quick) return quick
  if (value instanceof PyRange) machine.allocate(value.length * 8)
  const all: Value[] = []
  yield* whileCollecting(machine, function* (counted) {
    yield* each(machine, value, item => void all.push(counted(item)))
  })
  return all
}

/**
 * How all that is made here goes through values: each is a step, so that it is counted and the clock has its turn.
 * @param take returns false to end early, or the steps that it takes
 */
export function* each(
  machine: Machine,
  value: Value,
  take: (item: Value) => boolean | void | Steps<void>,
): Steps<void> {
  const made = iterate(machine, value)
  const iterator = isSteps(made) ? yield* made : made
  for (;;) {
    if (machine.step()) yield* breathe(machine)
    const result = nextOf(machine, iterator)
    const item = isSteps(result) ? yield* result : result
    if (item === DONE) return
    const answer = take(item as Value)
    if (answer === false) return
    if (isSteps(answer)) yield* answer
  }
}

/** Lets time pass for the CPU that has been used, and deals with signals. */
export function* breathe(machine: Machine): Steps<void> {
  yield { kind: 'pause' }
  if (machine.signals.length && machine.threads.isMain) yield* machine.deal()
}
