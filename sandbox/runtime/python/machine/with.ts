/** Context managers: what is done on the way in and on the way out. */
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Frame, isSteps, type PyException, Raised, type Steps, type Value } from '../objects/values.ts'
import type { Expression, Statement } from '../syntax/tree.ts'
import { bound, findAttribute } from './attributes.ts'
import { awaited } from './awaiting.ts'
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
      `'${cls.name}' object does not support the ${name.startsWith('__a') ? 'asynchronous ' : ''}context manager protocol${name.endsWith('exit__') ? ` (missed ${name} method)` : ''}`,
    )
  const method = bound(machine, found, context, cls)
  const result = invoke(machine, isSteps(method) ? yield* method : method, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

function* enterContext(machine: Machine, context: Value, waits: boolean): Steps {
  if (!waits) return yield* part(machine, context, '__enter__', [])
  return yield* awaited(machine, yield* part(machine, context, '__aenter__', []))
}

/** @returns whether it swallows the error */
function* leaveContext(
  machine: Machine,
  context: Value,
  error: PyException | undefined,
  waits: boolean,
): Steps<boolean> {
  const traceback = error ? findAttribute(machine, error, '__traceback__') : null
  const facts: Value[] = error ? [error.cls, error, traceback as Value] : [null, null, null]
  const answer = yield* part(machine, context, waits ? '__aexit__' : '__exit__', facts)
  return machine.truth(waits ? yield* awaited(machine, answer) : answer)
}

export function* within(
  machine: Machine,
  items: readonly { context: Expression; target?: Expression }[],
  statements: readonly Statement[],
  frame: Frame,
  waits = false,
): Steps<Flow> {
  const [first, ...rest] = items
  if (!first) return yield* block(machine, statements, frame)
  const context = yield* evaluate(machine, first.context, frame)
  frame.at = first.context
  machine.fresh = []
  const entered = yield* enterContext(machine, context, waits)
  let flow: Flow
  try {
    const stored = first.target && store(machine, first.target, entered, frame)
    if (stored) yield* stored
    flow = yield* within(machine, rest, statements, frame, waits)
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (!(error instanceof Raised)) throw error
    machine.note(error.exception, frame)
    const { at } = frame
    frame.at = first.context
    frame.handling.push(error.exception)
    let swallowed: boolean
    try {
      swallowed = yield* leaveContext(machine, context, error.exception, waits)
    } finally {
      frame.handling.pop()
    }
    frame.at = at
    if (swallowed) return undefined
    error.exception.seenIn = frame
    throw error
  }
  frame.at = first.context
  yield* leaveContext(machine, context, undefined, waits)
  return flow
}
