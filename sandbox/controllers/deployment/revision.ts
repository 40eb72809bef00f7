/** Revisions: which ReplicaSet is which version of the template, and the annotations that remember it. */
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { equalTemplates } from '../templates/template.ts'
import { DESIRED_REPLICAS, MAX_REPLICAS, maxSurge, oldestFirst, wanted } from './arithmetic.ts'

export const REVISION = 'deployment.kubernetes.io/revision'
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
/** Asks for a rollback to the revision that it names. */
export const ROLLBACK_TO = 'deprecated.deployment.rollback.to'
/** All but these are passed on from the Deployment to its ReplicaSets. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  ROLLBACK_TO,
])
/** Whether an annotation is the same of a Deployment and its ReplicaSets. */
export const isCopied = (annotation: string): boolean => !NOT_COPIED.has(annotation)
const MAX_HISTORY_LENGTH = 2000

/** The oldest set made of the present template is the new one; if there are two, that was a mistake of the past. */
export function findNewSet(d: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return oldestFirst(sets).find(rs => equalTemplates(rs.spec.template!, d.spec.template))
}

/** A number of 64 bits, as Go reads it; undefined if the text is none. */
export function int64(text: string): bigint | undefined {
  if (!/^[-+]?\d+$/.test(text)) return undefined
  const number = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, number) === number ? number : undefined
}

/** Anybody may have written it; what is no number of 64 bits counts as none. */
export const revisionOf = (rs: ReplicaSet): bigint => int64(rs.metadata.annotations?.[REVISION] ?? '') ?? 0n

/** After the greatest comes the least. */
export const nextRevision = (old: readonly ReplicaSet[]): bigint =>
  BigInt.asIntN(64, old.map(revisionOf).reduce((a, b) => (a > b ? a : b), 0n) + 1n)

export const replicasAnnotations = (d: Deployment): Record<string, string> => ({
  [DESIRED_REPLICAS]: String(wanted(d)),
  [MAX_REPLICAS]: String(wanted(d) + maxSurge(d)),
})

/** Annotations that the new ReplicaSet should have; those that it has and nobody speaks of stay. */
export function newSetAnnotations(
  d: Deployment,
  present: Readonly<Record<string, string>>,
  revision: bigint,
): Record<string, string> {
  const old = present[REVISION]
  const number = old ? int64(old) : 0n
  // Of a set whose revision cannot be read nothing is brought up to date.
  if (number === undefined) return { ...present }
  const annotations = { ...present }
  for (const [key, value] of Object.entries(d.metadata.annotations ?? {})) if (isCopied(key)) annotations[key] = value
  if (number >= revision) return annotations
  annotations[REVISION] = String(revision)
  if (old) annotations[REVISION_HISTORY] = appended(present[REVISION_HISTORY] ?? '', old)
  return annotations
}

/** The earliest are dropped when the list grows too long. */
function appended(history: string, revision: string): string {
  const entries = history ? history.split(',') : []
  while (entries.length && entries.join().length + revision.length + 1 > MAX_HISTORY_LENGTH) entries.shift()
  return [...entries, revision].join()
}
