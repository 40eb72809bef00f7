/** The mirror Pods of static Pods in the API, of which a node heeds next to nothing. */
import type { WatchEvent } from '../../api/client.ts'
import type { Clock } from '../../clock/clock.ts'
import type { PodRuntime } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { isStaticPod, type Pod } from '../types.ts'

export interface NodeSide {
  clock: Clock
  /** By the uid of the mirror. */
  workers: Map<string, PodWorker>
  runtimes: Map<string, PodRuntime>
  removePod(pod: Pod): void
}

const workerOf = (
  { workers }: NodeSide,
  { namespace, name }: { namespace?: string; name: string },
): PodWorker | undefined =>
  [...workers.values()].find(
    ({ pod }) => isStaticPod(pod) && pod.metadata.name === name && pod.metadata.namespace === namespace,
  )

/**
 * A mirror goes at once and is made again; its successor takes over what runs.
 * @param restore makes the mirror again
 * @returns whether that was all
 */
export function onMirror(node: NodeSide, type: WatchEvent<Pod>['type'], pod: Pod, restore: () => void): boolean {
  const { clock, workers, runtimes } = node
  if (type === 'DELETED') {
    clock.soon(restore)
    return true
  }
  if (pod.metadata.deletionTimestamp) {
    clock.soon(() => node.removePod(pod))
    return true
  }
  const { uid } = pod.metadata
  if (workers.has(uid)) return false
  const running = workerOf(node, pod.metadata)
  if (!running) return false
  const before = running.pod.metadata.uid
  workers.delete(before)
  workers.set(uid, running)
  runtimes.delete(before)
  runtimes.set(uid, running.runtime)
  running.update(pod)
  running.wake()
  return true
}

/** @returns false where nothing runs by this name */
export function endStatic(node: NodeSide, pod: { namespace: string; name: string }): boolean {
  const running = workerOf(node, pod)
  running?.end()
  return running !== undefined
}
