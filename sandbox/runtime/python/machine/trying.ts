/** Exceptions: `raise`, and `try` with what catches them. */

import { PyTuple } from '../objects/containers.ts'
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { type Frame, isSteps, PyClass, PyException, Raised, type Steps, type Value } from '../objects/values.ts'
import type { Handler, Statement } from '../syntax/tree.ts'
import { invoke } from './calls.ts'
import type { Flow } from './flow.ts'
import { membersOf, newGroup, regrouped, split } from './groups.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { assign, unname } from './names.ts'
import { block, evaluate } from './outcome.ts'

export function* throwIt(machine: Machine, s: Extract<Statement, { kind: 'raise' }>, frame: Frame): Steps<Flow> {
  if (!s.exception) {
    const again = machine.handled()
    frame.at = s
    if (!again) throw raise('RuntimeError', 'No active exception to reraise')
    throw new Raised(again)
  }
  const given = yield* evaluate(machine, s.exception, frame)
  frame.at = s
  const exception = yield* exceptionOf(machine, given)
  if (s.cause) {
    const cause = yield* evaluate(machine, s.cause, frame)
    frame.at = s
    exception.cause = cause instanceof PyClass ? yield* exceptionOf(machine, cause) : cause
  }
  exception.seenIn = undefined
  throw new Raised(exception)
}

export function* exceptionOf(machine: Machine, given: Value): Steps<PyException> {
  let made = given
  if (given instanceof PyClass) {
    const result = invoke(machine, given, [], NO_KEYWORDS)
    made = isSteps(result) ? yield* result : result
  }
  if (made instanceof PyException) return made
  throw typeError('exceptions must derive from BaseException')
}

export function* attempt(machine: Machine, s: Extract<Statement, { kind: 'try' }>, frame: Frame): Steps<Flow> {
  if (!s.finally.length) return yield* guarded(machine, s, frame)
  let flow: Flow
  try {
    flow = yield* guarded(machine, s, frame)
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (!(error instanceof Raised)) throw error
    machine.note(error.exception, frame)
    frame.handling.push(error.exception)
    const last = yield* finished(machine, s.finally, frame)
    if (last !== undefined) return last
    throw error
  }
  const last = yield* block(machine, s.finally, frame)
  return last ?? flow
}

/** The last block, while an error is on its way. */
function* finished(machine: Machine, statements: readonly Statement[], frame: Frame): Steps<Flow> {
  const { at } = frame
  try {
    return yield* block(machine, statements, frame)
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (error instanceof Raised) machine.note(error.exception, frame)
    throw error
  } finally {
    frame.handling.pop()
    frame.at = at
  }
}

function* guarded(machine: Machine, s: Extract<Statement, { kind: 'try' }>, frame: Frame): Steps<Flow> {
  try {
    const flow = yield* block(machine, s.body, frame)
    if (flow !== undefined) return flow
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (!(error instanceof Raised)) throw error
    machine.note(error.exception, frame)
    if (s.handlers[0]?.ofGroup) return yield* byGroups(machine, s, error.exception, frame)
    for (const handler of s.handlers)
      if (yield* catches(machine, handler, error.exception, frame))
        return yield* handle(machine, handler, error.exception, frame)
    throw error
  }
  return yield* block(machine, s.otherwise, frame)
}

/** `except*`: each handler takes what it wants of the group, and what none has taken goes on with what they raise. */
function* byGroups(
  machine: Machine,
  s: Extract<Statement, { kind: 'try' }>,
  exception: PyException,
  frame: Frame,
): Steps<Flow> {
  let rest: PyException | undefined = exception
  const raised: PyException[] = []
  for (const handler of s.handlers) {
    if (!rest) break
    const wanted = yield* evaluate(machine, handler.type!, frame)
    frame.at = handler.type!
    const classes = classesOf(wanted)
    if (classes.some(cls => cls.is(errorClass('BaseExceptionGroup'))))
      throw typeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
    const [match, left]: [PyException | undefined, PyException | undefined] = yield* split(machine, rest, each =>
      classes.some(cls => each.cls.is(cls)),
    )
    if (!match) continue
    rest = left
    try {
      yield* handle(machine, handler, inGroup(match), frame)
    } catch (thrown) {
      const error = machine.pythonic(thrown)
      if (!(error instanceof Raised)) throw error
      raised.push(error.exception)
    }
  }
  const last = yield* regrouped(machine, exception, raised, rest)
  if (!last) return undefined
  if (last !== exception && raised.length) last.context ??= exception
  throw new Raised(last)
}

/** An exception that came alone, as `except*` shows it. */
function inGroup(exception: PyException): PyException {
  if (membersOf(exception)) return exception
  return newGroup(errorClass('BaseExceptionGroup'), ['', new PyTuple([exception])])
}

/** @throws TypeError for what cannot be caught */
function classesOf(wanted: Value): PyClass[] {
  const all = wanted instanceof PyTuple ? wanted.items : [wanted]
  for (const cls of all)
    if (!(cls instanceof PyClass) || !cls.mro.some(c => c.name === 'BaseException'))
      throw typeError('catching classes that do not inherit from BaseException is not allowed')
  return all as PyClass[]
}

function* catches(machine: Machine, handler: Handler, exception: PyException, frame: Frame): Steps<boolean> {
  if (!handler.type) return true
  const wanted = yield* evaluate(machine, handler.type, frame)
  frame.at = handler.type
  return classesOf(wanted).some(cls => exception.cls.is(cls))
}

function* handle(machine: Machine, handler: Handler, exception: PyException, frame: Frame): Steps<Flow> {
  if (handler.name) assign(frame, handler.name.id, handler.name.home, exception)
  frame.handling.push(exception)
  try {
    return yield* block(machine, handler.body, frame)
  } catch (thrown) {
    const error = machine.pythonic(thrown)
    if (error instanceof Raised) machine.note(error.exception, frame)
    throw error
  } finally {
    frame.handling.pop()
    if (handler.name) unname(frame, handler.name)
  }
}
