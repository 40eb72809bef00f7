/** The runtime state of one Pod: its sandbox, and every run of each container that has not been cleared away. */
import type { Container, Sandbox } from '../../runtime/cri.ts'
import type { Volume } from '../../runtime/files/fs.ts'
import type { ExitStatus } from '../../runtime/processes/process.ts'
import type { ContainerKind, ContainerSpec, Refusal } from '../types.ts'
import type { Mounted } from '../volumes/volume.ts'

/** How a run ended, as the runtime and kubelet describe it. */
export interface Ending {
  exitCode: number
  reason: string
  message: string
  startedAt: number
  finishedAt: number
}

/** One run of a container. */
export interface Instance {
  readonly name: string
  readonly kind: ContainerKind
  /** As the status shows it: containerd://… */
  readonly id: string
  /** How often the container had been started before. */
  readonly attempt: number
  readonly createdAt: number
  /** The spec that it was made from; a difference in what matters means a restart. */
  readonly spec: ContainerSpec
  readonly container: Container
  readonly user: { uid: number; gid: number; supplementalGroups: readonly number[] }
  state: 'created' | 'running' | 'exited'
  startedAt: number
  ending?: Ending
  /** Told once, when the run has ended. */
  waiters: (() => void)[]
}

export interface PodRuntime {
  sandbox?: Sandbox
  /** False once the sandbox has been stopped or lost with its node. */
  sandboxReady: boolean
  sandboxAttempt: number
  /** Known for as long as the Pod is, even after the sandbox has been stopped. */
  ips: readonly string[]
  /** Newest last. */
  instances: Instance[]
  /** What those have computed that are cleared away. */
  spentCpuMs: number
  /** The Pod's volumes that have been set up, by name. */
  readonly volumes: Map<string, Mounted>
  /** Why the image of a volume is not there, by the volume's name. */
  readonly imageVolumes: Map<string, Refusal>
  /** Holds the file that every container sees as /etc/hosts. */
  etcHosts?: Volume
}

export const newPodRuntime = (): PodRuntime => ({
  sandboxReady: false,
  sandboxAttempt: -1,
  ips: [],
  instances: [],
  spentCpuMs: 0,
  volumes: new Map(),
  imageVolumes: new Map(),
})

/** The latest run of a container. */
export function latest(runtime: PodRuntime, name: string): Instance | undefined {
  for (let i = runtime.instances.length - 1; i >= 0; i--) {
    if (runtime.instances[i]!.name === name) return runtime.instances[i]
  }
  return undefined
}

/** The run of the same container before this one. */
export function latestBefore({ instances }: PodRuntime, run: Instance): Instance | undefined {
  for (let i = instances.lastIndexOf(run) - 1; i >= 0; i--) if (instances[i]!.name === run.name) return instances[i]
  return undefined
}

/** The latest run that has ended. */
export function latestExited(runtime: PodRuntime, name: string): Instance | undefined {
  for (let i = runtime.instances.length - 1; i >= 0; i--) {
    const instance = runtime.instances[i]!
    if (instance.name === name && instance.state === 'exited') return instance
  }
  return undefined
}

export const runningInstances = (runtime: PodRuntime): Instance[] =>
  runtime.instances.filter(instance => instance.state === 'running')

/** Whether a regular container was ever made: then the Pod has been initialized. */
export const anyRegularCreated = (runtime: PodRuntime): boolean =>
  runtime.instances.some(instance => instance.kind === 'container')

/** A change of the spec that only a new container can follow. Resources follow the resize policy instead. */
export const definitionChanged = (now: ContainerSpec, then: ContainerSpec): boolean => now.image !== then.image

/** Exit codes as containerd explains them. */
export const endingReason = (status: ExitStatus): string =>
  status.oomKilled ? 'OOMKilled' : status.code === 0 ? 'Completed' : 'Error'

export function needsNewSandbox(runtime: PodRuntime): boolean {
  return !runtime.sandbox || !runtime.sandboxReady
}
