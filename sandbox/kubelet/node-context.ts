/** The context that the kubelet's parts share: their node, its runtime and disk, back-offs, and look-ups in the API. */
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { ContainerRuntime } from '../runtime/cri.ts'
import { RuntimeError } from '../runtime/cri.ts'
import type { EnvSources } from './containers/env.ts'
import type { Backoff } from './pods/backoff.ts'
import type { DnsSettings } from './sandbox/dns.ts'
import type { UserNamespaces } from './sandbox/user-namespaces.ts'
import type { ContainerKind, EventType, Pod } from './types.ts'
import type { Disk, VolumeSources } from './volumes/volume.ts'

export interface NodeContext {
  readonly name: string
  readonly ip: string
  readonly clock: Clock
  readonly random: Random
  readonly runtime: ContainerRuntime
  readonly disk: Disk
  readonly dns: DnsSettings
  readonly sources: Omit<EnvSources, 'podIPs' | 'hostIP' | 'volumeFile' | 'allocatable'> &
    VolumeSources & {
      /** What the runtime knows a RuntimeClass by. @throws NotFound */
      runtimeHandler(className: string): string
    }
  readonly allocatable: Record<string, string>
  /** How many operations of the runtime are under way. */
  readonly operations: { underWay: number }
  /** Whether another Pod than this one has the PersistentVolume here. */
  isInUse(persistentVolume: string, pod: Pod): boolean
  readonly crashLoopBackoff: Backoff
  readonly imageBackoff: Backoff
  readonly userNamespaces: UserNamespaces
  /** What the last pull of an image for a Pod ran into, for the words of the back-off. */
  readonly pullErrors: Map<string, string>
  podEvent(pod: Pod, type: EventType, reason: string, message: string, annotations?: Record<string, string>): void
  containerEvent(pod: Pod, kind: ContainerKind, name: string, type: EventType, reason: string, message: string): void
}

/** An error of the runtime as gRPC's clients print it; the code Unknown is not worth printing. */
export function errorText(error: unknown): string {
  if (error instanceof RuntimeError && error.code !== 'Unknown')
    return `rpc error: code = ${error.code} desc = ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

/** As gRPC's own errors print themselves: what sandboxes, probes and hooks show. */
export const rpcText = (error: unknown): string =>
  error instanceof RuntimeError ? `rpc error: code = ${error.code} desc = ${error.message}` : errorMessage(error)

/** The message alone, as events of containers show it. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))
