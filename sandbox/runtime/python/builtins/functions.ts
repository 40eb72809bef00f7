/** The functions that every program finds among the built-in names. */

import { deleteAttribute, dictOf, findAttribute, getAttribute, setAttribute } from '../machine/attributes.ts'
import { arity, invoke, isCallable } from '../machine/calls.ts'
import { body } from '../machine/execute.ts'
import { formatOf } from '../machine/formatted.ts'
import { importModule, moduleFrame } from '../machine/imports.ts'
import { lengthOf } from '../machine/length.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { readLine, writeTo } from '../modules/streams.ts'
import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { asciiOnly } from '../objects/show.ts'
import * as types from '../objects/types.ts'
import { isSteps, PyClass, PyFunction, PyModule, plain, Raised, type Steps, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { functions, given, type Natives, textOf } from './define.ts'
import { hashOf } from './hash.ts'
import { ITERATION } from './iteration.ts'
import { NUMBERS } from './numeric.ts'

function isInstanceOf(cls: PyClass, wanted: Value, what: string): boolean {
  if (wanted instanceof PyTuple)
    return wanted.items.some(each => isInstanceOf(cls, each === null ? types.none : each, what))
  if (!(wanted instanceof PyClass)) throw typeError(`${what} must be a type, a tuple of types, or a union`)
  if (cls.is(wanted)) return true
  const hook = wanted.attrs.get('__structural__')
  return hook instanceof PyTuple && hook.items.every(name => cls.find(String(name)) !== undefined)
}

function* print(machine: Machine, args: readonly Value[], keywords: ReadonlyMap<string, Value>): Steps {
  const [separator, end, file, flush] = given('print', [], new Map(keywords), ['*sep?', '*end?', '*file?', '*flush?'])
  const text =
    args
      .map(arg => machine.str(arg))
      .join(separator === undefined || separator === null ? ' ' : textOf(separator, 'sep')) +
    (end === undefined || end === null ? '\n' : textOf(end, 'end'))
  yield* writeTo(machine, file ?? null, text, flush !== undefined && machine.truth(flush))
  return null
}

function names(value: Value): string[] {
  const cls = value instanceof PyClass ? value : types.typeOf(value)
  const own =
    value instanceof PyModule
      ? [...value.attrs.keys()]
      : 'attrs' in (value as object)
        ? [...((value as { attrs?: Map<string, Value> }).attrs?.keys() ?? [])]
        : []
  const shared = value instanceof PyModule ? [] : cls.mro.flatMap(c => [...c.attrs.keys()])
  return [...new Set([...own, ...shared])].filter(name => name !== '__simulated__').sort()
}

/** An attribute where there is one; a class's own `__getattr__` is asked last. */
function softly(machine: Machine, value: Value, name: string): Value | Steps | undefined {
  const found = findAttribute(machine, value, name)
  return found === undefined && types.typeOf(value).find('__getattr__') !== undefined
    ? getAttribute(machine, value, name)
    : found
}

const objects: Natives = {
  print,
  len: (machine, args) => {
    arity('len', args, 1)
    return lengthOf(machine, args[0]!)
  },
  repr: (machine, [value]) => machine.repr(value!),
  ascii: (machine, [value]) => asciiOnly(machine.repr(value!)),
  format: (machine, [value, spec = '']) => formatOf(machine, value!, String(spec)),
  hash: (machine, [value]) => {
    const own = types.typeOf(value!).find('__hash__')
    return own instanceof PyFunction ? invoke(machine, own, [value!], NO_KEYWORDS) : hashOf(machine, plain(value!))
  },
  id: (machine, [value]) => machine.idOf(value!),
  callable: (_, [value]) => isCallable(value!),
  isinstance: (_, [value, cls]) => isInstanceOf(types.typeOf(value!), cls!, 'isinstance() arg 2'),
  issubclass: (_, [value, cls]) => {
    if (!(value instanceof PyClass)) throw typeError('issubclass() arg 1 must be a class')
    return isInstanceOf(value, cls!, 'issubclass() arg 2')
  },
  *getattr(machine, [value, name, fallback]) {
    try {
      const found =
        fallback === undefined ? getAttribute(machine, value!, String(name)) : softly(machine, value!, String(name))
      if (found === undefined) return fallback!
      return isSteps(found) ? yield* found : found
    } catch (error) {
      if (fallback !== undefined && error instanceof Raised && error.exception.cls.name === 'AttributeError')
        return fallback
      throw error
    }
  },
  *hasattr(machine, [value, name]) {
    try {
      const found = softly(machine, value!, String(name))
      if (isSteps(found)) yield* found
      return found !== undefined
    } catch (error) {
      if (error instanceof Raised && error.exception.cls.name === 'AttributeError') return false
      throw error
    }
  },
  *setattr(machine, [value, name, to]) {
    yield* setAttribute(machine, value!, String(name), to!)
    return null
  },
  *delattr(machine, [value, name]) {
    yield* deleteAttribute(machine, value!, String(name))
    return null
  },
  dir: (machine, [value]) =>
    new PyList(value === undefined ? [...(machine.frame?.names.values.keys() ?? [])].sort() : names(value)),
  vars: (machine, [value]) => {
    const attrs = value === undefined ? machine.frame!.names.values : (value as { attrs?: Map<string, Value> }).attrs
    if (!attrs) throw typeError('vars() argument must have __dict__ attribute')
    return dictOf(attrs)
  },
  globals: machine => dictOf(machine.frame!.globals),
  locals: machine => dictOf(machine.frame!.names.values),
  *input(machine, [prompt]) {
    if (prompt !== undefined) yield* writeTo(machine, null, machine.str(prompt), false)
    yield* machine.wait(() => machine.out.flush())
    const line = yield* readLine(machine)
    if (line === '') throw raise('EOFError', 'EOF when reading a line')
    return line.replace(/\n$/, '')
  },
  *eval(machine, [source, globals]) {
    return yield* runText(machine, textOf(source, 'eval() arg 1'), globals, 'expression')
  },
  *exec(machine, [source, globals]) {
    yield* runText(machine, textOf(source, 'exec() arg 1'), globals, 'module')
    return null
  },
  *__import__(machine, [name]) {
    return (yield* importModule(machine, String(name)))[0]
  },
  exit: (_, [code = null]) => {
    throw raise('SystemExit', code)
  },
  quit: (_, [code = null]) => {
    throw raise('SystemExit', code)
  },
  breakpoint: () => {
    throw new NotSimulated('breakpoint()')
  },
  compile: () => {
    throw new NotSimulated('compile()')
  },
  memoryview: () => {
    throw new NotSimulated('memoryview')
  },
  bytearray: () => {
    throw new NotSimulated('bytearray')
  },
  complex: () => {
    throw new NotSimulated('complex numbers')
  },
}

/** `eval` and `exec`: in the globals of whoever calls, or in a dict. */
function* runText(machine: Machine, source: string, given: Value | undefined, as: 'module' | 'expression'): Steps {
  const code = machine.parse(source, '<string>', as)
  const dict = given instanceof PyDict ? given : undefined
  const names = dict
    ? new Map([...dict.entries.values()].map(([key, value]) => [String(key), value]))
    : machine.frame!.globals
  // A function's own names are seen; what is assigned to them is lost, as in CPython.
  const seen =
    dict || machine.frame!.names.values === names ? names : new Map([...names, ...machine.frame!.names.values])
  const frame = moduleFrame(code, seen)
  const result = yield { kind: 'enter', activation: { steps: body(machine, code, frame), frame } }
  if (dict) for (const [key, value] of seen) dict.entries.set(`s${key}`, [key, value])
  return result
}

export const FUNCTIONS: Record<string, Value> = {
  ...functions(ITERATION),
  ...functions(NUMBERS, true),
  ...functions(objects),
}
