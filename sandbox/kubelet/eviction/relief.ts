/** Relieving a node: Pods past their own limits of storage are sent away, or else one for what the node is short of. */
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import { type Running, run, sleep, type Task } from '../task.ts'
import { chooseVictim, isCritical, type Shortage } from './eviction.ts'
import { killPodNow } from './kill-now.ts'
import { hasStorageLimits, storageVerdict } from './storage-limits.ts'

/** How long the volumes and control groups of evicted Pods are waited for, and how often they are looked at. */
const CLEANUP_MS = 30_000
const CLEANUP_CHECK_MS = 1_000

export interface Relief {
  node: NodeContext
  /** The Pods that use something of the node. */
  workers: readonly PodWorker[]
  /** What the node is short of, most important first. */
  shortages: readonly Shortage[]
  /** Says what is to be had back. */
  tell(shortage: Shortage): void
  /** Removes from the disk what nobody needs. @returns whether the node is short of nothing then */
  reclaim(): boolean
}

/** @param done told, when all of it has gone, whether any Pod was evicted */
export function relieve(relief: Relief, done: (evicted: boolean) => void): Running {
  return run(relief.node.clock, evictAll(relief), done)
}

function* evictAll({ node, workers, shortages, tell, reclaim }: Relief): Task<boolean> {
  let evicted = yield* evictPastLimits(node, workers)
  const [shortage] = shortages
  if (!evicted.length && shortage) {
    tell(shortage)
    if (shortage.resource === 'ephemeral-storage' && reclaim()) return false
    const victim = chooseVictim(workers, shortage)
    if (victim) {
      yield* evict(node, victim.worker, victim.message, victim.annotations)
      evicted = [victim.worker]
    }
  }
  if (evicted.length) yield* cleanedUp(node, evicted)
  return evicted.length > 0
}

function* evictPastLimits(node: NodeContext, workers: readonly PodWorker[]): Task<PodWorker[]> {
  const evicted: PodWorker[] = []
  for (const worker of workers) {
    if (worker.stage !== 'syncing' || worker.isEvicted || isCritical(worker.pod) || !hasStorageLimits(worker.pod))
      continue
    const message = storageVerdict(worker)
    if (!message) continue
    yield* evict(node, worker, message)
    evicted.push(worker)
  }
  return evicted
}

/** @param annotations of an eviction for the node's sake, which is a disruption; not of one for the Pod's own limits */
function* evict(node: NodeContext, worker: PodWorker, message: string, annotations?: Record<string, string>): Task {
  node.podEvent(worker.pod, 'Warning', 'Evicted', message, annotations)
  const disruption = annotations && { reason: 'TerminationByKubelet', message }
  yield* killPodNow(node, worker, { reason: 'Evicted', message, graceOverride: 1, disruption })
}

function* cleanedUp({ clock }: NodeContext, evicted: readonly PodWorker[]): Task {
  const deadline = clock.now() + CLEANUP_MS
  do yield sleep(clock, CLEANUP_CHECK_MS)
  while (clock.now() < deadline && evicted.some(worker => !worker.isCleanedUp))
}
