/** Days of a course: written as 2026-10-01, meant in the course's time zone, the last one until its end. */

const DAY_MS = 24 * 3600 * 1000

export const isDate = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** How far ahead of UTC the zone's clocks are at that moment. */
function offsetAt(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(time)
  const name = parts.find(p => p.type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** @param local 2026-10-01T09:30, as clocks there show it @returns the moment; NaN for what is no time */
export function momentOf(local: string, zone: string): number {
  const asIfUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asIfUtc)) return asIfUtc
  const near = asIfUtc - offsetAt(asIfUtc, zone)
  // Where clocks were changed in between, the first guess is an hour off.
  return asIfUtc - offsetAt(near, zone)
}

/** What clocks there show at a moment: 2026-10-01T09:30. */
export const localOf = (time: number, zone: string): string =>
  new Date(time + offsetAt(time, zone)).toISOString().slice(0, 16)

/** The moment at which the day begins there. */
export const beginningOf = (day: string, zone: string): number => momentOf(`${day}T00:00`, zone)

/** The moment at which the day is over there. */
export const endOf = (day: string, zone: string): number =>
  beginningOf(new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10), zone)
