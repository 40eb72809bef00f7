/** Files of Pods that follow ConfigMaps and Secrets: after a change each Pod brings its own up to date at its next regular sync. */
import type { Client, WatchEvent } from '../../api/client.ts'
import { configMap } from '../../api/kinds/configmap.ts'
import { secret } from '../../api/kinds/secret.ts'
import type { KubeObject } from '../../api/types.ts'
import type { Clock } from '../../clock/clock.ts'
import type { PodWorker } from '../pods/worker.ts'
import { TIMINGS } from '../timings.ts'

export interface Followers {
  client: Client
  clock: Clock
  /** What is told at this very instant was there before, and is no change. */
  startedAt: number
  workers: ReadonlyMap<string, PodWorker>
}

/** @returns how to stop */
export function watchFollowed({ client, clock, startedAt, workers }: Followers): () => void {
  const follow = (kind: 'configmap' | 'secret') => (event: WatchEvent<KubeObject>) => {
    if (event.type === 'ADDED' && !event.old && clock.now() === startedAt) return
    const { namespace, name } = event.object.metadata
    for (const worker of workers.values()) {
      if (worker.stage !== 'syncing' || !worker.volumes.follows(`${kind}/${namespace}/${name}`)) continue
      worker.volumes.markStale()
      worker.wake(untilResync(worker, clock.now()))
    }
  }
  const stops = [client.watch(configMap, {}, follow('configmap')), client.watch(secret, {}, follow('secret'))]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Each Pod has a beat of its own, counted from its start. */
function untilResync({ status }: PodWorker, now: number): number {
  const origin = Date.parse(status.startTime ?? '') || now
  const beat = TIMINGS.resync
  return beat - ((now - origin) % beat)
}
