/** Statements. Those that call nothing are done at once; the rest are coroutines. */

import { flush } from '../modules/streams.ts'
import { raise, typeError } from '../objects/errors.ts'
import {
  DONE,
  type Frame,
  isSteps,
  PyClass,
  PyDict,
  PyException,
  PyTuple,
  Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import type { Expression, FunctionCode, Handler, Statement } from '../syntax/tree.ts'
import { deleteAttribute, getAttribute, setAttribute } from './attributes.ts'
import { invoke } from './calls.ts'
import { define } from './classes.ts'
import { evaluate, makeFunction, quick } from './evaluate.ts'
import { importFrom, importModule } from './imports.ts'
import { breathe, iterate, nextOf } from './iterate.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { matched } from './match.ts'
import { assign, forget, unname } from './names.ts'
import { operate } from './operate.ts'
import { deleteItem, getItem, setItem } from './subscripts.ts'
import { store } from './targets.ts'
import { enterContext, leaveContext } from './with.ts'

const BREAK = Symbol('break')
const CONTINUE = Symbol('continue')

/** How a statement ended: undefined where the next one follows. */
type Flow = undefined | typeof BREAK | typeof CONTINUE | { value: Value }

/** All that a function does. */
export function* body(machine: Machine, code: FunctionCode, frame: Frame): Steps {
  if (code.result) return quick(machine, code.result, frame) ?? (yield* evaluate(machine, code.result, frame))
  const flow = yield* block(machine, code.body, frame)
  return typeof flow === 'object' ? flow.value : null
}

function* block(machine: Machine, statements: readonly Statement[], frame: Frame): Steps<Flow> {
  for (const statement of statements) {
    if (machine.step()) {
      frame.at = statement
      yield* breathe(machine)
    }
    if (perform(machine, statement, frame)) continue
    const flow = yield* execute(machine, statement, frame)
    if (flow !== undefined) return flow
  }
  return undefined
}

/** Does a simple statement at once. @returns false where it has to be executed step by step */
function perform(machine: Machine, s: Statement, frame: Frame): boolean {
  switch (s.kind) {
    case 'assign': {
      const target = s.targets[0]!
      if (target.kind !== 'name' || s.targets.length > 1) return false
      const value = quick(machine, s.value, frame)
      if (value === undefined) return false
      assign(frame, target.id, target.home, value)
      return true
    }
    case 'augment': {
      if (s.target.kind !== 'name') return false
      const right = quick(machine, s.value, frame)
      if (right === undefined) return false
      const left = quick(machine, s.target, frame)!
      frame.at = s
      const result = operate(machine, s.op, left, right, true)
      if (isSteps(result)) return false
      assign(frame, s.target.id, s.target.home, result)
      return true
    }
    case 'pass':
    case 'global':
    case 'nonlocal':
      return true
    case 'expression':
      return s.value.kind === 'constant'
    default:
      return false
  }
}

const value = (machine: Machine, e: Expression, frame: Frame): Steps => evaluate(machine, e, frame)

function* execute(machine: Machine, s: Statement, frame: Frame): Steps<Flow> {
  switch (s.kind) {
    case 'expression':
      yield* value(machine, s.value, frame)
      for (let file = machine.fresh.pop(); file; file = machine.fresh.pop()) yield* flush(machine, file)
      return undefined
    case 'assign': {
      const given = quick(machine, s.value, frame) ?? (yield* value(machine, s.value, frame))
      machine.fresh = []
      for (const target of s.targets) yield* store(machine, target, given, frame)
      return undefined
    }
    case 'augment':
      yield* augment(machine, s, frame)
      return undefined
    case 'annotate':
      return yield* annotate(machine, s, frame)
    case 'if': {
      const test = quick(machine, s.test, frame) ?? (yield* value(machine, s.test, frame))
      return yield* block(machine, machine.truth(test) ? s.body : s.otherwise, frame)
    }
    case 'while':
      return yield* loop(machine, s, frame)
    case 'for':
      return yield* walk(machine, s, frame)
    case 'def': {
      let made: Value = yield* makeFunction(machine, s.code, s.parameters, frame)
      const first = s.code.body[0]
      const doc =
        first?.kind === 'expression' && first.value.kind === 'constant' && typeof first.value.value === 'string'
          ? first.value.value
          : null
      yield* setAttribute(machine, made, '__doc__', doc)
      const annotations = s.parameters.list.flatMap(p => (p.annotation ? [[p.name, null] as const] : []))
      if (annotations.length) yield* setAttribute(machine, made, '__annotations__', new PyDict())
      made = yield* decorated(machine, made, s.decorators, frame)
      assign(frame, s.code.name, s.name_!.home, made)
      return undefined
    }
    case 'class': {
      const made = yield* decorated(machine, yield* define(machine, s, frame), s.decorators, frame)
      assign(frame, s.name, s.home, made)
      return undefined
    }
    case 'return':
      return { value: s.value ? (quick(machine, s.value, frame) ?? (yield* value(machine, s.value, frame))) : null }
    case 'break':
      return BREAK
    case 'continue':
      return CONTINUE
    case 'raise':
      return yield* throwIt(machine, s, frame)
    case 'try':
      return yield* attempt(machine, s, frame)
    case 'with':
      return yield* within(machine, s.items, s.body, frame)
    case 'import':
      for (const { module, alias, top } of s.names) {
        frame.at = s
        const [first, last] = yield* importModule(machine, module)
        assign(frame, (alias ?? top).id, (alias ?? top).home, alias ? last : first)
      }
      return undefined
    case 'from':
      frame.at = s
      for (const [alias, found] of yield* importFrom(machine, s, frame))
        assign(frame, alias.id, alias.home ?? 'global', found)
      return undefined
    case 'assert': {
      const test = quick(machine, s.test, frame) ?? (yield* value(machine, s.test, frame))
      if (machine.truth(test)) return undefined
      const message = s.message ? [yield* value(machine, s.message, frame)] : []
      frame.at = s.test
      throw raise('AssertionError', ...message)
    }
    case 'delete':
      for (const target of s.targets) yield* remove(machine, target, frame)
      return undefined
    case 'match': {
      const subject = quick(machine, s.subject, frame) ?? (yield* value(machine, s.subject, frame))
      for (const { pattern, guard, body: then } of s.cases) {
        if (!(yield* matched(machine, pattern, subject, frame))) continue
        if (guard && !machine.truth(yield* value(machine, guard, frame))) continue
        return yield* block(machine, then, frame)
      }
      return undefined
    }
    default:
      return undefined
  }
}

function* augment(machine: Machine, s: Extract<Statement, { kind: 'augment' }>, frame: Frame): Steps<void> {
  const { target } = s
  const combine = function* (left: Value): Steps {
    const right = quick(machine, s.value, frame) ?? (yield* value(machine, s.value, frame))
    frame.at = s
    const result = operate(machine, s.op, left, right, true)
    return isSteps(result) ? yield* result : result
  }
  if (target.kind === 'attribute') {
    const of = quick(machine, target.value, frame) ?? (yield* value(machine, target.value, frame))
    frame.at = target
    const now = getAttribute(machine, of, target.name)
    yield* setAttribute(machine, of, target.name, yield* combine(isSteps(now) ? yield* now : now))
  } else if (target.kind === 'subscript') {
    const of = quick(machine, target.value, frame) ?? (yield* value(machine, target.value, frame))
    const index = quick(machine, target.index, frame) ?? (yield* value(machine, target.index, frame))
    frame.at = target
    const now = getItem(machine, of, index)
    yield* setItem(machine, of, index, yield* combine(isSteps(now) ? yield* now : now))
  } else yield* store(machine, target, yield* combine(yield* value(machine, target, frame)), frame)
}

function* annotate(machine: Machine, s: Extract<Statement, { kind: 'annotate' }>, frame: Frame): Steps<Flow> {
  if (frame.inClass && s.target.kind === 'name') {
    const names = frame.names.values
    let all = names.get('__annotations__')
    if (!(all instanceof PyDict)) names.set('__annotations__', (all = new PyDict()))
    ;(all as PyDict).entries.set(`s${s.target.id}`, [s.target.id, yield* value(machine, s.annotation, frame)])
  }
  if (s.value)
    yield* store(machine, s.target, quick(machine, s.value, frame) ?? (yield* value(machine, s.value, frame)), frame)
  return undefined
}

function* loop(machine: Machine, s: Extract<Statement, { kind: 'while' }>, frame: Frame): Steps<Flow> {
  for (;;) {
    if (machine.step()) {
      frame.at = s.test
      yield* breathe(machine)
    }
    const test = quick(machine, s.test, frame) ?? (yield* value(machine, s.test, frame))
    if (!machine.truth(test)) break
    const flow = yield* block(machine, s.body, frame)
    if (flow === BREAK) return undefined
    if (typeof flow === 'object') return flow
  }
  return yield* block(machine, s.otherwise, frame)
}

function* walk(machine: Machine, s: Extract<Statement, { kind: 'for' }>, frame: Frame): Steps<Flow> {
  const source = quick(machine, s.source, frame) ?? (yield* value(machine, s.source, frame))
  frame.at = s.source
  const made = iterate(machine, source)
  const iterator = isSteps(made) ? yield* made : made
  for (;;) {
    frame.at = s.source
    if (machine.step()) yield* breathe(machine)
    const result = nextOf(machine, iterator)
    const next = isSteps(result) ? yield* result : result
    if (next === DONE) break
    if (s.target.kind === 'name') assign(frame, s.target.id, s.target.home, next as Value)
    else yield* store(machine, s.target, next as Value, frame)
    const flow = yield* block(machine, s.body, frame)
    if (flow === BREAK) return undefined
    if (typeof flow === 'object') return flow
  }
  return yield* block(machine, s.otherwise, frame)
}

function* decorated(machine: Machine, made: Value, decorators: readonly Expression[], frame: Frame): Steps {
  const all: Value[] = []
  for (const decorator of decorators) all.push(yield* value(machine, decorator, frame))
  let result = made
  for (let i = all.length - 1; i >= 0; i--) {
    frame.at = decorators[i]!
    const next = invoke(machine, all[i]!, [result], NO_KEYWORDS)
    result = isSteps(next) ? yield* next : next
  }
  return result
}

function* throwIt(machine: Machine, s: Extract<Statement, { kind: 'raise' }>, frame: Frame): Steps<Flow> {
  if (!s.exception) {
    const again = machine.handled()
    frame.at = s
    if (!again) throw raise('RuntimeError', 'No active exception to reraise')
    throw new Raised(again)
  }
  const given = yield* value(machine, s.exception, frame)
  frame.at = s
  const exception = yield* exceptionOf(machine, given)
  if (s.cause) {
    const cause = yield* value(machine, s.cause, frame)
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

function* attempt(machine: Machine, s: Extract<Statement, { kind: 'try' }>, frame: Frame): Steps<Flow> {
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
    for (const handler of s.handlers)
      if (yield* catches(machine, handler, error.exception, frame))
        return yield* handle(machine, handler, error.exception, frame)
    throw error
  }
  return yield* block(machine, s.otherwise, frame)
}

function* catches(machine: Machine, handler: Handler, exception: PyException, frame: Frame): Steps<boolean> {
  if (!handler.type) return true
  const wanted = yield* value(machine, handler.type, frame)
  frame.at = handler.type
  for (const cls of wanted instanceof PyTuple ? wanted.items : [wanted]) {
    if (!(cls instanceof PyClass) || !cls.mro.some(c => c.name === 'BaseException'))
      throw typeError('catching classes that do not inherit from BaseException is not allowed')
    if (exception.cls.is(cls)) return true
  }
  return false
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

function* within(
  machine: Machine,
  items: readonly { context: Expression; target?: Expression }[],
  statements: readonly Statement[],
  frame: Frame,
): Steps<Flow> {
  const [first, ...rest] = items
  if (!first) return yield* block(machine, statements, frame)
  const context = yield* value(machine, first.context, frame)
  frame.at = first.context
  machine.fresh = []
  const entered = yield* enterContext(machine, context)
  let flow: Flow
  try {
    if (first.target) yield* store(machine, first.target, entered, frame)
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

function* remove(machine: Machine, target: Expression, frame: Frame): Steps<void> {
  if (target.kind === 'name') {
    frame.at = target
    forget(frame, target)
  } else if (target.kind === 'attribute') {
    const of = yield* value(machine, target.value, frame)
    frame.at = target
    yield* deleteAttribute(machine, of, target.name)
  } else if (target.kind === 'subscript') {
    const of = yield* value(machine, target.value, frame)
    const index = yield* value(machine, target.index, frame)
    frame.at = target
    yield* deleteItem(machine, of, index)
  } else if (target.kind === 'tuple' || target.kind === 'list')
    for (const each of target.items) yield* remove(machine, each, frame)
}
