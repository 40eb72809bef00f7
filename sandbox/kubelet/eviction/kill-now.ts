/** Ending a Pod for the node's own sake, and waiting for its end. */
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { Eviction } from '../pods/worker-host.ts'
import { sleep, type Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'

/** Whoever waits for a Pod's end has at least this much patience. */
const PATIENCE_SECONDS = 10

/**
 * Returns when nothing of the Pod runs any more, or when it takes half as long again as the Pod was given: a container
 * that is being started, its hook with it, is not broken off.
 */
export function* killPodNow({ clock, podEvent }: NodeContext, worker: PodWorker, eviction: Eviction): Task {
  const { pod } = worker
  const grace = eviction.graceOverride ?? pod.spec.terminationGracePeriodSeconds ?? 0
  const deadline = clock.now() + Math.max(grace + Math.trunc(grace / 2), PATIENCE_SECONDS) * 1000
  worker.evict(eviction)
  while (worker.stage === 'syncing' || worker.stage === 'terminating') {
    if (clock.now() >= deadline) {
      const message = 'Container runtime did not kill the pod within specified grace period.'
      podEvent(pod, 'Warning', 'ExceededGracePeriod', message)
      return
    }
    yield sleep(clock, TIMINGS.killCheck)
  }
}
