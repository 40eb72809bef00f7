/** '%s is %d'.format([a, b]): at run time, and what can be said of it before. */
import { fixed, scientific } from '../runtime/numbers.ts'
import { showDuration, showTimestamp } from '../runtime/times.ts'
import {
  CelError,
  Duration,
  isList,
  isMap,
  Timestamp,
  TypeValue,
  typeOfValue,
  Uint,
  type Value,
} from '../runtime/values.ts'
import type { Expr } from '../syntax/ast.ts'
import type { Type, TypeKind } from '../types/types.ts'

const DEFAULT_PRECISION = 6

/** What each clause takes, and what it says of anything else. */
const CLAUSES: Readonly<Record<string, { takes: readonly TypeKind[]; words: string }>> = {
  s: {
    takes: ['list', 'map', 'int', 'uint', 'double', 'bool', 'string', 'timestamp', 'bytes', 'duration', 'type', 'null'],
    words:
      'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
  },
  d: { takes: ['int', 'uint'], words: 'decimal clause can only be used on integers' },
  f: { takes: ['double', 'string'], words: 'fixed-point clause can only be used on doubles' },
  e: { takes: ['double', 'string'], words: 'scientific clause can only be used on doubles' },
  b: { takes: ['int', 'uint', 'bool'], words: 'only integers and bools can be formatted as binary' },
  x: {
    takes: ['int', 'uint', 'string', 'bytes'],
    words: 'only integers, byte buffers, and strings can be formatted as hex',
  },
  o: { takes: ['int', 'uint'], words: 'octal clause can only be used on integers' },
}

interface Clause {
  verb: string
  precision: number | undefined
}

/** Walks the pattern; the writer is given each clause with the number of its argument. @throws CelError */
function walk(
  pattern: string,
  count: number,
  write: (clause: Clause, index: number) => string,
): { text: string; used: number } {
  let text = ''
  let used = 0
  for (let i = 0; i < pattern.length; ) {
    if (pattern[i] !== '%') {
      text += pattern[i++]
      continue
    }
    if (pattern[i + 1] === '%') {
      text += '%'
      i += 2
      continue
    }
    if (i + 1 >= pattern.length) {
      if (used >= count) throw new CelError(`index ${used} out of range`)
      throw new CelError('unexpected end of string')
    }
    if (used >= count) throw new CelError(`index ${used} out of range`)
    i++
    let precision: number | undefined
    if (pattern[i] === '.') {
      const digits = /^\d*/.exec(pattern.slice(i + 1))![0]
      i += 1 + digits.length
      const failed = 'could not parse formatting clause: error while parsing precision'
      if (i >= pattern.length) throw new CelError(`${failed}: could not find end of precision specifier`)
      if (!digits) {
        const why = 'error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax'
        throw new CelError(`${failed}: ${why}`)
      }
      precision = Number(digits)
    }
    const verb = String.fromCodePoint(pattern.codePointAt(i)!)
    i += verb.length
    if (!CLAUSES[verb === 'X' ? 'x' : verb])
      throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${verb}"`)
    text += write({ verb, precision }, used++)
  }
  return { text, used }
}

const refusal = (verb: string, given: string): string =>
  `error during formatting: ${CLAUSES[verb === 'X' ? 'x' : verb]!.words}, was given ${given}`

/** @throws CelError */
export const formatted = (pattern: string, args: readonly Value[]): string =>
  walk(pattern, args.length, (clause, index) => show(clause, args[index]!)).text

const SPECIAL: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity }

function show({ verb, precision = DEFAULT_PRECISION }: Clause, value: Value): string {
  const refused = (): CelError => new CelError(refusal(verb, typeOfValue(value).name))
  const whole = value instanceof Uint ? value.value : value
  switch (verb) {
    case 's':
      return showAny(value, refused)
    case 'f':
    case 'e': {
      const number = typeof value === 'string' ? SPECIAL[value] : value
      if (typeof number !== 'number') throw refused()
      if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : number > 0 ? '∞' : '-∞'
      return verb === 'f' ? grouped(fixed(number, precision)) : scientificOf(number, precision)
    }
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0'
      break
    case 'x':
    case 'X': {
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
      if (!(bytes instanceof Uint8Array)) break
      const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('')
      return verb === 'X' ? hex.toUpperCase() : hex
    }
    default:
  }
  if (typeof whole !== 'bigint') throw refused()
  const text = whole.toString({ b: 2, o: 8, x: 16, X: 16 }[verb] ?? 10)
  return verb === 'X' ? text.toUpperCase() : text
}

/** As golang.org/x/text prints a number for people who speak English. */
const grouped = (text: string): string =>
  text.replace(/^(-?)(\d+)/, (_, sign, digits: string) => sign + digits.replace(/\B(?=(\d{3})+$)/g, ','))

/** A precision is taken for a width, there. */
function scientificOf(value: number, width: number): string {
  const [digits, power] = scientific(value, DEFAULT_PRECISION).split('e') as [string, string]
  const raised = [...power.replace(/^\+/, '')].map(c => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? (c === '-' ? '⁻' : c)).join('')
  return `${digits}×10${raised}`.padStart(width)
}

function showAny(value: Value, refused: () => CelError): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value === 'number' ? plainDouble(value) : String(value)
  if (isList(value)) return `[${value.map(item => inside(item, refused)).join(', ')}]`
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (value instanceof Uint) return String(value.value)
  if (value instanceof Timestamp) return showTimestamp(value)
  if (value instanceof Duration) return showDuration(value)
  if (value instanceof TypeValue) return value.type.name
  if (!isMap(value)) throw refused()
  const entries = value.keys().map(key => [inside(key, refused), inside(value.get(key)!, refused)] as const)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([k, v]) => `${k}:${v}`)
    .join(', ')}}`
}

const plainDouble = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value)

/** Within a list or a map: texts in quotes, and doubles to six places. */
function inside(value: Value, refused: () => CelError): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof Uint8Array) return `b${JSON.stringify(new TextDecoder().decode(value))}`
  if (typeof value === 'number')
    return Number.isFinite(value) ? fixed(value, DEFAULT_PRECISION) : `"${plainDouble(value)}"`
  if (value instanceof Timestamp) return `timestamp(${JSON.stringify(showTimestamp(value))})`
  if (value instanceof Duration) return `duration(${JSON.stringify(showDuration(value))})`
  if (value instanceof TypeValue) return `type(${value.type.name})`
  return showAny(value, refused)
}

export interface FormatFault {
  /** The argument that is to blame; undefined for the call. */
  at: Expr | undefined
  words: string
}

/** What is wrong with a pattern whose arguments are there to be seen. */
export function formatFault(
  pattern: string,
  args: readonly Expr[],
  typeOf: (e: Expr) => Type,
): FormatFault | undefined {
  let at: Expr | undefined
  const unfit = (verb: string, e: Expr): Expr | undefined => {
    const { kind } = typeOf(e)
    if (kind !== 'dyn' && !CLAUSES[verb === 'X' ? 'x' : verb]!.takes.includes(kind)) return e
    if (verb !== 's') return undefined
    const parts = e.kind === 'list' ? e.elements : e.kind === 'map' ? e.entries.flatMap(en => [en.key, en.value]) : []
    for (const part of parts) {
      const found = unfit(verb, part)
      if (found) return found
    }
    return undefined
  }
  try {
    const { used } = walk(pattern, args.length, ({ verb }, index) => {
      at = unfit(verb, args[index]!)
      if (at) throw new CelError(refusal(verb, typeOf(at).name))
      return ''
    })
    if (args.length <= used) return undefined
    const words = `too many arguments supplied to string.format (expected ${used}, got ${args.length})`
    return { at: undefined, words }
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    return { at, words: error.message }
  }
}
