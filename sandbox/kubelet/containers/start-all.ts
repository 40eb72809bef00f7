/** Starting what a sync has decided to start, in order, each container held back while it keeps failing. */

import { goDuration } from '../../api/formats/duration.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodActions } from '../pods/actions.ts'
import type { Instance, PodRuntime } from '../pods/instances.ts'
import { latest } from '../pods/instances.ts'
import type { Task } from '../task.ts'
import type { ContainerKind, ContainerSpec, Pod, Refusal } from '../types.ts'
import { ephemeralContainersOf, formatPod, initContainersOf, isRestartableInit } from '../types.ts'
import { startContainer } from './start.ts'

export interface StartAll {
  node: NodeContext
  pod(): Pod
  runtime: PodRuntime
  /** Why a container did not start; kept for the next status. */
  reasons: Map<string, Refusal>
  /** The last run of each container that had ended when the sync began. */
  exited: ReadonlyMap<string, Instance | undefined>
  /** The Pod is to go: nothing more is started. */
  stopped(): boolean
  /** @returns whether a running container was changed */
  beforeRegular(): boolean
  /** A container with the resources that the node has set aside for it. */
  allocated(container: ContainerSpec): ContainerSpec
  onExit(): void
}

export interface Started {
  /** Something new runs, or has tried to. */
  changed: boolean
  failed: boolean
  /** When the first of those held back may be tried again. */
  earliest: number | undefined
}

export function* startContainers(request: StartAll, actions: PodActions): Task<Started> {
  const { node, runtime, reasons } = request
  const result: Started = { changed: false, failed: false, earliest: undefined }
  const start = function* (kind: ContainerKind, container: ContainerSpec): Task<boolean> {
    const waitUntil = holdBack(request, kind, container)
    if (waitUntil !== undefined) {
      result.earliest = Math.min(result.earliest ?? waitUntil, waitUntil)
      result.failed = true
      return false
    }
    const refusal = yield* startContainer({
      node,
      pod: request.pod(),
      runtime,
      kind,
      container: request.allocated(container),
      onExit: request.onExit,
    })
    if (refusal) {
      reasons.set(container.name, refusal)
      result.failed = true
      // A run that was made and failed is news as well.
      result.changed ||= latest(runtime, container.name)?.state === 'exited'
      return false
    }
    reasons.delete(container.name)
    result.changed = true
    return true
  }
  const pod = request.pod()
  for (const i of actions.ephemeralContainersToStart) yield* start('ephemeral', ephemeralContainersOf(pod)[i]!)
  for (const i of actions.initContainersToStart) {
    if (request.stopped()) return result
    const container = initContainersOf(pod)[i]!
    if (!(yield* start('init', container)) && !isRestartableInit(container)) return result
  }
  result.changed = request.beforeRegular() || result.changed
  for (const i of actions.containersToStart) {
    if (request.stopped()) break
    yield* start('container', pod.spec.containers[i]!)
  }
  return result
}

/** @returns when a container that keeps failing may be tried again; undefined: now */
function holdBack(request: StartAll, kind: ContainerKind, container: ContainerSpec): number | undefined {
  const finished = request.exited.get(container.name)?.ending?.finishedAt
  if (finished === undefined) return undefined
  const { crashLoopBackoff, clock, containerEvent } = request.node
  const pod = request.pod()
  const key = `${pod.metadata.uid}/${container.name}/${container.image}`
  if (!crashLoopBackoff.isInBackOffSince(key, finished, clock.now())) {
    crashLoopBackoff.next(key, finished)
    return undefined
  }
  const name = formatPod(pod)
  const message = `Back-off restarting failed container ${container.name} in pod ${name}`
  containerEvent(pod, kind, container.name, 'Warning', 'BackOff', message)
  const wait = crashLoopBackoff.get(key)
  request.reasons.set(container.name, {
    reason: 'CrashLoopBackOff',
    message: `back-off ${goDuration(wait)} restarting failed container=${container.name} pod=${name}`,
  })
  return finished + wait
}
