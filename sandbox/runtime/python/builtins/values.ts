/** How values of the built-in classes are made, and the methods of numbers, functions and errors. */

import { setPlain } from '../machine/attributes.ts'
import { invoke } from '../machine/calls.ts'
import { build } from '../machine/classes.ts'
import { collect } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { outOf } from '../machine/threads.ts'
import { decode, encode } from '../objects/codecs.ts'
import { PyDict, PyList, PyRange, PySet, PySlice, PyTuple } from '../objects/containers.ts'
import { BaseException, classOfErrno, raise, typeError } from '../objects/errors.ts'
import { exact, floatText, isNumber, roundHalfEven, toFloat } from '../objects/numbers.ts'
import * as types from '../objects/types.ts'
import {
  type Instance,
  int,
  isInt,
  isSteps,
  type Native,
  PyBuiltin,
  PyBytes,
  PyClass,
  PyException,
  PyFloat,
  PyObject,
  PyProperty,
  PyScalar,
  PyStatic,
  PySuper,
  plain,
  type Scalar,
  type Steps,
  type Value,
} from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { given, intOf, methods, numberOf, valueError } from './define.ts'
import { addAll } from './members.ts'

const cls = (value: Value | undefined): PyClass => value as PyClass

/** Digits of other scripts as ours. */
const decimal = (text: string): string =>
  /^[\0-\x7f]*$/.test(text) ? text : text.replace(/\p{Nd}/gu, c => String(digitOf(c.codePointAt(0)!)))

/** Digits of a script stand side by side: zero is where the row begins. */
function digitOf(code: number): number {
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return code - zero
}

/** The text of a whole number, of any base. */
function parseInt_(machine: Machine, text: string, base: number): number | bigint {
  const wrong = () => valueError(`invalid literal for int() with base ${base}: ${machine.repr(text)}`)
  if (base !== 0 && (base < 2 || base > 36)) throw valueError('int() base must be >= 2 and <= 36, or 0')
  const [, sign = '', prefix, digits = ''] = /^\s*([-+]?)(?:0([xXoObB]))?([\p{Nd}a-zA-Z_]*)\s*$/u.exec(text) ?? []
  const meant = prefix ? { x: 16, o: 8, b: 2 }[prefix.toLowerCase()] : undefined
  const isPrefix = meant !== undefined && (base === 0 || base === meant)
  const radix = isPrefix ? meant! : base || 10
  const body = decimal(isPrefix ? digits.replace(/^_/, '') : prefix ? `0${prefix}${digits}` : digits)
  if (!body || /^_|_$|__/.test(body) || (base === 0 && !isPrefix && /^0+[1-9_]/.test(body.replace(/_/g, ''))))
    throw wrong()
  let value = 0n
  const plain = body.replaceAll('_', '').toLowerCase()
  for (const c of plain) if (!(Number.parseInt(c, 36) < radix)) throw wrong()
  const prefixed = { 2: '0b', 8: '0o', 16: '0x' }[radix]
  if (prefixed) value = BigInt(prefixed + plain)
  else {
    // The limit is for all bases that are no powers of two.
    if (radix !== 4 && radix !== 32 && machine.mostDigits && plain.length > machine.mostDigits)
      throw valueError(
        `Exceeds the limit (${machine.mostDigits} digits) for integer string conversion: value has ${plain.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
      )
    value = radix === 10 ? BigInt(plain) : fromDigits(plain, radix)
  }
  return int(sign === '-' ? -value : value)
}

/** Digits by halves, so that long numbers meet numbers of their own length only. */
function fromDigits(digits: string, radix: number): bigint {
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, radix))
  const half = digits.length >> 1
  const low = digits.slice(half)
  return fromDigits(digits.slice(0, half), radix) * BigInt(radix) ** BigInt(low.length) + fromDigits(low, radix)
}

function* makeInt(machine: Machine, [, value = 0, base]: readonly Value[]): Steps {
  if (base !== undefined || typeof value === 'string') {
    if (typeof value !== 'string') throw typeError("int() can't convert non-string with explicit base")
    return parseInt_(machine, value, base === undefined ? 10 : intOf(base))
  }
  if (value instanceof PyBytes) return parseInt_(machine, value.text, 10)
  if (typeof value === 'boolean') return Number(value)
  if (isInt(value)) return value
  if (value instanceof PyFloat) {
    if (Number.isNaN(value.value)) throw valueError('cannot convert float NaN to integer')
    if (!Number.isFinite(value.value)) throw raise('OverflowError', 'cannot convert float infinity to integer')
    return int(BigInt(Math.trunc(value.value)))
  }
  const own = types.typeOf(value).find('__int__')
  if (own === undefined)
    throw typeError(
      `int() argument must be a string, a bytes-like object or a real number, not '${types.typeOf(value).name}'`,
    )
  const result = invoke(machine, own, [value], NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

function* makeFloat(machine: Machine, [, value = 0]: readonly Value[]): Steps {
  if (isNumber(value)) return new PyFloat(toFloat(value))
  if (typeof value === 'string') {
    const text = value.trim().toLowerCase()
    const special = /^([-+]?)(inf|infinity|nan)$/.exec(text)
    if (special) return new PyFloat(special[2] === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity)
    if (!/^[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?$/.test(text))
      throw valueError(`could not convert string to float: ${machine.repr(value)}`)
    return new PyFloat(Number(text.replaceAll('_', '')))
  }
  const own = types.typeOf(value).find('__float__')
  if (own === undefined)
    throw typeError(`float() argument must be a string or a real number, not '${types.typeOf(value).name}'`)
  const result = invoke(machine, own, [value], NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

function* makeBytes(machine: Machine, [, value, encoding]: readonly Value[]): Steps {
  if (value === undefined) return new PyBytes('')
  if (typeof value === 'string') {
    if (encoding === undefined) throw typeError('string argument without an encoding')
    return encode(value, encoding)
  }
  if (value instanceof PyBytes) return value
  if (isInt(value)) {
    machine.allocate(Number(value))
    return new PyBytes('\0'.repeat(Number(value)))
  }
  return new PyBytes(yield* collectBytes(machine, value))
}

/** Numbers of an iterable as bytes. */
function* collectBytes(machine: Machine, value: Value): Steps<string> {
  const items = yield* collect(machine, value)
  return items
    .map(item => {
      const byte = intOf(item)
      if (byte < 0 || byte > 255) throw valueError('bytes must be in range(0, 256)')
      return String.fromCharCode(byte)
    })
    .join('')
}

function isLittle(order: Value): boolean {
  if (order !== 'little' && order !== 'big') throw valueError("byteorder must be either 'little' or 'big'")
  return order === 'little'
}

/** A number or a text, of the class that is asked for. */
const ofClass = (make: (machine: Machine, args: readonly Value[]) => Value | Steps): Native =>
  function* (machine, [of, ...args]) {
    const value = yield* outOf(make(machine, [of!, ...(of === types.str ? args : args.map(plain))]))
    return cls(of).builtin ? value : new PyScalar(cls(of), value as Scalar)
  }

export function installMakers(): void {
  types.object.attrs.set('__new__', new PyBuiltin('object', (_, [of]) => new PyObject(cls(of))))
  methods(types.object, {
    __setattr__: (_, [self, name, value]) => {
      setPlain(self as Instance, String(name), value!)
      return null
    },
  })
  methods(types.int, {
    __new__(machine, [of, ...args], keywords) {
      for (const name of keywords.keys())
        if (name !== 'base') throw typeError(`int() got an unexpected keyword argument '${name}'`)
      const base = keywords.get('base')
      if (base !== undefined && !args.length) throw typeError('int() missing string argument')
      return ofClass(makeInt)(machine, base === undefined ? [of!, ...args] : [of!, args[0]!, base], NO_KEYWORDS)
    },
  })
  methods(types.float, { __new__: ofClass(makeFloat) })
  methods(types.bool, { __new__: (machine, [, value = false]) => machine.truth(value) })
  methods(types.bytes, { __new__: ofClass(makeBytes) })
  methods(types.str, {
    __new__: ofClass((machine, [, value, encoding]) => {
      if (value === undefined) return ''
      return encoding !== undefined && value instanceof PyBytes ? decode(value.text, encoding) : machine.str(value)
    }),
  })
  methods(types.list, { __new__: (_, [of]) => new PyList([], cls(of)) })
  methods(types.dict, { __new__: (_, [of]) => new PyDict(cls(of)) })
  methods(types.set, { __new__: (_, [of]) => new PySet(cls(of)) })
  methods(types.frozenset, {
    *__new__(machine, [of, items]) {
      const all = new PySet(cls(of))
      return items === undefined ? all : yield* addAll(machine, all, items)
    },
  })
  methods(types.tuple, {
    *__new__(machine, [of, items]) {
      return new PyTuple(items === undefined ? [] : [...(yield* collect(machine, items))], cls(of))
    },
  })
  methods(types.range, {
    __new__: (_, [, a, b, c]) => {
      if (a === undefined) throw typeError('range expected at least 1 argument, got 0')
      const step = c === undefined ? 1 : intOf(c)
      if (step === 0) throw valueError('range() arg 3 must not be zero')
      return b === undefined ? new PyRange(0, intOf(a), 1) : new PyRange(intOf(a), intOf(b), step)
    },
  })
  methods(types.slice, {
    __new__: (_, [, a = null, b, c = null]) => (b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c)),
  })
  methods(types.property, {
    __new__: (_, args, keywords) => {
      const [getter = null, setter = null, deleter = null] = given('property', args.slice(1), keywords, [
        'fget?',
        'fset?',
        'fdel?',
        'doc?',
      ])
      return new PyProperty(getter, setter, deleter)
    },
    setter: (_, [self, fn]) => new PyProperty((self as PyProperty).getter, fn!, (self as PyProperty).deleter),
    getter: (_, [self, fn]) => new PyProperty(fn!, (self as PyProperty).setter, (self as PyProperty).deleter),
    deleter: (_, [self, fn]) => new PyProperty((self as PyProperty).getter, (self as PyProperty).setter, fn!),
  })
  methods(types.staticmethod, { __new__: (_, [, fn = null]) => new PyStatic(fn, false) })
  methods(types.classmethod, { __new__: (_, [, fn = null]) => new PyStatic(fn, true) })
  methods(types.superType, {
    __new__: (_, [, owner, self]) => {
      if (!(owner instanceof PyClass) || self === undefined) throw new NotSimulated('super() with such arguments')
      return new PySuper(owner, self)
    },
  })
  methods(types.type, {
    *__new__(machine, [, name, bases, attrs]) {
      const names = new Map([...(attrs as PyDict).entries.values()].map(([key, value]) => [String(key), value]))
      const module = String(machine.frame?.globals.get('__name__') ?? 'builtins')
      return yield* build(machine, String(name), [...(bases as PyTuple).items] as PyClass[], names, {
        module,
        qualname: String(name),
        keywords: new Map(),
      })
    },
  })
  methods(BaseException, {
    __new__: (_, [of, ...args], keywords) => {
      const made = cls(of)
      const number = args[0]
      const better =
        made.name === 'OSError' && isInt(number ?? null) && args.length > 1 ? classOfErrno(Number(number)) : undefined
      const exception = new PyException(better ?? made, args)
      if (made.mro.some(c => c.name === 'OSError') && args.length > 2 && made.builtin) {
        exception.args = args.slice(0, 2)
        exception.attrs!.set('filename', args[2]!)
      }
      if (keywords.size && made.builtin && !made.mro.some(c => c.name === 'ImportError'))
        throw typeError(`${made.name}() takes no keyword arguments`)
      return exception
    },
    __init__: (_, [self, ...args]) => {
      const exception = self as PyException
      if (!exception.cls.builtin) exception.args = args
      return null
    },
    with_traceback: (_, [self]) => self!,
    add_note: (_, [self, note]) => {
      if (typeof note !== 'string') throw typeError(`note must be a str, not '${types.typeOf(note ?? null).name}'`)
      const { attrs } = self as PyException
      const notes = attrs!.get('__notes__')
      if (notes instanceof PyList) notes.items.push(note)
      else attrs!.set('__notes__', new PyList([note]))
      return null
    },
  })
}

export function installValues(): void {
  methods(types.int, {
    bit_length: (_, [self]) =>
      BigInt(self as number)
        .toString(2)
        .replace('-', '')
        .replace(/^0$/, '').length,
    bit_count: (_, [self]) =>
      BigInt(self as number)
        .toString(2)
        .replaceAll(/[-0]/g, '').length,
    to_bytes: (_, args, keywords) => {
      const [self, length = 1, order = 'big', signed = false] = given('to_bytes', args, keywords, [
        'self',
        'length?',
        'byteorder?',
        '*signed?',
      ])
      const size = intOf(length)
      if (size < 0) throw valueError('length argument must be non-negative')
      const little = isLittle(order)
      const number = BigInt(self as number)
      if (number < 0n && signed !== true) throw raise('OverflowError', "can't convert negative int to unsigned")
      const bits = BigInt(size * 8 - (signed === true ? 1 : 0))
      if (size * 8 < 2 ** 30 && (number >= 1n << bits || number < -(1n << bits)))
        throw raise('OverflowError', 'int too big to convert')
      const bytes =
        BigInt.asUintN(size * 8, number)
          .toString(16)
          .padStart(size * 2, '0')
          .slice(-size * 2 || Number.POSITIVE_INFINITY)
          .match(/../g)
          ?.map(hex => String.fromCharCode(Number.parseInt(hex, 16))) ?? []
      return new PyBytes((little ? bytes.reverse() : bytes).join(''))
    },
    conjugate: (_, [self]) => self!,
    is_integer: () => true,
    as_integer_ratio: (_, [self]) => new PyTuple([typeof self === 'boolean' ? Number(self) : self!, 1]),
    __index__: (_, [self]) => self!,
    __int__: (_, [self]) => self!,
  })
  types.int.attrs.set(
    'from_bytes',
    new PyBuiltin('from_bytes', function* (machine, args, keywords): Steps {
      const [bytes, order = 'big', signed = false] = given('from_bytes', args, keywords, [
        'bytes',
        'byteorder?',
        '*signed?',
      ])
      const little = isLittle(order)
      const text = bytes instanceof PyBytes ? bytes.text : yield* collectBytes(machine, bytes!)
      const hex = Array.from(text, c => c.charCodeAt(0).toString(16).padStart(2, '0'))
      const value = BigInt(`0x0${(little ? hex.reverse() : hex).join('')}`)
      return int(signed === true ? BigInt.asIntN(text.length * 8, value) : value)
    }),
  )
  methods(types.float, {
    is_integer: (_, [self]) => Number.isInteger(numberOf(self!)),
    hex: (_, [self]) => hexOfFloat(numberOf(self!)),
    as_integer_ratio: (_, [self]) => {
      const value = numberOf(self!)
      if (!Number.isFinite(value))
        throw Number.isNaN(value)
          ? valueError('cannot convert NaN to integer ratio')
          : raise('OverflowError', 'cannot convert Infinity to integer ratio')
      const [mantissa, exponent] = exact(value)
      return new PyTuple([int(value < 0 ? -mantissa : mantissa), int(2n ** BigInt(-exponent))])
    },
    conjugate: (_, [self]) => self!,
  })
  methods(types.fn, {
    __call__: (machine, [self, ...args], keywords) => invoke(machine, self!, args, keywords),
  })
}

/** As C prints a float in hexadecimal. */
function hexOfFloat(value: number): string {
  if (!Number.isFinite(value)) return floatText(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (value === 0) return `${sign}0x0.0p+0`
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const power = Number(bits >> 52n)
  const fraction = (bits & (2n ** 52n - 1n)).toString(16).padStart(13, '0')
  const exponent = power ? power - 1023 : -1022
  return `${sign}0x${power ? 1 : 0}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

export function* round(machine: Machine, args: readonly Value[]): Steps {
  const [value = null, digits = null] = args
  if (isInt(value)) {
    if (digits === null || intOf(digits) >= 0) return typeof value === 'boolean' ? Number(value) : value
    return roundHalfEven(Number(value), intOf(digits))
  }
  if (!(value instanceof PyFloat)) {
    const own = types.typeOf(value).find('__round__')
    if (own === undefined) throw typeError(`type ${types.typeOf(value).name} doesn't define __round__ method`)
    const result = invoke(machine, own, [value, ...(digits === null ? [] : [digits])], NO_KEYWORDS)
    return isSteps(result) ? yield* result : result
  }
  if (digits !== null) return new PyFloat(roundHalfEven(value.value, intOf(digits)))
  if (!Number.isFinite(value.value))
    throw Number.isNaN(value.value)
      ? valueError('cannot convert float NaN to integer')
      : raise('OverflowError', 'cannot convert float infinity to integer')
  return int(BigInt(roundHalfEven(value.value, 0)))
}
