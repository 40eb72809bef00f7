/** `class`: its body runs, and what it has named becomes a class. */
import { typeError } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import {
  type Frame,
  isSteps,
  NoOrder,
  PyClass,
  PyFunction,
  PyProperty,
  PyStatic,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { type ClassDef, NotSimulated } from '../syntax/tree.ts'
import { bound } from './attributes.ts'
import { invoke } from './calls.ts'
import { collect } from './iterate.ts'
import type { Machine } from './machine.ts'
import { outerOf } from './names.ts'
import { evaluate } from './outcome.ts'

/** Built-in values that cannot hold more than themselves here. */
const CLOSED = new Set<PyClass>([types.type, types.range])
/** Methods that nothing here would call. */
const UNHEARD = [
  '__getattribute__',
  '__delattr__',
  '__del__',
  '__delete__',
  '__set_name__',
  '__instancecheck__',
  '__subclasscheck__',
  '__subclasshook__',
  '__prepare__',
  '__mro_entries__',
  '__bytes__',
  '__complex__',
  '__dir__',
]
/** Classes that nobody may derive from. */
const FINAL = new Set<PyClass>([types.bool, types.none, types.slice, types.fn])

export function* define(machine: Machine, s: ClassDef, frame: Frame): Steps<PyClass> {
  const bases: PyClass[] = []
  for (const base of s.bases) {
    const values =
      base.kind === 'starred'
        ? yield* collect(machine, yield* evaluate(machine, base.value, frame))
        : [yield* evaluate(machine, base, frame)]
    frame.at = base
    for (const value of values) {
      if (!(value instanceof PyClass))
        throw new NotSimulated(`a class derived from what is none (${types.typeOf(value).name})`)
      bases.push(value)
    }
  }
  const keywords = new Map<string, Value>()
  for (const { name, value } of s.keywords) {
    const given = yield* evaluate(machine, value, frame)
    if (name === 'metaclass') useMeta(given, bases)
    else keywords.set(name!, given)
  }
  const qualname = frame.qualname ? `${frame.qualname}.${s.name}` : s.name
  const inner: Frame = {
    code: s.code,
    names: { values: new Map(), outer: outerOf(frame) },
    globals: frame.globals,
    at: s,
    handling: [],
    inClass: true,
    qualname,
  }
  frame.at = s
  yield { kind: 'enter', activation: { steps: machine.does.body(machine, s.code, inner), frame: inner } }
  return yield* build(machine, s.name, bases, inner.names.values, {
    module: String(frame.globals.get('__name__') ?? 'builtins'),
    qualname,
    keywords,
  })
}

function useMeta(meta: Value, bases: PyClass[]): void {
  if (!(meta instanceof PyClass)) throw new NotSimulated('a metaclass that is no class')
  if (meta === types.type) return
  const stand = meta.attrs.get('__stands_for__')
  if (!(stand instanceof PyClass)) throw new NotSimulated(`the metaclass ${meta.name}`)
  if (!bases.includes(stand)) bases.push(stand)
}

export function* build(
  machine: Machine,
  name: string,
  given: readonly PyClass[],
  attrs: Map<string, Value>,
  { module, qualname, keywords }: { module: string; qualname: string; keywords: Map<string, Value> },
): Steps<PyClass> {
  const bases = given.length ? given : [types.object]
  for (const base of bases) {
    const closed = base.mro.find(c => CLOSED.has(c))
    if (FINAL.has(base)) throw typeError(`type '${base.name}' is not an acceptable base type`)
    if (closed) throw new NotSimulated(`a class derived from '${closed.name}'`)
  }
  for (const hook of UNHEARD) if (attrs.has(hook)) throw new NotSimulated(`a class with ${hook}`)
  let cls: PyClass
  try {
    cls = new PyClass(name, [...bases], attrs, module)
  } catch (error) {
    if (!(error instanceof NoOrder)) throw error
    throw typeError(`Cannot create a consistent method resolution order (MRO) for bases ${error.message}`)
  }
  if (qualname !== name) attrs.set('__qualname__', qualname)
  for (const value of attrs.values()) own(value, cls)
  const hook = cls.mro
    .slice(1)
    .find(c => c.attrs.has('__init_subclass__'))
    ?.attrs.get('__init_subclass__')
  if (hook !== undefined) {
    const fn = hook instanceof PyFunction ? new PyStatic(hook, true) : hook
    const method = bound(machine, fn, cls, cls)
    const result = invoke(machine, isSteps(method) ? yield* method : method, [], keywords)
    if (isSteps(result)) yield* result
  } else if (keywords.size) throw typeError(`${name}.__init_subclass__() takes no keyword arguments`)
  return cls
}

/** Tells functions whose methods they are, for `super()`. */
function own(value: Value, cls: PyClass): void {
  if (value instanceof PyFunction) value.owner ??= cls
  else if (value instanceof PyStatic) own(value.fn, cls)
  else if (value instanceof PyProperty) for (const fn of [value.getter, value.setter, value.deleter]) own(fn, cls)
}
