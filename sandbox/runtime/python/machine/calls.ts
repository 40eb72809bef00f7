/** Calls: from arguments to a function's names, and what can be called at all. */

import { PyDict, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import {
  type Activation,
  type Frame,
  Instance,
  isSteps,
  type Keywords,
  PyBuiltin,
  PyClass,
  PyFunction,
  PyGenerator,
  PyMethod,
  PyStatic,
  plain,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import type { Machine } from './machine.ts'

export function invoke(machine: Machine, callee: Value, args: Value[], keywords: Keywords): Value | Steps {
  if (callee instanceof PyFunction) {
    const activation = activate(machine, callee, args, keywords)
    return activation instanceof PyGenerator ? activation : enter(activation)
  }
  if (callee instanceof PyBuiltin) return native(machine, callee, args, keywords)
  if (callee instanceof PyMethod) return invoke(machine, callee.fn, [callee.self, ...args], keywords)
  if (callee instanceof PyClass) return instantiate(machine, callee, args, keywords)
  if (callee instanceof PyStatic) return invoke(machine, callee.fn, args, keywords)
  if (callee instanceof Instance) {
    const own = callee.cls.find('__call__')
    if (own !== undefined) return invoke(machine, own, [callee, ...args], keywords)
  }
  throw typeError(`'${types.typeOf(callee).name}' object is not callable`)
}

export const isCallable = (value: Value): boolean =>
  value instanceof PyFunction ||
  value instanceof PyBuiltin ||
  value instanceof PyMethod ||
  value instanceof PyClass ||
  value instanceof PyStatic ||
  types.typeOf(value).find('__call__') !== undefined

/** @throws NotSimulated for arguments by name where none is looked at: they would be ignored */
function native(machine: Machine, fn: PyBuiltin, args: Value[], keywords: Keywords): Value | Steps {
  if (keywords.size && fn.run.length < 3)
    throw new NotSimulated(`arguments by name of ${fn.name}(): ${[...keywords.keys()].join(', ')}`)
  return fn.run(machine, fn.plain ? args.map(plain) : args, keywords)
}

export function* enter(activation: Activation): Steps {
  return yield { kind: 'enter', activation }
}

/** A call that is ready to be entered; a generator when the function is one's. */
export function activate(
  machine: Machine,
  fn: PyFunction,
  args: Value[],
  keywords: Keywords,
): Activation | PyGenerator {
  const { code } = fn
  const frame: Frame = {
    code,
    names: { values: bind(fn, args, keywords), outer: fn.outer },
    globals: fn.globals,
    at: { line: code.line, column: 0, endLine: code.line, endColumn: 0 },
    handling: [],
    inClass: false,
    qualname: `${fn.qualname}.<locals>`,
    ...(fn.owner && args.length && { self: args[0]!, owner: fn.owner }),
  }
  const activation: Activation = { steps: machine.does.body(machine, code, frame), frame }
  if (code.waits) return new PyGenerator(fn.qualname, activation, code.generates ? 'async generator' : 'coroutine')
  return code.generates ? new PyGenerator(fn.qualname, activation) : activation
}

function bind(fn: PyFunction, args: Value[], keywords: Keywords): Map<string, Value> {
  const names = new Map<string, Value>()
  const { list, rest, keywords: others } = fn.parameters
  let next = 0
  for (const { name, kind } of list) if (kind !== 'keyword' && next < args.length) names.set(name, args[next++]!)
  if (rest !== undefined) names.set(rest, new PyTuple(args.slice(next)))
  else if (next < args.length) throw tooMany(fn, args.length)
  const left = new PyDict()
  const misplaced: string[] = []
  for (const [name, value] of keywords) {
    const parameter = list.find(p => p.name === name)
    if (parameter && parameter.kind !== 'positional') {
      if (names.has(name)) throw typeError(`${fn.qualname}() got multiple values for argument '${name}'`)
      names.set(name, value)
    } else if (others !== undefined) left.entries.set(`s${name}`, [name, value])
    else if (parameter) misplaced.push(name)
    else throw typeError(`${fn.qualname}() got an unexpected keyword argument '${name}'`)
  }
  if (misplaced.length)
    throw typeError(
      `${fn.qualname}() got some positional-only arguments passed as keyword arguments: '${misplaced.join(', ')}'`,
    )
  if (others !== undefined) names.set(others, left)
  const missing = { positional: [] as string[], keyword: [] as string[] }
  for (const { name, kind } of list) {
    if (names.has(name)) continue
    const fallback = fn.defaults.get(name)
    if (fallback !== undefined) names.set(name, fallback)
    else missing[kind === 'keyword' ? 'keyword' : 'positional'].push(`'${name}'`)
  }
  for (const [kind, all] of Object.entries(missing))
    if (all.length)
      throw typeError(
        `${fn.qualname}() missing ${all.length} required ${kind === 'keyword' ? 'keyword-only' : 'positional'} argument${all.length > 1 ? 's' : ''}: ${listed(all)}`,
      )
  return names
}

/** As CPython counts names up. */
export const listed = (all: readonly string[]): string =>
  all.length < 3 ? all.join(' and ') : `${all.slice(0, -1).join(', ')}, and ${all.at(-1)}`

function tooMany(fn: PyFunction, given: number) {
  const positional = fn.parameters.list.filter(p => p.kind !== 'keyword')
  const optional = positional.filter(p => fn.defaults.has(p.name)).length
  const takes = optional ? `from ${positional.length - optional} to ${positional.length}` : String(positional.length)
  return typeError(
    `${fn.qualname}() takes ${takes} positional argument${takes === '1' ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  )
}

function instantiate(machine: Machine, cls: PyClass, args: Value[], keywords: Keywords): Value | Steps {
  if (cls === types.type && args.length === 1) return types.typeOf(args[0]!)
  const make = cls.find('__new__')
  const init = cls.find('__init__')
  if (make instanceof PyBuiltin) {
    if (!cls.builtin) refuseAbstract(cls)
    // What the maker does not look at is for `__init__`.
    const made =
      init === undefined && make.name !== 'object'
        ? native(machine, make, [cls, ...args], keywords)
        : make.run(machine, [cls, ...args], keywords)
    if (!isSteps(made)) {
      if (init === undefined) {
        if (make.name === 'object' && (args.length || keywords.size))
          throw typeError(`${cls.name}() takes no arguments`)
        return made
      }
      if (types.typeOf(made).is(cls)) return initialized(machine, made, init, args, keywords)
      return made
    }
    return made
  }
  return (function* () {
    const result = invoke(machine, make instanceof PyStatic ? make.fn : make!, [cls, ...args], keywords)
    const made = isSteps(result) ? yield* result : result
    return init !== undefined && types.typeOf(made).is(cls)
      ? yield* initialized(machine, made, init, args, keywords)
      : made
  })()
}

function* initialized(machine: Machine, made: Value, init: Value, args: Value[], keywords: Keywords): Steps {
  const result = invoke(machine, init, [made, ...args], keywords)
  const value = isSteps(result) ? yield* result : result
  if (value !== null) throw typeError(`__init__() should return None, not '${types.typeOf(value).name}'`)
  return made
}

/** Methods that classes of `abc` want somebody to write. */
function refuseAbstract(cls: PyClass): void {
  if (!cls.mro.some(c => c.attrs.has('__abstract__'))) return
  const names = new Set(cls.mro.flatMap(c => [...c.attrs.keys()]))
  const left = [...names].filter(name => {
    const found = cls.find(name)
    return found instanceof PyFunction && found.attrs?.get('__isabstractmethod__') === true
  })
  if (left.length)
    throw typeError(
      `Can't instantiate abstract class ${cls.name} without an implementation for abstract method${left.length > 1 ? 's' : ''} ${left
        .sort()
        .map(n => `'${n}'`)
        .join(', ')}`,
    )
}

/** The arguments of a native function. @throws TypeError when there are not so many */
export function arity(name: string, args: readonly Value[], least: number, most = least): void {
  if (args.length >= least && args.length <= most) return
  const plural = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`
  if (least === most)
    throw typeError(
      most === 0
        ? `${name}() takes no arguments (${args.length} given)`
        : most === 1
          ? `${name}() takes exactly one argument (${args.length} given)`
          : `${name} expected ${plural(most)}, got ${args.length}`,
    )
  throw typeError(
    args.length < least
      ? `${name} expected at least ${plural(least)}, got ${args.length}`
      : `${name} expected at most ${plural(most)}, got ${args.length}`,
  )
}

export const noSuchAttribute = (value: Value, name: string) => {
  const what = value instanceof PyClass ? `type object '${value.name}'` : `'${types.typeOf(value).name}' object`
  const error = raise('AttributeError', `${what} has no attribute '${name}'`)
  error.exception.attrs!.set('obj', value)
  error.exception.attrs!.set('name', name)
  return error
}
