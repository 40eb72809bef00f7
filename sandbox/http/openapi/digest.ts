/** Parts of a document in short, to compare ours with what Kubernetes publishes. */
import { hashOf } from '../discovery/etag.ts'

/** Kubernetes publishes its documents without the values that fields may have, and of no version. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key, inner]) => !(key === 'enum' && Array.isArray(inner) && 'description' in value))
    .filter(([key, inner]) => !(key === 'version' && typeof inner === 'string' && 'title' in value))
    .map(([key, inner]): [string, unknown] => [
      key,
      key === 'description' && typeof inner === 'string'
        ? inner.split('\n\nPossible enum values:', 1)[0]
        : comparable(inner),
    ])
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same for all that say the same, in whatever order. */
export const digestOf = (value: unknown): string => hashOf(JSON.stringify(comparable(value))).slice(0, 12)
