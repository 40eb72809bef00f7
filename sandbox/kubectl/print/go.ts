/** Values as Go's fmt prints them with %v. */
import { isRecord, sortedKeys } from '../objects.ts'

export function goValue(v: unknown): string {
  if (v === null || v === undefined) return '<nil>'
  if (Array.isArray(v)) return `[${v.map(goValue).join(' ')}]`
  if (isRecord(v))
    return `map[${sortedKeys(v)
      .map(k => `${k}:${goValue(v[k])}`)
      .join(' ')}]`
  return typeof v === 'number' ? goNumber(v) : String(v)
}

/** %v of a whole number or of a float64. */
export function goNumber(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return String(n)
  const a = Math.abs(n)
  if (a < 1e21 && a >= 1e-4) return String(n)
  return n.toExponential().replace(/e([-+])(\d)$/, 'e$10$2')
}

/** %v of a time.Duration of whole milliseconds, such as 1m30s. */
export function goDuration(ms: number): string {
  if (ms < 0) return `-${goDuration(-ms)}`
  if (ms < 1000) return ms ? `${ms}ms` : '0s'
  const seconds = `${(ms % 60_000) / 1000}s`
  const minutes = Math.floor(ms / 60_000)
  if (!minutes) return seconds
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`
}
