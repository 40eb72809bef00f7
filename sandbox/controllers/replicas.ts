/** Keeps as many Pods of a template as are asked for: the work of ReplicaSets and of ReplicationControllers. */
import type { KindDef } from '../api/kind.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../api/kinds/replicaset.ts'
import { InFlight } from '../api/outside.ts'
import type { LabelSelector } from '../api/selectors.ts'
import type { Pod, ReplicaSet } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import { findCondition, unlessZero, withCondition, withoutCondition } from './conditions.ts'
import type { ControllerContext, Key, Result } from './controller.ts'
import { claim, controllerRefOf } from './owners.ts'
import { createPod, deletePod, isNamespaceTerminating, podFromTemplate, slowStart } from './podcontrol.ts'
import {
  byDeletionOrder,
  firstInOrder,
  isActive,
  isAvailable,
  isReady,
  isTerminating,
  isUnfinished,
  nextAvailability,
} from './pods.ts'

/** At most so many Pods are made or deleted in one go. */
const BURST = 500

/** What tells a ReplicationController from a ReplicaSet. */
export interface ReplicasKind {
  kind: KindDef<ReplicaSet>
  selectorOf(rs: ReplicaSet): LabelSelector | undefined
  countsTerminating: boolean
}

export function reconcileReplicas(
  { kind, selectorOf, countsTerminating }: ReplicasKind,
  { namespace, name }: Key,
  context: ControllerContext,
): Result | undefined {
  const { client, clock } = context
  const rs = client.find(kind, namespace, name)
  if (!rs) return
  const pods = claim(client, podKind, kind, rs, selectorOf(rs), { wanted: isUnfinished })
  const active = activeOf(pods)
  const failure = rs.metadata.deletionTimestamp ? undefined : manageReplicas(kind, rs, active, context)
  const terminating = countsTerminating ? pods.filter(isTerminating).length : undefined
  const status = calculateStatus(rs, active, terminating, failure, clock)
  client.updateStatus(kind, { ...rs, status: { ...status, observedGeneration: rs.metadata.generation ?? 0 } })
  if (failure) throw failure.error
  const { minReadySeconds = 0 } = rs.spec
  if (minReadySeconds > 0 && status.readyReplicas !== status.availableReplicas) {
    return { requeueAfter: nextAvailability(active, minReadySeconds, clock.now()) ?? minReadySeconds * 1000 }
  }
  return
}

/** Nearly always all of them, and asked for at every change of one of thousands: without closures, nearly never a list. */
function activeOf(pods: readonly Pod[]): readonly Pod[] {
  for (let i = 0; i < pods.length; i++) if (!isActive(pods[i]!)) return pods.filter(isActive)
  return pods
}

interface Failure {
  reason: 'FailedCreate' | 'FailedDelete'
  error: unknown
}

function manageReplicas(
  kind: KindDef<ReplicaSet>,
  rs: ReplicaSet,
  active: readonly Pod[],
  context: ControllerContext,
): Failure | undefined {
  const missing = rs.spec.replicas! - active.length
  if (missing > 0) {
    const draft = podFromTemplate(rs.spec.template!, rs, kind)
    const { error } = slowStart(Math.min(missing, BURST), () => {
      try {
        createPod(context, rs, draft)
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error
      }
    })
    return error === undefined ? undefined : { reason: 'FailedCreate', error }
  }
  let failure: Failure | undefined
  for (const pod of podsToDelete(rs, active, Math.min(-missing, BURST), context)) {
    try {
      deletePod(context, rs, pod)
    } catch (error) {
      if (error instanceof InFlight) throw error
      failure ??= { reason: 'FailedDelete', error }
    }
  }
  return failure
}

function podsToDelete(
  rs: ReplicaSet,
  active: readonly Pod[],
  count: number,
  { client, clock }: ControllerContext,
): readonly Pod[] {
  if (count === 0 || count === active.length) return active.slice(0, count)
  const onNode = new Map<string, number>()
  const owner = controllerRefOf(rs)
  const family = owner ? client.ownedBy(replicaSetKind, owner.uid) : [rs]
  for (const relative of family) {
    for (const pod of client.ownedBy(podKind, relative.metadata.uid)) {
      const { nodeName } = pod.spec
      if (nodeName && isActive(pod)) onNode.set(nodeName, (onNode.get(nodeName) ?? 0) + 1)
    }
  }
  const order = byDeletionOrder(clock.now(), pod => onNode.get(pod.spec.nodeName ?? '') ?? 0)
  return firstInOrder(active, count, order)
}

type Labels = Readonly<Record<string, string>>

function carries(labels: Labels | undefined, wanted: Labels): boolean {
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false
  return true
}

function calculateStatus(
  rs: ReplicaSet,
  active: readonly Pod[],
  terminating: number | undefined,
  failure: Failure | undefined,
  clock: Clock,
): ReplicaSet['status'] {
  const { minReadySeconds = 0, template } = rs.spec
  const wanted = template?.metadata?.labels ?? {}
  let labels: Labels | null | undefined = null
  let [isLabelled, labelled, ready, available] = [false, 0, 0, 0]
  for (let i = 0; i < active.length; i++) {
    const pod = active[i]!
    // Those of one template share their labels.
    if (pod.metadata.labels !== labels) {
      labels = pod.metadata.labels
      isLabelled = carries(labels, wanted)
    }
    if (isLabelled) labelled++
    if (!isReady(pod)) continue
    ready++
    if (!minReadySeconds || isAvailable(pod, minReadySeconds, clock.now())) available++
  }
  let conditions = rs.status.conditions
  const failed = findCondition(conditions, 'ReplicaFailure')
  if (failure && !failed) {
    conditions = withCondition(conditions, {
      type: 'ReplicaFailure',
      status: 'True',
      reason: failure.reason,
      message: failure.error instanceof Error ? failure.error.message : String(failure.error),
      lastTransitionTime: clock.timestamp(),
    })
  } else if (!failure && failed) conditions = withoutCondition(conditions, 'ReplicaFailure')
  return {
    replicas: active.length,
    ...unlessZero('fullyLabeledReplicas', labelled),
    ...unlessZero('readyReplicas', ready),
    ...unlessZero('availableReplicas', available),
    ...(terminating !== undefined && { terminatingReplicas: terminating }),
    ...(conditions?.length && { conditions }),
  }
}
