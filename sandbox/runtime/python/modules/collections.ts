/** What `collections` is built on: a list that is quick at both ends, and classes made of names. */
import { functions, given, intOf, methods } from '../builtins/define.ts'
import { arity, invoke } from '../machine/calls.ts'
import { collect } from '../machine/iterate.ts'
import { NO_KEYWORDS } from '../machine/machine.ts'
import { putItem } from '../machine/subscripts.ts'
import { outOf } from '../machine/threads.ts'
import { PyDict, type PyList, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import { PyBuiltin, PyClass, PyProperty, PyStatic, type Value } from '../objects/values.ts'

const deque = new PyClass('deque', [types.list], new Map(), 'collections', true)
const list = (value: Value | undefined): PyList => value as PyList

/** Those beyond its greatest length fall out at the other end. */
function trim(self: PyList, from: 'left' | 'right'): void {
  const most = self.attrs?.get('maxlen')
  if (typeof most !== 'number') return
  while (self.items.length > most) {
    if (from === 'left') self.items.shift()
    else self.items.pop()
  }
}

methods(deque, {
  *__init__(machine, args, keywords) {
    const [self, items, most = null] = given('deque', args, keywords, ['self', 'iterable?', 'maxlen?'])
    list(self).attrs = new Map([['maxlen', most]])
    if (items !== undefined) list(self).items = [...(yield* collect(machine, items))]
    trim(list(self), 'left')
    return null
  },
  append: (_, [self, item]) => {
    list(self).items.push(item!)
    trim(list(self), 'left')
    return null
  },
  appendleft: (_, [self, item]) => {
    list(self).items.unshift(item!)
    trim(list(self), 'right')
    return null
  },
  popleft: (_, [self]) => {
    const first = list(self).items.shift()
    if (first === undefined) throw raise('IndexError', 'pop from an empty deque')
    return first
  },
  pop: (_, [self]) => {
    const last = list(self).items.pop()
    if (last === undefined) throw raise('IndexError', 'pop from an empty deque')
    return last
  },
  rotate: (_, [self, by = 1]) => {
    const { items } = list(self)
    const shift = items.length ? ((intOf(by) % items.length) + items.length) % items.length : 0
    list(self).items = [...items.slice(items.length - shift), ...items.slice(0, items.length - shift)]
    return null
  },
  __repr__: (machine, [self]) => {
    const most = list(self).attrs?.get('maxlen')
    return `deque([${list(self)
      .items.map(item => machine.repr(item))
      .join(', ')}]${typeof most === 'number' ? `, maxlen=${most}` : ''})`
  },
})

function namedTuple(
  machine: { frame: { globals: Map<string, Value> } | undefined },
  name: string,
  fields: readonly string[],
  defaults: readonly Value[],
): PyClass {
  const cls = new PyClass(
    name,
    [types.tuple],
    new Map(),
    String(machine.frame?.globals.get('__name__') ?? '__main__'),
    true,
  )
  cls.attrs.set('_fields', new PyTuple([...fields]))
  cls.attrs.set('__match_args__', new PyTuple([...fields]))
  const fallbacks = new PyDict()
  defaults.forEach((value, i) => {
    const field = fields[fields.length - defaults.length + i]!
    fallbacks.entries.set(`s${field}`, [field, value])
  })
  cls.attrs.set('_field_defaults', fallbacks)
  cls.attrs.set(
    '_make',
    new PyStatic(
      new PyBuiltin('_make', function* (m, [of, items]) {
        return yield* outOf(invoke(m, of!, [...(yield* collect(m, items!))], NO_KEYWORDS))
      }),
      true,
    ),
  )
  fields.forEach(
    (field, at) =>
      void cls.attrs.set(field, new PyProperty(new PyBuiltin(field, (_, [self]) => (self as PyTuple).items[at]!))),
  )
  const tuple = (value: Value | undefined): PyTuple => value as PyTuple
  methods(cls, {
    __new__: (_, [of, ...args], keywords) => {
      if (args.length > fields.length)
        throw typeError(
          `${name}.__new__() takes ${fields.length + 1} positional arguments but ${args.length + 1} were given`,
        )
      const missing: string[] = []
      const items = fields.map((field, i) => {
        for (const value of [args[i], keywords.get(field), defaults[i - fields.length + defaults.length]])
          if (value !== undefined) return value
        missing.push(`'${field}'`)
        return null
      })
      for (const key of keywords.keys())
        if (!fields.includes(key)) throw typeError(`${name}.__new__() got an unexpected keyword argument '${key}'`)
      if (missing.length)
        throw typeError(
          `${name}.__new__() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing.join(' and ')}`,
        )
      return new PyTuple(items, of as PyClass)
    },
    __repr__: (m, [self]) =>
      `${tuple(self).cls.name}(${fields.map((field, i) => `${field}=${m.repr(tuple(self).items[i]!)}`).join(', ')})`,
    _asdict: (m, [self]) => {
      const dict = new PyDict()
      fields.forEach((field, i) => void putItem(m, dict, field, tuple(self).items[i]!))
      return dict
    },
    _replace: (_, [self], keywords) =>
      new PyTuple(
        fields.map((field, i) => (keywords.has(field) ? keywords.get(field)! : tuple(self).items[i]!)),
        tuple(self).cls,
      ),
  })
  return cls
}

export const collections = (): Record<string, Value> => ({
  deque,
  ...functions({
    *namedtuple(machine, args, keywords) {
      const [name, fields, defaults] = given('namedtuple', args, keywords, ['typename', 'field_names', '*defaults?'])
      arity('namedtuple', args, 2)
      const names =
        typeof fields === 'string'
          ? fields.split(/[\s,]+/).filter(Boolean)
          : (yield* collect(machine, fields!)).map(String)
      return namedTuple(machine, String(name), names, defaults === undefined ? [] : yield* collect(machine, defaults))
    },
  }),
})
