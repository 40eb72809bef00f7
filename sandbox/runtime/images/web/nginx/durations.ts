/** `90`, `30s`, `1h30m`: how long something takes in a configuration, and when pages grow old. */

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
}

/** When a page grows old: so long after it was got (or changed), or each day at a time. */
export type Expiry = 'off' | 'epoch' | 'max' | { after: number } | { daily: number }

/** Undefined when it says none. */
export function readExpiry(text: string): Expiry | undefined {
  if (text === 'off' || text === 'epoch' || text === 'max') return text
  const [, sign, rest = ''] = /^([-+@]?)(.*)$/s.exec(text) ?? []
  const ms = duration(rest)
  if (ms === undefined) return undefined
  if (sign === '@') return ms > UNITS.d! ? undefined : { daily: ms }
  return { after: sign === '-' ? -ms : ms }
}

/** In milliseconds; undefined when it says none. */
export function duration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwMy]?)/g)]
  if (!parts.length || parts.map(([whole]) => whole).join('') !== text) return undefined
  return parts.reduce((sum, [, n, unit = '']) => sum + Number(n) * UNITS[unit]!, 0)
}
