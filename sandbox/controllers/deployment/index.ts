/** Rolls a Deployment's template out through ReplicaSets: rolling or all at once, paused, scaled, cleaned up. */
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../../api/kinds/replicaset.ts'
import type { Deployment } from '../../api/types.ts'
import { findCondition, withCondition } from '../conditions.ts'
import { type Controller, type ControllerContext, type Key, type Result, watch } from '../controller.ts'
import { claim, controllerOf, watchOrphans } from '../owners.ts'
import { isFinished } from '../pods.ts'
import {
  availableOf,
  countIn,
  DESIRED_REPLICAS,
  isRolling,
  maxUnavailable,
  newSetSize,
  oldestFirst,
  proportionalSizes,
  removable,
  replicasOf,
  sum,
  wanted,
} from './arithmetic.ts'
import { rollBack, rollbackTo } from './rollback.ts'
import { Rollout } from './rollout.ts'
import {
  calculateStatus,
  condition,
  hasProgressDeadline,
  isComplete,
  progressCheckIn,
  rolloutStatus,
} from './status.ts'

export const deploymentController: Controller = {
  name: 'deployment-controller',
  for: deploymentKind,
  owns: [replicaSetKind],
  watches: [
    watchOrphans(replicaSetKind, deploymentKind, d => d.spec.selector),
    // A Recreate rollout waits for the last old Pod to be gone.
    watch(podKind, ({ type, object }, client) => {
      if (type !== 'DELETED') return []
      const namespace = object.metadata.namespace ?? ''
      const set = controllerOf(object, replicaSetKind)
      const rs = set && client.find(replicaSetKind, namespace, set.name)
      const owner = rs && controllerOf(rs, deploymentKind)
      const d = owner && client.find(deploymentKind, namespace, owner.name)
      return d && !isRolling(d) ? [{ namespace, name: d.metadata.name }] : []
    }),
  ],
  reconcile,
}

function reconcile({ namespace, name }: Key, context: ControllerContext): Result | undefined {
  const { client, clock, events } = context
  const d = client.find(deploymentKind, namespace, name)
  if (!d) return
  if (!Object.keys(d.spec.selector.matchLabels ?? {}).length && !d.spec.selector.matchExpressions?.length) {
    events.event(
      d,
      'Warning',
      'SelectingAll',
      'This deployment is selecting all pods. A non-empty selector is required.',
    )
    client.updateStatus(deploymentKind, {
      ...d,
      status: { ...d.status, observedGeneration: d.metadata.generation ?? 0 },
    })
    return
  }
  const rollout = new Rollout(context, d, claim(client, replicaSetKind, deploymentKind, d, d.spec.selector))
  if (d.metadata.deletionTimestamp) {
    rollout.syncRevision(false)
    rollout.writeStatus(calculateStatus(rollout.d, rollout.all, rollout.newSet, clock))
    return
  }
  notePause(rollout)
  const asked = d.spec.paused ? undefined : rollbackTo(d)
  if (asked !== undefined) {
    rollBack(rollout, asked)
    return
  }
  rollout.syncRevision(false)
  if (d.spec.paused || isResized(rollout)) {
    resize(rollout)
    if (d.spec.paused) rollout.cleanUp()
    rollout.writeStatus(calculateStatus(rollout.d, rollout.all, rollout.newSet, clock))
    return
  }
  if (isRolling(d)) roll(rollout)
  else recreate(rollout)
  const status = rolloutStatus(rollout.d, rollout.all, rollout.newSet, clock)
  rollout.writeStatus(status)
  const ms = progressCheckIn(rollout.d, status, clock.now())
  return ms === undefined ? undefined : { requeueAfter: ms }
}

/** A pause makes progress unknown, so that the time in it does not count against the deadline. */
function notePause(rollout: Rollout): void {
  const { d, context } = rollout
  const progressing = findCondition(d.status.conditions, 'Progressing')
  if (!hasProgressDeadline(d) || progressing?.reason === 'ProgressDeadlineExceeded') return
  const noted = progressing?.reason === 'DeploymentPaused'
  if (Boolean(d.spec.paused) === noted) return
  const now = d.spec.paused
    ? condition(context.clock, 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused')
    : condition(context.clock, 'Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed')
  rollout.writeStatus({ ...d.status, conditions: withCondition(d.status.conditions, now) })
}

/** Whether the Deployment's size has been changed since its sets were last sized. */
function isResized(rollout: Rollout): boolean {
  return rollout.all.some(rs => {
    const desired = replicasOf(rs) > 0 ? countIn(rs, DESIRED_REPLICAS) : undefined
    return desired !== undefined && desired !== wanted(rollout.d)
  })
}

/** Passes a change of size on to the sets without going on with the rollout. */
function resize(rollout: Rollout): void {
  const { d, newSet } = rollout
  const active = rollout.all.filter(rs => replicasOf(rs) > 0)
  const only =
    active.length === 0 ? (newSet ?? oldestFirst(rollout.oldSets).at(-1)) : active.length === 1 ? active[0] : undefined
  if (only) rollout.scale(only, wanted(d))
  else if (newSet && isSaturated(d, newSet)) for (const rs of rollout.activeOld) rollout.scale(rs, 0)
  else if (isRolling(d)) for (const { rs, size } of proportionalSizes(d, active)) rollout.scale(rs, size, true)
}

const isSaturated = (d: Deployment, rs: NonNullable<Rollout['newSet']>): boolean =>
  replicasOf(rs) === wanted(d) && countIn(rs, DESIRED_REPLICAS) === wanted(d) && availableOf(rs) === wanted(d)

function roll(rollout: Rollout): void {
  rollout.syncRevision(true)
  if (growNew(rollout) || shrinkOld(rollout)) return
  if (isComplete(rollout.d, rollout.d.status)) rollout.cleanUp()
}

function growNew(rollout: Rollout): boolean {
  const newSet = rollout.newSet!
  const size = replicasOf(newSet)
  const target = size >= wanted(rollout.d) ? wanted(rollout.d) : newSetSize(rollout.d, rollout.all, size)
  return rollout.scale(newSet, target)
}

/** Pods that are of no use go first, then as many as may be unavailable; the oldest sets first. */
function shrinkOld(rollout: Rollout): boolean {
  const { d } = rollout
  if (!rollout.activeOld.length) return false
  const limit = removable(d, rollout.all, rollout.newSet!)
  if (limit <= 0) return false
  let removed = 0
  for (const rs of oldestFirst(rollout.activeOld)) {
    if (removed >= limit) break
    // Its status is of the time before it was made smaller: nothing can be said about who is available.
    if (availableOf(rs) > replicasOf(rs)) return false
    const useless = Math.min(limit - removed, replicasOf(rs) - availableOf(rs))
    if (!useless) continue
    rollout.scale(rs, replicasOf(rs) - useless)
    removed += useless
  }
  let spare = sum(rollout.all, availableOf) - (wanted(d) - maxUnavailable(d))
  for (const rs of oldestFirst(rollout.activeOld)) {
    if (spare <= 0) break
    const n = Math.min(replicasOf(rs), spare)
    rollout.scale(rs, replicasOf(rs) - n)
    spare -= n
    removed += n
  }
  return removed > 0
}

/** Everything old goes, and only when nothing of it runs any more does the new come. */
function recreate(rollout: Rollout): void {
  const old = rollout.activeOld
  for (const rs of old) rollout.scale(rs, 0)
  if (old.length || oldPodsRun(rollout)) return
  rollout.syncRevision(true)
  rollout.scale(rollout.newSet!, wanted(rollout.d))
  if (isComplete(rollout.d, rollout.d.status)) rollout.cleanUp()
}

function oldPodsRun({ oldSets, context: { client } }: Rollout): boolean {
  return (
    sum(oldSets, rs => rs.status.replicas ?? 0) > 0 ||
    oldSets.some(rs => client.ownedBy(podKind, rs.metadata.uid).some(pod => !isFinished(pod)))
  )
}
