/** `def` and `lambda`: a function is made of its code and of what it finds around it. */
import * as types from '../objects/types.ts'
import { type Frame, PyFunction, type Steps, type Value } from '../objects/values.ts'
import type { FunctionCode, Parameters } from '../syntax/tree.ts'
import type { Machine } from './machine.ts'
import { outerOf } from './names.ts'
import { evaluate } from './outcome.ts'

export function* makeFunction(
  machine: Machine,
  code: FunctionCode,
  parameters: Parameters,
  frame: Frame,
): Steps<PyFunction> {
  const defaults = new Map<string, Value>()
  for (const { name, fallback } of parameters.list)
    if (fallback) defaults.set(name, yield* evaluate(machine, fallback, frame))
  const place = frame.qualname
  const qualname = place ? `${place}.${code.name}` : code.name
  return new PyFunction(types.fn, {
    code,
    parameters,
    defaults,
    outer: outerOf(frame),
    globals: frame.globals,
    qualname,
  })
}
