/** A Deployment's status: counts, whether it is available, whether it makes progress. */
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import type { Clock } from '../../clock/clock.ts'
import { findCondition, withCondition, withoutCondition } from '../conditions.ts'
import { availableOf, maxUnavailable, replicasOf, sum, wanted } from './arithmetic.ts'

export type DeploymentStatus = Deployment['status']
export type DeploymentCondition = NonNullable<DeploymentStatus['conditions']>[number]

const NO_LIMIT = 2 ** 31 - 1
export const hasProgressDeadline = (d: Deployment): boolean =>
  d.spec.progressDeadlineSeconds !== undefined && d.spec.progressDeadlineSeconds !== NO_LIMIT
export const hasHistoryLimit = (d: Deployment): boolean =>
  d.spec.revisionHistoryLimit !== undefined && d.spec.revisionHistoryLimit !== NO_LIMIT

export function condition(
  clock: Clock,
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
): DeploymentCondition {
  const now = clock.timestamp()
  return { type, status, reason, message, lastUpdateTime: now, lastTransitionTime: now }
}

/** Counts and availability; conditions of progress are left as they are. */
export function calculateStatus(
  d: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  clock: Clock,
): DeploymentStatus {
  const available = sum(all, availableOf)
  const enough = available >= wanted(d) - maxUnavailable(d)
  const terminating = sum(all, rs => rs.status.terminatingReplicas ?? 0)
  const replicas = sum(all, rs => rs.status.replicas ?? 0)
  const updated = newSet?.status.replicas ?? 0
  const ready = sum(all, rs => rs.status.readyReplicas ?? 0)
  const unavailable = sum(all, replicasOf) - available
  // Set one by one, for it is made at every change of one of hundreds of Pods.
  const status: DeploymentStatus = {}
  if (d.metadata.generation) status.observedGeneration = d.metadata.generation
  if (replicas) status.replicas = replicas
  if (updated) status.updatedReplicas = updated
  if (ready) status.readyReplicas = ready
  if (available) status.availableReplicas = available
  if (unavailable > 0) status.unavailableReplicas = unavailable
  status.terminatingReplicas = terminating
  if (d.status.collisionCount !== undefined) status.collisionCount = d.status.collisionCount
  status.conditions = withCondition(
    d.status.conditions,
    enough
      ? condition(clock, 'Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
      : condition(
          clock,
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        ),
  )
  return status
}

export function isComplete(d: Deployment, s: DeploymentStatus): boolean {
  const n = wanted(d)
  return (
    (s.updatedReplicas ?? 0) === n &&
    (s.replicas ?? 0) === n &&
    (s.availableReplicas ?? 0) === n &&
    (s.observedGeneration ?? 0) >= (d.metadata.generation ?? 0)
  )
}

function hasProgressed(was: DeploymentStatus, is: DeploymentStatus): boolean {
  const old = (s: DeploymentStatus): number => (s.replicas ?? 0) - (s.updatedReplicas ?? 0)
  return (
    (is.updatedReplicas ?? 0) > (was.updatedReplicas ?? 0) ||
    old(is) < old(was) ||
    (is.readyReplicas ?? 0) > (was.readyReplicas ?? 0) ||
    (is.availableReplicas ?? 0) > (was.availableReplicas ?? 0)
  )
}

function isTimedOut(d: Deployment, progressing: DeploymentCondition | undefined, now: number): boolean {
  if (!progressing || progressing.reason === 'NewReplicaSetAvailable') return false
  if (progressing.reason === 'ProgressDeadlineExceeded') return true
  return Date.parse(progressing.lastUpdateTime ?? '') + d.spec.progressDeadlineSeconds! * 1000 < now
}

/** The status in the course of a rollout. */
export function rolloutStatus(
  d: Deployment,
  all: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  clock: Clock,
): DeploymentStatus {
  const status = calculateStatus(d, all, newSet, clock)
  const current = findCondition(d.status.conditions, 'Progressing')
  if (!hasProgressDeadline(d)) status.conditions = withoutCondition(status.conditions, 'Progressing')
  const subject = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${d.metadata.name}"`
  const settled = status.replicas === status.updatedReplicas && current?.reason === 'NewReplicaSetAvailable'
  if (hasProgressDeadline(d) && !settled) {
    if (isComplete(d, status)) {
      const done = condition(
        clock,
        'Progressing',
        'True',
        'NewReplicaSetAvailable',
        `${subject} has successfully progressed.`,
      )
      status.conditions = withCondition(status.conditions, done)
    } else if (hasProgressed(d.status, status)) {
      // Unlike any other condition this one is renewed when its reason stays the same: the deadline counts from here.
      const going = condition(clock, 'Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`)
      if (current?.status === 'True') going.lastTransitionTime = current.lastTransitionTime!
      status.conditions = [...withoutCondition(status.conditions, 'Progressing'), going]
    } else if (isTimedOut(d, findCondition(status.conditions, 'Progressing'), clock.now())) {
      const stuck = condition(
        clock,
        'Progressing',
        'False',
        'ProgressDeadlineExceeded',
        `${subject} has timed out progressing.`,
      )
      status.conditions = withCondition(status.conditions, stuck)
    }
  }
  const failure = replicaFailure(newSet ? [newSet, ...all] : all)
  status.conditions = failure
    ? withCondition(status.conditions, failure)
    : withoutCondition(status.conditions, 'ReplicaFailure')
  return status
}

/** The new set's failure goes before that of others. */
function replicaFailure(sets: readonly ReplicaSet[]): DeploymentCondition | undefined {
  for (const rs of sets) {
    const failure = findCondition(rs.status.conditions, 'ReplicaFailure')
    if (failure) return { ...failure, lastUpdateTime: failure.lastTransitionTime! }
  }
  return undefined
}

/** Milliseconds until the deadline has to be looked at; undefined when there is nothing to wait for. */
export function progressCheckIn(d: Deployment, status: DeploymentStatus, now: number): number | undefined {
  const progressing = findCondition(d.status.conditions, 'Progressing')
  if (!hasProgressDeadline(d) || !progressing) return undefined
  if (isComplete(d, status) || progressing.reason === 'ProgressDeadlineExceeded') return undefined
  return Math.max(0, Date.parse(progressing.lastUpdateTime ?? '') + d.spec.progressDeadlineSeconds! * 1000 - now) + 1000
}
