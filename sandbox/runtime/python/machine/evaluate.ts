/**
 * Expressions. What can be evaluated without calling anything of the program's is done at once (`quick`); the rest is a
 * coroutine, so that it can wait.
 */
import { typeError } from '../objects/errors.ts'
import { formatValue } from '../objects/format.ts'
import { keyOf } from '../objects/keys.ts'
import * as types from '../objects/types.ts'
import { typeOf } from '../objects/types.ts'
import {
  DONE,
  type Done,
  type Frame,
  Instance,
  isSteps,
  type Keywords,
  PyDict,
  PyFunction,
  PyGenerator,
  PyList,
  PySet,
  PySlice,
  PyTuple,
  type Steps,
  type Value,
} from '../objects/values.ts'
import type { Call, Comprehension, Expression, Formatted, FunctionCode, Parameters } from '../syntax/tree.ts'
import { getAttribute } from './attributes.ts'
import { activate, invoke } from './calls.ts'
import { contains, richCompare } from './compare.ts'
import { breathe, collect, iterate, nextOf, whileCollecting } from './iterate.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { assign, lookUp, outerOf } from './names.ts'
import { operate, unary } from './operate.ts'
import { getItem, putItem } from './subscripts.ts'

/** A value, where nobody has to be asked; undefined where that is not so. */
export function quick(machine: Machine, e: Expression, frame: Frame): Value | undefined {
  switch (e.kind) {
    case 'constant':
      return e.value
    case 'name':
      return lookUp(machine, e, frame)
  }
  if (!e.pure) return undefined
  switch (e.kind) {
    case 'binary': {
      const left = quick(machine, e.left, frame)
      if (left === undefined) return undefined
      const right = quick(machine, e.right, frame)
      if (right === undefined) return undefined
      frame.at = e
      return ready(operate(machine, e.op, left, right))
    }
    case 'compare':
      return quickCompare(machine, e, frame)
    case 'attribute': {
      const value = quick(machine, e.value, frame)
      if (value === undefined) return undefined
      frame.at = e
      return ready(getAttribute(machine, value, e.name))
    }
    case 'subscript': {
      const value = quick(machine, e.value, frame)
      if (value === undefined) return undefined
      const index = quick(machine, e.index, frame)
      if (index === undefined) return undefined
      frame.at = e
      return ready(getItem(machine, value, index))
    }
    case 'unary': {
      const value = quick(machine, e.operand, frame)
      if (value === undefined || (e.op === 'not' && asksProgram(value))) return undefined
      frame.at = e
      return ready(unary(machine, e.op, value))
    }
    case 'logic': {
      let value: Value | undefined
      for (const each of e.values) {
        value = quick(machine, each, frame)
        if (value === undefined || each === e.values.at(-1)) return value
        if (asksProgram(value)) return undefined
        if (machine.truth(value) !== (e.op === 'and')) break
      }
      return value
    }
    case 'choice': {
      const test = quick(machine, e.test, frame)
      return test === undefined || asksProgram(test)
        ? undefined
        : quick(machine, machine.truth(test) ? e.body : e.otherwise, frame)
    }
    case 'tuple': {
      const items: Value[] = []
      for (const item of e.items) {
        const value = quick(machine, item, frame)
        if (value === undefined) return undefined
        items.push(value)
      }
      return new PyTuple(items)
    }
    case 'slice': {
      const part = (p: Expression | undefined): Value | undefined => (p ? quick(machine, p, frame) : null)
      const [lower, upper, step] = [part(e.lower), part(e.upper), part(e.step)]
      return lower === undefined || upper === undefined || step === undefined
        ? undefined
        : new PySlice(lower, upper, step)
    }
    default:
      return undefined
  }
}

/** Whether the program's own `__bool__` or `__len__` may say what is true: asked at once, it might be asked a second time by `evaluate`. */
const asksProgram = (value: Value): boolean => value instanceof Instance && !value.cls.builtin

/** Steps that were not begun have done nothing. */
const ready = (value: Value | Steps): Value | undefined => (isSteps(value) ? undefined : value)

function quickCompare(machine: Machine, e: Extract<Expression, { kind: 'compare' }>, frame: Frame): Value | undefined {
  let left = quick(machine, e.left, frame)
  let result: Value | undefined = true
  for (let i = 0; i < e.ops.length; i++) {
    if (left === undefined) return undefined
    const right = quick(machine, e.others[i]!, frame)
    if (right === undefined) return undefined
    frame.at = e
    result = ready(compared(machine, e.ops[i]!, left, right))
    if (result === undefined) return undefined
    if (i < e.ops.length - 1) {
      if (asksProgram(result)) return undefined
      if (!machine.truth(result)) return result
    }
    left = right
  }
  return result
}

function compared(machine: Machine, op: string, left: Value, right: Value): Value | Steps {
  switch (op) {
    case 'is':
      return same(left, right)
    case 'is not':
      return !same(left, right)
    case 'in':
    case 'not in': {
      const found = contains(machine, left, right)
      if (typeof found === 'boolean') return op === 'in' ? found : !found
      return search(machine, op, left, right, found)
    }
    default:
      return richCompare(machine, op, left, right)
  }
}

const same = (a: Value, b: Value): boolean => a === b

function* search(machine: Machine, op: string, item: Value, container: Value, by: Steps | undefined): Steps {
  let found = false
  if (by) found = machine.truth(isSteps(by) ? yield* by : by)
  else {
    let made: Value | Steps
    try {
      made = iterate(machine, container)
    } catch {
      throw typeError(`argument of type '${typeOf(container).name}' is not iterable`)
    }
    const iterator = isSteps(made) ? yield* made : made
    for (;;) {
      if (machine.step()) yield* breathe(machine)
      const next = nextOf(machine, iterator)
      const value = isSteps(next) ? yield* next : next
      if (value === DONE) break
      if (machine.equal(value as Value, item)) {
        found = true
        break
      }
    }
  }
  return op === 'in' ? found : !found
}

export function* evaluate(machine: Machine, e: Expression, frame: Frame): Steps {
  switch (e.kind) {
    case 'constant':
      return e.value
    case 'name':
      return lookUp(machine, e, frame)
    case 'call':
      return yield* call(machine, e, frame)
    case 'binary': {
      const left = quick(machine, e.left, frame) ?? (yield* evaluate(machine, e.left, frame))
      const right = quick(machine, e.right, frame) ?? (yield* evaluate(machine, e.right, frame))
      frame.at = e
      const result = operate(machine, e.op, left, right)
      return isSteps(result) ? yield* result : result
    }
    case 'attribute': {
      const value = quick(machine, e.value, frame) ?? (yield* evaluate(machine, e.value, frame))
      frame.at = e
      const result = getAttribute(machine, value, e.name)
      return isSteps(result) ? yield* result : result
    }
    case 'subscript': {
      const value = quick(machine, e.value, frame) ?? (yield* evaluate(machine, e.value, frame))
      const index = quick(machine, e.index, frame) ?? (yield* evaluate(machine, e.index, frame))
      frame.at = e
      const result = getItem(machine, value, index)
      return isSteps(result) ? yield* result : result
    }
    case 'compare': {
      let left = quick(machine, e.left, frame) ?? (yield* evaluate(machine, e.left, frame))
      let result: Value = true
      for (let i = 0; i < e.ops.length; i++) {
        const other = e.others[i]!
        const right = quick(machine, other, frame) ?? (yield* evaluate(machine, other, frame))
        frame.at = e
        const answer = compared(machine, e.ops[i]!, left, right)
        result = isSteps(answer) ? yield* answer : answer
        if (i < e.ops.length - 1 && !machine.truth(result)) return result
        left = right
      }
      return result
    }
    case 'unary': {
      const value = quick(machine, e.operand, frame) ?? (yield* evaluate(machine, e.operand, frame))
      frame.at = e
      const result = unary(machine, e.op, value)
      return isSteps(result) ? yield* result : result
    }
    case 'logic': {
      let value: Value = null
      for (const each of e.values) {
        value = quick(machine, each, frame) ?? (yield* evaluate(machine, each, frame))
        if (each === e.values.at(-1) || machine.truth(value) !== (e.op === 'and')) break
      }
      return value
    }
    case 'choice': {
      const test = quick(machine, e.test, frame) ?? (yield* evaluate(machine, e.test, frame))
      const branch = machine.truth(test) ? e.body : e.otherwise
      return quick(machine, branch, frame) ?? (yield* evaluate(machine, branch, frame))
    }
    case 'tuple':
      return new PyTuple(yield* items(machine, e.items, frame))
    case 'list':
      return new PyList(yield* items(machine, e.items, frame))
    case 'set': {
      const all = new PySet()
      for (const item of yield* items(machine, e.items, frame)) all.entries.set(keyOf(machine, item), item)
      return all
    }
    case 'dict':
      return yield* dictionary(machine, e, frame)
    case 'joined': {
      let text = ''
      for (const part of e.parts) {
        const piece = typeof part === 'string' ? part : yield* formatted(machine, part, frame)
        machine.allocate(piece.length)
        text += piece
      }
      return text
    }
    case 'lambda':
      return yield* makeFunction(machine, e.code, e.parameters, frame)
    case 'comprehension':
      return yield* comprehension(machine, e, frame)
    case 'named': {
      const value = yield* evaluate(machine, e.value, frame)
      assign(frame, e.target.id, e.target.home, value)
      return value
    }
    case 'slice': {
      const [lower, upper, step] = [e.lower, e.upper, e.step]
      return new PySlice(
        lower ? yield* evaluate(machine, lower, frame) : null,
        upper ? yield* evaluate(machine, upper, frame) : null,
        step ? yield* evaluate(machine, step, frame) : null,
      )
    }
    case 'yield': {
      const value = e.value ? yield* evaluate(machine, e.value, frame) : null
      frame.at = e
      return yield { kind: 'yield', value }
    }
    case 'yieldFrom':
      return yield* delegate(machine, e, frame)
    case 'starred':
      throw typeError("can't use starred expression here")
  }
}

function* delegate(machine: Machine, e: Extract<Expression, { kind: 'yieldFrom' }>, frame: Frame): Steps {
  const value = yield* evaluate(machine, e.value, frame)
  frame.at = e
  const made = iterate(machine, value)
  const iterator = isSteps(made) ? yield* made : made
  let sent: Value = null
  for (;;) {
    const result: Value | Done | Steps<Value | Done> =
      iterator instanceof PyGenerator ? machine.resume(iterator, sent) : nextOf(machine, iterator)
    const next: Value | Done = isSteps(result) ? yield* result : result
    if (next === DONE) return iterator instanceof PyGenerator ? iterator.result : null
    sent = yield { kind: 'yield', value: next as Value }
  }
}

function* items(machine: Machine, all: readonly Expression[], frame: Frame): Steps<Value[]> {
  const values: Value[] = []
  for (const item of all) {
    if (item.kind === 'starred') {
      const inner = yield* evaluate(machine, item.value, frame)
      frame.at = item
      for (const each of yield* collect(machine, inner)) values.push(each)
    } else values.push(quick(machine, item, frame) ?? (yield* evaluate(machine, item, frame)))
  }
  return values
}

function* dictionary(machine: Machine, e: Extract<Expression, { kind: 'dict' }>, frame: Frame): Steps {
  const { keys, values } = e
  const dict = new PyDict()
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key) {
      const k = quick(machine, key, frame) ?? (yield* evaluate(machine, key, frame))
      const v = quick(machine, values[i]!, frame) ?? (yield* evaluate(machine, values[i]!, frame))
      frame.at = e
      putItem(machine, dict, k, v)
    } else {
      const other = yield* evaluate(machine, values[i]!, frame)
      if (!(other instanceof PyDict)) throw typeError(`'${typeOf(other).name}' object is not a mapping`)
      for (const [k, v] of other.entries.values()) putItem(machine, dict, k, v)
    }
  }
  return dict
}

function* formatted(machine: Machine, { value: e, conversion, shown, spec }: Formatted, frame: Frame): Steps<string> {
  let value = quick(machine, e, frame) ?? (yield* evaluate(machine, e, frame))
  frame.at = e
  if (conversion === 'r' || conversion === 'a') value = machine.repr(value)
  else if (conversion === 's') value = machine.str(value)
  const format = spec ? String(yield* evaluate(machine, spec, frame)) : ''
  frame.at = e
  return (shown ?? '') + formatOf(machine, value, format)
}

export function formatOf(machine: Machine, value: Value, spec: string): string {
  if (value instanceof Instance) {
    const own = value.cls.find('__format__')
    if (own !== undefined) return String(machine.now(own, [value, spec]))
  }
  // How wide it becomes, and with how many decimals.
  for (const [digits] of spec.matchAll(/\d{7,}/g)) machine.allocate(Number(digits))
  return formatValue(value, spec, v => machine.str(v))
}

function* call(machine: Machine, e: Call, frame: Frame): Steps {
  const callee = quick(machine, e.callee, frame) ?? (yield* evaluate(machine, e.callee, frame))
  const args = yield* items(machine, e.args, frame)
  const keywords = e.keywords.length ? yield* keywordsOf(machine, e, frame) : NO_KEYWORDS
  frame.at = e
  if (machine.step()) yield* breathe(machine)
  if (callee === machine.builtins.get('super') && !args.length) return machine.superOf(frame)
  if (callee instanceof PyFunction) {
    const activation = activate(machine, callee, args, keywords)
    return activation instanceof PyGenerator ? activation : yield { kind: 'enter', activation }
  }
  const result = invoke(machine, callee, args, keywords)
  return isSteps(result) ? yield* result : result
}

function* keywordsOf(machine: Machine, e: Call, frame: Frame): Steps<Keywords> {
  const all: Keywords = new Map()
  for (const { name, value: given } of e.keywords) {
    const value = quick(machine, given, frame) ?? (yield* evaluate(machine, given, frame))
    if (name !== undefined) all.set(name, value)
    else {
      if (!(value instanceof PyDict)) throw typeError(`argument after ** must be a mapping, not ${typeOf(value).name}`)
      for (const [key, entry] of value.entries.values()) {
        if (typeof key !== 'string') throw typeError('keywords must be strings')
        all.set(key, entry)
      }
    }
  }
  return all
}

export function* makeFunction(
  machine: Machine,
  code: FunctionCode,
  parameters: Parameters,
  frame: Frame,
): Steps<PyFunction> {
  const defaults = new Map<string, Value>()
  for (const { name, fallback } of parameters.list)
    if (fallback) defaults.set(name, quick(machine, fallback, frame) ?? (yield* evaluate(machine, fallback, frame)))
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

function* comprehension(machine: Machine, e: Comprehension, frame: Frame): Steps {
  const source = e.clauses[0]!.source
  const first = quick(machine, source, frame) ?? (yield* evaluate(machine, source, frame))
  frame.at = source
  const made = iterate(machine, first)
  const iterator = isSteps(made) ? yield* made : made
  const inner: Frame = {
    ...frame,
    names: { values: new Map(), outer: outerOf(frame) },
    handling: [],
    at: e,
    inClass: false,
  }
  if (e.makes === 'generator') {
    inner.code = e.code
    const emit = function* (): Steps<void> {
      const value = quick(machine, e.code.result!, inner) ?? (yield* evaluate(machine, e.code.result!, inner))
      yield { kind: 'yield', value }
    }
    const steps = (function* (): Steps {
      yield* clauses(machine, e, 0, iterator, inner, emit)
      return null
    })()
    return new PyGenerator(`${frame.qualname ? `${frame.qualname}.` : ''}<genexpr>`, { steps, frame: inner })
  }
  const list: Value[] = []
  const dict = new PyDict()
  const set = new PySet()
  const make = function* (counted: (item: Value) => Value): Steps<void> {
    const key = e.code.resultKey ? yield* evaluate(machine, e.code.resultKey, inner) : null
    const value = quick(machine, e.code.result!, inner) ?? (yield* evaluate(machine, e.code.result!, inner))
    if (e.makes === 'list') list.push(counted(value))
    else {
      const { entries } = e.makes === 'dict' ? dict : set
      const { size } = entries
      if (e.makes === 'dict') putItem(machine, dict, key, value)
      else set.entries.set(keyOf(machine, value), value)
      if (entries.size > size) counted(value)
    }
  }
  try {
    yield* whileCollecting(machine, counted => clauses(machine, e, 0, iterator, inner, () => make(counted)))
  } finally {
    // It runs in the frame around it, as since 3.12.
    frame.at = inner.at
  }
  return e.makes === 'list' ? new PyList(list) : e.makes === 'dict' ? dict : set
}

function* clauses(
  machine: Machine,
  e: Comprehension,
  level: number,
  given: Value | undefined,
  frame: Frame,
  emit: () => Steps<void>,
): Steps<void> {
  const clause = e.clauses[level]
  if (!clause) return yield* emit()
  let iterator = given
  if (iterator === undefined) {
    const source = quick(machine, clause.source, frame) ?? (yield* evaluate(machine, clause.source, frame))
    frame.at = clause.source
    const made = iterate(machine, source)
    iterator = isSteps(made) ? yield* made : made
  }
  turns: for (;;) {
    if (machine.step()) yield* breathe(machine)
    const next = nextOf(machine, iterator)
    const value = isSteps(next) ? yield* next : next
    if (value === DONE) return
    yield* machine.does.store(machine, clause.target, value as Value, frame)
    for (const condition of clause.conditions) {
      const test = quick(machine, condition, frame) ?? (yield* evaluate(machine, condition, frame))
      if (!machine.truth(test)) continue turns
    }
    yield* clauses(machine, e, level + 1, undefined, frame, emit)
  }
}
