/** Where the API keeps what a manifest describes. */
import type { Cluster } from '../cluster.ts'

export interface Manifest {
  apiVersion?: unknown
  kind?: unknown
  metadata?: { name?: unknown; generateName?: unknown; namespace?: unknown }
}

/** Half a letter, which only a text of JavaScript can hold, is what Go makes of it. */
const segment = (name: unknown): string => encodeURIComponent(String(name).toWellFormed())

/** Undefined when the server knows no such kind. */
export function placeOf(cluster: Cluster, { apiVersion, kind, metadata }: Manifest) {
  const known = cluster.server.registry.of(String(apiVersion), String(kind))
  if (!known) return undefined
  const group = known.group ? `/apis/${known.group}/${known.version}` : `/api/${known.version}`
  const space = known.namespaced ? `/namespaces/${segment(metadata?.namespace ?? 'default')}` : ''
  const collection = `${group}${space}/${known.plural}`
  return { group: known.group, collection, object: `${collection}/${segment(metadata?.name)}` }
}
