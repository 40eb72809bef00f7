/** Moments and lengths of time, as Go reads and prints them. */
import { decimal, int } from './numbers.ts'
import { CelError, Duration, Timestamp } from './values.ts'

export const SECOND = 1_000_000_000n
const MIN_SECONDS = -62_135_596_800n
const MAX_SECONDS = 253_402_300_799n
const MAX_DURATION = 2n ** 63n - 1n

const floorDivide = (a: bigint, b: bigint): bigint => (a % b < 0n ? a / b - 1n : a / b)
export const secondsOf = ({ nanos }: Timestamp): bigint => floorDivide(nanos, SECOND)

/** @throws CelError */
export function timestamp(nanos: bigint, offsetMinutes = 0): Timestamp {
  const seconds = floorDivide(nanos, SECOND)
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) throw new CelError('timestamp overflow')
  return new Timestamp(nanos, offsetMinutes)
}

/** @throws CelError */
export function duration(nanos: bigint): Duration {
  if (nanos > MAX_DURATION || nanos < -MAX_DURATION - 1n) throw new CelError('duration overflow')
  return new Duration(nanos)
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/

/** RFC 3339; undefined when it is not. */
export function readTimestamp(text: string): Timestamp | undefined {
  const m = MOMENT.exec(text)
  if (!m) return undefined
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined
  date.setUTCHours(hour, minute, second)
  const nanos = BigInt((m[7] ?? '').padEnd(9, '0').slice(0, 9))
  const offset = m[8] ? (m[8] === '-' ? -1 : 1) * (Number(m[9]) * 60 + Number(m[10])) : 0
  return timestamp((BigInt(date.getTime()) / 1000n - BigInt(offset * 60)) * SECOND + nanos, offset)
}

/** A day alone, too. */
export const readDate = (text: string): Timestamp | undefined => readTimestamp(`${text}T00:00:00Z`)

/** The moment as a date whose UTC is the local time there. */
const dateOf = (t: Timestamp, offsetMinutes: number): Date =>
  new Date(Number(secondsOf(t)) * 1000 + offsetMinutes * 60_000)
const two = (n: number): string => String(n).padStart(2, '0')

export function showTimestamp(t: Timestamp): string {
  const date = dateOf(t, t.offsetMinutes)
  const nanos = t.nanos - secondsOf(t) * SECOND
  const fraction = nanos ? `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}` : ''
  const o = Math.abs(t.offsetMinutes)
  const zone = o ? `${t.offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(o / 60))}:${two(o % 60)}` : 'Z'
  return `${date.toISOString().slice(0, 19)}${fraction}${zone}`
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
}

/** Go's time.ParseDuration; undefined where it fails. */
export function readDuration(text: string): Duration | undefined {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (rest === '0') return new Duration(0n)
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined
  let nanos = 0n
  for (const [, whole = '', fraction = '', unit] of rest.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit!]!
    nanos += BigInt(whole || '0') * size
    if (fraction) nanos += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length)
  }
  const signed = sign === '-' ? -nanos : nanos
  return signed > MAX_DURATION || signed < -MAX_DURATION - 1n ? undefined : new Duration(signed)
}

/** In seconds, whatever its length. */
export const showDuration = ({ nanos }: Duration): string => `${decimal(Number(nanos) / 1e9)}s`

function offsetOf(t: Timestamp, zone: string): number {
  const fixed = /^([+-]?)(\d\d):(\d\d)$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]))
  if (zone === '' || zone === 'UTC') return 0
  let parts: Intl.DateTimeFormatPart[]
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    parts = format.formatToParts(new Date(Number(secondsOf(t)) * 1000))
  } catch {
    throw new CelError(`unknown time zone ${zone}`)
  }
  const name = parts.find(p => p.type === 'timeZoneName')?.value ?? ''
  const m = /GMT([+-])(\d\d):(\d\d)/.exec(name)
  return m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) : 0
}

const dayOfYear = (date: Date): number =>
  (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) /
  86_400_000

/** By the name of the function that asks. */
const PARTS: Readonly<Record<string, (date: Date, t: Timestamp) => number>> = {
  getFullYear: date => date.getUTCFullYear(),
  getMonth: date => date.getUTCMonth(),
  getDayOfYear: dayOfYear,
  getDayOfMonth: date => date.getUTCDate() - 1,
  getDate: date => date.getUTCDate(),
  getDayOfWeek: date => date.getUTCDay(),
  getHours: date => date.getUTCHours(),
  getMinutes: date => date.getUTCMinutes(),
  getSeconds: date => date.getUTCSeconds(),
  getMilliseconds: (_, t) => Number((t.nanos - secondsOf(t) * SECOND) / 1_000_000n),
}

/** @throws CelError when there is no such zone */
export const partOf =
  (name: string) =>
  (t: Timestamp, zone = ''): bigint =>
    BigInt(PARTS[name]!(dateOf(t, offsetOf(t, zone)), t))

export const durationIn =
  (size: bigint) =>
  ({ nanos }: Duration): bigint =>
    int(nanos / size)
