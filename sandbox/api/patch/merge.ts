/** JSON merge patch: RFC 7396, and what the library that Kubernetes uses makes of it. */
import { clone, isObject } from '../formats/json.ts'

type Record_ = Record<string, unknown>

/** What has been merged is a map to Go, whose keys come by the alphabet; all else keeps its order. */
const asMap = (entries: Iterable<readonly [string, unknown]>): Record_ =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

/** What is new keeps nothing that is null, but in lists. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([, child]) => child !== null && child !== undefined)
  return asMap(kept.map(([key, child]) => [key, withoutNulls(child)]))
}

/** Target and patch are left alone; the result may hold parts of the target. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(target)) return withoutNulls(patch)
  if (!isObject(patch)) return clone(patch)
  const merged = new Map(Object.entries(target))
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (value === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  }
  return asMap(merged)
}
