/** Arithmetic of integers and floats, with Python's errors. */
import { NotSimulated } from '../syntax/tree.ts'
import { raise } from './errors.ts'
import { int, isInt, PyFloat, type Raised, type Value } from './values.ts'

/** Bits of an integer. More would take longer to work out than anybody waits. */
const MOST_BITS = 4_000_000

export const isNumber = (value: Value): value is number | bigint | boolean | PyFloat =>
  isInt(value) || value instanceof PyFloat

/** @throws OverflowError for an integer that no float holds */
export function toFloat(value: number | bigint | boolean | PyFloat): number {
  if (value instanceof PyFloat) return value.value
  const float = Number(value)
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw raise('OverflowError', 'int too large to convert to float')
  return float
}

type Int = number | bigint

const whole = (value: Int | boolean): Int => (typeof value === 'boolean' ? Number(value) : value)

/** The result of an operator on two numbers; undefined where it is none of theirs. */
export function arithmetic(op: string, left: Value, right: Value): Value | undefined {
  if (isInt(left) && isInt(right)) {
    if (typeof left === 'boolean' && typeof right === 'boolean' && (op === '&' || op === '|' || op === '^'))
      return op === '&' ? left && right : op === '|' ? left || right : left !== right
    return integers(op, whole(left), whole(right))
  }
  if (isNumber(left) && isNumber(right)) return floats(op, toFloat(left), toFloat(right))
  return undefined
}

function integers(op: string, a: Int, b: Int): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = smallIntegers(op, a, b)
    if (quick !== undefined) return quick
  }
  if (op === '/') {
    if (Number(b) === 0) throw raise('ZeroDivisionError', 'division by zero')
    const result = quotient(a, b)
    if (Number.isFinite(result)) return new PyFloat(result)
    throw raise('OverflowError', 'integer division result too large for a float')
  }
  if (op === '**' && b < 0) return floats('**', toFloat(a), toFloat(b))
  const x = BigInt(a)
  const y = BigInt(b)
  switch (op) {
    case '+':
      return int(x + y)
    case '-':
      return int(x - y)
    case '*':
      mayBe(bits(x) + bits(y))
      return int(x * y)
    case '//':
      return int(floorDivide(x, y))
    case '%':
      return int(x - floorDivide(x, y, 'integer modulo by zero') * y)
    case '**':
      mayBe(bits(x) * Number(y))
      return int(x ** y)
    case '<<':
      if (y < 0n) throw raise('ValueError', 'negative shift count')
      mayBe(bits(x) + Number(y))
      return int(x << y)
    case '>>':
      if (y < 0n) throw raise('ValueError', 'negative shift count')
      return int(x >> y)
    case '&':
      return int(x & y)
    case '|':
      return int(x | y)
    case '^':
      return int(x ^ y)
    default:
      return undefined
  }
}

/** Of integers that floats may not hold, the float next to what they come to. */
function quotient(a: Int, b: Int): number {
  if (typeof a === 'number' && typeof b === 'number') return a / b
  const x = BigInt(a)
  const y = BigInt(b)
  // Sixty-six bits of the result, with a last one that says whether there is more, are rounded once.
  const shift = bits(y) - bits(x) + 68
  const [over, under] = shift > 0 ? [x << BigInt(shift), y] : [x, y << BigInt(-shift)]
  const whole = over / under
  const sticky = over % under === 0n ? whole : whole | 1n
  const power = -shift
  return power > -1000 ? Number(sticky) * 2 ** power : Number(sticky) * 2 ** -1000 * 2 ** (power + 1000)
}

function smallIntegers(op: string, a: number, b: number): Value | undefined {
  switch (op) {
    case '+':
      return Number.isSafeInteger(a + b) ? a + b : undefined
    case '-':
      return Number.isSafeInteger(a - b) ? a - b : undefined
    case '*': {
      const product = a * b
      return Number.isSafeInteger(product) ? product || 0 : undefined
    }
    case '%':
      if (b === 0) throw raise('ZeroDivisionError', 'integer modulo by zero')
      return modulo(a, b)
    case '//':
      if (b === 0) throw raise('ZeroDivisionError', 'integer division or modulo by zero')
      return (a - modulo(a, b)) / b || 0
    case '&':
    case '|':
    case '^': {
      if ((a | 0) !== a || (b | 0) !== b) return undefined
      return op === '&' ? a & b : op === '|' ? a | b : a ^ b
    }
    default:
      return undefined
  }
}

const modulo = (a: number, b: number): number => {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest || 0
}

function floorDivide(a: bigint, b: bigint, zero = 'integer division or modulo by zero'): bigint {
  if (b === 0n) throw raise('ZeroDivisionError', zero)
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

export const bits = (n: bigint): number => (n === 0n ? 0 : (n < 0n ? -n : n).toString(16).length * 4)

/** The steps for which others would have had time meanwhile, about as CPython's multiplication grows. */
export const stepsOf = (size: number): number => size ** 1.5 / 1000

/** More steps than this in one operation would take longer than anybody waits. */
const MOST_STEPS = 5_000_000

/** @throws NotSimulated for an operation on integers that takes too long to be worked out at once */
export function mayTake(steps: number, what: string): number {
  if (steps > MOST_STEPS) throw new NotSimulated(`${what} of integers as long as these`)
  return steps
}

/** Steps of Euclid's algorithm on numbers of so many bits. */
export const euclid = (size: number): number => size ** 2 / 2000

function mayBe(size: number): void {
  if (size > MOST_BITS) throw new NotSimulated(`an integer of some ${Math.round(size / 3.32)} digits`)
}

function floats(op: string, a: number, b: number): Value | undefined {
  switch (op) {
    case '+':
      return new PyFloat(a + b)
    case '-':
      return new PyFloat(a - b)
    case '*':
      return new PyFloat(a * b)
    case '/':
      if (b === 0) throw raise('ZeroDivisionError', 'float division by zero')
      return new PyFloat(a / b)
    case '//':
      if (b === 0) throw raise('ZeroDivisionError', 'float floor division by zero')
      return new PyFloat(Math.floor(a / b))
    case '%':
      if (b === 0) throw raise('ZeroDivisionError', 'float modulo')
      return new PyFloat(modulo(a, b))
    case '**': {
      if (a === 0 && b < 0) throw raise('ZeroDivisionError', '0.0 cannot be raised to a negative power')
      if (a < 0 && !Number.isInteger(b)) throw new NotSimulated('complex numbers')
      const power = a ** b
      if (!Number.isFinite(power) && Number.isFinite(a) && Number.isFinite(b))
        throw raise('OverflowError', 34, 'Numerical result out of range')
      return new PyFloat(power)
    }
    default:
      return undefined
  }
}

/** -1, 0, 1; undefined where they cannot be ordered; NaN where one is none. */
export function compareNumbers(a: Value, b: Value): number | undefined {
  const x = a instanceof PyFloat ? a.value : isInt(a) ? whole(a) : undefined
  const y = b instanceof PyFloat ? b.value : isInt(b) ? whole(b) : undefined
  if (x === undefined || y === undefined) return undefined
  return x < y ? -1 : x > y ? 1 : Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : 0
}

/** As `repr` shows a float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 16)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const text = plain(value)
  return text.includes('.') ? text : `${text}.0`
}

/** Without an exponent. */
function plain(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  const [mantissa = '', exponent = '0'] = text.split('e')
  const digits = mantissa.replace(/[-.]/g, '')
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(-Number(exponent) - 1)}${digits}`
}

/** Digits of an integer's text, unless `sys.set_int_max_str_digits` says otherwise. */
export const LONGEST = 4300
/** Of what is shorter than this it is quicker to look at the text than at the bits. */
const SURELY_SHORT = 2n ** 2000n

/** @param most digits that it may have, 0 for any number. @throws ValueError before anything long is worked out */
export function intText(value: number | bigint, most = LONGEST): string {
  if (typeof value === 'number' || (value < SURELY_SHORT && value > -SURELY_SHORT)) return String(value)
  const tooLong = (): Raised =>
    raise(
      'ValueError',
      `Exceeds the limit (${most} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    )
  // Bits are counted in fours, so one digit more than there is may seem to be there.
  if (most && bits(value) > (most + 2) * Math.log2(10)) throw tooLong()
  const text = String(value)
  if (most && text.length - (value < 0n ? 1 : 0) > most) throw tooLong()
  return text
}

/** Half to even, exactly, as Python rounds. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 22) return value
  if (digits >= 0) return Number(fixed(value, digits))
  const unit = 10 ** -digits
  const down = Math.floor(value / unit)
  const rest = value / unit - down
  return (rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down) * unit
}

/** No float has more decimals than this. */
const MOST_DECIMALS = 1074

/** A float with so many decimals, correctly rounded. JavaScript's toFixed rounds a half up, and gives up at 1e21. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value)
  if (digits > MOST_DECIMALS) return fixed(value, MOST_DECIMALS) + '0'.repeat(digits - MOST_DECIMALS)
  const [mantissa, exponent] = exact(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const scaled = mantissa * 10n ** BigInt(digits)
  let rounded = exponent >= 0 ? scaled << BigInt(exponent) : scaled >> BigInt(-exponent)
  if (exponent < 0) {
    const rest = scaled - (rounded << BigInt(-exponent))
    const half = 1n << BigInt(-exponent - 1)
    if (rest > half || (rest === half && rounded % 2n === 1n)) rounded++
  }
  const text = String(rounded).padStart(digits + 1, '0')
  return sign + (digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text)
}

/** The absolute value as an integer times a power of two. */
export function exact(value: number): [bigint, number] {
  let mantissa = Math.abs(value)
  let exponent = 0
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    exponent--
  }
  return [BigInt(mantissa), exponent]
}
