/** Kernel parameters: what a Pod finds when it sets none, and how they stand under /proc/sys. */
import { dynamicDirectory, dynamicFile } from './cgroupfs.ts'
import type { Disk, Inode } from './tree.ts'

/** Those of the network, IPC and UTS namespaces, which each Pod has of its own. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'kernel.domainname': '(none)',
  'kernel.msgmax': '8192',
  'kernel.msgmnb': '16384',
  'kernel.sem': '32000\t1024000000\t500\t32000',
  'kernel.shm_rmid_forced': '0',
  'kernel.shmmax': '18446744073692774399',
  'net.core.somaxconn': '4096',
  'net.ipv4.ip_forward': '1',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_local_reserved_ports': '',
  'net.ipv4.ip_unprivileged_port_start': '0',
  'net.ipv4.ping_group_range': '0\t2147483647',
  'net.ipv4.tcp_fin_timeout': '60',
  'net.ipv4.tcp_keepalive_intvl': '75',
  'net.ipv4.tcp_keepalive_probes': '9',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_rmem': '4096\t131072\t6291456',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv4.tcp_wmem': '4096\t16384\t4194304',
}

export type Sysctls = Readonly<Record<string, string>>

/** A kernel prints several numbers with tabs between them, however they were written. */
const printed = (value: string): string => (/^[\d\s]+$/.test(value) ? value.trim().split(/\s+/).join('\t') : value)

/** @param own by name; slashes and dots are the same */
const sysctls = (hostname: string, own: Sysctls = {}): Sysctls => ({
  ...DEFAULTS,
  'kernel.hostname': hostname,
  ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name.replaceAll('/', '.'), printed(value)])),
})

/** /proc/sys. */
export function sysctlTree(disk: Disk, hostname: string, own: Sysctls | undefined): Inode {
  const values = sysctls(hostname, own)
  const below = (prefix: string): Inode =>
    dynamicDirectory(
      disk,
      () => [
        ...new Set(
          Object.keys(values)
            .filter(name => name.startsWith(prefix))
            .map(name => name.slice(prefix.length).split('.')[0]!),
        ),
      ],
      name => {
        const full = `${prefix}${name}`
        if (values[full] !== undefined) return dynamicFile(disk, () => `${values[full]}\n`)
        return Object.keys(values).some(n => n.startsWith(`${full}.`)) ? below(`${full}.`) : undefined
      },
    )
  return below('')
}
