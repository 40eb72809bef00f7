/** The checks of the level `baseline`: known ways to become root on the node. */
import type { Draft } from '../../kind.ts'
import type { Check } from './levels.ts'
import { containersOf, named, namesOf, plural, quoted, setters, sortedSet } from './phrases.ts'

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/'
const CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
)
const PROFILES = ['RuntimeDefault', 'Localhost']

/** A Pod in a user namespace of its own is root of that only. */
export const inUserNamespace =
  (check: Check): Check =>
  pod =>
    pod.spec.hostUsers === false ? undefined : check(pod)

const badProfile = (profile: Draft): boolean => profile !== undefined && !PROFILES.includes(profile.type)

export const appArmorProfile: Check = pod => {
  const own = pod.spec.securityContext?.appArmorProfile
  const names = namesOf(pod, c => badProfile(c.securityContext?.appArmorProfile))
  const annotations = Object.entries((pod.metadata?.annotations ?? {}) as Record<string, string>)
    .filter(([key, v]) => key.startsWith(APP_ARMOR) && v && v !== 'runtime/default' && !v.startsWith('localhost/'))
    .map(([key, v]) => `${key}=${JSON.stringify(v)}`)
    .sort()
  const types = [own, ...containersOf(pod).map(c => c.securityContext?.appArmorProfile)].filter(badProfile)
  const who = [setters(badProfile(own), names), annotations.length ? plural('annotation', annotations.length) : '']
    .filter(Boolean)
    .join(' and ')
  if (!who) return undefined
  const values = [...sortedSet(types.map(p => p.type)), ...annotations]
  return {
    reason: plural('forbidden AppArmor profile', values.length),
    detail: `${who} must not set AppArmor profile type to ${quoted(values)}`,
  }
}

const added = (c: Draft): string[] => c.securityContext?.capabilities?.add ?? []

export const capabilities: Check = pod => {
  const beyond = (c: Draft): string[] => added(c).filter(cap => !CAPABILITIES.has(cap))
  const names = namesOf(pod, c => beyond(c).length > 0)
  if (!names.length) return undefined
  const all = quoted(sortedSet(containersOf(pod).flatMap(beyond)))
  return {
    reason: 'non-default capabilities',
    detail: `${named(names)} must not include ${all} in securityContext.capabilities.add`,
  }
}

export const hostNamespaces: Check = ({ spec }) => {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter(key => spec[key])
  return shared.length ? { reason: 'host namespaces', detail: shared.map(key => `${key}=true`).join(', ') } : undefined
}

export const hostPathVolumes: Check = ({ spec }) => {
  const names: string[] = (spec.volumes ?? []).filter((v: Draft) => v.hostPath).map((v: Draft) => v.name)
  return names.length
    ? { reason: 'hostPath volumes', detail: `${plural('volume', names.length)} ${quoted(names)}` }
    : undefined
}

const uses = (names: readonly string[]): string => `${named(names)} ${names.length === 1 ? 'uses' : 'use'}`

export const hostPorts: Check = pod => {
  const ports = (c: Draft): number[] => (c.ports ?? []).map((p: Draft) => p.hostPort).filter(Boolean)
  const names = namesOf(pod, c => ports(c).length > 0)
  if (!names.length) return undefined
  const all = sortedSet(containersOf(pod).flatMap(c => ports(c).map(String)))
  return { reason: 'hostPort', detail: `${uses(names)} ${plural('hostPort', all.length)} ${all.join(', ')}` }
}

export const probeHosts: Check = pod => {
  const hosts = (c: Draft): string[] =>
    [c.livenessProbe, c.readinessProbe, c.startupProbe, c.lifecycle?.postStart, c.lifecycle?.preStop]
      .flatMap(h => [h?.httpGet?.host, h?.tcpSocket?.host])
      .filter(Boolean)
  const names = sortedSet(namesOf(pod, c => hosts(c).length > 0))
  if (!names.length) return undefined
  const all = sortedSet(containersOf(pod).flatMap(hosts))
  return {
    reason: 'probe or lifecycle host',
    detail: `${uses(names)} ${plural('probe or lifecycle host', all.length)} ${quoted(all)}`,
  }
}

export const privileged: Check = pod => {
  const names = namesOf(pod, c => c.securityContext?.privileged === true)
  return names.length
    ? { reason: 'privileged', detail: `${named(names)} must not set securityContext.privileged=true` }
    : undefined
}

export const procMount: Check = pod => {
  const type = (c: Draft): string => c.securityContext?.procMount ?? 'Default'
  const names = namesOf(pod, c => type(c) !== 'Default')
  if (!names.length) return undefined
  const types = sortedSet(
    containersOf(pod)
      .map(type)
      .filter(t => t !== 'Default'),
  )
  return { reason: 'procMount', detail: `${named(names)} must not set securityContext.procMount to ${quoted(types)}` }
}

export const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t']

export const seLinuxOptions =
  (allowed: readonly string[]): Check =>
  pod => {
    const bad = (o: Draft): boolean => Boolean(o && (!allowed.includes(o.type ?? '') || o.user || o.role))
    const own = pod.spec.securityContext?.seLinuxOptions
    const names = namesOf(pod, c => bad(c.securityContext?.seLinuxOptions))
    const who = setters(bad(own), names)
    if (!who) return undefined
    const all = [own, ...containersOf(pod).map(c => c.securityContext?.seLinuxOptions)].filter(bad)
    const types = sortedSet(all.map(o => o.type ?? '').filter(t => !allowed.includes(t)))
    const what = [
      ...(types.length ? [`${plural('type', types.length)} ${quoted(types)}`] : []),
      ...(all.some(o => o.user) ? ['user may not be set'] : []),
      ...(all.some(o => o.role) ? ['role may not be set'] : []),
    ]
    return {
      reason: 'seLinuxOptions',
      detail: `${who} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`,
    }
  }

const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const goodAnnotation = (v: string): boolean =>
  v === 'runtime/default' || v === 'docker/default' || v.startsWith('localhost/')

/** How profiles were named before 1.19. */
export const seccompAnnotations: Check = pod => {
  const annotations: Record<string, string> = pod.metadata?.annotations ?? {}
  const keys = [SECCOMP_POD, ...containersOf(pod).map(c => `${SECCOMP_CONTAINER}${c.name}`)]
  const bad = sortedSet(
    keys
      .filter(k => annotations[k] !== undefined && !goodAnnotation(annotations[k]))
      .map(k => `${k}=${JSON.stringify(annotations[k])}`),
  )
  return bad.length
    ? { reason: 'seccompProfile', detail: `forbidden ${plural('annotation', bad.length)} ${bad.join(', ')}` }
    : undefined
}

export const seccompProfile: Check = pod => {
  const own = pod.spec.securityContext?.seccompProfile
  const names = namesOf(pod, c => badProfile(c.securityContext?.seccompProfile))
  const who = setters(badProfile(own), names)
  if (!who) return undefined
  const all = [own, ...containersOf(pod).map(c => c.securityContext?.seccompProfile)].filter(badProfile)
  const types = quoted(sortedSet(all.map(p => p.type)))
  return { reason: 'seccompProfile', detail: `${who} must not set securityContext.seccompProfile.type to ${types}` }
}

/** Safe since which minor version. */
export const SYSCTLS: readonly (readonly [number, readonly string[]])[] = [
  [
    0,
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  ],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [
    29,
    [
      'net.ipv4.tcp_keepalive_time',
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
    ],
  ],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
]

export const sysctls =
  (allowed: readonly string[]): Check =>
  ({ spec }) => {
    const bad: string[] = (spec.securityContext?.sysctls ?? [])
      .map((s: Draft) => s.name)
      .filter((n: string) => !allowed.includes(n))
    return bad.length ? { reason: 'forbidden sysctls', detail: bad.join(', ') } : undefined
  }

export const windowsHostProcess: Check = pod => {
  const bad = (context: Draft): boolean => context?.windowsOptions?.hostProcess === true
  const names = namesOf(pod, c => bad(c.securityContext))
  const who = setters(bad(pod.spec.securityContext), names)
  return who
    ? { reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` }
    : undefined
}
