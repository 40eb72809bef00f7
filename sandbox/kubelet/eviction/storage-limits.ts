/** Pods that hold more on the node's disk than they may: limits of emptyDirs and of ephemeral-storage. */
import { makeQuantity, parseQuantity, type Quantity } from '../../api/resources/quantity.ts'
import { inBlocks } from '../../runtime/files/disk-usage.ts'
import { type Amounts, bytesOf } from '../containers/limits.ts'
import { type Instance, runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { podTotal } from '../resources/pod-resources.ts'
import { type ContainerSpec, initContainersOf, type Pod } from '../types.ts'

const STORAGE = 'ephemeral-storage'

const limitOf = ({ resources }: Pick<ContainerSpec, 'resources'>): string | number | undefined =>
  (resources?.limits as Amounts)?.[STORAGE]

/** What a container holds on the node's disk: what it has written, and its log. */
export function diskBytes({ container }: Instance): number {
  const { writableBytes, logBytes = 0 } = container.usage()
  return writableBytes + logBytes
}

/** The same as a kubelet's statistics have it: in blocks, directories included. */
function blocksOf({ container }: Instance): number {
  const { writableBytes, logBytes = 0 } = container.usage()
  return (container.diskUsage?.() ?? writableBytes) + inBlocks(logBytes)
}

/** The Pod's own /etc/hosts is a file on the node, whether or not it is used. */
const HOSTS_FILE_BYTES = 4096

/** The words for a Pod that holds more than it may on the node's disk, as far as its kubelet knows; undefined when it does not. */
export function storageVerdict({ pod, runtime, volumes }: PodWorker): string | undefined {
  const measured = volumes.usage.latest(volumes.mounted)
  let held = HOSTS_FILE_BYTES
  let tooLarge: string | undefined
  for (const { name, emptyDir, configMap } of pod.spec.volumes ?? []) {
    const bytes = measured.get(name) ?? 0
    if (configMap || (emptyDir && !emptyDir.medium)) held += bytes
    const limit = emptyDir?.sizeLimit
    if (limit !== undefined && bytesOf(limit) > 0 && bytes > bytesOf(limit))
      tooLarge ??= `Usage of EmptyDir volume "${name}" exceeds the limit "${parseQuantity(limit).text}". `
  }
  if (tooLarge) return tooLarge
  const total = totalLimit(pod)
  if (!total) return undefined
  const written = new Map(runningInstances(runtime).map(r => [r.name, blocksOf(r)]))
  for (const bytes of written.values()) held += bytes
  if (held > Number(total.nano / 1_000_000_000n))
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${total.text}. `
  for (const container of pod.spec.containers) {
    const limit = limitOf(container)
    if (limit !== undefined && bytesOf(limit) && (written.get(container.name) ?? 0) > bytesOf(limit)) {
      return `Container ${container.name} exceeded its local ephemeral storage limit "${parseQuantity(limit).text}". `
    }
  }
  return undefined
}

/** The first limit of a container, in the order in which they are added up. */
const firstLimit = (pod: Pod): string | number | undefined =>
  [...pod.spec.containers, ...initContainersOf(pod)].map(limitOf).find(limit => limit !== undefined)

/** Of all containers together, even if some have none; undefined where nobody has one. It is written as the first is. */
function totalLimit(pod: Pod): Quantity | undefined {
  const first = firstLimit(pod)
  return first === undefined ? undefined : makeQuantity(podTotal(pod, STORAGE, 'limits'), parseQuantity(first).format)
}

/** Whether a Pod can come under storage limits at all, so that others need not be measured. */
export function hasStorageLimits(pod: Pod): boolean {
  return pod.spec.volumes?.some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined) || firstLimit(pod) !== undefined
}
