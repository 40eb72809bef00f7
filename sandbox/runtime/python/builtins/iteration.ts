/** Built-in functions that go through values, and make iterators. */
import { invoke } from '../machine/calls.ts'
import { breathe, collect, each, iterate, nextOf } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { operate } from '../machine/operate.ts'
import { PyList, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { arithmetic } from '../objects/numbers.ts'
import * as types from '../objects/types.ts'
import {
  DONE,
  type Done,
  isSteps,
  type Native,
  PyGenerator,
  PyIterator,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { sorted } from './containers.ts'
import { given, intOf, type Natives, valueError } from './define.ts'

/** `min` and `max`. */
const extreme = (name: 'min' | 'max'): Native =>
  function* (machine, args, keywords) {
    const [key, fallback] = given(name, [], keywords, ['*key?', '*default?'])
    let best: Value | undefined
    let weight: Value = null
    const compare = (item: Value, next: Value): void => {
      if (best === undefined || machine.less(next, weight, name === 'min' ? '<' : '>')) [best, weight] = [item, next]
    }
    const weigh = function* (item: Value): Steps<void> {
      compare(item, yield* call(machine, key!, [item]))
    }
    const plain = key === undefined || key === null
    yield* each(machine, args.length === 1 ? args[0]! : new PyTuple(args), item =>
      plain ? compare(item, item) : weigh(item),
    )
    if (best !== undefined) return best
    if (fallback !== undefined) return fallback
    throw args.length
      ? valueError(`${name}() iterable argument is empty`)
      : typeError(`${name} expected at least 1 argument, got 0`)
  }

function* started(machine: Machine, value: Value): Steps {
  const made = iterate(machine, value)
  return isSteps(made) ? yield* made : made
}

const lazily = (kind: string, next: (machine: Machine) => Steps<Value | Done>): PyIterator => new PyIterator(kind, next)

function* step(machine: Machine, iterator: Value): Steps<Value | Done> {
  const result = nextOf(machine, iterator)
  return isSteps(result) ? yield* result : result
}

function* call(machine: Machine, fn: Value, args: Value[]): Steps {
  const result = invoke(machine, fn, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

/** The end of a strict `zip`, whose first iterator has ended. @throws ValueError if another goes on */
function* noneLeft(machine: Machine, iterators: readonly Value[]): Steps<Done> {
  for (let i = 1; i < iterators.length; i++)
    if ((yield* step(machine, iterators[i]!)) !== DONE)
      throw valueError(`zip() argument ${i + 1} is longer than argument${i === 1 ? ' 1' : `s 1-${i}`}`)
  return DONE
}

export const ITERATION: Natives = {
  *iter(machine, [value, sentinel]) {
    if (sentinel === undefined) return yield* started(machine, value!)
    return lazily('callable_iterator', function* () {
      const next = yield* call(machine, value!, [])
      return machine.equal(next, sentinel) ? DONE : next
    })
  },
  *next(machine, [iterator, fallback]) {
    const next = yield* step(machine, iterator!)
    if (next !== DONE) return next as Value
    if (fallback !== undefined) return fallback
    const result = iterator instanceof PyGenerator ? iterator.result : null
    throw raise('StopIteration', ...(result === null ? [] : [result]))
  },
  *enumerate(machine, args, keywords) {
    const [items, start] = given('enumerate', args, keywords, ['iterable', 'start?'])
    const iterator = yield* started(machine, items!)
    let at = start === undefined ? 0 : intOf(start)
    return lazily('enumerate', function* () {
      const next = yield* step(machine, iterator)
      return next === DONE ? DONE : new PyTuple([at++, next as Value])
    })
  },
  *zip(machine, args, keywords) {
    const [strict] = given('zip', [], keywords, ['*strict?'])
    const exactly = machine.truth(strict ?? false)
    const iterators: Value[] = []
    for (const arg of args) iterators.push(yield* started(machine, arg))
    return lazily('zip', function* () {
      const row: Value[] = []
      for (const [i, iterator] of iterators.entries()) {
        const next = yield* step(machine, iterator)
        if (next !== DONE) row.push(next as Value)
        else if (i && exactly)
          throw valueError(`zip() argument ${i + 1} is shorter than argument${i === 1 ? ' 1' : `s 1-${i}`}`)
        else if (exactly) return yield* noneLeft(machine, iterators)
        else return DONE
      }
      return row.length ? new PyTuple(row) : DONE
    })
  },
  *map(machine, [fn, ...sources]) {
    const iterators: Value[] = []
    for (const source of sources) iterators.push(yield* started(machine, source))
    return lazily('map', function* () {
      const row: Value[] = []
      for (const iterator of iterators) {
        const next = yield* step(machine, iterator)
        if (next === DONE) return DONE
        row.push(next as Value)
      }
      return yield* call(machine, fn!, row)
    })
  },
  *filter(machine, [fn, source]) {
    const iterator = yield* started(machine, source!)
    return lazily('filter', function* () {
      for (;;) {
        if (machine.step()) yield* breathe(machine)
        const next = yield* step(machine, iterator)
        if (next === DONE || machine.truth(fn === null ? (next as Value) : yield* call(machine, fn!, [next as Value])))
          return next
      }
    })
  },
  *reversed(machine, [value]) {
    const own = types.typeOf(value!).find('__reversed__')
    if (own !== undefined) return yield* call(machine, own, [value!])
    if (types.typeOf(value!) === types.set || value instanceof PyGenerator)
      throw typeError(`'${types.typeOf(value!).name}' object is not reversible`)
    const items = [...(yield* collect(machine, value!))].reverse()
    let at = 0
    return new PyIterator('reversed', () => (at < items.length ? items[at++]! : DONE))
  },
  *sorted(machine, [items], keywords) {
    return new PyList(yield* sorted(machine, yield* collect(machine, items!), keywords))
  },
  *sum(machine, args, keywords) {
    const [items, start = 0] = given('sum', args, keywords, ['iterable', 'start?'])
    if (typeof start === 'string') throw typeError("sum() can't sum strings [use ''.join(seq) instead]")
    let total: Value = start
    const later = function* (steps: Steps): Steps<void> {
      total = yield* steps
    }
    yield* each(machine, items!, item => {
      const result: Value | Steps = arithmetic('+', total, item) ?? operate(machine, '+', total, item)
      if (isSteps(result)) return later(result)
      total = result
      return true
    })
    return total
  },
  *any(machine, [items]) {
    let found = false
    yield* each(machine, items!, item => !(found = machine.truth(item)))
    return found
  },
  *all(machine, [items]) {
    let all = true
    yield* each(machine, items!, item => (all = machine.truth(item)))
    return all
  },
  min: extreme('min'),
  max: extreme('max'),
}
