/** One value as C's `printf` shows it: what the shells' printf, awk's and seq's have in common. */

/** One conversion: flags, width, precision, letter. */
export interface Spec {
  flags: string
  width?: number | undefined
  precision?: number | undefined
  conversion: string
}

/** @param number the value as a number, asked for when the conversion wants one; a bigint has 64 bits */
export function formatted(spec: Spec, value: string | undefined, number: () => number | bigint): string {
  const { flags, width = 0, precision, conversion } = spec
  const text = converted(spec, value, number)
  const pad = Math.abs(width)
  if (flags.includes('-') || width < 0) return text.padEnd(pad)
  const zeros =
    flags.includes('0') &&
    !'sc'.includes(conversion) &&
    !('diouxX'.includes(conversion) && precision !== undefined && precision >= 0) &&
    !/[in]/i.test(text)
  if (!zeros) return text.padStart(pad)
  const sign = /^(?:[-+ ]|0[xX](?=.))?/.exec(text)![0]
  return sign + text.slice(sign.length).padStart(pad - sign.length, '0')
}

function converted(
  { flags, precision: given, conversion }: Spec,
  value: string | undefined,
  number: () => number | bigint,
): string {
  const precision = given === undefined || given < 0 ? undefined : given
  if (conversion === 's') return (value ?? '').slice(0, precision)
  if (conversion === 'c') return (value ?? '').slice(0, 1) || '\0'
  const n = number()
  return 'diouxX'.includes(conversion)
    ? whole(n, flags, precision, conversion)
    : fractional(Number(n), flags, precision ?? 6, conversion)
}

/** What stands before a number that is not negative. */
const plus = (flags: string): string => (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '')

function whole(given: number | bigint, flags: string, precision: number | undefined, conversion: string): string {
  if (typeof given === 'number' && !Number.isFinite(given)) return fractional(given, flags, 0, conversion)
  const value = typeof given === 'bigint' ? given : BigInt(Math.trunc(given))
  const signed = 'di'.includes(conversion)
  const size = signed ? (value < 0n ? -value : value) : value < 0n ? BigInt.asUintN(64, value) : value
  const radix = conversion === 'o' ? 8 : 'xX'.includes(conversion) ? 16 : 10
  let digits = size === 0n && precision === 0 ? '' : size.toString(radix).padStart(precision ?? 1, '0')
  if (flags.includes('#') && radix === 8 && !digits.startsWith('0')) digits = `0${digits}`
  if (flags.includes('#') && radix === 16 && size) digits = `0x${digits}`
  if (conversion === 'X') digits = digits.toUpperCase()
  return (signed ? (value < 0n ? '-' : plus(flags)) : '') + digits
}

function fractional(n: number, flags: string, precision: number, conversion: string): string {
  const upper = conversion === 'E' || conversion === 'F' || conversion === 'G'
  const negative = n < 0 || Object.is(n, -0)
  const size = Math.abs(n)
  const text = Number.isNaN(n)
    ? 'nan'
    : size === Number.POSITIVE_INFINITY
      ? 'inf'
      : 'fF'.includes(conversion)
        ? fixed(size, precision)
        : 'eE'.includes(conversion)
          ? exponential(size, precision)
          : shortest(size, precision, flags.includes('#'))
  return (negative ? '-' : plus(flags)) + (upper ? text.toUpperCase() : text)
}

/** JavaScript rounds what lies exactly between two upwards, C to the even digit. */
const even = (rounded: string, cutOff: string): string =>
  /^50*$/.test(cutOff) && /[13579]$/.test(rounded) ? rounded.slice(0, -1) + String(Number(rounded.at(-1)) - 1) : rounded

/** As many digits behind the point as JavaScript gives: enough to tell what lies exactly between two. */
const ALL_DIGITS = 100

function fixed(n: number, precision: number): string {
  const places = Math.min(precision, ALL_DIGITS)
  const more = '0'.repeat(precision - places)
  if (n >= 1e21) return BigInt(n).toString() + (precision ? `.${'0'.repeat(precision)}` : '')
  const all = n.toFixed(ALL_DIGITS)
  return even(n.toFixed(places), all.slice(all.indexOf('.') + 1 + places)) + more
}

function exponential(n: number, precision: number): string {
  const places = Math.min(precision, ALL_DIGITS)
  const [digits, power] = n.toExponential(places).split('e') as [string, string]
  const [, tail] = n.toExponential(ALL_DIGITS).split('e')[0]!.split('.') as [string, string]
  const shown = even(digits, tail.slice(places)) + '0'.repeat(precision - places)
  return `${shown}e${power.replace(/^([-+])(\d)$/, '$10$2')}`
}

/** %g: whichever of %e and %f is shorter, without zeros at the end. @param keep the zeros, as `#` wants */
function shortest(n: number, precision: number, keep: boolean): string {
  const digits = Math.max(1, precision)
  const bare = (text: string): string => (!keep && text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  const [mantissa, power] = exponential(n, digits - 1).split('e') as [string, string]
  const exponent = Number(power)
  if (exponent >= -4 && exponent < digits) return bare(fixed(n, digits - 1 - exponent))
  return `${bare(mantissa)}e${power}`
}
