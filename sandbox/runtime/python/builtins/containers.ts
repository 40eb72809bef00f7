/** The methods of lists, tuples, dicts, sets and ranges. */

import { invoke } from '../machine/calls.ts'
import { breathe, collect, iterate, over } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { sortedBy } from '../machine/sort.ts'
import { putItem } from '../machine/subscripts.ts'
import { PyDict, PyList, PyRange, PySet, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import * as types from '../objects/types.ts'
import {
  isSteps,
  type Keywords,
  type Native,
  PyBuiltin,
  PyFloat,
  Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { given, intOf, methods, valueError } from './define.ts'
import { addAll, addTo, setOf } from './members.ts'
import { viewOf } from './views.ts'

const list = (value: Value | undefined): PyList => value as PyList
const dict = (value: Value | undefined): PyDict => value as PyDict
const set = (value: Value | undefined): PySet => value as PySet

/** Whether comparing it with its like takes no steps. */
const isQuick = (value: Value): boolean => typeof value !== 'object' || value instanceof PyFloat

/** Sorts as Python does: stable, by `<` alone. */
export function* sorted(machine: Machine, items: readonly Value[], keywords: Keywords): Steps<Value[]> {
  const [key, reverse] = given('sort', [], keywords, ['*key?', '*reverse?'])
  const backwards = reverse !== undefined && machine.truth(reverse)
  const order = (a: Value, b: Value): number => {
    const [x, y] = backwards ? [b, a] : [a, b]
    return machine.less(x, y) ? -1 : machine.less(y, x) ? 1 : 0
  }
  if (key === undefined || key === null) return yield* sortedBy(machine, items, order, items.every(isQuick))
  const keyed: { item: Value; key: Value }[] = []
  for (const item of items) {
    if (machine.step()) yield* breathe(machine)
    const result = invoke(machine, key, [item], NO_KEYWORDS)
    keyed.push({ item, key: isSteps(result) ? yield* result : result })
  }
  const all = yield* sortedBy(
    machine,
    keyed,
    (a, b) => order(a.key, b.key),
    keyed.every(({ key: each }) => isQuick(each)),
  )
  return all.map(({ item }) => item)
}

function find(machine: Machine, items: readonly Value[], [, wanted, from, to]: readonly Value[]): number {
  const clamp = (v: Value | undefined, otherwise: number): number =>
    v === undefined ? otherwise : intOf(v) < 0 ? Math.max(0, intOf(v) + items.length) : intOf(v)
  for (let i = clamp(from, 0); i < Math.min(items.length, clamp(to, items.length)); i++)
    if (machine.equal(items[i]!, wanted!)) return i
  return -1
}

/** The entries of what a dict can be made of. */
function* fill(machine: Machine, target: PyDict, source: Value | undefined, keywords: Keywords): Steps<void> {
  if (source instanceof PyDict) for (const [key, value] of source.entries.values()) putItem(machine, target, key, value)
  else if (source !== undefined) {
    const keys = types.typeOf(source).find('keys')
    if (keys !== undefined) {
      const result = invoke(machine, keys, [source], NO_KEYWORDS)
      for (const key of yield* collect(machine, isSteps(result) ? yield* result : result)) {
        const value = invoke(machine, types.typeOf(source).find('__getitem__')!, [source, key], NO_KEYWORDS)
        putItem(machine, target, key, isSteps(value) ? yield* value : value)
      }
    } else {
      let at = 0
      for (const pair of yield* collect(machine, source)) {
        const both = yield* pairOf(machine, pair, at)
        if (both.length !== 2)
          throw valueError(`dictionary update sequence element #${at} has length ${both.length}; 2 is required`)
        putItem(machine, target, both[0]!, both[1]!)
        at++
      }
    }
  }
  for (const [name, value] of keywords) putItem(machine, target, name, value)
}

function* pairOf(machine: Machine, pair: Value, at: number): Steps<readonly Value[]> {
  try {
    return yield* collect(machine, pair)
  } catch (error) {
    if (!(error instanceof Raised) || error.exception.cls.name !== 'TypeError') throw error
    throw typeError(`cannot convert dictionary update sequence element #${at} to a sequence`)
  }
}

/** A set's method that takes any iterables. */
const withOthers = (work: (mine: PySet, other: PySet) => PySet): Native =>
  function* (machine, [self, ...others]) {
    let all = new PySet(set(self).cls)
    for (const [key, item] of set(self).entries) all.entries.set(key, item)
    for (const other of others) all = work(all, yield* setOf(machine, other))
    return all
  }

const inPlace = (change: (mine: PySet, other: PySet) => PySet): Native =>
  function* (machine, [self, ...others]) {
    for (const other of others) {
      const result = change(set(self), yield* setOf(machine, other))
      const entries = [...result.entries]
      set(self).entries.clear()
      for (const [key, item] of entries) set(self).entries.set(key, item)
    }
    return null
  }

const keep =
  (test: (key: unknown, other: PySet) => boolean) =>
  (mine: PySet, other: PySet): PySet => {
    const all = new PySet(mine.cls)
    for (const [key, item] of mine.entries) if (test(key, other)) all.entries.set(key, item)
    return all
  }
const union = (mine: PySet, other: PySet): PySet => {
  const all = keep(() => true)(mine, other)
  for (const [key, item] of other.entries) if (!all.entries.has(key)) all.entries.set(key, item)
  return all
}
const intersection = keep((key, other) => other.entries.has(key))
const difference = keep((key, other) => !other.entries.has(key))
const symmetric = (mine: PySet, other: PySet): PySet => union(difference(mine, other), difference(other, mine))
const compareSets = (test: (mine: PySet, other: PySet) => boolean): Native =>
  function* (machine, [self, other]) {
    return test(set(self), yield* setOf(machine, other!))
  }

export function installContainers(): void {
  methods(types.list, {
    append: (_, [self, item]) => {
      list(self).items.push(item!)
      return null
    },
    *extend(machine, [self, items]) {
      const all = yield* collect(machine, items!)
      for (const item of [...all]) list(self).items.push(item)
      return null
    },
    insert: (_, [self, at, item]) => {
      list(self).items.splice(intOf(at!), 0, item!)
      return null
    },
    pop: (_, [self, at]) => {
      const { items } = list(self)
      if (!items.length) throw raise('IndexError', 'pop from empty list')
      const index = at === undefined ? -1 : intOf(at)
      if (index >= items.length || index < -items.length) throw raise('IndexError', 'pop index out of range')
      return items.splice(index, 1)[0]!
    },
    remove: (machine, args) => {
      const at = find(machine, list(args[0]).items, args)
      if (at < 0) throw valueError('list.remove(x): x not in list')
      list(args[0]).items.splice(at, 1)
      return null
    },
    clear: (_, [self]) => {
      list(self).items = []
      return null
    },
    index: (machine, args) => {
      const at = find(machine, list(args[0]).items, args)
      if (at < 0) throw valueError(`${machine.repr(args[1]!)} is not in list`)
      return at
    },
    count: (machine, [self, item]) => list(self).items.filter(each => machine.equal(each, item!)).length,
    *sort(machine, [self], keywords) {
      list(self).items = yield* sorted(machine, list(self).items, keywords)
      return null
    },
    reverse: (_, [self]) => {
      list(self).items.reverse()
      return null
    },
    copy: (_, [self]) => new PyList([...list(self).items]),
    *__init__(machine, [self, items]) {
      if (items !== undefined) list(self).items = [...(yield* collect(machine, items))]
      return null
    },
    __len__: (_, [self]) => list(self).items.length,
    __reversed__: (_, [self]) => over('list_reverseiterator', [...list(self).items].reverse()),
  })
  methods(types.tuple, {
    index: (machine, args) => {
      const at = find(machine, (args[0] as PyTuple).items, args)
      if (at < 0) throw valueError('tuple.index(x): x not in tuple')
      return at
    },
    count: (machine, [self, item]) => (self as PyTuple).items.filter(each => machine.equal(each, item!)).length,
    __len__: (_, [self]) => (self as PyTuple).items.length,
  })
  methods(types.dict, {
    get: (machine, [self, key, fallback = null]) => {
      const entry = dict(self).entries.get(keyOf(machine, key!))
      return entry ? entry[1] : fallback
    },
    keys: (_, [self]) => viewOf(dict(self), 'keys'),
    values: (_, [self]) => viewOf(dict(self), 'values'),
    items: (_, [self]) => viewOf(dict(self), 'items'),
    pop: (machine, [self, key, fallback]) => {
      const by = keyOf(machine, key!)
      const entry = dict(self).entries.get(by)
      if (entry) dict(self).entries.delete(by)
      else if (fallback === undefined) throw raise('KeyError', key!)
      return entry ? entry[1] : fallback!
    },
    popitem: (_, [self]) => {
      const last = [...dict(self).entries].at(-1)
      if (!last) throw raise('KeyError', 'popitem(): dictionary is empty')
      dict(self).entries.delete(last[0])
      return new PyTuple(last[1])
    },
    setdefault: (machine, [self, key, fallback = null]) => {
      const found = dict(self).entries.get(keyOf(machine, key!))
      if (found) return found[1]
      putItem(machine, dict(self), key!, fallback)
      return fallback
    },
    *update(machine, [self, source], keywords) {
      yield* fill(machine, dict(self), source, keywords)
      return null
    },
    clear: (_, [self]) => {
      dict(self).entries.clear()
      return null
    },
    copy: (_, [self]) => {
      const all = new PyDict(dict(self).cls)
      for (const [key, entry] of dict(self).entries) all.entries.set(key, [...entry])
      if (dict(self).attrs) all.attrs = new Map(dict(self).attrs)
      return all
    },
    *__init__(machine, [self, source], keywords) {
      yield* fill(machine, dict(self), source, keywords)
      return null
    },
    __len__: (_, [self]) => dict(self).entries.size,
    __reversed__: (_, [self]) =>
      over('dict_reversekeyiterator', [...dict(self).entries.values()].map(([key]) => key).reverse()),
  })
  types.dict.attrs.set(
    'fromkeys',
    new PyBuiltin('fromkeys', function* (machine, [keys, value = null]) {
      const all = new PyDict()
      for (const key of yield* collect(machine, keys!)) putItem(machine, all, key, value)
      return all
    }),
  )
  const shared = {
    union: withOthers(union),
    intersection: withOthers(intersection),
    difference: withOthers(difference),
    symmetric_difference: withOthers(symmetric),
    issubset: compareSets((mine, other) => [...mine.entries.keys()].every(key => other.entries.has(key))),
    issuperset: compareSets((mine, other) => [...other.entries.keys()].every(key => mine.entries.has(key))),
    isdisjoint: compareSets((mine, other) => ![...mine.entries.keys()].some(key => other.entries.has(key))),
    copy: withOthers(union),
    __len__: ((_, [self]) => set(self).entries.size) as Native,
  }
  methods(types.frozenset, shared)
  methods(types.set, {
    ...shared,
    add: (machine, [self, item]) => {
      addTo(machine, set(self), item!)
      return null
    },
    discard: (machine, [self, item]) => {
      set(self).entries.delete(keyOf(machine, item!))
      return null
    },
    remove: (machine, [self, item]) => {
      if (!set(self).entries.delete(keyOf(machine, item!))) throw raise('KeyError', item!)
      return null
    },
    pop: (_, [self]) => {
      const first = set(self).entries.entries().next()
      if (first.done) throw raise('KeyError', 'pop from an empty set')
      set(self).entries.delete(first.value[0])
      return first.value[1]
    },
    clear: (_, [self]) => {
      set(self).entries.clear()
      return null
    },
    update: inPlace(union),
    intersection_update: inPlace(intersection),
    difference_update: inPlace(difference),
    symmetric_difference_update: inPlace(symmetric),
    *__init__(machine, [self, items]) {
      if (items !== undefined) yield* addAll(machine, set(self), items)
      return null
    },
  })
  methods(types.range, {
    __len__: (_, [self]) => (self as PyRange).length,
    index: (_, [self, item]) => (intOf(item!) - (self as PyRange).start) / (self as PyRange).step,
    count: (_, [self, item]) => {
      const { start, step, length } = self as PyRange
      const at = (intOf(item!) - start) / step
      return Number.isInteger(at) && at >= 0 && at < length ? 1 : 0
    },
    __reversed__: (m, [self]) => {
      const { start, step, length } = self as PyRange
      return iterate(m, new PyRange(start + step * (length - 1), start - step, -step)) as Value
    },
  })
}
