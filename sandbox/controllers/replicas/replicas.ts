/** Keeps as many Pods of a template as are asked for: the work of ReplicaSets and of ReplicationControllers. */
import type { Client } from '../../api/client.ts'
import { InFlight } from '../../api/egress/outside.ts'
import type { KindDef } from '../../api/kind.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../../api/kinds/replicaset.ts'
import { type LabelSelector, matches, requirementsOf } from '../../api/requests/selectors.ts'
import type { Pod, ReplicaSet, ReplicationController } from '../../api/types.ts'
import type { Clock } from '../../clock/clock.ts'
import { findCondition, withCondition, withoutCondition } from '../conditions.ts'
import type { ControllerContext, Key, Result } from '../controller.ts'
import { claim, controllerRefOf } from '../owners.ts'
import { createPod, deletePod, isNamespaceTerminating, podFromTemplate, slowStart } from '../podcontrol.ts'
import {
  byDeletionOrder,
  firstInOrder,
  isActive,
  isAvailable,
  isReady,
  isTerminating,
  isUnfinished,
  nextAvailability,
} from '../pods.ts'
import { tallyOf } from './pod-tally.ts'

/** At most so many Pods are made or deleted in one go. */
const BURST = 500

type Replicated = ReplicaSet | ReplicationController

/** What tells a ReplicationController from a ReplicaSet. */
export interface ReplicasKind<T extends Replicated> {
  kind: KindDef<T>
  selectorOf(rs: T): LabelSelector | undefined
  countsTerminating: boolean
}

export function reconcileReplicas<T extends Replicated>(
  { kind, selectorOf, countsTerminating }: ReplicasKind<T>,
  { namespace, name }: Key,
  context: ControllerContext,
): Result | undefined {
  const { client, clock } = context
  const rs = client.find(kind, namespace, name)
  if (!rs) return
  const known = countsOf(rs, selectorOf(rs), client)
  const pods = known ? [] : claim(client, podKind, kind, rs, selectorOf(rs), { wanted: isUnfinished })
  const active = activeOf(pods)
  const counts = known ?? countNow(rs, active, pods, clock)
  const failure = rs.metadata.deletionTimestamp ? undefined : manageReplicas(kind, rs, counts.active, active, context)
  const status = calculateStatus(rs, counts, countsTerminating, failure, clock)
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

/** What a status says of Pods. */
interface Counts {
  active: number
  labelled: number
  ready: number
  available: number
  terminating: number
}

/**
 * From the tally that is kept: where all Pods that a set controls are its own and none has ended, where there is none to be
 * taken and none too many, nothing but their number counts.
 * @returns undefined where they have to be looked at
 */
function countsOf(rs: Replicated, selector: LabelSelector | undefined, client: Client): Counts | undefined {
  const { metadata, spec } = rs
  const tally = tallyOf(client, metadata.uid)
  const requirements = requirementsOf(selector)
  if (!tally || !requirements || tally.finished || tally.active > spec.replicas!) return undefined
  if (metadata.deletionTimestamp || spec.minReadySeconds) return undefined
  if (client.orphans(podKind, metadata.namespace ?? '').length) return undefined
  const { active, ready, terminating } = tally
  const wanted = spec.template?.metadata?.labels ?? {}
  let labelled = 0
  for (const [labels, many] of tally.labels) {
    if (!matches(requirements, labels)) return undefined
    if (carries(labels, wanted)) labelled += many
    // Which of them are about to go is not known.
    else if (terminating) return undefined
  }
  return { active, labelled: Math.min(labelled, active), ready, available: ready, terminating }
}

/** By a look at each of them. */
function countNow(rs: Replicated, active: readonly Pod[], pods: readonly Pod[], clock: Clock): Counts {
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
  return { active: active.length, labelled, ready, available, terminating: pods.filter(isTerminating).length }
}

interface Failure {
  reason: 'FailedCreate' | 'FailedDelete'
  error: unknown
}

function manageReplicas(
  kind: KindDef,
  rs: Replicated,
  present: number,
  active: readonly Pod[],
  context: ControllerContext,
): Failure | undefined {
  const missing = rs.spec.replicas! - present
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
  if (!missing) return undefined
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
  rs: Replicated,
  active: readonly Pod[],
  count: number,
  { client, clock }: ControllerContext,
): readonly Pod[] {
  if (count === active.length) return active
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
  rs: Replicated,
  { active, labelled, ready, available, terminating }: Counts,
  countsTerminating: boolean,
  failure: Failure | undefined,
  clock: Clock,
): ReplicaSet['status'] {
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
  // Set one by one, for it is made at every change of one of thousands, and nearly always written.
  const status: ReplicaSet['status'] = { replicas: active }
  if (labelled) status.fullyLabeledReplicas = labelled
  if (ready) status.readyReplicas = ready
  if (available) status.availableReplicas = available
  if (countsTerminating) status.terminatingReplicas = terminating
  if (conditions?.length) status.conditions = conditions
  return status
}
