/** Ending Pods for the node's sake, when it runs short of memory or disk: who goes first, and what is said about it. */
import { qosClass } from '../../api/kinds/pod/qos.ts'
import { formatQuantity, parseQuantity } from '../../api/resources/quantity.ts'
import { type Amounts, amountOf } from '../containers/limits.ts'
import type { Instance } from '../pods/instances.ts'
import { runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { podTotal } from '../resources/pod-resources.ts'
import type { Pod } from '../types.ts'
import { isStaticPod } from '../types.ts'
import { diskBytes } from './storage-limits.ts'

/** What a node can run short of. */
export interface Shortage {
  resource: 'memory' | 'ephemeral-storage'
  available: number
  threshold: number
}

/** How much of a resource a container holds. */
const heldBy = (run: Instance, resource: Shortage['resource']): number =>
  resource === 'memory' ? run.container.usage().memoryBytes : diskBytes(run)

/** Bytes of what a node can run short of. */
export type Held = Record<Shortage['resource'], number>

/** Adds what a Pod holds: its containers, and on the disk the emptyDirs that are not in memory. */
export function addHeldByPod(held: Held, { pod, runtime, volumes }: PodWorker): void {
  for (const run of runtime.instances) {
    if (run.state !== 'running') continue
    held.memory += run.container.usage().memoryBytes
    held['ephemeral-storage'] += diskBytes(run)
  }
  if (pod.spec.volumes)
    for (const { name, emptyDir } of pod.spec.volumes)
      if (emptyDir && emptyDir.medium !== 'Memory')
        held['ephemeral-storage'] += volumes.mounted.get(name)?.volume.usedBytes() ?? 0
}

/** How much of a resource a Pod holds. */
export function heldByPod(worker: PodWorker, resource: Shortage['resource']): number {
  const held: Held = { memory: 0, 'ephemeral-storage': 0 }
  addHeldByPod(held, worker)
  return held[resource]
}

/** How much of a resource is set aside for a Pod. */
const requestedBy = ({ pod, resize }: PodWorker, resource: string): number =>
  Number(podTotal(resize.allocatedPod(pod), resource)) / 1e9

const printBytes = (bytes: number): string => formatQuantity(BigInt(bytes) * 1_000_000_000n, 'BinarySI')
/** Memory is held by the page, and disks by the block, which is as large. */
const PAGE = 4096
const printPages = (bytes: number): string => printBytes(Math.floor(bytes / PAGE) * PAGE)

/** Static Pods and those of the highest priorities are never evicted. */
export const isCritical = (pod: Pod): boolean => isStaticPod(pod) || (pod.spec.priority ?? 0) >= 2_000_000_000

export interface Victim {
  worker: PodWorker
  message: string
  /** Of the event: who used how much of what. */
  annotations: Record<string, string>
}

/** Those above their request go first, then those of low priority, then those furthest above their request. */
export function chooseVictim(workers: readonly PodWorker[], shortage: Shortage): Victim | undefined {
  const { resource, available, threshold } = shortage
  const candidates = workers
    .filter(worker => worker.stage === 'syncing' && !worker.isEvicted && !isCritical(worker.pod))
    .map(worker => ({ worker, over: heldByPod(worker, resource) - requestedBy(worker, resource) }))
    .sort(
      (a, b) =>
        Number(b.over > 0) - Number(a.over > 0) ||
        (a.worker.pod.spec.priority ?? 0) - (b.worker.pod.spec.priority ?? 0) ||
        b.over - a.over,
    )
  const worker = candidates[0]?.worker
  if (!worker) return undefined
  const { pod } = worker
  const annotations: Record<string, string> = {}
  let message = `The node was low on resource: ${resource}. Threshold quantity: ${printBytes(threshold)}, available: ${printPages(available)}. `
  const whole = (pod.spec.resources?.requests as Amounts)?.[resource]
  if (resource === 'memory' && whole !== undefined) {
    const usage = printPages(heldByPod(worker, resource))
    message += larger(`Pod ${pod.metadata.name}`, usage, whole, resource)
    Object.assign(annotations, { offending_pod: pod.metadata.name, offending_pod_usage: usage })
  }
  const offending: string[] = []
  const usages: string[] = []
  for (const run of runningInstances(worker.runtime)) {
    if (run.kind === 'ephemeral') continue
    const bytes = heldBy(run, resource)
    const request = (worker.resize.allocated(run.spec).requests as Amounts)?.[resource] ?? '0'
    if (bytes <= amountOf({ [resource]: request }, resource)) continue
    message += larger(`Container ${run.name}`, printPages(bytes), request, resource)
    offending.push(run.name)
    usages.push(printPages(bytes))
  }
  annotations.offending_containers = offending.join(',')
  annotations.offending_containers_usage = usages.join(',')
  annotations.starved_resource = resource
  return { worker, message, annotations }
}

const larger = (who: string, usage: string, request: string | number, resource: string): string =>
  `${who} was using ${usage}, request is ${parseQuantity(request).text}, has larger consumption of ${resource}. `

export type Pressure = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure'

const MEMORY_TAINT = 'node.kubernetes.io/memory-pressure'

/** Short of memory alone, a node refuses only Pods that asked for nothing and do not say that they bear it; short of disk, all. */
export function refusedUnderPressure(pod: Pod, conditions: readonly Pressure[]): boolean {
  if (!conditions.length || isCritical(pod)) return false
  if (conditions.length > 1 || conditions[0] !== 'MemoryPressure') return true
  if (qosClass(pod.spec) !== 'BestEffort') return false
  return !(pod.spec.tolerations ?? []).some(
    t => (!t.key || t.key === MEMORY_TAINT) && (!t.effect || t.effect === 'NoSchedule') && t.operator === 'Exists',
  )
}
