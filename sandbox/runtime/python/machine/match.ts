/** `match`: whether a value is as a pattern says, and the names that it gives. */

import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { keyOf } from '../objects/keys.ts'
import * as types from '../objects/types.ts'
import { type Frame, isSteps, PyClass, type Steps, type Value } from '../objects/values.ts'
import type { Pattern } from '../syntax/tree.ts'
import { findAttribute } from './attributes.ts'
import type { Machine } from './machine.ts'
import { assign } from './names.ts'
import { evaluate } from './outcome.ts'

/** Classes whose one positional pattern is the value itself. */
const PLAIN = new Set<PyClass>([
  types.int,
  types.float,
  types.str,
  types.bool,
  types.bytes,
  types.list,
  types.dict,
  types.set,
  types.tuple,
  types.frozenset,
])

export function* matched(machine: Machine, pattern: Pattern, subject: Value, frame: Frame): Steps<boolean> {
  switch (pattern.kind) {
    case 'any':
      return true
    case 'bind':
      if (pattern.inner && !(yield* matched(machine, pattern.inner, subject, frame))) return false
      assign(frame, pattern.target.id, pattern.target.home, subject)
      return true
    case 'value': {
      const wanted = yield* evaluate(machine, pattern.value, frame)
      if (wanted === null || typeof wanted === 'boolean') return subject === wanted
      return machine.equal(subject, wanted)
    }
    case 'or':
      for (const choice of pattern.choices) if (yield* matched(machine, choice, subject, frame)) return true
      return false
    case 'sequence':
      return yield* sequence(machine, pattern, subject, frame)
    case 'mapping': {
      if (!(subject instanceof PyDict)) return false
      const used = new Set<unknown>()
      for (let i = 0; i < pattern.keys.length; i++) {
        const key = keyOf(machine, yield* evaluate(machine, pattern.keys[i]!, frame))
        const entry = subject.entries.get(key)
        if (!entry || !(yield* matched(machine, pattern.values[i]!, entry[1], frame))) return false
        used.add(key)
      }
      if (pattern.rest) {
        const rest = new PyDict()
        for (const [key, entry] of subject.entries) if (!used.has(key)) rest.entries.set(key, entry)
        assign(frame, pattern.rest.id, pattern.rest.home, rest)
      }
      return true
    }
    case 'instance':
      return yield* byClass(machine, pattern, subject, frame)
  }
}

function* sequence(
  machine: Machine,
  { items, star }: Extract<Pattern, { kind: 'sequence' }>,
  subject: Value,
  frame: Frame,
): Steps<boolean> {
  if (!(subject instanceof PyList || subject instanceof PyTuple)) return false
  const values = subject.items
  if (star === undefined ? values.length !== items.length : values.length < items.length - 1) return false
  const after = star === undefined ? 0 : items.length - star - 1
  for (let i = 0; i < items.length; i++) {
    const value =
      star === undefined || i < star
        ? values[i]!
        : i === star
          ? new PyList(values.slice(star, values.length - after))
          : values[values.length - (items.length - i)]!
    if (!(yield* matched(machine, items[i]!, value, frame))) return false
  }
  return true
}

function* byClass(
  machine: Machine,
  pattern: Extract<Pattern, { kind: 'instance' }>,
  subject: Value,
  frame: Frame,
): Steps<boolean> {
  const cls = yield* evaluate(machine, pattern.type, frame)
  if (!(cls instanceof PyClass)) throw typeError('called match pattern must be a class')
  if (!types.typeOf(subject).is(cls)) return false
  const order = cls.find('__match_args__')
  const names: (string | undefined)[] = pattern.args.map((_, i) =>
    order instanceof PyTuple ? String(order.items[i]) : undefined,
  )
  if (pattern.args.length && !order) {
    if (!PLAIN.has(cls) || pattern.args.length > 1)
      throw typeError(`${cls.name}() accepts 0 positional sub-patterns (${pattern.args.length} given)`)
    if (!(yield* matched(machine, pattern.args[0]!, subject, frame))) return false
    names.length = 0
  }
  const all = [
    ...names.map((name, i) => [name!, pattern.args[i]!] as const),
    ...pattern.names.map((name, i) => [name, pattern.named[i]!] as const),
  ]
  for (const [name, inner] of all) {
    const found = findAttribute(machine, subject, name)
    if (found === undefined) return false
    if (!(yield* matched(machine, inner, isSteps(found) ? yield* found : found, frame))) return false
  }
  return true
}
