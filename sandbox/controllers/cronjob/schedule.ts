/** Cron schedules, by time zone, asked for instants of virtual time. */
import { Cron } from 'croner'

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
const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }

/** `1h30m` in milliseconds. */
function duration(text: string): number {
  let ms = 0
  const rest = text.replace(/(\d+(?:\.\d+)?)(ms|h|m|s)/g, (_, n: string, unit: string) => {
    ms += Number(n) * UNITS[unit]!
    return ''
  })
  if (rest || !ms) throw new Error(`failed to parse duration @every ${text}`)
  return Math.max(1000, Math.trunc(ms / 1000) * 1000)
}

/** @throws when it is no schedule */
export function parseSchedule(text: string, timeZone: string | undefined): Schedule {
  const [, prefix, rest] = /^(?:(?:CRON_TZ|TZ)=(\S+)\s+)?(.*)$/s.exec(text.trim())!
  const every = /^@every\s+(\S+)$/.exec(rest!)
  if (every) {
    const ms = duration(every[1]!)
    return { next: time => Math.trunc(time / 1000) * 1000 + ms }
  }
  const pattern = NICKNAMES[rest!] ?? rest!
  if (pattern.trim().split(/\s+/).length !== 5) throw new Error(`expected exactly 5 fields: ${rest}`)
  const cron = new Cron(pattern.replaceAll('?', '*'), { paused: true, timezone: prefix ?? timeZone ?? 'UTC' })
  return { next: time => cron.nextRun(new Date(time))?.getTime() }
}
