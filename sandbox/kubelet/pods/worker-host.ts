/** Between the kubelet and its workers: what it does for them, and how it ends a Pod for the node's sake. */
import type { NodeContext } from '../node-context.ts'
import type { ContainerSpec, Pod, PodStatus, Refusal } from '../types.ts'
import type { PodWorker } from './worker.ts'

/** How the kubelet serves its workers. */
export interface WorkerHost {
  readonly node: NodeContext
  /** Writes a status; the Pod's new state comes back through `update`. */
  writeStatus(pod: Pod, status: PodStatus): void
  /** Removes the Pod from the API for good, after its graceful deletion. */
  removePod(pod: Pod): void
  /** The next look of the lifecycle event generator. */
  nextRelist(): number
  /** Everything of the Pod is gone. */
  finished(worker: PodWorker): void
  /** Resources were freed or given back. */
  resourcesChanged(): void
  /** Resources that the node has left for this Pod, beside what it has. */
  fits(worker: PodWorker, wanted: readonly ContainerSpec[]): Refusal | undefined
}

export interface Eviction {
  reason: string
  message: string
  graceOverride?: number | undefined
  disruption?: { reason: string; message: string } | undefined
}
