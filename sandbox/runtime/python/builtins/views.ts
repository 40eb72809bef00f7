/** The methods of what `keys()`, `values()` and `items()` of a dict give. */

import { collect, overEntries } from '../machine/iterate.ts'
import type { Machine } from '../machine/machine.ts'
import { DictView, type PyDict, PySet, PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import * as types from '../objects/types.ts'
import type { PyClass, Value } from '../objects/values.ts'
import { methods } from './define.ts'
import { setOf } from './members.ts'

type Shows = DictView['shows']

const view = (value: Value | undefined): DictView => value as DictView

function holds(machine: Machine, { of, shows }: DictView, item: Value): boolean {
  if (shows === 'keys') return of.entries.has(keyOf(machine, item))
  if (shows === 'values') return [...of.entries.values()].some(([, value]) => machine.equal(value, item))
  if (!(item instanceof PyTuple) || item.items.length !== 2) return false
  const found = of.entries.get(keyOf(machine, item.items[0]!))
  return found !== undefined && machine.equal(found[1], item.items[1]!)
}

function shown(machine: Machine, self: DictView): string {
  if (machine.showing.includes(self)) return '...'
  machine.showing.push(self)
  try {
    const all = self.all().map(item => machine.repr(item))
    return `${self.cls.name}([${all.join(', ')}])`
  } finally {
    machine.showing.pop()
  }
}

/** Which members stay: of what the view shows, and of what only the other has. */
const OPERATORS = {
  and: { mine: (inOther: boolean) => inOther, theirs: false },
  or: { mine: () => true, theirs: true },
  sub: { mine: (inOther: boolean) => !inOther, theirs: false },
  xor: { mine: (inOther: boolean) => !inOther, theirs: true },
} as const

const made = new Map<Shows, PyClass>()

function classOf(shows: Shows): PyClass {
  const known = made.get(shows)
  if (known) return known
  const cls = types.classNamed(`dict_${shows}`)
  made.set(shows, cls)
  methods(cls, {
    __repr__: (machine, [self]) => shown(machine, view(self)),
    __len__: (_, [self]) => view(self).of.entries.size,
    __iter__: (_, [self]) =>
      overEntries(
        `dict_${shows.replace(/s$/, 'iterator')}`,
        view(self).of.entries,
        entry => view(self).take(entry),
        'dictionary changed size during iteration',
      ),
    __contains__: (machine, [self, item]) => holds(machine, view(self), item!),
    __getitem__: () => {
      throw typeError(`'${cls.name}' object is not subscriptable`)
    },
  })
  if (shows === 'values') return cls
  methods(cls, {
    *isdisjoint(machine, [self, other]) {
      for (const item of yield* collect(machine, other!)) if (holds(machine, view(self), item)) return false
      return true
    },
  })
  for (const [name, { mine, theirs }] of Object.entries(OPERATORS))
    methods(cls, {
      *[`__${name}__`](machine, [self, other]) {
        const left = yield* setOf(machine, self!)
        const right = yield* setOf(machine, other!)
        const all = new PySet()
        for (const [key, item] of left.entries) if (mine(right.entries.has(key))) all.entries.set(key, item)
        if (theirs) for (const [key, item] of right.entries) if (!left.entries.has(key)) all.entries.set(key, item)
        return all
      },
    })
  return cls
}

export const viewOf = (of: PyDict, shows: Shows): DictView => new DictView(classOf(shows), of, shows)
