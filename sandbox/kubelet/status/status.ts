/** A Pod's whole status, made anew from what runs. Equal input gives an equal status, so nothing is written in vain. */

import { qosClass } from '../../api/kinds/pod/qos.ts'
import { latest, needsNewSandbox } from '../pods/instances.ts'
import { matchingRestartRule, mayRestartAllContainers } from '../pods/restart-policy.ts'
import { podResourceStatus } from '../resources/pod-resources.ts'
import type { ContainerStatus, Pod, PodCondition, PodPhase, PodStatus } from '../types.ts'
import { containersOf, initContainersOf, isRestartableInit, isTerminalPhase } from '../types.ts'
import {
  allContainersRestarting,
  conditionOf,
  containersReady,
  KUBELET_CONDITIONS,
  podInitialized,
  podReady,
  podReadyToStartContainers,
  podScheduled,
  stamp,
} from './conditions.ts'
import type { StatusInput } from './container-status.ts'
import { containerStatuses } from './container-status.ts'
import { phaseOf } from './phase.ts'

/** What the probes say of a run. */
export interface ReadinessView {
  /** Undefined while a startup probe has not agreed on anything. */
  started(status: ContainerStatus): boolean
  ready(status: ContainerStatus): boolean
}

export interface PodStatusInput extends StatusInput {
  podIsTerminal: boolean
  hostIP: string
  now: string
  probes: ReadinessView
  /** Conditions of a resize that waits or is under way. */
  resizeConditions: readonly PodCondition[]
  /** The node or the Pod's deadline has ended the Pod. */
  evicted?: { reason: string; message: string } | undefined
  /** A disruption that the kubelet itself caused. */
  disruption?: { reason: string; message: string } | undefined
}

export function shouldAllContainersRestart(pod: Pod, input: StatusInput): boolean {
  if (conditionOf(input.old.conditions, 'AllContainersRestarting')?.status === 'True') return true
  if (!mayRestartAllContainers(pod)) return false
  for (const { container } of containersOf(pod)) {
    const code = latest(input.runtime, container.name)?.ending?.exitCode
    if (code === undefined) continue
    if ((matchingRestartRule(container, code)?.action as string) === 'RestartAllContainers') return true
  }
  return false
}

/** The moment when everything has been cleared away, so that starting can begin. */
const allCleanedUp = (input: StatusInput): boolean => input.runtime.instances.every(run => run.kind === 'ephemeral')

export function podStatus(input: PodStatusInput): PodStatus {
  const { pod, old, now } = input
  const { init, regular, ephemeral } = statusesOf(input)
  const all = init.length ? [...init, ...regular] : regular
  const { phase, reason, message } = lifecycleOf(input, all)
  const ips = addressesOf(input)
  // Set one by one, for every Pod's status is made several times, and a literal with parts that may be absent is slow.
  const status = foreignFields(pod.status) as PodStatus
  const { generation } = pod.metadata
  if (generation !== undefined) status.observedGeneration = generation
  status.phase = phase
  status.conditions = conditionsOf(input, all, phase)
  if (reason) status.reason = reason
  if (message) status.message = message
  status.hostIP = input.hostIP
  status.hostIPs = [{ ip: input.hostIP }]
  if (ips.length) {
    status.podIP = ips[0]!
    status.podIPs = ips.map(ip => ({ ip }))
  }
  status.startTime = old.startTime ?? now
  if (init.length) status.initContainerStatuses = init
  status.containerStatuses = regular
  status.qosClass = qosClass(pod.spec)
  const { allocatedResources, resources } = podResourceStatus(pod)
  if (allocatedResources) status.allocatedResources = allocatedResources
  status.resources = resources
  if (ephemeral.length) status.ephemeralContainerStatuses = ephemeral
  return status
}

/** The statuses of the containers, with what their probes have found. */
function statusesOf(input: PodStatusInput): Record<'init' | 'regular' | 'ephemeral', ContainerStatus[]> {
  const regular = containerStatuses(input, 'container')
  const init = containerStatuses(input, 'init')
  const ephemeral = containerStatuses(input, 'ephemeral')
  for (const status of regular) applyProbes(status, input.probes)
  for (const status of init) {
    const container = initContainersOf(input.pod).find(c => c.name === status.name)
    if (container && isRestartableInit(container)) applyProbes(status, input.probes)
    else {
      status.started = Boolean(status.state?.running)
      status.ready = status.state?.terminated?.exitCode === 0
    }
  }
  for (const status of ephemeral) delete (status as Partial<ContainerStatus>).started
  return { init, regular, ephemeral }
}

/** The phase, which never comes back from a terminal one, and why. */
function lifecycleOf(
  input: PodStatusInput,
  all: readonly ContainerStatus[],
): { phase: PodPhase; reason: string | undefined; message: string | undefined } {
  const { pod, old, evicted } = input
  let phase = phaseOf(pod, all, input.podIsTerminal, input.runtime)
  if (!isTerminalPhase(phase)) {
    if (isTerminalPhase(old.phase)) phase = old.phase as PodPhase
    else if (isTerminalPhase(pod.status.phase)) phase = pod.status.phase as PodPhase
  }
  const before = phase === old.phase ? old : undefined
  if (evicted) phase = 'Failed'
  if (isTerminalPhase(pod.status.phase)) phase = pod.status.phase as PodPhase
  return evicted
    ? { phase, reason: evicted.reason, message: evicted.message }
    : { phase, reason: before?.reason, message: before?.message }
}

/** Those of others first, then the kubelet's own. */
function conditionsOf(input: PodStatusInput, all: readonly ContainerStatus[], phase: PodPhase): PodCondition[] {
  const { pod, old, runtime, now } = input
  const { generation } = pod.metadata
  const restarting = mayRestartAllContainers(pod)
    ? shouldAllContainersRestart(pod, input) && !allCleanedUp(input)
    : undefined
  const foreign = foreignConditions(pod.status)
  const disruption: PodCondition[] =
    input.disruption && isTerminalPhase(phase)
      ? stamp([{ type: 'DisruptionTarget', status: 'True', ...input.disruption }], foreign, generation, now)
      : []
  const containers = containersReady(pod, all, phase)
  const kept = disruption.length ? foreign.filter(c => !disruption.some(d => d.type === c.type)) : foreign
  const others = kept.concat(input.resizeConditions, disruption)
  const own = stamp(
    [
      podReadyToStartContainers(!needsNewSandbox(runtime)),
      podInitialized(pod, all, phase),
      podReady(pod, foreign, containers),
      containers,
      podScheduled(),
    ],
    old.conditions,
    generation,
    now,
  )
  // The newest of the conditions does not say yet which generation it is of.
  own.push(...stamp(allContainersRestarting(phase, restarting), old.conditions, undefined, now))
  return others.length ? [...others, ...own] : own
}

/** Of a Pod whose network is gone, those that it had. */
function addressesOf({ pod, hostIP, runtime, old }: PodStatusInput): readonly string[] {
  if (pod.spec.hostNetwork) return [hostIP]
  return runtime.ips.length ? runtime.ips : (old.podIPs ?? []).map(p => p.ip)
}

/** The same without its terminal phase, which is held back as long as something can still run. */
export function withoutEnd(status: PodStatus, told: PodStatus): PodStatus {
  if (!isTerminalPhase(status.phase) || isTerminalPhase(told.phase)) return status
  const { reason: _, message: __, ...rest } = status
  const { phase, reason, message } = told
  return { ...rest, phase: phase ?? 'Pending', ...(reason && { reason }), ...(message && { message }) }
}

const NO_CONDITIONS: readonly PodCondition[] = []
const isForeign = ({ type }: PodCondition): boolean => !KUBELET_CONDITIONS.includes(type)

/** Conditions that others have written, such as readiness gates; nearly always none. */
export function foreignConditions({ conditions }: PodStatus): readonly PodCondition[] {
  if (conditions)
    for (let i = 0; i < conditions.length; i++) if (isForeign(conditions[i]!)) return conditions.filter(isForeign)
  return NO_CONDITIONS
}

/** Fields of a status that belong to others. */
function foreignFields(status: PodStatus): Partial<PodStatus> {
  const { nominatedNodeName, resourceClaimStatuses } = status
  const fields: Partial<PodStatus> = {}
  if (nominatedNodeName) fields.nominatedNodeName = nominatedNodeName
  if (resourceClaimStatuses) fields.resourceClaimStatuses = resourceClaimStatuses
  return fields
}

function applyProbes(status: ContainerStatus, probes: ReadinessView): void {
  status.started = probes.started(status)
  status.ready = status.started && Boolean(status.state?.running) && probes.ready(status)
}
