/** The path in the API of the object that a manifest describes. */
import type { Cluster } from '../../cluster.ts'

export interface Manifest {
  apiVersion?: unknown
  kind?: unknown
  metadata?: { name?: unknown; generateName?: unknown; namespace?: unknown }
}

/** Half a letter, which only a text of JavaScript can hold, is what Go makes of it. */
const segment = (name: unknown): string => encodeURIComponent(String(name).toWellFormed())

export interface Place {
  group: string
  kind: string
  /** '' for what is in none. */
  namespace: string
  /** The paths of its kind there, and of the object itself. */
  collection: string
  object: string
}

/**
 * @param namespace where it belongs if it does not say
 * @returns undefined when the server knows no such kind
 */
export function placeOf(
  cluster: Cluster,
  { apiVersion, kind, metadata }: Manifest,
  namespace: string,
): Place | undefined {
  const known = cluster.server.registry.of(String(apiVersion), String(kind))
  if (!known) return undefined
  const group = known.group ? `/apis/${known.group}/${known.version}` : `/api/${known.version}`
  const own = known.namespaced ? String(metadata?.namespace || namespace) : ''
  const collection = `${group}${own && `/namespaces/${segment(own)}`}/${known.plural}`
  const object = `${collection}/${segment(metadata?.name)}`
  return { group: known.group, kind: known.kind, namespace: own, collection, object }
}
