/** Statements. As expressions do, they come to their end at once where nothing has to be called or waited for, and are coroutines otherwise. */
import { flush } from '../modules/streams.ts'
import { PyDict } from '../objects/containers.ts'
import { raise } from '../objects/errors.ts'
import { type Frame, isSteps, type Steps, type Value } from '../objects/values.ts'
import type { FunctionCode, Statement } from '../syntax/tree.ts'
import { getAttribute, setAttribute } from './attributes.ts'
import { defineClass, defineFunction } from './definitions.ts'
import { BREAK, CONTINUE, type Flow } from './flow.ts'
import { importFrom, importModule } from './imports.ts'
import { breathe } from './iterate.ts'
import { walk, whileLoop } from './loops.ts'
import type { Machine } from './machine.ts'
import { matched } from './match.ts'
import { assign } from './names.ts'
import { operate } from './operate.ts'
import { evaluate, outcomeOf } from './outcome.ts'
import { getItem, setItem } from './subscripts.ts'
import { remove, store } from './targets.ts'
import { attempt, throwIt } from './trying.ts'
import { within } from './with.ts'

/** All that a function does. */
export function* body(machine: Machine, code: FunctionCode, frame: Frame): Steps {
  if (code.result) return yield* evaluate(machine, code.result, frame)
  const flow = yield* block(machine, code.body, frame)
  return typeof flow === 'object' ? flow.value : null
}

/** What cannot be done at once costs us, too, more than other steps. */
const DEEPER = 10

export function* block(machine: Machine, statements: readonly Statement[], frame: Frame): Steps<Flow> {
  for (const statement of statements) {
    if (machine.step()) {
      frame.at = statement
      yield* breathe(machine)
    }
    const done = begin(machine, statement, frame)
    let flow: Flow
    if (isSteps(done)) {
      machine.step(DEEPER)
      flow = yield* done
    } else flow = done
    if (flow !== undefined) return flow
  }
  return undefined
}

/** Does a statement, or gives the steps of what is left of it. */
function begin(machine: Machine, s: Statement, frame: Frame): Flow | Steps<Flow> {
  switch (s.kind) {
    case 'expression': {
      const value = outcomeOf(machine, s.value, frame)
      return isSteps(value) || machine.fresh.length ? expression(machine, value) : undefined
    }
    case 'assign': {
      const value = outcomeOf(machine, s.value, frame)
      if (isSteps(value) || s.targets.length > 1) return assignment(machine, s, frame, value)
      machine.fresh = NO_FILES
      return store(machine, s.targets[0]!, value, frame) as Steps<undefined> | undefined
    }
    case 'augment':
      return augment(machine, s, frame)
    case 'if': {
      const test = outcomeOf(machine, s.test, frame)
      return isSteps(test)
        ? choice(machine, s, frame, test)
        : block(machine, machine.truth(test) ? s.body : s.otherwise, frame)
    }
    case 'return': {
      const value = s.value ? outcomeOf(machine, s.value, frame) : null
      return isSteps(value) ? returned(value) : { value }
    }
    case 'while':
      return whileLoop(machine, s, frame)
    case 'for':
      return walk(machine, s, frame)
    case 'pass':
    case 'global':
    case 'nonlocal':
      return undefined
    case 'break':
      return BREAK
    case 'continue':
      return CONTINUE
    default:
      return execute(machine, s, frame)
  }
}

const NO_FILES: Machine['fresh'] = []

function* expression(machine: Machine, value: Value | Steps): Steps<undefined> {
  if (isSteps(value)) yield* value
  for (let file = machine.fresh.pop(); file; file = machine.fresh.pop()) yield* flush(machine, file)
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>

function* assignment(machine: Machine, s: Of<'assign'>, frame: Frame, given: Value | Steps): Steps<undefined> {
  const value = isSteps(given) ? yield* given : given
  machine.fresh = []
  for (const target of s.targets) {
    const stored = store(machine, target, value, frame)
    if (stored) yield* stored
  }
}

function* choice(machine: Machine, s: Of<'if'>, frame: Frame, steps: Steps): Steps<Flow> {
  return yield* block(machine, machine.truth(yield* steps) ? s.body : s.otherwise, frame)
}

function* returned(steps: Steps): Steps<Flow> {
  return { value: yield* steps }
}

function* execute(machine: Machine, s: Statement, frame: Frame): Steps<Flow> {
  switch (s.kind) {
    case 'annotate':
      return yield* annotate(machine, s, frame)
    case 'def':
      return yield* defineFunction(machine, s, frame)
    case 'class':
      return yield* defineClass(machine, s, frame)
    case 'raise':
      return yield* throwIt(machine, s, frame)
    case 'try':
      return yield* attempt(machine, s, frame)
    case 'with':
      return yield* within(machine, s.items, s.body, frame, s.waits)
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
      if (machine.truth(yield* evaluate(machine, s.test, frame))) return undefined
      const message = s.message ? [yield* evaluate(machine, s.message, frame)] : []
      frame.at = s.test
      throw raise('AssertionError', ...message)
    }
    case 'delete':
      for (const target of s.targets) yield* remove(machine, target, frame)
      return undefined
    case 'match': {
      const subject = yield* evaluate(machine, s.subject, frame)
      for (const { pattern, guard, body: then } of s.cases) {
        if (!(yield* matched(machine, pattern, subject, frame))) continue
        if (guard && !machine.truth(yield* evaluate(machine, guard, frame))) continue
        return yield* block(machine, then, frame)
      }
      return undefined
    }
    default:
      return undefined
  }
}

/** `+=` and its likes. */
function augment(machine: Machine, s: Of<'augment'>, frame: Frame): undefined | Steps<undefined> {
  const { target } = s
  if (target.kind !== 'name') return augmentPlace(machine, s, frame)
  const left = outcomeOf(machine, target, frame) as Value
  const right = outcomeOf(machine, s.value, frame)
  if (isSteps(right)) return augmentName(machine, s, frame, left, right)
  frame.at = s
  const result = operate(machine, s.op, left, right, true)
  if (isSteps(result)) return augmentName(machine, s, frame, left, undefined, result)
  assign(frame, target.id, target.home, result)
  return undefined
}

function* augmentName(
  machine: Machine,
  s: Of<'augment'>,
  frame: Frame,
  left: Value,
  right: Steps | undefined,
  begun?: Steps,
): Steps<undefined> {
  const result = begun ?? combined(machine, s, frame, left, yield* right!)
  const stored = store(machine, s.target, isSteps(result) ? yield* result : result, frame)
  if (stored) yield* stored
}

function combined(machine: Machine, s: Of<'augment'>, frame: Frame, left: Value, right: Value): Value | Steps {
  frame.at = s
  return operate(machine, s.op, left, right, true)
}

function* augmentPlace(machine: Machine, s: Of<'augment'>, frame: Frame): Steps<undefined> {
  const { target } = s
  const combine = function* (now: Value | Steps): Steps {
    const left = isSteps(now) ? yield* now : now
    const result = combined(machine, s, frame, left, yield* evaluate(machine, s.value, frame))
    return isSteps(result) ? yield* result : result
  }
  if (target.kind === 'attribute') {
    const of = yield* evaluate(machine, target.value, frame)
    frame.at = target
    yield* setAttribute(machine, of, target.name, yield* combine(getAttribute(machine, of, target.name)))
  } else if (target.kind === 'subscript') {
    const of = yield* evaluate(machine, target.value, frame)
    const index = yield* evaluate(machine, target.index, frame)
    frame.at = target
    const stored = setItem(machine, of, index, yield* combine(getItem(machine, of, index)))
    if (stored) yield* stored
  }
}

function* annotate(machine: Machine, s: Extract<Statement, { kind: 'annotate' }>, frame: Frame): Steps<Flow> {
  if (frame.inClass && s.target.kind === 'name') {
    const names = frame.names.values
    let all = names.get('__annotations__')
    if (!(all instanceof PyDict)) names.set('__annotations__', (all = new PyDict()))
    ;(all as PyDict).entries.set(`s${s.target.id}`, [s.target.id, yield* evaluate(machine, s.annotation, frame)])
  }
  if (s.value) {
    const stored = store(machine, s.target, yield* evaluate(machine, s.value, frame), frame)
    if (stored) yield* stored
  }
  return undefined
}
