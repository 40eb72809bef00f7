/** A Pod's phase, from the statuses of its containers. */

import type { PodRuntime } from '../pods/instances.ts'
import { anyRegularCreated } from '../pods/instances.ts'
import { containerShouldRestart } from '../pods/restart-policy.ts'
import type { ContainerSpec, ContainerStatus, Pod, PodPhase } from '../types.ts'
import { initContainersOf, isRestartableInit, isStaticPod } from '../types.ts'

/** @param podIsTerminal nothing of the Pod will be started any more */
export function phaseOf(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  podIsTerminal: boolean,
  runtime: PodRuntime,
): PodPhase {
  const statusOf = (name: string): ContainerStatus | undefined => statuses.find(status => status.name === name)
  const restarts = (container: ContainerSpec, exitCode: number, reason?: string): boolean =>
    reason === 'RestartingAllContainers' || containerShouldRestart(container, pod.spec, exitCode)
  let pendingInit = 0
  let pendingSidecars = 0
  let failedForGood = 0
  let unknown = 0
  let running = 0
  let waiting = 0
  let stopped = 0
  let stoppedForGood = 0
  let succeeded = 0

  for (const container of initContainersOf(pod)) {
    const status = statusOf(container.name)
    if (isRestartableInit(container)) {
      if (!status) unknown++
      else if (status.state?.running) {
        if (!status.started) pendingSidecars++
        running++
      } else if (status.state?.waiting && !status.lastState?.terminated) {
        pendingSidecars++
        waiting++
      }
      continue
    }
    const ended = status?.state?.terminated ?? (status?.state?.waiting && status.lastState?.terminated)
    if (!ended) pendingInit++
    else if (ended.exitCode !== 0 && !restarts(container, ended.exitCode, ended.reason)) failedForGood++
  }
  for (const container of pod.spec.containers) {
    const status = statusOf(container.name)
    const ended = status?.state?.terminated ?? (status?.state?.waiting && status.lastState?.terminated)
    if (status?.state?.running) running++
    else if (ended) {
      stopped++
      if (!restarts(container, ended.exitCode, ended.reason)) stoppedForGood++
      if (status?.state?.terminated?.exitCode === 0) succeeded++
    } else if (status?.state?.waiting) waiting++
    else unknown++
  }

  if (failedForGood) return 'Failed'
  if (pendingInit || (pendingSidecars && !anyRegularCreated(runtime)) || waiting) return 'Pending'
  if (unknown) return 'Pending'
  if (running) return 'Running'
  if (!stopped) return 'Pending'
  if (podIsTerminal && !isStaticPod(pod)) return stopped === succeeded ? 'Succeeded' : 'Failed'
  if (stopped !== stoppedForGood) return 'Running'
  return stopped === succeeded ? 'Succeeded' : 'Failed'
}
