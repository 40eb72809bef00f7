/** `90`, `30s`, `1h30m`: how long something takes in a configuration. */

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

/** In milliseconds; undefined when it says none. */
export function duration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwMy]?)/g)]
  if (!parts.length || parts.map(([whole]) => whole).join('') !== text) return undefined
  return parts.reduce((sum, [, n, unit = '']) => sum + Number(n) * UNITS[unit]!, 0)
}
