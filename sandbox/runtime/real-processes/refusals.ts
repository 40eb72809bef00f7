/** What a real process without a container around it cannot be given: it is refused before it starts. */
import { type ContainerConfig, RuntimeError, type SandboxConfig } from '../cri.ts'

export interface Host {
  uid: number
  gid: number
  /** Whether memory of processes can be measured here. */
  measuresMemory: boolean
}

type Rule = (config: ContainerConfig, pod: SandboxConfig, host: Host) => string | false | undefined

const RULES: readonly Rule[] = [
  c => c.tty && 'a terminal (tty: true)',
  c => c.readOnlyRootFilesystem && 'readOnlyRootFilesystem',
  c => c.privileged && 'privileged',
  c => c.capabilities.add.length > 0 && `added capabilities (${c.capabilities.add.join(', ')})`,
  c => c.cpuMillis !== undefined && 'a limit of cpu (leave out resources.limits.cpu)',
  (c, _, host) => c.memoryBytes !== undefined && !host.measuresMemory && 'a limit of memory on this system',
  (c, _, host) => c.user?.uid !== undefined && c.user.uid !== host.uid && `runAsUser ${c.user.uid} (it runs as you)`,
  (c, _, host) => c.user?.gid !== undefined && c.user.gid !== host.gid && `runAsGroup ${c.user.gid} (it runs as you)`,
  c => Boolean(c.user?.groups?.length) && 'fsGroup and supplementalGroups (it runs as you)',
  c => typeof c.seccomp === 'object' && 'a seccomp profile by name',
  c => typeof c.appArmor === 'object' && 'an AppArmor profile by name',
  (_, pod) => pod.shareProcessNamespace && 'shareProcessNamespace',
  (_, pod) => pod.hostPID && 'hostPID',
  (_, pod) => pod.userNamespace !== undefined && 'hostUsers: false',
  (_, pod) => Boolean(Object.keys(pod.sysctls ?? {}).length) && 'sysctls',
]

/** @throws RuntimeError that says what is not simulated */
export function refuseImpossible(config: ContainerConfig, pod: SandboxConfig, host: Host): void {
  const wishes = RULES.map(rule => rule(config, pod, host)).filter(Boolean)
  if (wishes.length) throw notSimulated(wishes.join('; '))
}

export const notSimulated = (what: string): RuntimeError =>
  new RuntimeError('Unimplemented', `not simulated for a real process: ${what}`)
