/** What the parts of the evaluator need of the whole: what expressions come to, and what blocks of statements do. */
import { type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { Expression, Statement } from '../syntax/tree.ts'
import type { Flow } from './flow.ts'
import { collect } from './iterate.ts'
import type { Machine } from './machine.ts'

/** An expression's value, or the steps to it where something has to be called or waited for. */
export const outcomeOf = (machine: Machine, e: Expression, frame: Frame): Value | Steps =>
  machine.does.outcome(machine, e, frame)

export const block = (machine: Machine, statements: readonly Statement[], frame: Frame): Steps<Flow> =>
  machine.does.block(machine, statements, frame)

/** For who is a coroutine anyway. */
export function* evaluate(machine: Machine, e: Expression, frame: Frame): Steps {
  const value = outcomeOf(machine, e, frame)
  return isSteps(value) ? yield* value : value
}

/** The values of a list, a call. */
export function itemsOf(machine: Machine, parts: readonly Expression[], frame: Frame): Value[] | Steps<Value[]> {
  const values: Value[] = []
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    const value = part.kind === 'starred' ? undefined : outcomeOf(machine, part, frame)
    if (value === undefined || isSteps(value)) return itemsFrom(machine, parts, frame, values, i, value)
    values.push(value)
  }
  return values
}

function* itemsFrom(
  machine: Machine,
  parts: readonly Expression[],
  frame: Frame,
  values: Value[],
  from: number,
  begun: Steps | undefined,
): Steps<Value[]> {
  if (begun) values.push(yield* begun)
  for (let i = begun ? from + 1 : from; i < parts.length; i++) {
    const part = parts[i]!
    if (part.kind === 'starred') {
      const inner = yield* evaluate(machine, part.value, frame)
      frame.at = part
      for (const each of yield* collect(machine, inner)) values.push(each)
    } else values.push(yield* evaluate(machine, part, frame))
  }
  return values
}
