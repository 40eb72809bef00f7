/** The little language of formats, of `format()`, f-strings and `str.format`, for numbers and texts. */
import { raise, typeError } from './errors.ts'
import { fixed, floatText, intText, isNumber, LONGEST, toFloat } from './numbers.ts'
import { typeOf } from './types.ts'
import { isInt, PyFloat, type Value } from './values.ts'

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u

interface Spec {
  fill: string
  align: string
  sign: string
  /** Whether a sign was asked for. */
  given: boolean
  alternate: boolean
  width: number
  group: string
  precision: number | undefined
  type: string
}

function specOf(text: string, value: Value): Spec {
  const found = SPEC.exec(text)
  if (!found) throw raise('ValueError', `Invalid format specifier '${text}' for object of type '${typeOf(value).name}'`)
  const [, fill, align, sign, , alternate, zero, width = '0', group = '', precision, type = ''] = found
  const isText = typeof value === 'string' || value === null
  if (group) mayGroup(group, type, isText)
  const usual = isText ? '<' : '>'
  return {
    fill: fill ?? (zero ? '0' : ' '),
    align: align ?? (zero && !isText ? '=' : usual),
    sign: sign ?? '-',
    given: sign !== undefined,
    alternate: !!alternate,
    width: Number(width),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  }
}

/** @throws ValueError for what is not written in groups */
function mayGroup(by: string, type: string, isText: boolean): void {
  const given = type || (isText ? 's' : '')
  if (/^[defgEGF%]?$/.test(given) || (by === '_' && /^[boxX]$/.test(given))) return
  throw raise('ValueError', `Cannot specify '${by}' with '${given}'.`)
}

export const lengthOf = (text: string): number => (/[\ud800-\udbff]/.test(text) ? [...text].length : text.length)

function pad(text: string, { fill, align, width }: Spec, sign = ''): string {
  const missing = width - lengthOf(text) - sign.length
  if (missing <= 0) return sign + text
  if (align === '=') return sign + fill.repeat(missing) + text
  const left = align === '>' ? missing : align === '^' ? Math.floor(missing / 2) : 0
  return fill.repeat(left) + sign + text + fill.repeat(missing - left)
}

const grouped = (digits: string, by: string, size = 3): string =>
  by ? digits.replace(new RegExp(`\\B(?=([0-9a-fA-F]{${size}})+$)`, 'g'), by) : digits

/** @throws TypeError for what has no format of its own, where one is asked for */
export function formatValue(value: Value, text: string, str: (value: Value) => string, mostDigits = LONGEST): string {
  if (!text) return str(value)
  if (typeof value === 'string') return formatText(value, specOf(text, value))
  if (!isNumber(value)) throw typeError(`unsupported format string passed to ${typeOf(value).name}.__format__`)
  const spec = specOf(text, value)
  const { type } = spec
  if (isInt(value) && !/^[eEfFgG%]$/.test(type)) return formatInt(value, spec, mostDigits)
  if (type && !/^[eEfFgGn%]$/.test(type)) throw unknown(type, value)
  return formatFloat(toFloat(value), spec)
}

const unknown = (type: string, value: Value) =>
  raise('ValueError', `Unknown format code '${type}' for object of type '${typeOf(value).name}'`)

function formatText(value: string, spec: Spec): string {
  if (spec.type && spec.type !== 's') throw unknown(spec.type, value)
  if (spec.given) throw raise('ValueError', 'Sign not allowed in string format specifier')
  if (spec.alternate) throw raise('ValueError', 'Alternate form (#) not allowed in string format specifier')
  if (spec.align === '=') throw raise('ValueError', "'=' alignment not allowed in string format specifier")
  const cut = spec.precision === undefined ? value : [...value].slice(0, spec.precision).join('')
  return pad(cut, spec)
}

const signOf = (negative: boolean, { sign }: Spec): string => (negative ? '-' : sign === '-' ? '' : sign)

function formatInt(value: number | bigint | boolean, spec: Spec, mostDigits = LONGEST): string {
  const { type } = spec
  if (type === 'c') return formatCharacter(value, spec)
  if (spec.precision !== undefined) throw raise('ValueError', 'Precision not allowed in integer format specifier')
  const radix = { '': 10, d: 10, n: 10, b: 2, o: 8, x: 16, X: 16 }[type]
  if (!radix) throw unknown(type, value)
  const whole = typeof value === 'boolean' ? Number(value) : value
  let digits = radix === 10 ? intText(whole, mostDigits).replace('-', '') : whole.toString(radix).replace('-', '')
  if (type === 'X') digits = digits.toUpperCase()
  const prefix = spec.alternate && radix !== 10 ? `0${type}` : ''
  return number(grouped(digits, spec.group, radix === 10 ? 3 : 4), spec, signOf(whole < 0, spec) + prefix)
}

function formatCharacter(value: number | bigint | boolean, spec: Spec): string {
  if (spec.precision !== undefined) throw raise('ValueError', 'Precision not allowed in integer format specifier')
  if (spec.given) throw raise('ValueError', "Sign not allowed with integer format specifier 'c'")
  if (spec.alternate) throw raise('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'")
  if (Number(value) < 0 || Number(value) > 0x10ffff) throw raise('OverflowError', '%c arg not in range(0x110000)')
  return pad(String.fromCodePoint(Number(value)), spec)
}

/** Zeros that fill are grouped, too. */
function number(digits: string, spec: Spec, sign: string): string {
  if (spec.align !== '=' || spec.fill !== '0' || !spec.group) return pad(digits, spec, sign)
  const [, whole = '', rest = ''] = /^([^.e%]*)(.*)$/s.exec(digits)!
  let all = whole.replaceAll(spec.group, '')
  while (grouped(all, spec.group).length + rest.length + sign.length < spec.width) all = `0${all}`
  return sign + grouped(all, spec.group) + rest
}

function formatFloat(value: number, spec: Spec): string {
  const negative = value < 0 || Object.is(value, -0)
  const magnitude = Math.abs(value)
  const { type, precision } = spec
  let text: string
  if (!Number.isFinite(value))
    text =
      type && type === type.toUpperCase() && type !== '%' ? floatText(magnitude).toUpperCase() : floatText(magnitude)
  else if (type === 'f' || type === 'F') text = fixed(magnitude, precision ?? 6)
  else if (type === '%') text = `${fixed(magnitude * 100, precision ?? 6)}%`
  else if (type === 'e' || type === 'E') text = exponential(magnitude, precision ?? 6)
  else if (type === 'g' || type === 'G' || type === 'n') text = general(magnitude, precision ?? 6, spec.alternate)
  else if (precision !== undefined) {
    text = general(magnitude, precision, false)
    if (/^\d+$/.test(text)) text += '.0'
  } else text = floatText(magnitude)
  if (type === 'E' || type === 'G') text = text.toUpperCase()
  const [, whole = '', rest = ''] = /^(\d*)(.*)$/s.exec(text)!
  return number(grouped(whole, spec.group) + rest, spec, signOf(negative && text !== 'nan', spec))
}

function exponential(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(Math.min(digits, 100)).split('e')
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${exponent.replace(/[-+]/, '').padStart(2, '0')}`
}

function general(value: number, precision: number, keepZeros: boolean): string {
  const digits = precision || 1
  const power = value === 0 ? 0 : Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1])
  const strip = (text: string): string => (keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, ''))
  if (power >= -4 && power < digits) return strip(fixed(value, Math.max(0, digits - 1 - power)))
  const [mantissa = '', exponent = ''] = exponential(value, digits - 1).split('e')
  return `${strip(mantissa)}e${exponent}`
}

/** What a format asks of the machine: how values are shown, and room for what is long. */
interface Showing {
  str: (value: Value) => string
  repr: (value: Value) => string
  ascii: (text: string) => string
  room: (characters: number) => void
  /** Whether it is bytes that are made. */
  bytes: boolean
}

/** `'%s is %d' % values`. @param lookup a value of a mapping, for `%(name)s` */
export function percent(
  template: string,
  values: readonly Value[],
  { str, repr, ascii, room, bytes, lookup }: Showing & { lookup: ((name: string) => Value) | undefined },
): string {
  let next = 0
  let used = false
  const take = (): Value => {
    if (next >= values.length) throw typeError('not enough arguments for format string')
    return values[next++]!
  }
  const text = template.replace(
    /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S])?/g,
    (all: string, name?: string, flags = '', width?: string, precision?: string, code?: string) => {
      if (code === undefined) throw raise('ValueError', 'incomplete format')
      if (code === '%') return '%'
      if (name !== undefined) {
        if (!lookup) throw typeError('format requires a mapping')
        used = true
      }
      const size = width === '*' ? Number(take()) : Number(width ?? 0)
      const digits = precision === '*' ? Number(take()) : precision === undefined ? undefined : Number(precision)
      room(Math.max(Math.abs(size), digits ?? 0))
      const value = name === undefined ? take() : lookup!(name)
      return one(value, code, { flags, size, digits, all, at: template.indexOf(all) })
    },
  )
  if (next < values.length && !used && !lookup) throw typeError('not all arguments converted during string formatting')
  return text

  function one(
    value: Value,
    code: string,
    {
      flags,
      size,
      digits,
      at,
      all,
    }: { flags: string; size: number; digits: number | undefined; at: number; all: string },
  ): string {
    const left = flags.includes('-')
    if ((bytes ? 'sbra' : 'sra').includes(code)) {
      const shown = 'sb'.includes(code) ? str(value) : code === 'r' && !bytes ? repr(value) : ascii(repr(value))
      return formatText(
        digits === undefined ? shown : [...shown].slice(0, digits).join(''),
        plain(left ? '<' : '>', size),
      )
    }
    if (code === 'c')
      return formatText(
        typeof value === 'string' ? value : String.fromCodePoint(Number(value)),
        plain(left ? '<' : '>', size),
      )
    if (!'diouxXeEfFgG'.includes(code))
      throw raise(
        'ValueError',
        `unsupported format character '${code}' (0x${code.charCodeAt(0).toString(16)}) at index ${at + all.length - 1}`,
      )
    if (!isNumber(value))
      throw typeError(
        `%${code} format: a ${'di'.includes(code) ? 'real number' : 'oxX'.includes(code) ? 'integer' : 'real number'} is required, not ${typeOf(value).name}`.replace(
          '%f format: a real number is required',
          'must be real number',
        ),
      )
    const zero = flags.includes('0') && !left
    const spec: Spec = {
      fill: zero ? '0' : ' ',
      align: left ? '<' : zero ? '=' : '>',
      given: false,
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
      alternate: flags.includes('#'),
      width: size,
      group: '',
      precision: digits,
      type: 'iu'.includes(code) ? 'd' : code,
    }
    if (!'diouxX'.includes(code)) return formatFloat(toFloat(value), spec)
    const whole = value instanceof PyFloat ? BigInt(Math.trunc(value.value)) : value
    const text = formatInt(whole, { ...spec, precision: undefined, width: 0 })
    const padded = digits === undefined ? text : text.replace(/\d+$/, d => d.padStart(digits, '0'))
    return formatInt(whole, { ...spec, precision: undefined }).length > padded.length
      ? formatInt(whole, { ...spec, precision: undefined })
      : padded
  }
}

const plain = (align: string, width: number): Spec => ({
  fill: ' ',
  align,
  sign: '-',
  given: false,
  alternate: false,
  width,
  group: '',
  precision: undefined,
  type: '',
})
