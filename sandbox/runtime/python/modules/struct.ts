/** `struct`: numbers and texts as bytes, by a format. */
import { functions, given, intOf, methods, numberOf } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { PyTuple } from '../objects/containers.ts'
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import { DONE, int, isInt, PyBytes, PyClass, PyFloat, PyIterator, PyObject, type Value } from '../objects/values.ts'

const error = new PyClass('error', [errorClass('Exception')], new Map(), 'struct', true)

/** Sizes of the standard formats; native ones are those of 64-bit Linux. */
const STANDARD: Readonly<Record<string, number>> = {
  x: 1,
  c: 1,
  b: 1,
  B: 1,
  '?': 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  e: 2,
  f: 4,
  d: 8,
  s: 1,
  p: 1,
}
const NATIVE: Readonly<Record<string, number>> = { ...STANDARD, l: 8, L: 8, n: 8, N: 8, P: 8 }

interface Field {
  code: string
  count: number
  size: number
  /** Where it begins. */
  at: number
}

interface Layout {
  little: boolean
  native: boolean
  fields: Field[]
  size: number
}

const wrong = (message: string) => raise(error, message)

/** Layouts of formats lately used, as CPython keeps a hundred. */
const known = new Map<string, Layout>()
const MOST_KNOWN = 100

function layoutOf(given: Value | undefined): Layout {
  const text = given instanceof PyBytes ? given.text : given
  if (typeof text !== 'string')
    throw typeError(`Struct() argument 1 must be a str or bytes object, not ${typeOf(given ?? null).name}`)
  const before = known.get(text)
  if (before) return before
  const order = /^[@=<>!]/.test(text) ? text[0]! : '@'
  const native = order === '@'
  const sizes = native ? NATIVE : STANDARD
  const fields: Field[] = []
  let at = 0
  const rest = /^[@=<>!]/.test(text) ? text.slice(1) : text
  for (const [, digits, code] of rest.matchAll(/\s*(\d*)(\D?)/g)) {
    if (!digits && !code?.trim()) continue
    if (!code) throw wrong('repeat count given without format specifier')
    const size = sizes[code]
    if (size === undefined) throw wrong('bad char in struct format')
    const count = digits ? Number(digits) : 1
    if (native && !'sp'.includes(code)) at = Math.ceil(at / size) * size
    fields.push({ code, count, size, at })
    at += size * count
    if (at >= 2 ** 63) throw wrong('total struct size too long')
  }
  const layout = { little: order !== '>' && order !== '!', native, fields, size: at }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, layout)
  return layout
}

/** The numbers a whole-number format holds. */
function bounds(code: string, size: number): [bigint, bigint] {
  const bits = BigInt(size * 8)
  return /[BHILQNP]/.test(code) ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
}

function wholeBytes(value: Value, { code, size }: Field, { little }: Layout): string {
  if (!isInt(value)) throw wrong('required argument is not an integer')
  const number = BigInt(value)
  const [least, most] = bounds(code, size)
  if (number < least || number > most) {
    throw wrong(`'${code}' format requires ${least} <= number <= ${most}`)
  }
  let left = BigInt.asUintN(size * 8, number)
  const bytes: string[] = []
  for (let i = 0; i < size; i++, left >>= 8n) bytes.push(String.fromCharCode(Number(left & 255n)))
  return (little ? bytes : bytes.reverse()).join('')
}

function floatBytes(value: Value, { code, size }: Field, { little, native }: Layout): string {
  if (!isInt(value) && !(value instanceof PyFloat)) throw wrong('required argument is not a float')
  const view = new DataView(new ArrayBuffer(8))
  const number = numberOf(value)
  if (code === 'd') view.setFloat64(0, number, little)
  else if (code === 'f') {
    if (!native && Number.isFinite(number) && !Number.isFinite(Math.fround(number)))
      throw raise('OverflowError', 'float too large to pack with f format')
    view.setFloat32(0, number, little)
  } else view.setUint16(0, halfOf(number), little)
  let text = ''
  for (let i = 0; i < size; i++) text += String.fromCharCode(view.getUint8(i))
  return text
}

/** The bits of a float of 16 bits. */
function halfOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (size === Infinity) return sign | 0x7c00
  const power = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size))
  const scaled = size / 2 ** (power - 10)
  const down = Math.floor(scaled)
  const part = scaled - down
  const mantissa = part > 0.5 || (part === 0.5 && down % 2 === 1) ? down + 1 : down
  const bits = mantissa < 1024 ? mantissa : ((power + 15) << 10) + (mantissa - 1024)
  if (bits >= 0x7c00) throw raise('OverflowError', 'float too large to pack with e format')
  return sign | bits
}

function floatOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const power = (bits >> 10) & 31
  const mantissa = bits & 1023
  if (power === 31) return mantissa ? Number.NaN : sign * Infinity
  return sign * (power ? (1 + mantissa / 1024) * 2 ** (power - 15) : mantissa * 2 ** -24)
}

const expected = ({ fields }: Layout): number =>
  fields.reduce((sum, { code, count }) => sum + (code === 'x' ? 0 : 'sp'.includes(code) ? 1 : count), 0)

function pack(machine: Machine, layout: Layout, values: readonly Value[]): PyBytes {
  const wanted = expected(layout)
  if (wanted !== values.length) throw wrong(`pack expected ${wanted} items for packing (got ${values.length})`)
  machine.allocate(layout.size)
  machine.step(wanted)
  let text = ''
  let next = 0
  for (const field of layout.fields) {
    const { code, count, at } = field
    text = text.padEnd(at, '\0')
    if (code === 'x') text += '\0'.repeat(count)
    else if (code === 's' || code === 'p') {
      const value = values[next++]!
      if (!(value instanceof PyBytes)) throw wrong(`argument for '${code}' must be a bytes object`)
      if (code === 's') text += value.text.slice(0, count).padEnd(count, '\0')
      else {
        const kept = value.text.slice(0, Math.max(0, Math.min(count - 1, 255)))
        text += count ? String.fromCharCode(kept.length) + kept.padEnd(count - 1, '\0') : ''
      }
    } else
      for (let i = 0; i < count; i++) {
        const value = values[next++]!
        if (code === 'c') {
          if (!(value instanceof PyBytes) || value.text.length !== 1)
            throw wrong('char format requires a bytes object of length 1')
          text += value.text
        } else if (code === '?') text += machine.truth(value) ? '\x01' : '\0'
        else text += /[efd]/.test(code) ? floatBytes(value, field, layout) : wholeBytes(value, field, layout)
      }
  }
  return new PyBytes(text)
}

function unpack(machine: Machine, layout: Layout, text: string): PyTuple {
  machine.step(expected(layout))
  const items: Value[] = []
  for (const { code, count, size, at } of layout.fields) {
    if (code === 'x') continue
    if (code === 's') items.push(new PyBytes(text.slice(at, at + count)))
    else if (code === 'p')
      items.push(new PyBytes(text.slice(at + 1, at + 1 + Math.min(text.charCodeAt(at), count - 1))))
    else for (let i = 0; i < count; i++) items.push(one(code, text.slice(at + i * size, at + (i + 1) * size), layout))
  }
  return new PyTuple(items)
}

function one(code: string, bytes: string, { little }: Layout): Value {
  if (code === 'c') return new PyBytes(bytes)
  if (code === '?') return bytes !== '\0'
  const view = new DataView(new ArrayBuffer(8))
  for (let i = 0; i < bytes.length; i++) view.setUint8(i, bytes.charCodeAt(i))
  if (code === 'd') return new PyFloat(view.getFloat64(0, little))
  if (code === 'f') return new PyFloat(view.getFloat32(0, little))
  if (code === 'e') return new PyFloat(floatOfHalf(view.getUint16(0, little)))
  let value = 0n
  for (let i = 0; i < bytes.length; i++)
    value = (value << 8n) | BigInt(bytes.charCodeAt(little ? bytes.length - 1 - i : i))
  return int(/[BHILQNP]/.test(code) ? value : BigInt.asIntN(bytes.length * 8, value))
}

function buffer(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

function unpackAll(machine: Machine, layout: Layout, value: Value | undefined): PyTuple {
  const text = buffer(value)
  if (text.length !== layout.size) throw wrong(`unpack requires a buffer of ${layout.size} bytes`)
  return unpack(machine, layout, text)
}

function unpackFrom(machine: Machine, layout: Layout, value: Value | undefined, offset: Value): PyTuple {
  const text = buffer(value)
  const asked = intOf(offset)
  const from = asked < 0 ? asked + text.length : asked
  if (from < 0) throw wrong(`offset ${asked} out of range for ${text.length}-byte buffer`)
  if (text.length - from < layout.size)
    throw wrong(
      `unpack_from requires a buffer of at least ${from + layout.size} bytes for unpacking ${layout.size} bytes at offset ${from} (actual buffer size is ${text.length})`,
    )
  return unpack(machine, layout, text.slice(from, from + layout.size))
}

function unpackEach(machine: Machine, layout: Layout, value: Value | undefined): PyIterator {
  const text = buffer(value)
  if (!layout.size) throw wrong('cannot iteratively unpack with a struct of length 0')
  if (text.length % layout.size)
    throw wrong(`iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`)
  let at = 0
  return new PyIterator('unpack_iterator', () => {
    if (at >= text.length) return DONE
    at += layout.size
    return unpack(machine, layout, text.slice(at - layout.size, at))
  })
}

const structClass = new PyClass('Struct', [object], new Map(), '_struct', true)
const ofSelf = (self: Value | undefined): Layout => (self as PyObject).data as Layout
methods(structClass, {
  __new__: (_, [of, format]) => {
    const made = new PyObject(of as PyClass)
    const layout = layoutOf(format)
    made.data = layout
    made.attrs!.set('format', format instanceof PyBytes ? format.text : format!)
    made.attrs!.set('size', layout.size)
    return made
  },
  __init__: () => null,
  pack: (machine, [self, ...values]) => pack(machine, ofSelf(self), values),
  unpack: (machine, [self, data]) => unpackAll(machine, ofSelf(self), data),
  unpack_from: (machine, [self, ...args], keywords) => {
    const [data, offset = 0] = given('unpack_from', args, keywords, ['buffer', 'offset?'])
    return unpackFrom(machine, ofSelf(self), data, offset)
  },
  iter_unpack: (machine, [self, data]) => unpackEach(machine, ofSelf(self), data),
})

export const struct = (): Record<string, Value> => ({
  error,
  Struct: structClass,
  ...functions({
    pack: (machine, [format, ...values]) => {
      if (format === undefined) throw typeError('missing format argument')
      return pack(machine, layoutOf(format), values)
    },
    unpack: (machine, [format, data]) => unpackAll(machine, layoutOf(format), data),
    unpack_from: (machine, [format, ...args], keywords) => {
      const [data, offset = 0] = given('unpack_from', args, keywords, ['buffer', 'offset?'])
      return unpackFrom(machine, layoutOf(format), data, offset)
    },
    iter_unpack: (machine, [format, data]) => unpackEach(machine, layoutOf(format), data),
    calcsize: (_, [format]) => layoutOf(format).size,
  }),
})
