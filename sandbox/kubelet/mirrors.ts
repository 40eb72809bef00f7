/** What the API says of the mirrors of static Pods, and what that is to a node: next to nothing. */
import type { WatchEvent } from '../api/client.ts'
import type { Clock } from '../clock/clock.ts'
import type { PodRuntime } from './instances.ts'
import type { StaticPods } from './static-pods.ts'
import type { Pod } from './types.ts'
import type { PodWorker } from './worker.ts'

export interface NodeSide {
  clock: Clock
  staticPods: StaticPods
  /** By the uid of the mirror. */
  workers: Map<string, PodWorker>
  runtimes: Map<string, PodRuntime>
  removePod(pod: Pod): void
}

const isCalled = (pod: Pod, { namespace, name }: { namespace?: string; name: string }): boolean =>
  pod.metadata.name === name && pod.metadata.namespace === namespace

/** A mirror goes at once and is made again; its successor takes over what runs. @returns whether that was all */
export function onMirror(node: NodeSide, type: WatchEvent<Pod>['type'], pod: Pod): boolean {
  const { clock, staticPods, workers, runtimes } = node
  if (type === 'DELETED') {
    clock.soon(() => staticPods.restore(pod))
    return true
  }
  if (pod.metadata.deletionTimestamp) {
    clock.soon(() => node.removePod(pod))
    return true
  }
  const { uid } = pod.metadata
  const running = workers.get(uid) ?? [...workers.values()].find(worker => isCalled(worker.pod, pod.metadata))
  if (!running || running === workers.get(uid)) return false
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
export function endStatic(workers: readonly PodWorker[], pod: { namespace: string; name: string }): boolean {
  const running = workers.find(worker => isCalled(worker.pod, pod))
  running?.end()
  return running !== undefined
}
