/** The mirror Pods of static Pods in the API, of which a node heeds next to nothing. */
import type { WatchEvent } from '../../api/client.ts'
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { PodRuntime } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { TIMINGS } from '../timings.ts'
import { isStaticPod, type Pod } from '../types.ts'

export interface NodeSide {
  clock: Clock
  random: Random
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
 * A mirror goes at once and is made again; its successor takes over what runs. One that was forced to go is missed only at
 * the Pod's next sync, and that of a Pod whose containers have ended for good never.
 * @param options.isForced it has gone without having been asked to
 * @param options.restore makes the mirror again
 * @returns whether that was all
 */
export function onMirror(
  node: NodeSide,
  type: WatchEvent<Pod>['type'],
  pod: Pod,
  { isForced, restore }: { isForced: boolean; restore(): void },
): boolean {
  const { clock, random, workers, runtimes } = node
  if (type === 'DELETED') {
    const stage = workerOf(node, pod.metadata)?.stage
    if (stage === 'terminated' || stage === 'finished') return true
    if (isForced) clock.after(TIMINGS.resync * (1 + random.float() / 2), restore, { quiet: true })
    else clock.soon(restore)
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
