/** Pods that hold more on the node's disk than they may: limits of emptyDirs and of ephemeral-storage. */
import { makeQuantity, parseQuantity, type Quantity } from '../../api/resources/quantity.ts'
import { type Amounts, bytesOf } from '../containers/limits.ts'
import { runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { podTotal } from '../resources/pod-resources.ts'
import { type ContainerSpec, initContainersOf, type Pod } from '../types.ts'

const STORAGE = 'ephemeral-storage'

const limitOf = ({ resources }: Pick<ContainerSpec, 'resources'>): string | number | undefined =>
  (resources?.limits as Amounts)?.[STORAGE]

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
  const total = totalLimit(pod)
  if (!total) return undefined
  const writable = new Map(runningInstances(runtime).map(r => [r.name, r.container.usage().writableBytes]))
  for (const bytes of writable.values()) held += bytes
  if (held > Number(total.nano / 1_000_000_000n))
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${total.text}. `
  for (const container of pod.spec.containers) {
    const limit = limitOf(container)
    if (limit !== undefined && bytesOf(limit) && (writable.get(container.name) ?? 0) > bytesOf(limit)) {
      return `Container ${container.name} exceeded its local ephemeral storage limit "${parseQuantity(limit).text}". `
    }
  }
  return undefined
}

/** Of all containers together, even if some have none; undefined where nobody has one. */
function totalLimit(pod: Pod): Quantity | undefined {
  const limits = [...pod.spec.containers, ...initContainersOf(pod)].map(limitOf).filter(limit => limit !== undefined)
  if (!limits.length) return undefined
  return makeQuantity(podTotal(pod, STORAGE, 'limits'), parseQuantity(limits[0]!).format)
}

/** Whether a Pod can come under storage limits at all, so that others need not be measured. */
export function hasStorageLimits({ spec }: Pod): boolean {
  if (spec.volumes) for (const { emptyDir } of spec.volumes) if (emptyDir?.sizeLimit !== undefined) return true
  return [...spec.containers, ...(spec.initContainers ?? [])].some(c => limitOf(c) !== undefined)
}
