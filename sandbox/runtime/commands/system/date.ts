/** Dates as `strftime` writes them, in UTC. */
import { DAYS, MONTHS } from '../../calendar.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** The week of ISO 8601: it belongs to the year that its Thursday lies in. */
function isoWeek(date: Date): number {
  const thursday = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - (date.getUTCDay() || 7))
  const january = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return Math.floor((thursday - january) / 604_800_000) + 1
}

export function strftime(format: string, ms: number): string {
  if (Number.isNaN(new Date(ms).getTime())) return ''
  const d = new Date(ms)
  const yearDay =
    Math.floor(
      (Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()) - Date.UTC(d.getUTCFullYear(), 0, 1)) / 86_400_000,
    ) + 1
  const hour12 = d.getUTCHours() % 12 || 12
  const fields: Record<string, () => string> = {
    Y: () => String(d.getUTCFullYear()),
    y: () => two(d.getUTCFullYear() % 100),
    C: () => two(Math.floor(d.getUTCFullYear() / 100)),
    m: () => two(d.getUTCMonth() + 1),
    d: () => two(d.getUTCDate()),
    e: () => String(d.getUTCDate()).padStart(2),
    H: () => two(d.getUTCHours()),
    I: () => two(hour12),
    l: () => String(hour12).padStart(2),
    k: () => String(d.getUTCHours()).padStart(2),
    M: () => two(d.getUTCMinutes()),
    S: () => two(d.getUTCSeconds()),
    N: () => String(d.getUTCMilliseconds()).padStart(3, '0').padEnd(9, '0'),
    L: () => String(d.getUTCMilliseconds()).padStart(3, '0'),
    p: () => (d.getUTCHours() < 12 ? 'AM' : 'PM'),
    s: () => String(Math.floor(ms / 1000)),
    a: () => DAYS[d.getUTCDay()]!.slice(0, 3),
    A: () => DAYS[d.getUTCDay()]!,
    b: () => MONTHS[d.getUTCMonth()]!.slice(0, 3),
    h: () => MONTHS[d.getUTCMonth()]!.slice(0, 3),
    B: () => MONTHS[d.getUTCMonth()]!,
    U: () => two(Math.floor((yearDay + 6 - d.getUTCDay()) / 7)),
    W: () => two(Math.floor((yearDay + 6 - ((d.getUTCDay() + 6) % 7)) / 7)),
    V: () => two(isoWeek(d)),
    j: () => String(yearDay).padStart(3, '0'),
    q: () => String(Math.floor(d.getUTCMonth() / 3) + 1),
    u: () => String(d.getUTCDay() || 7),
    w: () => String(d.getUTCDay()),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    F: () => strftime('%Y-%m-%d', ms),
    T: () => strftime('%H:%M:%S', ms),
    R: () => strftime('%H:%M', ms),
    D: () => strftime('%m/%d/%y', ms),
    c: () => strftime('%a %b %e %H:%M:%S %Y', ms),
    r: () => strftime('%I:%M:%S %p', ms),
    x: () => strftime('%m/%d/%y', ms),
    X: () => strftime('%H:%M:%S', ms),
  }
  return format.replace(/%[-_0]?([a-zA-Z%])/g, (whole, letter: string) => {
    const text = fields[letter]?.()
    if (text === undefined) return whole
    return whole[1] === '-' ? text.replace(/^[0 ]+(?=\d)/, '') : text
  })
}
