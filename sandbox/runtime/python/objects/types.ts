/** The built-in classes, and of which class a value is. */
import { DICT, LIST, PyRange, PySlice, SET, TUPLE } from './containers.ts'
import {
  Instance,
  PyBuiltin,
  PyBytes,
  PyClass,
  PyFloat,
  PyGenerator,
  PyIterator,
  PyMethod,
  PyModule,
  PyProperty,
  PyStatic,
  PySuper,
  Singleton,
  type Value,
} from './values.ts'

export const object = new PyClass('object', [], new Map(), 'builtins', true)

const made = new Map<string, PyClass>([['object', object]])

export function builtinClass(name: string, bases: PyClass[] = [object], module = 'builtins'): PyClass {
  const cls = new PyClass(name, bases, new Map(), module, true)
  made.set(name, cls)
  return cls
}

/** All classes that programs find among the built-in names. */
export const namedClasses = (): ReadonlyMap<string, PyClass> => made

export const type = builtinClass('type')
export const int = builtinClass('int')
export const bool = builtinClass('bool', [int])
export const float = builtinClass('float')
export const str = builtinClass('str')
export const bytes = builtinClass('bytes')
export const tuple = builtinClass('tuple')
export const list = builtinClass('list')
export const dict = builtinClass('dict')
export const set = builtinClass('set')
export const frozenset = builtinClass('frozenset')
export const range = builtinClass('range')
export const slice = builtinClass('slice')
export const property = builtinClass('property')
export const staticmethod = builtinClass('staticmethod')
export const classmethod = builtinClass('classmethod')
export const superType = builtinClass('super')

const hidden = (name: string): PyClass => new PyClass(name, [object], new Map(), 'builtins', true)
export const none = hidden('NoneType')
export const fn = hidden('function')
export const builtin = hidden('builtin_function_or_method')
export const method = hidden('method')
export const module = hidden('module')
export const generator = hidden('generator')
export const coroutine = hidden('coroutine')
export const asyncGenerator = hidden('async_generator')

TUPLE.cls = tuple
LIST.cls = list
DICT.cls = dict
SET.cls = set

const rare = new Map<string, PyClass>()

/** The class of an iterator or a singleton, by its name. */
export function classNamed(name: string): PyClass {
  let cls = rare.get(name)
  if (!cls) rare.set(name, (cls = hidden(name)))
  return cls
}

export function typeOf(value: Value): PyClass {
  if (value === null) return none
  switch (typeof value) {
    case 'boolean':
      return bool
    case 'number':
    case 'bigint':
      return int
    case 'string':
      return str
  }
  if (value instanceof Instance) return value.cls
  if (value instanceof PyFloat) return float
  if (value instanceof PyBytes) return bytes
  if (value instanceof PyClass) return value.meta ?? type
  if (value instanceof PyBuiltin) return builtin
  if (value instanceof PyMethod) return value.fn instanceof PyBuiltin ? builtin : method
  if (value instanceof PyModule) return module
  if (value instanceof PyRange) return range
  if (value instanceof PySlice) return slice
  if (value instanceof PyGenerator)
    return value.kind === 'generator' ? generator : value.kind === 'coroutine' ? coroutine : asyncGenerator
  if (value instanceof PyIterator) return classNamed(value.kind)
  if (value instanceof PyProperty) return property
  if (value instanceof PyStatic) return value.ofClass ? classmethod : staticmethod
  if (value instanceof PySuper) return superType
  return value instanceof Singleton ? classNamed(value.type) : object
}
