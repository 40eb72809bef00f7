/** Times as Go's package time reads them, and what it says of a text that is none. */
import { quoted } from '../../clock/duration.ts'

interface Part {
  /** As the layout shows it. */
  name: string
  pattern: RegExp
  /** What has to lie where, and what Go calls it. */
  range?: readonly [least: number, most: number, what: string]
}
const part = (name: string, pattern: RegExp, range?: Part['range']): Part => ({
  name,
  pattern,
  ...(range && { range }),
})
const literal = (text: string): Part => part(text, new RegExp(`^${text}`))

const YEAR = part('2006', /^\d{4}/)
const MONTH = part('01', /^\d\d/, [1, 12, 'month'])
const DAY = part('02', /^\d\d/)
/** Of an hour one digit is enough. */
const HOUR = part('15', /^\d\d?/, [0, 23, 'hour'])
const MINUTE = part('04', /^\d\d/, [0, 59, 'minute'])
const SECOND = part('05', /^\d\d/, [0, 59, 'second'])
const MICROSECONDS = part('.000000', /^[.,]\d{6}/)
/** Nowhere in a layout: a fraction may follow seconds all the same. */
const ANY_FRACTION = part('', /^(?:[.,]\d+)?/)
const ZONE = part('Z07:00', /^(?:Z|[+-]\d\d:\d\d)/)

const layout = (fraction: Part): readonly Part[] => [
  YEAR,
  literal('-'),
  MONTH,
  literal('-'),
  DAY,
  literal('T'),
  HOUR,
  literal(':'),
  MINUTE,
  literal(':'),
  SECOND,
  fraction,
  ZONE,
]
const RFC3339 = layout(ANY_FRACTION)
const RFC3339_MICRO = layout(MICROSECONDS)

interface GoTime {
  /** Whole seconds, in milliseconds since 1970. */
  ms: number
  /** The digits behind them. */
  fraction: string
}

/** @returns the time, or why it is none, in Go's words */
const parse = (parts: readonly Part[], text: string): GoTime | string => {
  const found = new Map<Part, string>()
  const fail = (why: string): string => `parsing time ${quoted(text)}: ${why}`
  let rest = text
  for (const each of parts) {
    const { name, pattern, range } = each
    const [match] = pattern.exec(rest) ?? []
    if (match === undefined)
      return `parsing time ${quoted(text)} as ${quoted(parts.map(p => p.name).join(''))}: cannot parse ${quoted(rest)} as ${quoted(name)}`
    if (range && (Number(match) < range[0] || Number(match) > range[1])) return fail(`${range[2]} out of range`)
    found.set(each, match)
    rest = rest.slice(match.length)
  }
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):(\d\d)$/.exec(found.get(ZONE)!) ?? []
  if (Number(hours) > 24) return fail('time zone offset hour out of range')
  if (Number(minutes) > 60) return fail('time zone offset minute out of range')
  if (rest) return fail(`extra text: ${quoted(rest)}`)
  const [year, month, day] = [YEAR, MONTH, DAY].map(p => Number(found.get(p))) as [number, number, number]
  // A month's last day is the one before the next month's first.
  if (day < 1 || day > new Date(utc(year, month, 0)).getUTCDate()) return fail('day out of range')
  const [hour, minute, second] = [HOUR, MINUTE, SECOND].map(p => Number(found.get(p))) as [number, number, number]
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
  return {
    ms: utc(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000 - offset,
    fraction: (found.get(ANY_FRACTION) ?? found.get(MICROSECONDS) ?? '').slice(1),
  }
}

/** Years below a hundred are those, and none of the last century. */
const utc = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month, day)

export type ReadTime = { time: string; fault?: undefined } | { time?: undefined; fault: string }

const reader =
  (parts: readonly Part[], digits: number) =>
  (text: string): ReadTime => {
    const read = parse(parts, text)
    if (typeof read === 'string') return { fault: read }
    const fraction = digits ? `.${read.fraction.padEnd(digits, '0').slice(0, digits)}` : ''
    return { time: `${new Date(read.ms).toISOString().slice(0, -5)}${fraction}Z` }
  }

/** A time as Kubernetes keeps it: UTC, whole seconds. */
export const readTime = reader(RFC3339, 0)
/** With whatever fraction it has. */
export const readExactTime = reader(RFC3339, 9)
/** With microseconds, which have to be there. */
export const readMicroTime = reader(RFC3339_MICRO, 6)
