/** Ending Pods for the node's sake: too little memory left, or a Pod past its own share of storage. */

import { qosClass } from '../api/kinds/pod/qos.ts'
import { formatQuantity, parseQuantity } from '../api/quantity.ts'
import { runningInstances } from './instances.ts'
import { bytesOf } from './limits.ts'
import type { Pod } from './types.ts'
import type { PodWorker } from './worker.ts'

type Amounts = Record<string, string | number> | undefined

export interface MemoryState {
  capacity: number
  threshold: number
}

function memoryUsed({ runtime }: PodWorker): number {
  let bytes = 0
  for (const run of runtime.instances) if (run.state === 'running') bytes += run.container.usage().memoryBytes
  return bytes
}

const memoryRequested = (pod: Pod): number =>
  pod.spec.containers.reduce((sum, c) => sum + amountOf(c.resources?.requests as Amounts, 'memory'), 0)

const amountOf = (amounts: Amounts, name: string): number =>
  amounts?.[name] === undefined ? 0 : bytesOf(amounts[name]!)
const printBytes = (bytes: number): string => formatQuantity(BigInt(bytes) * 1_000_000_000n, 'BinarySI')

/** Static Pods and those of the highest priorities are never evicted. */
const isCritical = (pod: Pod): boolean => (pod.spec.priority ?? 0) >= 2_000_000_000

export interface Verdict {
  pressure: boolean
  /** Who has to go first, and what is said about it. */
  victim?: { worker: PodWorker; message: string }
}

/** Those above their request go first, then those of low priority, then those furthest above their request. */
export function memoryVerdict(workers: readonly PodWorker[], { capacity, threshold }: MemoryState): Verdict {
  let available = capacity
  for (const worker of workers) available -= memoryUsed(worker)
  if (available >= threshold) return { pressure: false }
  const candidates = workers
    .filter(worker => worker.stage === 'syncing' && !worker.isEvicted && !isCritical(worker.pod))
    .map(worker => ({ worker, over: memoryUsed(worker) - memoryRequested(worker.pod) }))
    .sort(
      (a, b) =>
        Number(b.over > 0) - Number(a.over > 0) ||
        (a.worker.pod.spec.priority ?? 0) - (b.worker.pod.spec.priority ?? 0) ||
        b.over - a.over,
    )
  const worker = candidates[0]?.worker
  if (!worker) return { pressure: true }
  let message = `The node was low on resource: memory. Threshold quantity: ${printBytes(threshold)}, available: ${Math.floor(available / 1024)}Ki. `
  for (const run of runningInstances(worker.runtime)) {
    const bytes = run.container.usage().memoryBytes
    const request = (run.spec.resources?.requests as Amounts)?.memory ?? '0'
    if (bytes <= amountOf({ memory: request }, 'memory')) continue
    message += `Container ${run.name} was using ${Math.floor(bytes / 1024)}Ki, request is ${parseQuantity(request).text}, has larger consumption of memory. `
  }
  return { pressure: true, victim: { worker, message } }
}

/** The words for a Pod that holds more than it may on the node's disk; undefined when it does not. */
export function storageVerdict({ pod, runtime, volumes }: PodWorker): string | undefined {
  let held = 0
  for (const spec of pod.spec.volumes ?? []) {
    if (!spec.emptyDir) continue
    const mounted = volumes.mounted.get(spec.name)
    const bytes = mounted?.volume.usedBytes() ?? 0
    if (spec.emptyDir.medium !== 'Memory') held += bytes
    const limit = spec.emptyDir.sizeLimit
    if (limit !== undefined && bytesOf(limit) > 0 && bytes > bytesOf(limit)) {
      return `Usage of EmptyDir volume "${spec.name}" exceeds the limit "${parseQuantity(limit).text}". `
    }
  }
  const limited = pod.spec.containers.filter(c => (c.resources?.limits as Amounts)?.['ephemeral-storage'] !== undefined)
  if (!limited.length) return undefined
  const writable = new Map(runningInstances(runtime).map(r => [r.name, r.container.usage().writableBytes]))
  for (const bytes of writable.values()) held += bytes
  const total = limited.reduce((sum, c) => sum + amountOf(c.resources?.limits as Amounts, 'ephemeral-storage'), 0)
  if (held > total && limited.length === pod.spec.containers.length) {
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${printBytes(total)}. `
  }
  for (const container of limited) {
    const limit = (container.resources!.limits as Amounts)!['ephemeral-storage']!
    if ((writable.get(container.name) ?? 0) > bytesOf(limit)) {
      return `Container ${container.name} exceeded its local ephemeral storage limit "${parseQuantity(limit).text}". `
    }
  }
  return undefined
}

const underLimits = new WeakMap<Pod['spec'], boolean>()

/** Whether a Pod can come under storage limits at all, so that others need not be measured. */
export function hasStorageLimits({ spec }: Pod): boolean {
  let known = underLimits.get(spec)
  if (known === undefined) {
    known =
      (spec.volumes ?? []).some(v => v.emptyDir?.sizeLimit !== undefined) ||
      spec.containers.some(c => (c.resources?.limits as Amounts)?.['ephemeral-storage'] !== undefined)
    underLimits.set(spec, known)
  }
  return known
}

/** Under memory pressure the node takes no Pods that asked for nothing. */
export const refusedUnderPressure = (pod: Pod): boolean => qosClass(pod.spec) === 'BestEffort' && !isCritical(pod)
