/** Stopping containers: preStop hook, the stop signal, the grace period, SIGKILL; sidecars after the rest, in reverse order. */

import { runHook } from '../containers/hooks.ts'
import type { NodeContext } from '../node-context.ts'
import { stopSandbox } from '../sandbox/sandbox.ts'
import { all, run as runTask, type Task, within } from '../task.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { findContainer, initContainersOf, isRestartableInit } from '../types.ts'
import type { KillReason, PodActions } from './actions.ts'
import type { Instance, PodRuntime } from './instances.ts'
import { latestExited, runningInstances } from './instances.ts'

/** Even a hurried container gets this long to go by itself. */
const MINIMUM_GRACE_SECONDS = 2

export interface KillOptions {
  message?: string
  reason?: KillReason
  graceOverride?: number | undefined
  order?: TerminationOrder | undefined
}

/** Which runs have to be gone before a sidecar is told to go. */
export interface TerminationOrder {
  prerequisites(name: string): readonly Instance[]
}

function terminationOrder(pod: Pod, running: readonly Instance[]): TerminationOrder | undefined {
  const sidecars = initContainersOf(pod)
    .filter(isRestartableInit)
    .map(c => c.name)
  if (!sidecars.length) return undefined
  const regular = running.filter(r => r.kind === 'container')
  return {
    prerequisites(name) {
      const position = sidecars.indexOf(name)
      if (position < 0) return []
      const later = new Set(sidecars.slice(position + 1))
      return [...regular, ...running.filter(r => later.has(r.name))]
    },
  }
}

function gracePeriod(pod: Pod, container: ContainerSpec, reason: KillReason): number {
  if (pod.metadata.deletionGracePeriodSeconds !== undefined) return pod.metadata.deletionGracePeriodSeconds
  const own = { StartupProbe: container.startupProbe, LivenessProbe: container.livenessProbe }[reason as string]
  return own?.terminationGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? MINIMUM_GRACE_SECONDS
}

/** Resumes when the run has ended. */
const ended =
  (run: Instance) =>
  (resume: () => void): void => {
    if (run.state === 'exited') resume()
    else run.waiters.push(resume)
  }

export function* killContainer(
  node: NodeContext,
  pod: Pod,
  ips: readonly string[],
  run: Instance,
  options: KillOptions = {},
): Task {
  const container = findContainer(pod, run.name)?.container ?? run.spec
  const { clock } = node
  let grace = gracePeriod(pod, container, options.reason ?? '')
  node.containerEvent(pod, run.kind, run.name, 'Normal', 'Killing', options.message || `Stopping container ${run.name}`)
  if (options.graceOverride !== undefined) grace = options.graceOverride

  const preStop = container.lifecycle?.preStop
  if (preStop && grace > 0) {
    const began = clock.now()
    yield* within<true>(clock, grace * 1000, answer => {
      // A hook that takes too long is waited for no more, but goes on until its container is killed, and fails then.
      runTask(clock, runHook(node, pod, run, ips, preStop), problem => {
        if (problem) node.containerEvent(pod, run.kind, run.name, 'Warning', 'FailedPreStopHook', 'PreStopHook failed')
        answer(true)
      })
    })
    grace -= Math.floor((clock.now() - began) / 1000)
  }
  if (options.order && grace > 0) {
    const began = clock.now()
    for (const other of options.order.prerequisites(run.name)) {
      const left = grace * 1000 - (clock.now() - began)
      if (left <= 0) break
      if (other.state !== 'exited') yield* within<void>(clock, left, answer => ended(other)(() => answer()))
    }
    grace -= Math.floor((clock.now() - began) / 1000)
  }
  grace = Math.max(grace, MINIMUM_GRACE_SECONDS)
  if (run.state !== 'running') return
  run.container.kill(run.container.stopSignal)
  yield* within<void>(clock, grace * 1000, answer => ended(run)(() => answer()))
  if ((run.state as Instance['state']) === 'exited') return
  run.container.kill('KILL')
  yield ended(run)
}

/** Stops everything that runs in a Pod, and waits for it. */
export function* killAll(node: NodeContext, pod: Pod, runtime: PodRuntime, graceOverride?: number): Task {
  const running = runningInstances(runtime)
  const order = terminationOrder(pod, running)
  yield* all(
    node.clock,
    running.map(run => killContainer(node, pod, runtime.ips, run, { graceOverride, order })),
  )
}

/** Removes runs without a trace, those that still go at once. */
export function* clearAway(node: NodeContext, pod: Pod, runtime: PodRuntime, ids: readonly string[]): Task {
  for (const id of ids) {
    const run = runtime.instances.find(r => r.id === id)
    if (!run) continue
    if (run.state === 'running')
      yield* killContainer(node, pod, runtime.ips, run, { message: 'killing', graceOverride: 0 })
    removeRun(node, runtime, run)
  }
}

function removeRun(node: NodeContext, runtime: PodRuntime, run: Instance): void {
  runtime.spentCpuMs += run.container.usage().cpuMs
  node.runtime.removeContainer(run.container)
  runtime.instances.splice(runtime.instances.indexOf(run), 1)
}

/** Removes what has ended, with its logs: of each container all runs but the last, or that too. */
export function clearDead(node: NodeContext, runtime: PodRuntime, keepLast = true): void {
  for (const run of [...runtime.instances]) {
    if (run.state === 'exited' && !(keepLast && run === latestExited(runtime, run.name))) removeRun(node, runtime, run)
  }
}

/** Removes all that a Pod had, whatever its state. */
export function clearAll(node: NodeContext, runtime: PodRuntime): void {
  for (const run of [...runtime.instances]) removeRun(node, runtime, run)
}

/** Stops what has to go: the whole Pod, or containers one by one. @returns of each container the run that had ended before the latter */
export function* stopForActions(
  node: NodeContext,
  pod: Pod,
  runtime: PodRuntime,
  { killPod, createSandbox, containersToKill }: PodActions,
): Task<Map<string, Instance | undefined>> {
  if (killPod) {
    if (createSandbox && runtime.sandbox)
      node.podEvent(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
    yield* killAll(node, pod, runtime)
    yield* stopSandbox(node, runtime)
  }
  const exited = new Map<string, Instance | undefined>()
  for (const { name } of runtime.instances) exited.set(name, latestExited(runtime, name))
  // With the whole Pod they have been stopped already.
  if (killPod) return exited
  for (const kill of containersToKill) {
    const target = runtime.instances.find(run => run.id === kill.id)
    if (target) yield* killContainer(node, pod, runtime.ips, target, kill)
  }
  return exited
}
