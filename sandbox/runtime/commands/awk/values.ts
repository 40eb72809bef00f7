/** awk's values: numbers, texts, and texts from outside that count as numbers when they look like one. */
import { formatted } from '../scripting/c-format.ts'

/** Text that was read and looks like a number. */
class NumericText {
  readonly text: string
  readonly number: number
  constructor(text: string, number: number) {
    this.text = text
    this.number = number
  }
}

/** undefined is what a variable holds that was never set: 0 and '' at once. */
export type Value = number | string | NumericText | undefined

const LOOKS_NUMERIC = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/
const LEADING_NUMBER = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/

/** What comes from outside: fields, getline, FS' pieces, arguments, the environment. */
export const fromOutside = (text: string): Value =>
  LOOKS_NUMERIC.test(text) ? new NumericText(text, Number(text)) : text

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  if (value === undefined) return 0
  if (value instanceof NumericText) return value.number
  return Number(LEADING_NUMBER.exec(value)?.[1] ?? 0)
}

/** From which on mawk shows whole numbers as it shows others. */
export const MOST_OF_MAWK = 2 ** 31 - 1
export const MOST_OF_BUSYBOX = 1e16

/**
 * @param format CONVFMT, or OFMT when it is printed
 * @param most up to which whole numbers are shown as such
 */
export function toText(value: Value, format: string, most = MOST_OF_BUSYBOX): string {
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  if (value instanceof NumericText) return value.text
  if (Number.isNaN(value)) return '-nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Number.isInteger(value) && Math.abs(value) < most) return String(value === 0 ? 0 : value)
  return format === '%.6g'
    ? formatted({ flags: '', precision: 6, conversion: 'g' }, '', () => value)
    : sprintf(format, [value], '%.6g', most)
}

export const isTrue = (value: Value): boolean =>
  typeof value === 'string' ? value !== '' : value instanceof NumericText ? value.number !== 0 : Boolean(value)

/** As texts only when one of them is text that does not come from outside as a number. */
export function compare(a: Value, b: Value, format: string): number {
  if (typeof a !== 'string' && typeof b !== 'string') return toNumber(a) - toNumber(b)
  const [x, y] = [toText(a, format), toText(b, format)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** One conversion of `printf`: flags, width, precision, letter. */
const SPEC = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXeEfFgGcs]))/y

export function sprintf(format: string, args: readonly Value[], convfmt: string, most = MOST_OF_BUSYBOX): string {
  let next = 0
  let out = ''
  for (let at = 0; at < format.length; ) {
    SPEC.lastIndex = at
    const match = SPEC.exec(format)
    if (!match) {
      out += format[at++]
      continue
    }
    at += match[0].length
    if (match[1] === '%') {
      out += '%'
      continue
    }
    const size = (text: string | undefined): number | undefined =>
      text === undefined ? undefined : text === '*' ? toNumber(args[next++]) : Number(text)
    const width = size(match[3])
    const precision = size(match[4])
    const value = args[next++]
    const conversion = match[5]!
    const text =
      conversion === 'c' && typeof value !== 'string' && value !== undefined
        ? String.fromCodePoint(Math.max(0, Math.trunc(toNumber(value))) & 255)
        : 'sc'.includes(conversion)
          ? toText(value, convfmt, most)
          : ''
    out += formatted({ flags: match[2]!, width, precision, conversion }, text, () => toNumber(value))
  }
  return out
}
