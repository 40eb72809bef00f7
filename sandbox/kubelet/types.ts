/** The parts of a Pod, by the names that the kubelet's code uses for them. */
import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IContainerState } from 'kubernetes-models/v1/ContainerState'
import type { IContainerStatus } from 'kubernetes-models/v1/ContainerStatus'
import type { ILifecycleHandler } from 'kubernetes-models/v1/LifecycleHandler'
import type { IPodCondition } from 'kubernetes-models/v1/PodCondition'
import type { IProbe } from 'kubernetes-models/v1/Probe'
import type { IVolume } from 'kubernetes-models/v1/Volume'
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount'
import type { Pod } from '../api/types.ts'

export type { Pod }
export type PodSpec = Pod['spec']
export type PodStatus = Pod['status']
export type ContainerSpec = IContainer
export type ContainerState = IContainerState
export type ContainerStatus = IContainerStatus
export type PodCondition = IPodCondition
export type ProbeSpec = IProbe
export type HandlerSpec = ILifecycleHandler
export type VolumeSpec = IVolume
export type VolumeMountSpec = IVolumeMount

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
export type EventType = 'Normal' | 'Warning'
/** Which list of the Pod's spec a container stands in. */
export type ContainerKind = 'container' | 'init' | 'ephemeral'

/** A refusal: `reason` is the short word of a container's waiting state, `message` the text beside it. */
export interface Refusal {
  reason: string
  message: string
}

/** NAME_NAMESPACE(UID), the way the kubelet speaks of a Pod. */
export const formatPod = (pod: Pod): string => `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`

/** Every event of a container names its place, so that the few texts there are should be one each. */
const fieldPaths = new Map<string, string>()

/** The field path by which an event points at a container. */
export function fieldPathOf(kind: ContainerKind, name: string): string {
  const list = kind === 'init' ? 'initContainers' : kind === 'ephemeral' ? 'ephemeralContainers' : 'containers'
  const text = `spec.${list}{${name}}`
  const known = fieldPaths.get(text)
  if (known !== undefined) return known
  if (fieldPaths.size >= 1000) fieldPaths.clear()
  fieldPaths.set(text, text)
  return text
}

/** A native sidecar: an init container that is kept running. */
export const isRestartableInit = (container: ContainerSpec): boolean => container.restartPolicy === 'Always'

const NONE: readonly ContainerSpec[] = []

export const initContainersOf = (pod: Pod): readonly ContainerSpec[] => pod.spec.initContainers ?? NONE
export const ephemeralContainersOf = (pod: Pod): readonly ContainerSpec[] =>
  (pod.spec.ephemeralContainers as readonly ContainerSpec[] | undefined) ?? NONE

/** Every container of the Pod with the list it stands in: init, regular, ephemeral. */
export function* containersOf(pod: Pod): Generator<{ kind: ContainerKind; container: ContainerSpec }> {
  for (const container of initContainersOf(pod)) yield { kind: 'init', container }
  for (const container of pod.spec.containers) yield { kind: 'container', container }
  for (const container of ephemeralContainersOf(pod)) yield { kind: 'ephemeral', container }
}

export function findContainer(pod: Pod, name: string): { kind: ContainerKind; container: ContainerSpec } | undefined {
  for (const entry of containersOf(pod)) if (entry.container.name === name) return entry
  return undefined
}

/** A container, or the status of one, by its name. Lists of stored Pods are frozen: `find` takes many times as long on them. */
export function named<T extends { name: string }>(list: readonly T[], name: string): T | undefined {
  for (let i = 0; i < list.length; i++) if (list[i]!.name === name) return list[i]
  return undefined
}

export const isTerminalPhase = (phase: string | undefined): boolean => phase === 'Succeeded' || phase === 'Failed'
/** A Pod read from a file of the node; what the API shows of it is a mirror. */
export const isStaticPod = (pod: Pod): boolean =>
  (pod.metadata.annotations?.['kubernetes.io/config.source'] ?? 'api') !== 'api'

/** The annotation of a mirror that holds the uid of the Pod in the file. */
export const CONFIG_HASH = 'kubernetes.io/config.hash'

/** What events of a static Pod are about: the Pod of the file, which its mirror is known by. */
export function asReported(pod: Pod): Pod {
  const uid = isStaticPod(pod) && pod.metadata.annotations?.[CONFIG_HASH]
  return uid ? { ...pod, metadata: { ...pod.metadata, uid } } : pod
}
