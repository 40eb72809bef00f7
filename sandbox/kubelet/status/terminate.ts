/**
 * The last status of a Pod of which nothing runs any more: a container without an end gets one, and it is a failure, as nobody
 * can say how it would have ended. Conditions stay as they were.
 */

import { ZERO_TIME } from '../../api/formats/zero-time.ts'
import type { ContainerStatus, Pod, PodStatus } from '../types.ts'
import { initContainersOf, isRestartableInit, isStaticPod, isTerminalPhase } from '../types.ts'

export function terminatePod(pod: Pod, status: PodStatus): PodStatus {
  const { containerStatuses, initContainerStatuses, phase } = status
  return {
    ...status,
    phase: isTerminalPhase(phase) || isStaticPod(pod) ? phase! : 'Failed',
    ...(containerStatuses && podHasInitialized(pod, status) && { containerStatuses: containerStatuses.map(ended) }),
    ...(initContainerStatuses && { initContainerStatuses: endBegun(initContainerStatuses) }),
  }
}

const ended = (status: ContainerStatus): ContainerStatus =>
  status.state?.terminated
    ? status
    : {
        ...status,
        state: {
          terminated: {
            exitCode: 137,
            reason: 'ContainerStatusUnknown',
            message: 'The container could not be located when the pod was terminated',
            startedAt: ZERO_TIME,
            finishedAt: ZERO_TIME,
          },
        },
      }

const hasBegun = ({ state, lastState }: ContainerStatus): boolean => !state?.waiting || Boolean(lastState?.terminated)

/** Init containers go one after the other: all up to the last that has begun, and always the first. */
function endBegun(statuses: readonly ContainerStatus[]): ContainerStatus[] {
  const last = Math.max(0, statuses.findLastIndex(hasBegun))
  return statuses.map((status, i) => (i <= last ? ended(status) : status))
}

function podHasInitialized(pod: Pod, { containerStatuses = [], initContainerStatuses = [] }: PodStatus): boolean {
  const last = initContainersOf(pod).at(-1)
  if (!last || containerStatuses.some(hasBegun)) return true
  const status = initContainerStatuses.find(s => s.name === last.name)
  if (isRestartableInit(last)) return Boolean(status?.state?.running && status.started)
  return [status?.lastState, status?.state].some(state => state?.terminated?.exitCode === 0)
}
