/**
 * The decision at the heart of a Pod's sync: given the Pod, what runs, and what the probes found, which containers are
 * started, killed or kept. Pure, so that it can be tested as a table.
 */

import type { ContainerSpec, Pod } from '../types.ts'
import { ephemeralContainersOf, initContainersOf, isRestartableInit } from '../types.ts'
import type { PodRuntime } from './instances.ts'
import { anyRegularCreated, definitionChanged, latest, needsNewSandbox } from './instances.ts'
import { containerShouldRestart, matchingRestartRule, restartsAfterProbe } from './restart-policy.ts'

export type KillReason = '' | 'StartupProbe' | 'LivenessProbe' | 'FailedPostStartHook' | 'Resize'

export interface Kill {
  id: string
  name: string
  message: string
  reason: KillReason
}

export interface PodActions {
  /** Everything that runs is stopped, and the sandbox with it. */
  killPod: boolean
  createSandbox: boolean
  initContainersToStart: number[]
  containersToStart: number[]
  ephemeralContainersToStart: number[]
  containersToKill: Kill[]
  /** Runs to clear away, in this order, because a rule restarts all containers; the one that asked for it is last. */
  containersToReset: string[]
}

/** What the probes last agreed on, by the id of the run. Undefined: no probe has spoken yet. */
export interface ProbeResults {
  liveness(id: string): boolean | undefined
  startup(id: string): boolean | undefined
}

export interface ActionOptions {
  restartAllContainers?: boolean
  /** Runs that a change of resources restarts, by id. */
  restartForResize?: ReadonlySet<string>
}

/** Whether a container that is not running is to be started now or at the next sync. */
export function shouldBeRestarted(pod: Pod, container: ContainerSpec, runtime: PodRuntime): boolean {
  if (pod.metadata.deletionTimestamp) return false
  const run = latest(runtime, container.name)
  if (!run) return true
  if (run.state === 'running') return false
  if (run.state === 'created' || !run.ending) return true
  return containerShouldRestart(container, pod.spec, run.ending.exitCode)
}

export function computePodActions(
  pod: Pod,
  runtime: PodRuntime,
  probes: ProbeResults,
  options: ActionOptions = {},
): PodActions {
  const createSandbox = needsNewSandbox(runtime)
  const actions: PodActions = {
    killPod: createSandbox,
    createSandbox,
    initContainersToStart: [],
    containersToStart: [],
    ephemeralContainersToStart: [],
    containersToKill: [],
    containersToReset: [],
  }
  if (options.restartAllContainers) {
    actions.killPod = false
    actions.createSandbox = false
    actions.containersToReset = runsToReset(pod, runtime)
    return actions
  }
  if (createSandbox) return fromTheBeginning(pod, runtime, actions)

  const ephemeral = ephemeralContainersOf(pod)
  for (let i = 0; i < ephemeral.length; i++)
    if (!latest(runtime, ephemeral[i]!.name)) actions.ephemeralContainersToStart.push(i)
  const initialized = initContainerActions(pod, runtime, probes, actions)
  if (actions.killPod || !initialized) return actions
  regularContainerActions(pod, runtime, probes, options, actions)
  return actions
}

/** A new sandbox: what has not finished for good starts again, from the first init container on. */
function fromTheBeginning(pod: Pod, runtime: PodRuntime, actions: PodActions): PodActions {
  const retry = runtime.sandboxAttempt >= 0
  if (pod.spec.restartPolicy === 'Never' && retry && runtime.instances.length) {
    actions.createSandbox = false
    return actions
  }
  const toStart = pod.spec.containers.flatMap((container, i) => {
    const runOnce = (container.restartPolicy ?? pod.spec.restartPolicy) === 'OnFailure'
    return runOnce && latest(runtime, container.name)?.ending?.exitCode === 0 ? [] : [i]
  })
  if (!toStart.length && anyRegularCreated(runtime)) {
    actions.createSandbox = false
    return actions
  }
  if (initContainersOf(pod).length) actions.initContainersToStart = [0]
  else actions.containersToStart = toStart
  return actions
}

/** Runs in reverse order of their making; those that asked for the restart come last. */
function runsToReset(pod: Pod, runtime: PodRuntime): string[] {
  const sources: string[] = []
  const targets: string[] = []
  for (const container of [...pod.spec.containers, ...initContainersOf(pod)]) {
    for (const run of runtime.instances) {
      if (run.name !== container.name) continue
      const rule = run.ending && matchingRestartRule(container, run.ending.exitCode)
      if ((rule?.action as string) === 'RestartAllContainers') sources.push(run.id)
      else targets.push(run.id)
    }
  }
  return [...targets, ...sources]
}

/**
 * Init containers, from the last to the first: the last one that has run tells how far the Pod has come.
 * @returns whether initialization is complete
 */
function initContainerActions(pod: Pod, runtime: PodRuntime, probes: ProbeResults, actions: PodActions): boolean {
  const containers = initContainersOf(pod)
  if (!containers.length) return true
  let initialized = pod.spec.containers.some(container => {
    const state = latest(runtime, container.name)?.state
    return state === 'created' || state === 'running'
  })
  let laterHasRun = initialized
  const start: number[] = []
  for (let i = containers.length - 1; i >= 0; i--) {
    const container = containers[i]!
    const run = latest(runtime, container.name)
    const sidecar = isRestartableInit(container)
    if (!run) {
      if (laterHasRun && sidecar) start.push(i)
      continue
    }
    if (laterHasRun && !sidecar) continue
    const complete = (): void => {
      if (i === containers.length - 1) initialized = true
      else if (!laterHasRun) start.push(i + 1)
    }
    const restart = (message: string, reason: KillReason): void => {
      actions.containersToKill.push({ id: run.id, name: container.name, message, reason })
      start.push(i)
    }
    if (run.state === 'created') start.push(i)
    else if (run.state === 'running') {
      if (sidecar) {
        const startup = container.startupProbe ? probes.startup(run.id) : true
        if (startup === false) restart(`Init container ${container.name} failed startup probe`, 'StartupProbe')
        else if (startup) {
          complete()
          if (definitionChanged(container, run.spec)) restart(`Init container ${container.name} definition changed`, '')
          else if (container.livenessProbe && probes.liveness(run.id) === false) {
            restart(`Init container ${container.name} failed liveness probe`, 'LivenessProbe')
          }
        }
      }
    } else if (sidecar) start.push(i)
    else if (run.ending?.exitCode !== 0) {
      if (!shouldBeRestarted(pod, container, runtime)) {
        actions.killPod = true
        actions.initContainersToStart = []
        return false
      }
      start.push(i)
    } else complete()
    laterHasRun = true
  }
  if (!laterHasRun) start.push(0)
  actions.initContainersToStart = start.reverse()
  return initialized
}

function regularContainerActions(
  pod: Pod,
  runtime: PodRuntime,
  probes: ProbeResults,
  options: ActionOptions,
  actions: PodActions,
): void {
  let kept = 0
  const { containers } = pod.spec
  for (let i = 0; i < containers.length; i++) {
    const container = containers[i]!
    const run = latest(runtime, container.name)
    if (run?.state !== 'running') {
      if (shouldBeRestarted(pod, container, runtime)) actions.containersToStart.push(i)
      continue
    }
    let restart = restartsAfterProbe(container, pod)
    let message: string
    let reason: KillReason = ''
    if (definitionChanged(container, run.spec)) {
      message = `Container ${container.name} definition changed`
      restart = true
    } else if (probes.liveness(run.id) === false) {
      message = `Container ${container.name} failed liveness probe`
      reason = 'LivenessProbe'
    } else if (probes.startup(run.id) === false) {
      message = `Container ${container.name} failed startup probe`
      reason = 'StartupProbe'
    } else if (options.restartForResize?.has(run.id)) {
      message = `Container ${container.name} resize requires restart`
      reason = 'Resize'
      restart = true
    } else {
      kept++
      continue
    }
    if (restart) {
      if (reason !== 'Resize') message += ', will be restarted'
      actions.containersToStart.push(i)
    }
    actions.containersToKill.push({ id: run.id, name: container.name, message, reason })
  }
  if (kept === 0 && actions.containersToStart.length === 0) {
    actions.killPod = true
    actions.initContainersToStart = []
  }
}
