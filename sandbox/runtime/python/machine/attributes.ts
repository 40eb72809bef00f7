/** `value.name`: where an attribute is looked for, and how functions become methods. */

import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { refuseKnown } from '../objects/known.ts'
import { isNumber } from '../objects/numbers.ts'
import * as types from '../objects/types.ts'
import {
  Instance,
  isSteps,
  PyBuiltin,
  PyClass,
  PyException,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyMethod,
  PyModule,
  PyObject,
  PyProperty,
  PyStatic,
  PySuper,
  type Steps,
  type TracebackEntry,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { invoke, noSuchAttribute } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

/** @throws AttributeError */
export function getAttribute(machine: Machine, value: Value, name: string): Value | Steps {
  const found = findAttribute(machine, value, name)
  if (found !== undefined) return found
  if (value instanceof Instance) {
    const last = value.cls.find('__getattr__')
    if (last !== undefined) return invoke(machine, last, [value, name], NO_KEYWORDS)
  }
  if (value instanceof PyModule) {
    if (value.attrs.has('__simulated__') && !name.startsWith('__')) throw new NotSimulated(`${value.name}.${name}`)
    const error = raise('AttributeError', `module '${value.name}' has no attribute '${name}'`)
    error.exception.attrs!.set('obj', value)
    error.exception.attrs!.set('name', name)
    throw error
  }
  if (value instanceof PySuper) throw raise('AttributeError', `'super' object has no attribute '${name}'`)
  throw noSuchAttribute(value, name)
}

export function findAttribute(machine: Machine, value: Value, name: string): Value | Steps | undefined {
  if (value instanceof PyModule)
    return value.attrs.has(name)
      ? value.attrs.get(name)
      : name === '__dict__'
        ? dictOf(value.attrs)
        : name === '__name__'
          ? value.name
          : undefined
  if (value instanceof PyClass) return ofClass(machine, value, name)
  if (value instanceof PySuper) return ofSuper(machine, value, name)
  const cls = types.typeOf(value)
  const shared = cls.find(name)
  if (shared instanceof PyProperty) return getProperty(machine, shared, value, name)
  const own = value instanceof Instance ? value.attrs?.get(name) : undefined
  if (own !== undefined) return own
  if (shared !== undefined) return bound(machine, shared, value, cls)
  const facts = special(value, name, cls)
  if (facts === undefined) refuseKnown(cls.mro, name)
  return facts
}

function getProperty(machine: Machine, property: PyProperty, value: Value, name: string): Value | Steps {
  if (property.getter === null)
    throw raise('AttributeError', `property '${name}' of '${types.typeOf(value).name}' object has no getter`)
  return invoke(machine, property.getter, [value], NO_KEYWORDS)
}

/** A function of the class becomes a method of the value. */
export function bound(machine: Machine, found: Value, value: Value, cls: PyClass): Value | Steps {
  if (found instanceof PyFunction) return new PyMethod(value, found)
  if (found instanceof PyBuiltin) return found.method ? new PyMethod(value, found) : found
  if (found instanceof PyStatic) return found.ofClass ? new PyMethod(cls, found.fn) : found.fn
  if (found instanceof PyObject) {
    const get = found.cls.find('__get__')
    if (get !== undefined) return invoke(machine, get, [found, value, cls], NO_KEYWORDS)
  }
  return found
}

function ofClass(machine: Machine, cls: PyClass, name: string): Value | Steps | undefined {
  // A class does not inherit what it is called.
  if (name === '__name__' || name === '__qualname__') return cls.attrs.get(name) ?? cls.name
  const found = cls.find(name)
  if (found instanceof PyStatic) return found.ofClass ? new PyMethod(cls, found.fn) : found.fn
  if (found !== undefined) return found
  switch (name) {
    case '__module__':
      return cls.module
    case '__mro__':
      return new PyTuple(cls.mro)
    case '__bases__':
      return new PyTuple(cls.bases)
    case '__dict__':
      return dictOf(cls.attrs)
    case '__class__':
      return types.typeOf(cls)
    case '__doc__':
      return null
    case '__annotations__':
      return new PyDict()
    case 'mro':
      return new PyBuiltin('mro', () => new PyTuple(cls.mro))
  }
  const meta = types.typeOf(cls).find(name)
  if (meta !== undefined) return bound(machine, meta, cls, types.typeOf(cls))
  refuseKnown([...cls.mro, ...types.typeOf(cls).mro], name)
  return undefined
}

function ofSuper(machine: Machine, { owner, self }: PySuper, name: string): Value | Steps | undefined {
  const cls = self instanceof PyClass ? self : types.typeOf(self)
  const after = cls.mro.slice(cls.mro.indexOf(owner) + 1)
  for (const each of after) {
    const found = each.attrs.get(name)
    if (found === undefined) continue
    if (found instanceof PyProperty) return getProperty(machine, found, self, name)
    if (self instanceof PyClass && !(found instanceof PyStatic)) return found
    return bound(machine, found, self, cls)
  }
  // What every object has, and does nothing.
  if (name === '__init__' || name === '__init_subclass__') return new PyBuiltin(name, () => null)
  refuseKnown(after, name)
  return undefined
}

export function dictOf(names: ReadonlyMap<string, Value>): PyDict {
  const all = new PyDict()
  for (const [name, value] of names) if (name !== '__simulated__') all.entries.set(`s${name}`, [name, value])
  return all
}

function special(value: Value, name: string, cls: PyClass): Value | undefined {
  if (name === '__class__') return cls
  if (name === '__doc__') return null
  if (name === '__module__' && !(value instanceof PyBuiltin)) return cls.module
  if (value instanceof PyException) {
    if (name === 'args') return new PyTuple(value.args)
    if (name === '__cause__') return value.cause ?? null
    if (name === '__context__') return value.context ?? null
    if (name === '__suppress_context__') return value.cause !== undefined
    if (name === '__traceback__') return tracebackOf(value)
    return errorFacts(value, name)
  }
  if (name === '__dict__' && value instanceof PyObject) return dictOf(value.attrs!)
  if (value instanceof PyFunction || value instanceof PyBuiltin) {
    if (name === '__name__') return value.name
    if (name === '__qualname__') return value instanceof PyFunction ? value.qualname : value.name
    if (name === '__code__' || name === '__closure__') throw new NotSimulated(`a function's ${name}`)
  }
  if (value instanceof PyMethod) {
    if (name === '__self__') return value.self
    if (name === '__func__') return value.fn
    return value.fn instanceof Instance && value.fn.attrs?.has(name)
      ? value.fn.attrs.get(name)
      : special(value.fn, name, cls)
  }
  if (value instanceof PyGenerator && name === '__name__') return value.name
  if (isNumber(value)) {
    if (name === 'real') return typeof value === 'boolean' ? Number(value) : value
    if (name === 'imag') return value instanceof PyFloat ? new PyFloat(0) : 0
    if (name === 'numerator' && !(value instanceof PyFloat)) return typeof value === 'boolean' ? Number(value) : value
    if (name === 'denominator' && !(value instanceof PyFloat)) return 1
  }
  return undefined
}

/** What a traceback held when somebody asked for it. */
const entriesOf = new WeakMap<PyObject, TracebackEntry[]>()

/** An opaque object that stands for an error's traceback. */
function tracebackOf(value: PyException): Value {
  if (!value.traceback.length) return null
  const shown = new PyObject(types.classNamed('traceback'))
  shown.data = value
  entriesOf.set(shown, [...value.traceback])
  shown.attrs!.set('tb_lineno', value.traceback[0]!.at.line)
  return shown
}

/** What some errors know besides their arguments. */
function errorFacts({ cls, args, attrs }: PyException, name: string): Value | undefined {
  const is = (base: string): boolean => cls.mro.some(c => c.name === base)
  if (is('OSError')) {
    if (name === 'errno') return args.length >= 2 ? args[0]! : null
    if (name === 'strerror') return args.length >= 2 ? args[1]! : null
    if (name === 'filename') return attrs!.get('filename') ?? null
  }
  if (is('SystemExit') && name === 'code') return args.length > 1 ? new PyTuple(args) : (args[0] ?? null)
  if (is('StopIteration') && name === 'value') return args[0] ?? null
  if (is('ImportError') && name === 'name') return attrs!.get('name') ?? null
  return undefined
}

export function* setAttribute(machine: Machine, value: Value, name: string, to: Value): Steps<void> {
  if (value instanceof PyModule || value instanceof PyClass) {
    if (value instanceof PyClass && value.builtin)
      throw typeError(`cannot set '${name}' attribute of immutable type '${value.name}'`)
    value.attrs.set(name, to)
    return
  }
  if (
    !(value instanceof Instance) ||
    (value.cls.builtin &&
      !(value instanceof PyFunction) &&
      !(value instanceof PyException) &&
      !(value instanceof PyObject && value.cls.attrs.has('__open__')))
  ) {
    if (findAttribute(machine, value, name) !== undefined)
      throw raise('AttributeError', `'${types.typeOf(value).name}' object attribute '${name}' is read-only`)
    if (machine.version[1] < 13) throw noSuchAttribute(value, name)
    throw raise(
      'AttributeError',
      `'${types.typeOf(value).name}' object has no attribute '${name}' and no __dict__ for setting new attributes`,
    )
  }
  const own = value.cls.find('__setattr__')
  if (own instanceof PyFunction) {
    const result = invoke(machine, own, [value, name, to], NO_KEYWORDS)
    if (isSteps(result)) yield* result
    return
  }
  const shared = value.cls.find(name)
  if (shared instanceof PyProperty) {
    if (shared.setter === null)
      throw raise('AttributeError', `property '${name}' of '${value.cls.name}' object has no setter`)
    const result = invoke(machine, shared.setter, [value, to], NO_KEYWORDS)
    if (isSteps(result)) yield* result
    return
  }
  if (shared instanceof PyObject && shared.cls.find('__set__') !== undefined) {
    const result = invoke(machine, shared.cls.find('__set__')!, [shared, value, to], NO_KEYWORDS)
    if (isSteps(result)) yield* result
    return
  }
  if (!hasRoom(value.cls, name)) throw noSuchAttribute(value, name)
  setPlain(value, name, to)
}

/** Whether instances may have such an attribute: with `__slots__` in all classes only what one of them names. */
function hasRoom(cls: PyClass, name: string): boolean {
  if (!cls.attrs.has('__slots__')) return true
  const own = cls.mro.filter(each => !each.builtin)
  return own.some(each => {
    const slots = each.attrs.get('__slots__')
    if (typeof slots === 'string') return slots === name
    return slots instanceof PyTuple || slots instanceof PyList ? slots.items.includes(name) : slots === undefined
  })
}

/** As object's own `__setattr__` does. */
export function setPlain(value: Instance, name: string, to: Value): void {
  if (value instanceof PyException) {
    if (name === '__cause__') value.cause = to
    if (name === 'args') value.args = [...(to as PyTuple).items]
    if (name === '__traceback__') {
      value.traceback = [...(entriesOf.get(to as PyObject) ?? [])]
      return
    }
  }
  if (value instanceof PyFunction && name === '__name__') value.name = String(to)
  if (value instanceof PyFunction && name === '__qualname__') value.qualname = String(to)
  ;(value.attrs ??= new Map()).set(name, to)
}

export function* deleteAttribute(machine: Machine, value: Value, name: string): Steps<void> {
  const shared = value instanceof Instance ? value.cls.find(name) : undefined
  if (shared instanceof PyProperty) {
    if (shared.deleter === null)
      throw raise('AttributeError', `property '${name}' of '${types.typeOf(value).name}' object has no deleter`)
    const result = invoke(machine, shared.deleter, [value], NO_KEYWORDS)
    if (isSteps(result)) yield* result
    return
  }
  const attrs =
    value instanceof PyClass || value instanceof PyModule || value instanceof Instance ? value.attrs : undefined
  if (!attrs?.delete(name)) throw noSuchAttribute(value, name)
}
