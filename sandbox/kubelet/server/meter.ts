/** Usage of containers, Pods and the node: counters as they stand, and rates between two readings. */

import type { Kubelet } from '../kubelet.ts'
import type { Instance } from '../pods/instances.ts'
import { runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'

export interface Counters {
  cpuMs: number
  memoryBytes: number
}

export const ofContainer = ({ container }: Instance): Counters => container.usage()

/** Of all containers that the Pod has ever had. */
export const ofPod = ({ runtime }: PodWorker): Counters => ({
  cpuMs: runtime.instances.reduce((sum, run) => sum + run.container.usage().cpuMs, runtime.spentCpuMs),
  memoryBytes: runningInstances(runtime).reduce((sum, run) => sum + run.container.usage().memoryBytes, 0),
})

/** Of all Pods that the node has ever had; the node's own daemons are not counted. */
export function ofNode(kubelet: Kubelet): Counters {
  const pods = kubelet.workers().map(ofPod)
  return {
    cpuMs: pods.reduce((sum, pod) => sum + pod.cpuMs, kubelet.spentCpuMs),
    memoryBytes: pods.reduce((sum, pod) => sum + pod.memoryBytes, 0),
  }
}

/** Looks closer together than this tell nothing about a rate. */
const WINDOW_MS = 10_000

interface Look {
  at: number
  cpuMs: number
}

export class Meter {
  readonly #kubelet: Kubelet
  /** The look before the last, which rates are measured from, and the last. */
  readonly #looks = new Map<string, { from?: Look; last: Look }>()

  constructor(kubelet: Kubelet) {
    this.#kubelet = kubelet
  }

  /** Billionths of a core since an earlier look; undefined at the first. */
  nanoCores(what: string, cpuMs: number): number | undefined {
    const at = this.#kubelet.node.clock.now()
    const known = this.#looks.get(what)
    if (!known || cpuMs < known.last.cpuMs) {
      this.#looks.set(what, { last: { at, cpuMs } })
      return undefined
    }
    if (at - known.last.at >= WINDOW_MS) {
      known.from = known.last
      known.last = { at, cpuMs }
    }
    const { from, last } = known
    return from && Math.round(((last.cpuMs - from.cpuMs) / (last.at - from.at)) * 1e9)
  }
}
