/** Dates as tools are given them: for busybox an absolute one; for GNU also words such as `yesterday`, and steps such as `2 days ago`. */

const SECOND = 1000
const UNITS: Readonly<Record<string, number>> = {
  sec: SECOND,
  second: SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  hour: 3600 * SECOND,
  day: 86_400 * SECOND,
  week: 7 * 86_400 * SECOND,
  fortnight: 14 * 86_400 * SECOND,
}
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const STEP =
  /(?:^|\s)(next|last|this|[-+]?\s*\d*)\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b(\s+ago\b)?/gi
const WEEKDAY = /(?:^|\s)(next\s+|last\s+)?(sun|mon|tue|wed|thu|fri|sat)[a-z]*(?=\s|$)/i

/** As ISO 8601 has it, though with a blank for its T; of UTC where no zone is named. */
const isoDate = (text: string): number =>
  Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}${/\d:\d/.test(text) ? 'Z' : ''}`)

const absolute = (text: string): number =>
  /[zZ]|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d( \d|$)/.test(text) ? isoDate(text) : Date.parse(`${text} UTC`)

/** hh:mm[:ss], after MM.DD- or YYYY.MM.DD- if it is not today. */
const CLOCK = /^(?:(?:(\d{4})\.)?(\d\d?)\.(\d\d?)-)?(\d\d?):(\d\d?)(?::(\d\d?))?$/
/** [[[[[YY]YY]MM]DD]hh]mm[.ss] */
const DIGITS = /^(?:(\d{4}|\d{2})(?=\d{8}))?(\d\d(?=\d{6}))?(\d\d(?=\d{4}))?(\d\d(?=\d\d))?(\d\d)(?:\.(\d\d))?$/

/** What busybox makes of it. @returns NaN for what is none */
export function plainDate(given: string, now: number): number {
  if (given.startsWith('@')) return Number(given.slice(1)) * SECOND
  if (given === 'now') return now
  const parts = CLOCK.exec(given) ?? DIGITS.exec(given)
  if (!parts) return isoDate(given)
  const [, year, month, day, hour = '0', minute, second = '0'] = parts
  const today = new Date(now)
  const fullYear = year === undefined ? today.getUTCFullYear() : Number(year.length === 2 ? `20${year}` : year)
  const [of, on, at] = [
    month === undefined ? today.getUTCMonth() : Number(month) - 1,
    day === undefined ? today.getUTCDate() : Number(day),
    Number(hour),
  ]
  const ms = Date.UTC(fullYear, of, on, at, Number(minute), Number(second))
  const made = new Date(ms)
  // What is carried over was out of range.
  return made.getUTCMonth() === of && made.getUTCDate() === on && made.getUTCHours() === at ? ms : Number.NaN
}

/** What GNU's tools make of it. @returns NaN for what is none */
export function parseDate(given: string, now: number): number {
  let rest = given.trim()
  if (/^@-?\d+(\.\d+)?$/.test(rest)) return Number(rest.slice(1)) * SECOND
  const steps: [unit: string, count: number][] = []
  rest = rest.replace(STEP, (_, count: string, unit: string, ago: string | undefined) => {
    const number = count.replace(/\s/g, '').toLowerCase()
    const n =
      number === 'next' || number === '' || number === '+'
        ? 1
        : number === 'last' || number === '-'
          ? -1
          : number === 'this'
            ? 0
            : Number(number)
    steps.push([unit.toLowerCase(), ago ? -n : n])
    return ' '
  })
  for (const [word, days] of [
    ['yesterday', -1],
    ['tomorrow', 1],
    ['today', 0],
    ['now', 0],
  ] as const) {
    const found = new RegExp(`(^|\\s)${word}(?=\\s|$)`, 'i')
    if (!found.test(rest)) continue
    rest = rest.replace(found, ' ')
    steps.push(['day', days])
  }
  let weekday: number | undefined
  let ordinal = 0
  rest = rest.replace(WEEKDAY, (_, which: string | undefined, day: string) => {
    weekday = DAYS.indexOf(day.toLowerCase())
    if (which) ordinal = /last/i.test(which) ? -1 : 1
    return ' '
  })
  rest = rest.trim()
  const time = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(rest)
  const midnight = (ms: number): number => Math.floor(ms / UNITS.day!) * UNITS.day!
  let at = rest === '' ? now : time ? midnight(now) : absolute(rest)
  if (time) at += Number(time[1]) * UNITS.hour! + Number(time[2]) * UNITS.minute! + Number(time[3] ?? 0) * SECOND
  if (weekday !== undefined) {
    const ahead = (weekday - new Date(at).getUTCDay() + 7) % 7
    // The next one is the one that comes, unless that is today.
    at = midnight(at) + (ahead + 7 * (ordinal - (ordinal > 0 && ahead ? 1 : 0))) * UNITS.day!
  }
  for (const [unit, count] of steps) {
    const fixed = UNITS[unit]
    if (fixed) {
      at += count * fixed
      continue
    }
    const date = new Date(at)
    if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + count)
    else date.setUTCFullYear(date.getUTCFullYear() + count)
    at = date.getTime()
  }
  return at
}
