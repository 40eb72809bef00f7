/** Whole numbers of 64 bits, and numbers as Go prints them. */
import { CelError, Uint } from './values.ts'

export const MIN_INT = -(2n ** 63n)
export const MAX_INT = 2n ** 63n - 1n
export const MAX_UINT = 2n ** 64n - 1n

/** @throws CelError */
export function int(value: bigint): bigint {
  if (value < MIN_INT || value > MAX_INT) throw new CelError('integer overflow')
  return value
}
/** @throws CelError */
export function uint(value: bigint): Uint {
  if (value < 0n || value > MAX_UINT) throw new CelError('unsigned integer overflow')
  return new Uint(value)
}

/** @throws CelError */
export function nonZero(value: bigint, what: 'division' | 'modulus'): bigint {
  if (value === 0n) throw new CelError(`${what} by zero`)
  return value
}

const special = (value: number): string | undefined => {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return undefined
  return value > 0 ? '+Inf' : '-Inf'
}

const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2')

/** %g, in as few digits as say it. */
export function general(value: number): string {
  const named = special(value)
  if (named) return named
  const text = value.toExponential()
  const power = Number(text.split('e')[1])
  return power < -4 || power >= 6 ? exponent(text) : decimal(value)
}

/** Without an exponent, in as few digits as say it. */
export function decimal(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return Object.is(value, -0) ? '-0' : text
  const [mantissa, power] = text.split('e') as [string, string]
  const e = Number(power)
  const negative = mantissa.startsWith('-')
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.') as [string, string?]
  const all = whole + fraction
  const point = whole.length + e
  const made =
    point <= 0
      ? `0.${'0'.repeat(-point)}${all}`
      : point >= all.length
        ? all + '0'.repeat(point - all.length)
        : `${all.slice(0, point)}.${all.slice(point)}`
  return negative ? `-${made}` : made
}

export const fixed = (value: number, places: number): string => special(value) ?? value.toFixed(Math.min(places, 100))
export const scientific = (value: number, places: number): string =>
  special(value) ?? exponent(value.toExponential(Math.min(places, 100)))
