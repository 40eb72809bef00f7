/** The status of a node: its capacity, its software, its conditions. */
import type { INodeStatus } from 'kubernetes-models/v1/NodeStatus'
import type { ImageInfo } from '../../runtime/cri.ts'
import { KERNEL_RELEASE, NODE_RELEASE } from '../../runtime/kernel/kernel-release.ts'
import { bytesOf } from '../containers/limits.ts'
import type { Pressure } from '../eviction/eviction.ts'
import { thresholdOf } from '../eviction/thresholds.ts'

export interface NodeOptions {
  name: string
  ip: string
  podCIDR: string
  cpu: string
  memory: string
  ephemeralStorage: string
  pods: number
  labels: Record<string, string>
  taints: readonly { key: string; value?: string; effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' }[]
  controlPlane: boolean
}

const KUBELET_VERSION = 'v1.36.2'

/** The first network of nodes ends before the address of the learner's machine; those of great clusters follow. */
const FIRST_NODES = 98
const NODES_PER_NETWORK = 250

function nodeIP(index: number): string {
  if (index < FIRST_NODES) return `192.168.49.${index + 2}`
  const further = index - FIRST_NODES
  return `192.168.${50 + Math.floor(further / NODES_PER_NETWORK)}.${2 + (further % NODES_PER_NETWORK)}`
}

/** 10.244.0.0/16 holds 256 nodes; the rest are given what lies between it and the cluster IPs. */
const podCIDR = (index: number): string => `10.${index < 256 ? 244 : 128 + (index >> 8)}.${index & 255}.0/24`

export const defaultNode = (name: string, index: number, controlPlane: boolean): NodeOptions => ({
  name,
  ip: nodeIP(index),
  podCIDR: podCIDR(index),
  cpu: '4',
  memory: '8147648Ki',
  ephemeralStorage: '61255492Ki',
  pods: 110,
  labels: {},
  taints: controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : [],
  controlPlane,
})

export const nodeLabels = ({ name, labels, controlPlane }: NodeOptions): Record<string, string> => ({
  'beta.kubernetes.io/arch': 'amd64',
  'beta.kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
  ...(controlPlane && { 'node-role.kubernetes.io/control-plane': '' }),
  ...labels,
})

function capacityOf({ cpu, memory, ephemeralStorage, pods }: NodeOptions): Record<string, string> {
  return {
    cpu,
    'ephemeral-storage': ephemeralStorage,
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory,
    pods: String(pods),
  }
}

export function allocatableOf(options: NodeOptions): Record<string, string> {
  const capacity = capacityOf(options)
  const memory = bytesOf(options.memory)
  const disk = bytesOf(options.ephemeralStorage)
  const kept = Math.trunc((memory - thresholdOf('memory.available', memory)) / 1024)
  // The amount is given in bytes, as the kubelet computes it.
  const storage = disk - thresholdOf('nodefs.available', disk)
  return { ...capacity, 'ephemeral-storage': String(storage), memory: `${kept}Ki` }
}

interface Health {
  ready: boolean
  pressures: readonly Pressure[]
}

export type Condition = NonNullable<INodeStatus['conditions']>[number]

/** Each condition: its type, whether it holds, and the words for either case. */
export function nodeConditions(health: Health, old: readonly Condition[] | undefined, now: string): Condition[] {
  const rows: [string, boolean, string, string][] = [
    health.pressures.includes('MemoryPressure')
      ? ['MemoryPressure', true, 'KubeletHasInsufficientMemory', 'kubelet has insufficient memory available']
      : ['MemoryPressure', false, 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    health.pressures.includes('DiskPressure')
      ? ['DiskPressure', true, 'KubeletHasDiskPressure', 'kubelet has disk pressure']
      : ['DiskPressure', false, 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    health.pressures.includes('PIDPressure')
      ? ['PIDPressure', true, 'KubeletHasInsufficientPID', 'kubelet has insufficient PID available']
      : ['PIDPressure', false, 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
    health.ready
      ? ['Ready', true, 'KubeletReady', 'kubelet is posting ready status']
      : ['Ready', false, 'KubeletNotReady', 'container runtime status check may not have completed yet'],
  ]
  const kept = (old ?? []).filter(c => !rows.some(([type]) => type === c.type))
  return [
    ...kept,
    ...rows.map(([type, holds, reason, message]) => {
      const status = holds ? 'True' : 'False'
      const before = old?.find(c => c.type === type)
      return {
        type,
        status,
        lastHeartbeatTime: now,
        lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now) : now,
        reason,
        message,
      } as Condition
    }),
  ]
}

export interface Machine {
  machineID: string
  systemUUID: string
  bootID: string
}

type Amounts = Readonly<Record<string, string>>

/** Resources that others have put on the node are its own from then on. */
const withForeign = (capacity: Amounts | undefined, own: Amounts): Amounts => ({ ...capacity, ...own })

export function nodeStatus(
  current: INodeStatus | undefined,
  options: NodeOptions,
  machine: Machine,
  runtimeVersion: string,
  images: readonly ImageInfo[],
  conditions: readonly Condition[],
): INodeStatus {
  const foreign = current?.capacity as Amounts | undefined
  return {
    capacity: withForeign(foreign, capacityOf(options)),
    allocatable: withForeign(foreign, allocatableOf(options)),
    conditions: [...conditions],
    addresses: [
      { type: 'InternalIP', address: options.ip },
      { type: 'Hostname', address: options.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
    nodeInfo: {
      ...machine,
      kernelVersion: KERNEL_RELEASE,
      osImage: NODE_RELEASE.name,
      containerRuntimeVersion: runtimeVersion,
      kubeletVersion: KUBELET_VERSION,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
      swap: { capacity: 0 },
    },
    images: images
      .slice()
      .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
      .slice(0, 50)
      .map(({ name, digest, bytes }) => ({ names: [digest, name], sizeBytes: bytes })),
    // The runtime's own way of running containers has a name, and need not be named.
    runtimeHandlers: ['', 'runc'].map(name => ({
      name,
      features: { recursiveReadOnlyMounts: true, userNamespaces: true },
    })),
    features: { supplementalGroupsPolicy: true },
    declaredFeatures: [
      'ExtendWebSocketsToKubelet',
      'InPlacePodLevelResourcesVerticalScaling',
      'InPlacePodVerticalScalingInitContainers',
      'RestartAllContainersOnContainerExits',
    ],
  } as INodeStatus
}
