/** `def` and `class` as statements: what they make gets its decorators and its name. */
import { PyDict } from '../objects/containers.ts'
import { type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { ClassDef, Def, Expression } from '../syntax/tree.ts'
import { setAttribute } from './attributes.ts'
import { invoke } from './calls.ts'
import { define } from './classes.ts'
import { makeFunction } from './functions.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { assign } from './names.ts'
import { evaluate } from './outcome.ts'

export function* defineFunction(machine: Machine, s: Def, frame: Frame): Steps<undefined> {
  const made: Value = yield* makeFunction(machine, s.code, s.parameters, frame)
  const first = s.code.body[0]
  const doc =
    first?.kind === 'expression' && first.value.kind === 'constant' && typeof first.value.value === 'string'
      ? first.value.value
      : null
  yield* setAttribute(machine, made, '__doc__', doc)
  const annotations = s.parameters.list.flatMap(p => (p.annotation ? [[p.name, null] as const] : []))
  if (annotations.length) yield* setAttribute(machine, made, '__annotations__', new PyDict())
  assign(frame, s.code.name, s.name_!.home, yield* decorated(machine, made, s.decorators, frame))
}

export function* defineClass(machine: Machine, s: ClassDef, frame: Frame): Steps<undefined> {
  const made = yield* define(machine, s, frame)
  assign(frame, s.name, s.home, yield* decorated(machine, made, s.decorators, frame))
}

function* decorated(machine: Machine, made: Value, decorators: readonly Expression[], frame: Frame): Steps {
  const all: Value[] = []
  for (const decorator of decorators) all.push(yield* evaluate(machine, decorator, frame))
  let result = made
  for (let i = all.length - 1; i >= 0; i--) {
    frame.at = decorators[i]!
    const next = invoke(machine, all[i]!, [result], NO_KEYWORDS)
    result = isSteps(next) ? yield* next : next
  }
  return result
}
