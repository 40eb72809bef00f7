/** Numbers out of text, as C's library reads them: whole ones of 64 bits (strtoimax, strtoumax) and others (strtod). */

/** What is wrong with a text: it does not begin with a number, something stands behind the number, or it is too great. */
export type Fault = 'none' | 'rest' | 'range'

export interface Reading<N> {
  value: N
  fault?: Fault
}

const MOST = 2n ** 63n - 1n
const LEAST = -(2n ** 63n)
const MOST_UNSIGNED = 2n ** 64n - 1n

/** In base 0: a leading 0 means octal, 0x hexadecimal. */
const WHOLE = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/

/** @param unsigned as strtoumax: a minus sign takes the number from 2^64 */
export function readWhole(text: string, unsigned: boolean): Reading<bigint> {
  const match = WHOLE.exec(text)
  if (!match) return text ? { value: 0n, fault: 'none' } : { value: 0n }
  const [all, sign, digits] = match as unknown as [string, string, string]
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits)
  const signed = sign === '-' ? -size : size
  const value = unsigned
    ? size > MOST_UNSIGNED
      ? MOST_UNSIGNED
      : BigInt.asUintN(64, signed)
    : signed > MOST
      ? MOST
      : signed < LEAST
        ? LEAST
        : signed
  if (all.length < text.length) return { value, fault: 'rest' }
  const tooGreat = unsigned ? size > MOST_UNSIGNED : value !== signed
  return tooGreat ? { value, fault: 'range' } : { value }
}

const FLOAT =
  /^\s*([-+]?)(?:(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][-+]?\d+)?)|((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(inf(?:inity)?)|(nan))/i

export function readFloat(text: string): Reading<number> {
  const match = FLOAT.exec(text)
  if (!match) return text ? { value: 0, fault: 'none' } : { value: 0 }
  const [all, sign, hex, decimal, infinite] = match
  const size = hex ? hexFloat(hex) : decimal ? Number(decimal) : infinite ? Number.POSITIVE_INFINITY : Number.NaN
  const value = sign === '-' ? -size : size
  if (all.length < text.length) return { value, fault: 'rest' }
  const lost = size === Number.POSITIVE_INFINITY ? !infinite : size === 0 && /[1-9a-f]/i.test(mantissa(hex ?? decimal))
  return lost ? { value, fault: 'range' } : { value }
}

const mantissa = (digits = ''): string =>
  digits
    .replace(/^0x/i, '')
    .replace(/[pP].*$/, '')
    .replace(/e[-+]\d+$/i, '')

function hexFloat(text: string): number {
  const [, whole = '', part = '', power = '0'] = /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([-+]?\d+))?$/i.exec(text)!
  return Number(`0x${whole}${part}`) * 2 ** (Number(power) - 4 * part.length)
}
