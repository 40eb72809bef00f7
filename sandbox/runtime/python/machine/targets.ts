/** What is assigned to: names, attributes, places in containers, and several at once. */
import { raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Frame, PyList, type Steps, type Value } from '../objects/values.ts'
import type { Expression } from '../syntax/tree.ts'
import { setAttribute } from './attributes.ts'
import { evaluate, quick } from './evaluate.ts'
import { collect, iterate } from './iterate.ts'
import type { Machine } from './machine.ts'
import { assign } from './names.ts'
import { setItem } from './subscripts.ts'

export function* store(machine: Machine, target: Expression, value: Value, frame: Frame): Steps<void> {
  switch (target.kind) {
    case 'name':
      return assign(frame, target.id, target.home, value)
    case 'attribute': {
      const of = quick(machine, target.value, frame) ?? (yield* evaluate(machine, target.value, frame))
      frame.at = target
      return yield* setAttribute(machine, of, target.name, value)
    }
    case 'subscript': {
      const of = quick(machine, target.value, frame) ?? (yield* evaluate(machine, target.value, frame))
      const index = quick(machine, target.index, frame) ?? (yield* evaluate(machine, target.index, frame))
      frame.at = target
      return yield* setItem(machine, of, index, value)
    }
    case 'tuple':
    case 'list':
      return yield* unpack(machine, target, value, frame)
    default:
      throw typeError(`cannot assign to ${target.kind}`)
  }
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
    if (each.kind === 'starred')
      yield* store(machine, each.value, new PyList(items.slice(star, items.length - after)), frame)
    else
      yield* store(
        machine,
        each,
        star >= 0 && i > star ? items[items.length - (targets.length - i)]! : items[i]!,
        frame,
      )
  }
}
