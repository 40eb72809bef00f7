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
  if (pattern.trim().split(/\s+/).length !== 5) throw new Error(`expected exactly 5 fields: ${rest}`)
  const cron = new Cron(pattern.replaceAll('?', '*'), { paused: true, timezone: prefix ?? timeZone ?? 'UTC' })
  return { next: time => cron.nextRun(new Date(time))?.getTime() }
}
