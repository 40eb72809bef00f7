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
