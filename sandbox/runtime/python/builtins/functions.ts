/** The functions that every program finds among the built-in names. */

import { deleteAttribute, dictOf, findAttribute, getAttribute, setAttribute } from '../machine/attributes.ts'
import { arity, invoke, isCallable } from '../machine/calls.ts'
import { body } from '../machine/execute.ts'
import { formatOf } from '../machine/formatted.ts'
import { importModule, moduleFrame } from '../machine/imports.ts'
import { breathe, collect, each, iterate, nextOf } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { operate } from '../machine/operate.ts'
import { readLine, writeTo } from '../modules/streams.ts'
import { raise, typeError } from '../objects/errors.ts'
import { arithmetic } from '../objects/numbers.ts'
import * as types from '../objects/types.ts'
import {
  DONE,
  type Done,
  int,
  isInt,
  isSteps,
  type Native,
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyIterator,
  PyList,
  PyModule,
  PyTuple,
  plain,
  Raised,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { sorted } from './containers.ts'
import { functions, given, intOf, type Natives, textOf, valueError } from './define.ts'
import { hashOf, round } from './values.ts'

export function isInstanceOf(cls: PyClass, wanted: Value, what: string): boolean {
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

/** `min` and `max`. */
const extreme = (name: 'min' | 'max'): Native =>
  function* (machine, args, keywords) {
    const [key, fallback] = given(name, [], keywords, ['*key?', '*default?'])
    let best: Value | undefined
    let weight: Value = null
    const compare = (item: Value, next: Value): void => {
      if (best === undefined || (name === 'min' ? machine.less(next, weight) : machine.less(weight, next)))
        [best, weight] = [item, next]
    }
    const weigh = function* (item: Value): Steps<void> {
      compare(item, yield* call(machine, key!, [item]))
    }
    const plain = key === undefined || key === null
    yield* each(machine, args.length === 1 ? args[0]! : new PyTuple(args), item =>
      plain ? compare(item, item) : weigh(item),
    )
    if (best !== undefined) return best
    if (fallback !== undefined) return fallback
    throw args.length
      ? valueError(`${name}() iterable argument is empty`)
      : typeError(`${name} expected at least 1 argument, got 0`)
  }

function* started(machine: Machine, value: Value): Steps {
  const made = iterate(machine, value)
  return isSteps(made) ? yield* made : made
}

const lazily = (kind: string, next: (machine: Machine) => Steps<Value | Done>): PyIterator => new PyIterator(kind, next)

function* step(machine: Machine, iterator: Value): Steps<Value | Done> {
  const result = nextOf(machine, iterator)
  return isSteps(result) ? yield* result : result
}

function* call(machine: Machine, fn: Value, args: Value[]): Steps {
  const result = invoke(machine, fn, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

const iteration: Natives = {
  *iter(machine, [value, sentinel]) {
    if (sentinel === undefined) return yield* started(machine, value!)
    return lazily('callable_iterator', function* () {
      const next = yield* call(machine, value!, [])
      return machine.equal(next, sentinel) ? DONE : next
    })
  },
  *next(machine, [iterator, fallback]) {
    const next = yield* step(machine, iterator!)
    if (next !== DONE) return next as Value
    if (fallback !== undefined) return fallback
    const result = iterator instanceof PyGenerator ? iterator.result : null
    throw raise('StopIteration', ...(result === null ? [] : [result]))
  },
  *enumerate(machine, args, keywords) {
    const [items, start] = given('enumerate', args, keywords, ['iterable', 'start?'])
    const iterator = yield* started(machine, items!)
    let at = start === undefined ? 0 : intOf(start)
    return lazily('enumerate', function* () {
      const next = yield* step(machine, iterator)
      return next === DONE ? DONE : new PyTuple([at++, next as Value])
    })
  },
  *zip(machine, args, keywords) {
    const [strict] = given('zip', [], keywords, ['*strict?'])
    const iterators: Value[] = []
    for (const arg of args) iterators.push(yield* started(machine, arg))
    return lazily('zip', function* () {
      const row: Value[] = []
      for (const [i, iterator] of iterators.entries()) {
        const next = yield* step(machine, iterator)
        if (next !== DONE) row.push(next as Value)
        else if (i && strict === true)
          throw valueError(`zip() argument ${i + 1} is shorter than argument${i === 1 ? ' 1' : `s 1-${i}`}`)
        else return DONE
      }
      return row.length ? new PyTuple(row) : DONE
    })
  },
  *map(machine, [fn, ...sources]) {
    const iterators: Value[] = []
    for (const source of sources) iterators.push(yield* started(machine, source))
    return lazily('map', function* () {
      const row: Value[] = []
      for (const iterator of iterators) {
        const next = yield* step(machine, iterator)
        if (next === DONE) return DONE
        row.push(next as Value)
      }
      return yield* call(machine, fn!, row)
    })
  },
  *filter(machine, [fn, source]) {
    const iterator = yield* started(machine, source!)
    return lazily('filter', function* () {
      for (;;) {
        if (machine.step()) yield* breathe(machine)
        const next = yield* step(machine, iterator)
        if (next === DONE || machine.truth(fn === null ? (next as Value) : yield* call(machine, fn!, [next as Value])))
          return next
      }
    })
  },
  *reversed(machine, [value]) {
    const own = types.typeOf(value!).find('__reversed__')
    if (own !== undefined) return yield* call(machine, own, [value!])
    if (types.typeOf(value!) === types.set || value instanceof PyGenerator)
      throw typeError(`'${types.typeOf(value!).name}' object is not reversible`)
    const items = [...(yield* collect(machine, value!))].reverse()
    let at = 0
    return new PyIterator('reversed', () => (at < items.length ? items[at++]! : DONE))
  },
  *sorted(machine, [items], keywords) {
    return new PyList(yield* sorted(machine, yield* collect(machine, items!), keywords))
  },
  *sum(machine, args, keywords) {
    const [items, start = 0] = given('sum', args, keywords, ['iterable', 'start?'])
    if (typeof start === 'string') throw typeError("sum() can't sum strings [use ''.join(seq) instead]")
    let total: Value = start
    const later = function* (steps: Steps): Steps<void> {
      total = yield* steps
    }
    yield* each(machine, items!, item => {
      const result: Value | Steps = arithmetic('+', total, item) ?? operate(machine, '+', total, item)
      if (isSteps(result)) return later(result)
      total = result
      return true
    })
    return total
  },
  *any(machine, [items]) {
    let found = false
    yield* each(machine, items!, item => !(found = machine.truth(item)))
    return found
  },
  *all(machine, [items]) {
    let all = true
    yield* each(machine, items!, item => (all = machine.truth(item)))
    return all
  },
  min: extreme('min'),
  max: extreme('max'),
}

const numbers: Natives = {
  abs: (machine, [value]) => {
    if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value))
    if (value !== undefined && isInt(value))
      return Number(value) < 0 ? int(-BigInt(value)) : typeof value === 'boolean' ? Number(value) : value
    const own = types.typeOf(value!).find('__abs__')
    if (own !== undefined) return invoke(machine, own, [value!], NO_KEYWORDS)
    throw typeError(`bad operand type for abs(): '${types.typeOf(value!).name}'`)
  },
  *divmod(machine, [a, b]) {
    const own = types.typeOf(a!).find('__divmod__')
    const results: Value[] = []
    if (own !== undefined) {
      const result = invoke(machine, own, [a!, b!], NO_KEYWORDS)
      return isSteps(result) ? yield* result : result
    }
    for (const op of ['//', '%']) {
      const result = operate(machine, op, a!, b!)
      results.push(isSteps(result) ? yield* result : result)
    }
    return new PyTuple(results)
  },
  *pow(machine, [a, b, modulus]) {
    if (modulus !== undefined && modulus !== null) {
      return int(powerModulo(a!, b!, modulus))
    }
    const result = operate(machine, '**', a!, b!)
    return isSteps(result) ? yield* result : result
  },
  round,
  bin: (_, [value]) => based(value!, 2, '0b'),
  oct: (_, [value]) => based(value!, 8, '0o'),
  hex: (_, [value]) => based(value!, 16, '0x'),
  chr: (_, [value]) => {
    const code = intOf(value!)
    if (code < 0 || code > 0x10ffff) throw valueError('chr() arg not in range(0x110000)')
    return String.fromCodePoint(code)
  },
  ord: (_, [value]) => {
    const letters = typeof value === 'string' ? [...value] : []
    if (letters.length !== 1)
      throw typeError(
        typeof value === 'string'
          ? `ord() expected a character, but string of length ${letters.length} found`
          : `ord() expected string of length 1, but ${types.typeOf(value!).name} found`,
      )
    return letters[0]!.codePointAt(0)!
  },
}

function based(value: Value, radix: number, prefix: string): string {
  if (!isInt(value)) throw typeError(`'${types.typeOf(value).name}' object cannot be interpreted as an integer`)
  const n = BigInt(value)
  return `${n < 0n ? '-' : ''}${prefix}${(n < 0n ? -n : n).toString(radix)}`
}

function lengthOf(machine: Machine, value: Value): Value | Steps {
  const own =
    types.typeOf(value).find('__len__') ?? (value instanceof PyClass ? value.find('__class_len__') : undefined)
  if (own === undefined) throw typeError(`object of type '${types.typeOf(value).name}' has no len()`)
  return invoke(machine, own, [value], NO_KEYWORDS)
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
  ascii: (machine, [value]) =>
    machine.repr(value!).replace(
      /[^\x00-\x7f]/gu,
      c =>
        `\\${c.codePointAt(0)! > 0xff ? 'u' : 'x'}${c
          .codePointAt(0)!
          .toString(16)
          .padStart(c.codePointAt(0)! > 0xff ? 4 : 2, '0')}`,
    ),
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

/** `pow(a, b, m)`. The result has the sign of the modulus. */
function powerModulo(a: Value, b: Value, m: Value): bigint {
  if (!isInt(a) || !isInt(b) || !isInt(m))
    throw typeError('pow() 3rd argument not allowed unless all arguments are integers')
  const modulus = BigInt(m)
  if (modulus === 0n) throw valueError('pow() 3rd argument cannot be 0')
  let exponent = BigInt(b)
  let base = BigInt(a) % modulus
  if (exponent < 0n) {
    base = inverse(base, modulus)
    exponent = -exponent
  }
  let result = 1n % modulus
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return result !== 0n && result < 0n !== modulus < 0n ? result + modulus : result
}

/** By Euclid's algorithm. */
function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next, x, nextX] = [modulus, a, 0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next, x, nextX] = [next, r - quotient * next, nextX, x - quotient * nextX]
  }
  if (r !== 1n && r !== -1n) throw valueError('base is not invertible for the given modulus')
  return x * r
}

export const FUNCTIONS: Record<string, Value> = {
  ...functions(iteration),
  ...functions(numbers, true),
  ...functions(objects),
}
