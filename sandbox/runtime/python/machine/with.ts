/** Context managers: what is done on the way in and on the way out. */
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Frame, isSteps, type PyException, Raised, type Steps, type Value } from '../objects/values.ts'
import type { Expression, Statement } from '../syntax/tree.ts'
import { bound, findAttribute } from './attributes.ts'
import { invoke } from './calls.ts'
import type { Flow } from './flow.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { block, evaluate } from './outcome.ts'
import { store } from './targets.ts'

function* part(machine: Machine, context: Value, name: string, args: Value[]): Steps {
  const cls = typeOf(context)
  const found = cls.find(name)
  if (found === undefined)
    throw typeError(
      `'${cls.name}' object does not support the context manager protocol${name === '__exit__' ? ' (missed __exit__ method)' : ''}`,
    )
  const method = bound(machine, found, context, cls)
  const result = invoke(machine, isSteps(method) ? yield* method : method, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

function* enterContext(machine: Machine, context: Value): Steps {
  return yield* part(machine, context, '__enter__', [])
}

/** @returns whether it swallows the error */
function* leaveContext(machine: Machine, context: Value, error: PyException | undefined): Steps<boolean> {
  const traceback = error ? findAttribute(machine, error, '__traceback__') : null
  const facts: Value[] = error ? [error.cls, error, traceback as Value] : [null, null, null]
  return machine.truth(yield* part(machine, context, '__exit__', facts))
}

export function* within(
  machine: Machine,
  items: readonly { context: Expression; target?: Expression }[],
  statements: readonly Statement[],
  frame: Frame,
): Steps<Flow> {
  const [first, ...rest] = items
  if (!first) return yield* block(machine, statements, frame)
  const context = yield* evaluate(machine, first.context, frame)
  frame.at = first.context
  machine.fresh = []
  const entered = yield* enterContext(machine, context)
  let flow: Flow
  try {
    const stored = first.target && store(machine, first.target, entered, frame)
    if (stored) yield* stored
    flow = yield* within(machine, rest, statements, frame)
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (!(error instanceof Raised)) throw error
    machine.note(error.exception, frame)
    const { at } = frame
    frame.at = first.context
    frame.handling.push(error.exception)
    let swallowed: boolean
    try {
      swallowed = yield* leaveContext(machine, context, error.exception)
    } finally {
      frame.handling.pop()
    }
    frame.at = at
    if (swallowed) return undefined
    throw error
  }
  frame.at = first.context
  yield* leaveContext(machine, context, undefined)
  return flow
}
