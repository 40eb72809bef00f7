/** The Pod's conditions that the kubelet owns, with the reasons and messages that go with them. */

import { ZERO_TIME } from '../../api/formats/zero-time.ts'
import type { ContainerSpec, ContainerStatus, Pod, PodCondition, PodPhase } from '../types.ts'
import { initContainersOf, isRestartableInit, isTerminalPhase, named } from '../types.ts'

type Verdict = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>

/** Types that only the kubelet writes; all others in a status are somebody else's and are kept. */
export const KUBELET_CONDITIONS: readonly string[] = [
  'PodScheduled',
  'Ready',
  'Initialized',
  'ContainersReady',
  'PodReadyToStartContainers',
  'PodResizePending',
  'PodResizeInProgress',
  'AllContainersRestarting',
]

const no = (type: string, reason?: string, message?: string): Verdict => ({
  type,
  status: 'False',
  ...(reason && { reason }),
  ...(message && { message }),
})
const yes = (type: string, reason?: string): Verdict =>
  reason ? { type, status: 'True', reason } : { type, status: 'True' }

const listed = (label: string, names: readonly string[]): string[] =>
  names.length ? [`containers with ${label} status: [${names.join(' ')}]`] : []

export function containersReady(pod: Pod, statuses: readonly ContainerStatus[], phase: PodPhase): Verdict {
  const type = 'ContainersReady'
  if (areReady(pod, statuses) && phase !== 'Succeeded' && phase !== 'Failed') return yes(type)
  const unknown: string[] = []
  const unready: string[] = []
  const look = (container: ContainerSpec): void => {
    const status = named(statuses, container.name)
    if (!status) unknown.push(container.name)
    else if (!status.ready) unready.push(container.name)
  }
  for (const container of initContainersOf(pod)) if (isRestartableInit(container)) look(container)
  pod.spec.containers.forEach(look)
  if (phase === 'Succeeded' && !unknown.length) return no(type, 'PodCompleted')
  if (phase === 'Failed') return no(type, 'PodFailed')
  if (!unknown.length && !unready.length) return yes(type)
  const messages = [...listed('unknown', unknown), ...listed('unready', unready)]
  return no(type, 'ContainersNotReady', messages.join(', '))
}

/** Nearly always asked of Pods whose containers all are, or of a single one: without lists and closures. */
function areReady(pod: Pod, statuses: readonly ContainerStatus[]): boolean {
  const { containers } = pod.spec
  if (initContainersOf(pod).length) return false
  for (let i = 0; i < containers.length; i++) if (!named(statuses, containers[i]!.name)?.ready) return false
  return true
}

/** @param containers what `containersReady` came to */
export function podReady(pod: Pod, conditions: readonly Verdict[], containers: Verdict): Verdict {
  if (containers.status !== 'True') return { ...containers, type: 'Ready' }
  const { readinessGates } = pod.spec
  if (!readinessGates?.length) return yes('Ready')
  const messages = readinessGates.flatMap(({ conditionType }) => {
    const found = conditions.find(c => c.type === conditionType)
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`]
    if (found.status === 'True') return []
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`]
  })
  return messages.length ? no('Ready', 'ReadinessGatesNotReady', messages.join(', ')) : yes('Ready')
}

export function podInitialized(pod: Pod, statuses: readonly ContainerStatus[], phase: PodPhase): Verdict {
  const type = 'Initialized'
  if (!initContainersOf(pod).length) return phase === 'Succeeded' ? yes(type, 'PodCompleted') : yes(type)
  const unknown: string[] = []
  const incomplete: string[] = []
  for (const container of initContainersOf(pod)) {
    const status = named(statuses, container.name)
    if (!status) unknown.push(container.name)
    else if (!(isRestartableInit(container) ? status.started : status.ready)) incomplete.push(container.name)
  }
  if (phase === 'Succeeded' && !unknown.length) return yes(type, 'PodCompleted')
  const { containers } = pod.spec
  const began = statuses.some(s => (s.state?.running || s.state?.terminated) && containers.some(c => c.name === s.name))
  if (began) return yes(type)
  if (!unknown.length && !incomplete.length) return yes(type)
  const messages = [...listed('unknown', unknown), ...listed('incomplete', incomplete)]
  return no(type, 'ContainersNotInitialized', messages.join(', '))
}

/** @param restarting undefined for a Pod without such a rule, which has no such condition */
export function allContainersRestarting(phase: PodPhase, restarting: boolean | undefined): Verdict[] {
  const type = 'AllContainersRestarting'
  if (restarting === undefined) return []
  if (isTerminalPhase(phase)) return [no(type, phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed')]
  if (!restarting) return [no(type)]
  return [
    {
      ...yes(type, 'RestartAllContainersStarted'),
      message: 'container exited with restart policy rule',
    },
  ]
}

export const podReadyToStartContainers = (ready: boolean): Verdict =>
  ready ? yes('PodReadyToStartContainers') : no('PodReadyToStartContainers')
export const podScheduled = (): Verdict => yes('PodScheduled')

/** What is unchanged is kept as it is: it is seen at once to be the same, and takes no room again. */
const isStill = (before: PodCondition, verdict: Verdict, generation: number | undefined, since: string): boolean =>
  before.status === verdict.status &&
  before.reason === verdict.reason &&
  before.message === verdict.message &&
  before.observedGeneration === generation &&
  before.lastProbeTime === null &&
  before.lastTransitionTime === since

/** Adds the times: that of the last change of status is kept while the status is the same. */
export function stamp(
  verdicts: readonly Verdict[],
  old: readonly PodCondition[] | undefined,
  generation: number | undefined,
  now: string,
): PodCondition[] {
  const stamped: PodCondition[] = []
  for (let i = 0; i < verdicts.length; i++)
    stamped.push(stampOne(verdicts[i]!, conditionOf(old, verdicts[i]!.type), generation, now))
  return stamped
}

/** The conditions with one of them anew, in its place or as the last. */
export function withCondition(
  conditions: readonly PodCondition[] | undefined,
  verdict: Verdict,
  generation: number | undefined,
  now: string,
): PodCondition[] {
  const before = conditionOf(conditions, verdict.type)
  const condition = stampOne(verdict, before, generation, now)
  if (!before) return [...(conditions ?? []), condition]
  return conditions!.map(c => (c === before ? condition : c))
}

export function conditionOf(conditions: readonly PodCondition[] | undefined, type: string): PodCondition | undefined {
  if (conditions) for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === type) return conditions[i]
  return undefined
}

function stampOne(
  verdict: Verdict,
  before: PodCondition | undefined,
  generation: number | undefined,
  now: string,
): PodCondition {
  const since = before?.status === verdict.status ? (before.lastTransitionTime ?? now) : now
  const { type, status } = verdict
  if (before && isStill(before, verdict, generation, since)) return before
  const lastProbeTime = ZERO_TIME
  const lastTransitionTime = since
  // Made in one stroke, an object is as small as can be.
  const condition: PodCondition =
    generation === undefined
      ? { type, status, lastProbeTime, lastTransitionTime }
      : { type, observedGeneration: generation, status, lastProbeTime, lastTransitionTime }
  if (verdict.reason) condition.reason = verdict.reason
  if (verdict.message) condition.message = verdict.message
  return condition
}
