/** `while` and `for`. */
import { DONE, type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { Statement } from '../syntax/tree.ts'
import { iterateAsync, nextAsync } from './awaiting.ts'
import { BREAK, type Flow } from './flow.ts'
import { breathe, iterate, nextOf } from './iterate.ts'
import type { Machine } from './machine.ts'
import { assign } from './names.ts'
import { block, evaluate, outcomeOf } from './outcome.ts'
import { store } from './targets.ts'

export function* whileLoop(machine: Machine, s: Extract<Statement, { kind: 'while' }>, frame: Frame): Steps<Flow> {
  for (;;) {
    if (machine.step()) {
      frame.at = s.test
      yield* breathe(machine)
    }
    const test = outcomeOf(machine, s.test, frame)
    if (!machine.truth(isSteps(test) ? yield* test : test)) break
    const flow = yield* block(machine, s.body, frame)
    if (flow === BREAK) return undefined
    if (typeof flow === 'object') return flow
  }
  return yield* block(machine, s.otherwise, frame)
}

export function* walk(machine: Machine, s: Extract<Statement, { kind: 'for' }>, frame: Frame): Steps<Flow> {
  const source = yield* evaluate(machine, s.source, frame)
  frame.at = s.source
  const made = s.waits ? iterateAsync(machine, source) : iterate(machine, source)
  const iterator = isSteps(made) ? yield* made : made
  for (;;) {
    frame.at = s.source
    if (machine.step()) yield* breathe(machine)
    const result = s.waits ? nextAsync(machine, iterator) : nextOf(machine, iterator)
    const next = isSteps(result) ? yield* result : result
    if (next === DONE) break
    if (s.target.kind === 'name') assign(frame, s.target.id, s.target.home, next as Value)
    else {
      const stored = store(machine, s.target, next as Value, frame)
      if (stored) yield* stored
    }
    const flow = yield* block(machine, s.body, frame)
    if (flow === BREAK) return undefined
    if (typeof flow === 'object') return flow
  }
  return yield* block(machine, s.otherwise, frame)
}
