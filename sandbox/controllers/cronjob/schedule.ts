/** Cron schedules, by time zone, asked for instants of virtual time. */
import { Cron } from 'croner'
import { parseDuration } from '../../clock/duration.ts'

export interface Schedule {
  /** The first instant after `time`; undefined when there is none. */
  next(time: number): number | undefined
}

const NICKNAMES: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** Of minutes, hours, days of the month, months, days of the week. */
const RANGES: readonly (readonly [min: number, max: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
]

/** One field as croner takes it: without what Kubernetes' parser passes over, and with the ends that it adds. */
function fieldFor(text: string, [min, max]: readonly [number, number]): string {
  const parts = text.split(',').filter(Boolean)
  const plain = parts.map(part => {
    const [range = '', step] = part.split('/')
    const [low = '', high] = range.split('-')
    const any = low === '*' || low === '?'
    const every = Number(step ?? 1)
    // A step beyond the whole range leaves the first of it alone.
    if (every > max - min) return any ? String(min) : low
    if (any) return every === 1 ? '*' : `*/${every}`
    if (step === undefined) return range
    return `${low}-${high ?? max}/${every}`
  })
  return plain.includes('*') ? '*' : plain.join(',')
}

/** @throws when it is no schedule */
export function parseSchedule(text: string, timeZone: string | undefined): Schedule {
  const [, prefix, rest] = /^(?:(?:CRON_TZ|TZ)=(\S+)\s+)?(.*)$/s.exec(text.trim())!
  const every = /^@every\s+(\S+)$/.exec(rest!)
  if (every) {
    // Whole seconds, and never less than one.
    const ms = Math.max(1000, Math.trunc(parseDuration(every[1]!) / 1000) * 1000)
    return { next: time => Math.trunc(time / 1000) * 1000 + ms }
  }
  const pattern = NICKNAMES[rest!] ?? rest!
  const fields = pattern.trim().split(/\s+/)
  if (fields.length !== 5) throw new Error(`expected exactly 5 fields: ${rest}`)
  const cron = new Cron(fields.map((field, i) => fieldFor(field, RANGES[i]!)).join(' '), {
    paused: true,
    timezone: prefix ?? timeZone ?? 'UTC',
  })
  return { next: time => cron.nextRun(new Date(time))?.getTime() }
}
