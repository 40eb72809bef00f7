/** Pods that hold more on the node's disk than they may: limits of emptyDirs and of ephemeral-storage. */
import { formatQuantity, parseQuantity } from '../../api/resources/quantity.ts'
import { type Amounts, amountOf, bytesOf } from '../containers/limits.ts'
import { runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { Pod } from '../types.ts'

const printBytes = (bytes: number): string => formatQuantity(BigInt(bytes) * 1_000_000_000n, 'BinarySI')

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

/** Whether a Pod can come under storage limits at all, so that others need not be measured. */
export function hasStorageLimits({ spec }: Pod): boolean {
  if (spec.volumes) for (const { emptyDir } of spec.volumes) if (emptyDir?.sizeLimit !== undefined) return true
  for (const { resources } of spec.containers)
    if ((resources?.limits as Amounts)?.['ephemeral-storage'] !== undefined) return true
  return false
}
