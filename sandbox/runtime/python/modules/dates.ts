/** Dates as texts and back, by the letters of `strftime`. */
import { DAYS, MONTHS } from '../../calendar.ts'
import { valueError } from '../builtins/define.ts'

export interface Moment {
  /** As if it were UTC. */
  ms: number
  microseconds: number
  /** '' where none is known. */
  zone: string
  /** Minutes; undefined where none is known. */
  offset: number | undefined
}

const two = (n: number): string => String(n).padStart(2, '0')

export function strftime(format: string, { ms, microseconds, zone, offset }: Moment): string {
  const at = new Date(ms)
  const year = at.getUTCFullYear()
  const yearDay =
    Math.floor((Date.UTC(year, at.getUTCMonth(), at.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000) + 1
  const hour = at.getUTCHours()
  const parts: Record<string, () => string> = {
    Y: () => String(year),
    y: () => two(year % 100),
    m: () => two(at.getUTCMonth() + 1),
    d: () => two(at.getUTCDate()),
    e: () => String(at.getUTCDate()).padStart(2),
    H: () => two(hour),
    I: () => two(hour % 12 || 12),
    M: () => two(at.getUTCMinutes()),
    S: () => two(at.getUTCSeconds()),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    f: () => String(microseconds).padStart(6, '0'),
    A: () => DAYS[at.getUTCDay()]!,
    a: () => DAYS[at.getUTCDay()]!.slice(0, 3),
    B: () => MONTHS[at.getUTCMonth()]!,
    b: () => MONTHS[at.getUTCMonth()]!.slice(0, 3),
    h: () => MONTHS[at.getUTCMonth()]!.slice(0, 3),
    j: () => String(yearDay).padStart(3, '0'),
    w: () => String(at.getUTCDay()),
    u: () => String(at.getUTCDay() || 7),
    F: () => `${year}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`,
    T: () => `${two(hour)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`,
    R: () => `${two(hour)}:${two(at.getUTCMinutes())}`,
    D: () => `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${two(year % 100)}`,
    s: () => String(Math.floor(ms / 1000)),
    Z: () => zone,
    z: () => (offset === undefined ? '' : zoneText(offset, '')),
    n: () => '\n',
    t: () => '\t',
    c: () => strftime('%a %b %e %H:%M:%S %Y', { ms, microseconds, zone, offset }),
    x: () => strftime('%m/%d/%y', { ms, microseconds, zone, offset }),
    X: () => strftime('%H:%M:%S', { ms, microseconds, zone, offset }),
    '%': () => '%',
  }
  return format.replace(/%-?([\s\S])/g, (all, letter: string) => {
    const text = parts[letter]?.()
    if (text === undefined) return all
    return all[1] === '-' ? text.replace(/^[0 ]+(?=.)/, '') : text
  })
}

const zoneText = (offset: number, by: string): string =>
  `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${by}${two(Math.abs(offset) % 60)}`

const PATTERNS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  I: '(?<I>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  f: '(?<f>\\d{1,6})',
  y: '(?<y>\\d{2})',
  p: '(?<p>AM|PM|am|pm)',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<B>[A-Za-z]+)',
  a: '[A-Za-z]{3}',
  A: '[A-Za-z]+',
  z: '(?<z>[-+]\\d{2}:?\\d{2}|Z)',
  Z: '(?:UTC|GMT)',
  j: '(?<j>\\d{1,3})',
  '%': '%',
}

/** @throws ValueError where the text is not so */
export function strptime(text: string, format: string): Moment {
  const source = format
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/%([a-zA-Z%])/g, (_, letter: string) => {
      const pattern = PATTERNS[letter === 'T' ? '' : letter]
      if (letter === 'T') return `${PATTERNS.H}:${PATTERNS.M}:${PATTERNS.S}`
      if (letter === 'F') return `${PATTERNS.Y}-${PATTERNS.m}-${PATTERNS.d}`
      if (!pattern) throw valueError(`'${letter}' is a bad directive in format '${format}'`)
      return pattern
    })
  const found = new RegExp(`^${source}`).exec(text)
  if (!found) throw valueError(`time data '${text}' does not match format '${format}'`)
  if (found[0].length < text.length) throw valueError(`unconverted data remains: ${text.slice(found[0].length)}`)
  const g = found.groups ?? {}
  const name = (value: string): number =>
    MONTHS.findIndex(
      month =>
        month.slice(0, value.length).toLowerCase() === value.toLowerCase() &&
        (value.length === 3 || value.length === month.length),
    )
  const month = g.b ?? g.B
  const hour = g.I ? (Number(g.I) % 12) + (/p/i.test(g.p ?? '') ? 12 : 0) : Number(g.H ?? 0)
  const year = g.y ? Number(g.y) + (Number(g.y) < 69 ? 2000 : 1900) : Number(g.Y ?? 1900)
  const ms = Date.UTC(
    year,
    month ? name(month) : Number(g.m ?? 1) - 1,
    Number(g.d ?? 1),
    hour,
    Number(g.M ?? 0),
    Number(g.S ?? 0),
  )
  if (g.d && new Date(ms).getUTCDate() !== Number(g.d))
    throw valueError(
      Number(g.d) > 31 || Number(g.m ?? 1) > 12
        ? `time data '${text}' does not match format '${format}'`
        : 'day is out of range for month',
    )
  const offset =
    g.z === undefined
      ? undefined
      : g.z === 'Z'
        ? 0
        : (g.z[0] === '-' ? -1 : 1) * (Number(g.z.slice(1, 3)) * 60 + Number(g.z.slice(-2)))
  return { ms, microseconds: Number((g.f ?? '0').padEnd(6, '0')), zone: '', offset }
}
