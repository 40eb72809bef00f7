/** Kernel parameters that a Pod may set: those of namespaces of its own, and of them the ones that cannot harm others. */
import type { Pod, Refusal } from '../types.ts'

const SAFE: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
])

/** Slashes may stand for dots: the first separator tells which of them separates. */
const normalize = (name: string): string =>
  /^[^./]*\//.test(name) ? name.replace(/[./]/g, c => (c === '/' ? '.' : '/')) : name

export const sysctlsOf = (pod: Pod): Record<string, string> =>
  Object.fromEntries((pod.spec.securityContext?.sysctls ?? []).map(({ name, value }) => [normalize(name), value]))

export function sysctlRefusal(pod: Pod): Refusal | undefined {
  const { securityContext, hostNetwork, hostIPC } = pod.spec
  for (const { name } of securityContext?.sysctls ?? []) {
    const asked = normalize(name)
    const quoted = JSON.stringify(asked)
    const host = asked.startsWith('net.') ? hostNetwork && 'net' : hostIPC && 'ipc'
    const why = !SAFE.has(asked)
      ? `${quoted} not allowlisted`
      : host
        ? `${quoted} not allowed with host ${host} enabled`
        : ''
    if (why) return { reason: 'SysctlForbidden', message: `forbidden sysctl: ${why}` }
  }
  return undefined
}
