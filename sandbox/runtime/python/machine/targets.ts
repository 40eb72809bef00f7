/** What is assigned to: names, attributes, places in containers, and several at once. */

import { PyList } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { Expression } from '../syntax/tree.ts'
import { deleteAttribute, setAttribute } from './attributes.ts'
import { collect, iterate } from './iterate.ts'
import type { Machine } from './machine.ts'
import { assign, forget } from './names.ts'
import { evaluate, outcomeOf } from './outcome.ts'
import { deleteItem, setItem } from './subscripts.ts'

/** @returns the steps of what is left to be done */
export function store(machine: Machine, target: Expression, value: Value, frame: Frame): undefined | Steps<unknown> {
  switch (target.kind) {
    case 'name':
      assign(frame, target.id, target.home, value)
      return undefined
    case 'attribute':
      return storeAttribute(machine, target, value, frame)
    case 'subscript': {
      const of = outcomeOf(machine, target.value, frame)
      const index = isSteps(of) ? undefined : outcomeOf(machine, target.index, frame)
      if (isSteps(of) || index === undefined || isSteps(index))
        return storeItem(machine, target, of, index, value, frame)
      frame.at = target
      return setItem(machine, of, index, value)
    }
    case 'tuple':
    case 'list':
      return unpack(machine, target, value, frame)
    default:
      throw typeError(`cannot assign to ${target.kind}`)
  }
}

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

function* storeAttribute(machine: Machine, target: Of<'attribute'>, value: Value, frame: Frame): Steps<void> {
  const of = yield* evaluate(machine, target.value, frame)
  frame.at = target
  yield* setAttribute(machine, of, target.name, value)
}

function* storeItem(
  machine: Machine,
  target: Of<'subscript'>,
  begun: Value | Steps,
  index: Value | Steps | undefined,
  value: Value,
  frame: Frame,
): Steps<void> {
  const of = isSteps(begun) ? yield* begun : begun
  const place = index ?? outcomeOf(machine, target.index, frame)
  const at = isSteps(place) ? yield* place : place
  frame.at = target
  const stored = setItem(machine, of, at, value)
  if (stored) yield* stored
}

function* unpack(
  machine: Machine,
  target: Extract<Expression, { kind: 'tuple' | 'list' | 'set' }>,
  value: Value,
  frame: Frame,
): Steps<void> {
  frame.at = target
  const { items: targets } = target
  try {
    iterate(machine, value)
  } catch {
    throw typeError(`cannot unpack non-iterable ${typeOf(value).name} object`)
  }
  const items = yield* collect(machine, value)
  frame.at = target
  const star = targets.findIndex(t => t.kind === 'starred')
  const wanted = star < 0 ? targets.length : targets.length - 1
  if (items.length < wanted)
    throw raise(
      'ValueError',
      `not enough values to unpack (expected ${star < 0 ? '' : 'at least '}${wanted}, got ${items.length})`,
    )
  if (star < 0 && items.length > wanted) throw raise('ValueError', `too many values to unpack (expected ${wanted})`)
  const after = star < 0 ? 0 : targets.length - star - 1
  for (let i = 0; i < targets.length; i++) {
    const each = targets[i]!
    const [place, item] =
      each.kind === 'starred'
        ? [each.value, new PyList(items.slice(star, items.length - after))]
        : [each, star >= 0 && i > star ? items[items.length - (targets.length - i)]! : items[i]!]
    const stored = store(machine, place, item, frame)
    if (stored) yield* stored
  }
}

/** `del`. */
export function* remove(machine: Machine, target: Expression, frame: Frame): Steps<void> {
  if (target.kind === 'name') {
    frame.at = target
    forget(frame, target)
  } else if (target.kind === 'attribute') {
    const of = yield* evaluate(machine, target.value, frame)
    frame.at = target
    yield* deleteAttribute(machine, of, target.name)
  } else if (target.kind === 'subscript') {
    const of = yield* evaluate(machine, target.value, frame)
    const index = yield* evaluate(machine, target.index, frame)
    frame.at = target
    yield* deleteItem(machine, of, index)
  } else if (target.kind === 'tuple' || target.kind === 'list')
    for (const each of target.items) yield* remove(machine, each, frame)
}
