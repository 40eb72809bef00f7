/**
 * Quantities of resources (500m, 1.5Gi, 2e3) as exact numbers, written back the way apimachinery's resource.Quantity
 * writes them: in canonical form, except where it keeps the client's own spelling.
 */

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

export interface Quantity {
  /** The amount in billionths, the smallest unit there is. */
  readonly nano: bigint
  readonly format: QuantityFormat
  /** As the API prints it. */
  readonly text: string
}

const QUANTITY_PATTERN = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'

export class QuantityError extends Error {}
const WRONG_FORMAT = `quantities must match the regular expression '${QUANTITY_PATTERN}'`
const WRONG_SUFFIX = "unable to parse quantity's suffix"

const NANO = 1_000_000_000n
const DECIMAL = new Map(['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((s, i) => [s, (i - 3) * 3]))
const BINARY = new Map(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((s, i) => [s, (i + 1) * 10]))
const DECIMAL_SUFFIX = [...DECIMAL.keys()]
const BINARY_SUFFIX = ['', ...BINARY.keys()]
const MAX = (1n << 63n) - 1n
/** An exponent beyond this is no amount of anything, only a way to exhaust memory. */
const MAX_EXPONENT = 400

const GRAMMAR = /^([+-]?)0*(?!0)(\d*)(?:\.(\d*))?((?:(?:[eEinumkKMGTP]+[-+]?|[-+])\d*)?)$/

interface Unit {
  exponent: number
  format: QuantityFormat
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = DECIMAL.get(suffix)
  if (decimal !== undefined) return { exponent: decimal, format: 'DecimalSI' }
  const binary = BINARY.get(suffix)
  if (binary !== undefined) return { exponent: binary, format: 'BinarySI' }
  if (!/^[eE][-+]?\d+$/.test(suffix)) return undefined
  const exponent = Number(suffix.slice(1))
  return Math.abs(exponent) > MAX_EXPONENT ? undefined : { exponent, format: 'DecimalExponent' }
}

/** @throws QuantityError with apimachinery's words */
export function parseQuantity(input: string | number): Quantity {
  const source = String(input).trim()
  const cached = parsed.get(source)
  if (cached) return cached
  const quantity = parse(source)
  if (parsed.size > 1000) parsed.clear()
  parsed.set(source, quantity)
  return quantity
}
/** A pure function's memory: the same few amounts are read again and again. */
const parsed = new Map<string, Quantity>()

function parse(source: string): Quantity {
  if (source === '') throw new QuantityError(WRONG_FORMAT)
  const match = GRAMMAR.exec(source)
  if (!match) throw new QuantityError(WRONG_FORMAT)
  const [, sign, whole, fraction = '', suffix] = match
  const unit = unitOf(suffix!)
  if (!unit) throw new QuantityError(WRONG_SUFFIX)
  const digits = (whole || '0') + fraction
  let nano = scaleUp(BigInt(digits), unit, fraction.length)
  let { format } = unit
  if (format === 'BinarySI' && nano > MAX * NANO) nano = MAX * NANO
  if (format === 'BinarySI' && nano > 0n && nano < NANO) format = 'DecimalSI'
  if (sign === '-') nano = -nano
  return { nano, format, text: keepsSpelling(source, digits, fraction, unit) ? source : formatQuantity(nano, format) }
}

/** digits × unit ÷ 10^places in billionths; what is smaller than one of them is rounded away from zero. */
function scaleUp(digits: bigint, { exponent, format }: Unit, places: number): bigint {
  if (format === 'BinarySI') return ceilDivide((digits << BigInt(exponent)) * NANO, 10n ** BigInt(places))
  const shift = exponent + 9 - places
  return shift >= 0 ? digits * 10n ** BigInt(shift) : ceilDivide(digits, 10n ** BigInt(-shift))
}

/** Where Kubernetes takes a number for canonical at a glance, it is printed as it was written, even "1.500". */
function keepsSpelling(source: string, digits: string, fraction: string, { exponent, format }: Unit): boolean {
  if (source === '0') return true
  if (digits.length > 18) return false
  if (format === 'BinarySI') {
    const precision = 15 - (digits.length - fraction.length) - Math.floor((exponent * 3) / 10) - 1
    return !fraction && precision >= 0 && (BigInt(digits) & 7n) !== 0n
  }
  const scale = exponent - fraction.length
  return scale >= -9 && scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0'
}

const ceilDivide = (a: bigint, b: bigint): bigint => (a % b === 0n ? a / b : a / b + 1n)

/** The canonical spelling: no fraction, the largest suffix that loses nothing. */
export function formatQuantity(nano: bigint, format: QuantityFormat): string {
  if (nano === 0n) return '0'
  const kibi = 1024n * NANO
  if (format === 'BinarySI' && (nano >= kibi || nano <= -kibi) && nano % NANO === 0n) {
    let value = nano / NANO
    let power = 0
    while (value % 1024n === 0n && power < 6) {
      value /= 1024n
      power++
    }
    return `${value}${BINARY_SUFFIX[power]}`
  }
  let value = nano
  let exponent = -9
  while (value % 1000n === 0n && (format === 'DecimalExponent' || exponent < 18)) {
    value /= 1000n
    exponent += 3
  }
  if (format === 'DecimalExponent') return exponent ? `${value}e${exponent}` : `${value}`
  return `${value}${DECIMAL_SUFFIX[exponent / 3 + 3]}`
}

export const makeQuantity = (nano: bigint, format: QuantityFormat): Quantity => ({
  nano,
  format,
  text: formatQuantity(nano, format),
})

export const compareQuantities = (a: string | number, b: string | number): number => {
  const x = parseQuantity(a).nano
  const y = parseQuantity(b).nano
  return x < y ? -1 : x > y ? 1 : 0
}

/** The sum keeps the first one's format, as Quantity.Add does, unless the first is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return makeQuantity(a.nano + b.nano, a.nano === 0n ? b.format : a.format)
}

/** As Quantity.RoundUp to thousandths, which every resource list goes through. */
export function roundUpToMilli(q: Quantity): Quantity {
  const milli = 1_000_000n
  if (q.nano % milli === 0n) return q
  return makeQuantity((q.nano > 0n ? ceilDivide(q.nano, milli) : q.nano / milli) * milli, q.format)
}

/** Whole units, rounded up, as Quantity.Value: bytes of memory, CPUs, items. */
export const quantityValue = (text: string | number): number => {
  const { nano } = parseQuantity(text)
  return Number(nano > 0n ? ceilDivide(nano, NANO) : nano / NANO)
}

/** Thousandths, rounded up, as Quantity.MilliValue: millicores. */
export const quantityMilliValue = (text: string | number): number => {
  const { nano } = parseQuantity(text)
  return Number(nano > 0n ? ceilDivide(nano, 1_000_000n) : nano / 1_000_000n)
}

export const isQuantity = (input: string | number): boolean => {
  try {
    parseQuantity(input)
    return true
  } catch {
    return false
  }
}
