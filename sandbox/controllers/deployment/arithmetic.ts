/** The sums of a rollout: how many Pods more and fewer than wanted are allowed, and how to share out a change of size. */
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { scaled } from '../intstr.ts'

export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas'
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas'

export const replicasOf = (rs: ReplicaSet): number => rs.spec.replicas ?? 1
export const wanted = (d: Deployment): number => d.spec.replicas ?? 1
export const isRolling = (d: Deployment): boolean => d.spec.strategy?.type !== 'Recreate'

/** Both 0 would never get anywhere, so one may then be unavailable. */
export function fenceposts(d: Deployment): { surge: number; unavailable: number } {
  if (!isRolling(d)) return { surge: 0, unavailable: 0 }
  const { maxSurge, maxUnavailable } = d.spec.strategy?.rollingUpdate ?? {}
  const surge = scaled(maxSurge, wanted(d), true)
  const unavailable = scaled(maxUnavailable, wanted(d), false)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

export const maxSurge = (d: Deployment): number => fenceposts(d).surge

export const maxUnavailable = (d: Deployment): number =>
  wanted(d) === 0 ? 0 : Math.min(fenceposts(d).unavailable, wanted(d))

export function sum(sets: readonly ReplicaSet[], count: (rs: ReplicaSet) => number): number {
  let n = 0
  for (let i = 0; i < sets.length; i++) n += count(sets[i]!)
  return n
}
export const availableOf = (rs: ReplicaSet): number => rs.status.availableReplicas ?? 0

/** The size that the new ReplicaSet may have, given what all of them hold. */
export function newSetSize(d: Deployment, all: readonly ReplicaSet[], current: number): number {
  if (!isRolling(d)) return wanted(d)
  const room = wanted(d) + maxSurge(d) - sum(all, replicasOf)
  return room <= 0 ? current : current + Math.min(room, wanted(d) - current)
}

/** How many Pods of old sets may go without falling below what must be available. */
export function removable(d: Deployment, all: readonly ReplicaSet[], newSet: ReplicaSet): number {
  const newUnavailable = replicasOf(newSet) - availableOf(newSet)
  return sum(all, replicasOf) - (wanted(d) - maxUnavailable(d)) - newUnavailable
}

const byAge = (a: ReplicaSet, b: ReplicaSet): number => {
  const [x, y] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp]
  if (x !== y) return x < y ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : 1
}
/** Oldest first. */
export const oldestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] => [...sets].sort(byAge)

/**
 * Sizes for all sets after the Deployment's size was changed in the middle of a rollout: each gets its share, the
 * largest what is left over. Among equals newer sets grow first and older ones shrink first.
 */
export function proportionalSizes(d: Deployment, active: readonly ReplicaSet[]): { rs: ReplicaSet; size: number }[] {
  const allowed = wanted(d) > 0 ? wanted(d) + maxSurge(d) : 0
  const toAdd = allowed - sum(active, replicasOf)
  const ordered = [...active].sort((a, b) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)))
  let added = 0
  const sizes = ordered.map(rs => {
    const share = proportion(d, rs, toAdd, added)
    added += share
    return { rs, size: replicasOf(rs) + share }
  })
  const first = sizes[0]
  if (first && toAdd !== 0) first.size = Math.max(0, first.size + toAdd - added)
  return sizes
}

function proportion(d: Deployment, rs: ReplicaSet, toAdd: number, added: number): number {
  if (replicasOf(rs) === 0 || toAdd === 0 || toAdd === added) return 0
  const fraction = fractionOf(d, rs)
  const rest = toAdd - added
  return toAdd > 0 ? Math.min(fraction, rest) : Math.max(fraction, rest)
}

/** What the set would gain or lose if it kept its share of the whole. */
function fractionOf(d: Deployment, rs: ReplicaSet): number {
  if (wanted(d) === 0) return -replicasOf(rs)
  const before = countIn(rs, MAX_REPLICAS) || (d.status.replicas ?? 0)
  if (before === 0) return 0
  const exact = (replicasOf(rs) * (wanted(d) + maxSurge(d))) / before
  return Math.floor(exact + 0.5) - replicasOf(rs)
}

/** A count noted in an annotation; undefined when it is absent or no count. */
export function countIn(rs: ReplicaSet, annotation: string): number | undefined {
  const text = rs.metadata.annotations?.[annotation]
  return text !== undefined && /^\d+$/.test(text) && Number(text) < 2 ** 31 ? Number(text) : undefined
}
