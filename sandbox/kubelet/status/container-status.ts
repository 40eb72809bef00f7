/** The status of each container: what runs, how the run before ended, and why the next one waits. */

import { ZERO_TIME } from '../../api/formats/zero-time.ts'
import { shouldBeRestarted } from '../pods/actions.ts'
import type { Instance, PodRuntime } from '../pods/instances.ts'
import { anyRegularCreated, latest, latestBefore } from '../pods/instances.ts'
import type { ContainerKind, ContainerSpec, ContainerState, ContainerStatus, Pod, Refusal } from '../types.ts'
import { ephemeralContainersOf, initContainersOf, isRestartableInit, named } from '../types.ts'

export interface StatusInput {
  pod: Pod
  runtime: PodRuntime
  /** Why a container could not be started at the last sync, by its name. */
  reasons: ReadonlyMap<string, Refusal>
  /** The status that the kubelet last settled on, or the API's when there is none. */
  old: Pod['status']
  /** All containers are being cleared away to be started anew. */
  restartingAll: boolean
  /** Resources in effect, where an in-place resize has not been carried out yet. */
  resourcesOf(instance: Instance): ContainerSpec['resources']
  /** Resources that the node has set aside, which a resize changes first. */
  allocatedOf(container: ContainerSpec): ContainerSpec['resources']
}

let [told, text] = [Number.NaN, '']

/** Many containers start within one second, and their statuses are made again and again. */
function second(ms: number): string {
  const at = Math.floor(ms / 1000)
  if (at !== told) [told, text] = [at, `${new Date(ms).toISOString().slice(0, 19)}Z`]
  return text
}

/** How many bytes of last words the containers of one Pod may have in its status together. */
const MAX_MESSAGES = 12 * 1024

/** Each container has the same share, whatever the others say. */
function messageOf(pod: Pod, message: string): string {
  const { containers } = pod.spec
  const share = Math.floor(
    MAX_MESSAGES / (containers.length + initContainersOf(pod).length + ephemeralContainersOf(pod).length),
  )
  if (message.length * 3 <= share) return message
  const bytes = new TextEncoder().encode(message)
  return bytes.length <= share ? message : new TextDecoder().decode(bytes.slice(0, share))
}

const RESTARTING_ALL = 'RestartingAllContainers'
const REMOVED = 'The container is removed because RestartAllContainers in place'

export function containerStatuses(input: StatusInput, kind: ContainerKind): ContainerStatus[] {
  const { pod, old } = input
  const containers =
    kind === 'init' ? initContainersOf(pod) : kind === 'ephemeral' ? ephemeralContainersOf(pod) : pod.spec.containers
  if (!containers.length) return []
  const previous =
    kind === 'init'
      ? old.initContainerStatuses
      : kind === 'ephemeral'
        ? old.ephemeralContainerStatuses
        : old.containerStatuses
  const waitingFor = initContainersOf(pod).length ? 'PodInitializing' : 'ContainerCreating'
  const statuses = containers.map(container => {
    const before = previous && named(previous, container.name)
    return statusOf(input, kind, container, before, waitingFor)
  })
  return kind === 'init' || statuses.length < 2
    ? statuses
    : statuses.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function statusOf(
  input: StatusInput,
  kind: ContainerKind,
  container: ContainerSpec,
  before: ContainerStatus | undefined,
  waitingFor: string,
): ContainerStatus {
  const { pod, runtime } = input
  const run = latest(runtime, container.name)
  const status = run
    ? fromRun(input, container, run, latestBefore(runtime, run), before)
    : withoutRun(input, container, before, waitingFor)

  if (kind === 'init') {
    if (run?.state === 'exited' && run.ending?.exitCode === 0) return status
    if (!run && anyRegularCreated(runtime) && !isRestartableInit(container) && status.state?.waiting) {
      return {
        ...status,
        state: {
          terminated: {
            reason: 'Completed',
            message:
              'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally',
            exitCode: 0,
            startedAt: ZERO_TIME,
            finishedAt: ZERO_TIME,
          },
        },
      }
    }
  }
  const reason = input.reasons.get(container.name)
  if (!reason || !shouldBeRestarted(pod, container, runtime)) return status
  if (status.state?.terminated) status.lastState = status.state
  status.state = { waiting: { reason: reason.reason, ...(reason.message && { message: reason.message }) } }
  return status
}

/** A container of which the runtime knows nothing: not made yet, or lost. */
function withoutRun(
  input: StatusInput,
  container: ContainerSpec,
  before: ContainerStatus | undefined,
  waitingFor: string,
): ContainerStatus {
  if (before?.state?.terminated && !input.restartingAll) return { ...before }
  const status: ContainerStatus = {
    name: container.name,
    state: { waiting: { reason: waitingFor } },
    lastState: before?.lastState ?? {},
    ready: false,
    restartCount: before?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
  }
  if (container.volumeMounts?.length) status.volumeMounts = mountStatuses(container.volumeMounts)
  if (input.restartingAll && before && !before.state?.waiting) {
    status.state = { waiting: { reason: RESTARTING_ALL, message: REMOVED } }
    status.lastState = {
      terminated: {
        reason: RESTARTING_ALL,
        message: REMOVED,
        exitCode: 137,
        startedAt: ZERO_TIME,
        finishedAt: ZERO_TIME,
      },
    }
    status.restartCount++
  } else if (before?.state?.running && !status.lastState?.terminated) {
    status.lastState = {
      terminated: {
        reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was deleted.  The container used to be Running',
        exitCode: 137,
        startedAt: ZERO_TIME,
        finishedAt: ZERO_TIME,
      },
    }
    if (!input.pod.metadata.deletionTimestamp) status.restartCount++
  }
  return status
}

function fromRun(
  input: StatusInput,
  container: ContainerSpec,
  run: Instance,
  earlier: Instance | undefined,
  before: ContainerStatus | undefined,
): ContainerStatus {
  let lastState: ContainerState = {}
  if (earlier) lastState = stateOf(input.pod, earlier)
  else if (before && before.containerID !== run.id && before.state?.terminated) {
    lastState = { terminated: before.state.terminated }
  } else if (before?.lastState?.terminated) lastState = { terminated: before.lastState.terminated }
  const resources = run.state === 'running' ? input.resourcesOf(run) : input.allocatedOf(container)
  const allocated = input.allocatedOf(container)?.requests
  const { uid, gid, supplementalGroups } = run.user
  const status = {
    name: run.name,
    state: stateOf(input.pod, run),
    lastState,
    ready: false,
    restartCount: Math.max(run.attempt, before?.restartCount ?? 0),
    image: run.container.image.name,
    imageID: run.container.image.digest,
    containerID: run.id,
    started: false,
  } as ContainerStatus
  if (allocated && Object.keys(allocated).length) status.allocatedResources = allocated
  status.resources = resources ?? {}
  if (container.volumeMounts?.length) status.volumeMounts = mountStatuses(container.volumeMounts)
  status.user = { linux: { uid, gid, supplementalGroups: [...supplementalGroups] } }
  return status
}

function stateOf(pod: Pod, run: Instance): ContainerState {
  if (run.state === 'running') return { running: { startedAt: second(run.startedAt) } }
  if (!run.ending) return { waiting: {} }
  const { exitCode, reason, message, startedAt, finishedAt } = run.ending
  return {
    terminated: {
      exitCode,
      reason,
      ...(message && { message: messageOf(pod, message) }),
      startedAt: second(startedAt),
      finishedAt: second(finishedAt),
      containerID: run.id,
    },
  }
}

type MountStatuses = NonNullable<ContainerStatus['volumeMounts']>

const mountStatuses = (mounts: NonNullable<ContainerSpec['volumeMounts']>): MountStatuses =>
  mounts.map(({ name, mountPath, readOnly, recursiveReadOnly }) =>
    readOnly
      ? { name, mountPath, readOnly: true, recursiveReadOnly: recursiveReadOnly === 'Enabled' ? 'Enabled' : 'Disabled' }
      : { name, mountPath },
  )
