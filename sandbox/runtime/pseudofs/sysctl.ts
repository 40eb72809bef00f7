/** Kernel parameters: what a Pod finds when it sets none, and how they stand under /proc/sys. */

import { errno } from '../errno.ts'
import type { Disk, Inode } from '../files/tree.ts'
import type { World } from '../kernel/kernel.ts'
import { KERNEL_BUILD, KERNEL_RELEASE } from '../kernel/kernel-release.ts'
import type { Process } from '../processes/process.ts'
import { dynamicDirectory, dynamicFile } from './cgroupfs.ts'

/** Those of the network, IPC and UTS namespaces, which each Pod has of its own. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'kernel.domainname': '(none)',
  'kernel.msgmax': '8192',
  'kernel.msgmnb': '16384',
  'kernel.msgmni': '32000',
  'kernel.sem': '32000\t1024000000\t500\t32000',
  'kernel.shm_rmid_forced': '0',
  'kernel.shmall': '18446744073692774399',
  'kernel.shmmax': '18446744073692774399',
  'kernel.shmmni': '4096',
  'fs.mqueue.msg_default': '10',
  'fs.mqueue.msg_max': '10',
  'fs.mqueue.msgsize_default': '8192',
  'fs.mqueue.msgsize_max': '8192',
  'fs.mqueue.queues_max': '256',
  'net.core.somaxconn': '4096',
  'net.ipv4.ip_default_ttl': '64',
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

/** Those of the machine, which all its Pods see. */
const OF_MACHINE: Readonly<Record<string, string>> = {
  'fs.file-max': '9223372036854775807',
  'fs.inotify.max_user_instances': '128',
  'fs.inotify.max_user_watches': '65536',
  'fs.nr_open': '1048576',
  'kernel.overflowgid': '65534',
  'kernel.overflowuid': '65534',
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'kernel.pid_max': '4194304',
  'kernel.threads-max': '62842',
  'vm.max_map_count': '65530',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
  'vm.swappiness': '60',
}

/** What nobody can set. */
const FIXED: Readonly<Record<string, (viewer: Process | undefined) => string>> = {
  'kernel.osrelease': () => KERNEL_RELEASE,
  'kernel.ostype': () => 'Linux',
  'kernel.random.uuid': viewer => viewer?.random.uuid() ?? '',
  'kernel.version': () => KERNEL_BUILD,
}

const PING_RANGE = 'net.ipv4.ping_group_range'
/** The kernel's own default; where a Pod says nothing, containerd lets all groups ping. */
const NOBODY = '1\t0'

/** The UTS namespace's own. */
const HOSTNAME = 'kernel.hostname'

export type Sysctls = Readonly<Record<string, string>>

const PORT_RANGE = 'net.ipv4.ip_local_port_range'
const RESERVED_PORTS = 'net.ipv4.ip_local_reserved_ports'
const MOST_PORT = 65_535
const MOST_INT = 2 ** 31 - 1

/** The least and the greatest that the numbers of a parameter may be. */
const RANGES: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['kernel.shm_rmid_forced', [0, 1]],
  [PORT_RANGE, [1, MOST_PORT]],
  ['net.ipv4.ip_unprivileged_port_start', [0, MOST_PORT]],
  [PING_RANGE, [0, MOST_INT]],
  ['net.ipv4.tcp_keepalive_probes', [0, 255]],
  ['net.ipv4.tcp_rmem', [1, MOST_INT]],
  ['net.ipv4.tcp_syncookies', [0, 255]],
  ['net.ipv4.tcp_wmem', [1, MOST_INT]],
])
const ANY_INT = [-MOST_INT - 1, MOST_INT] as const
/** Those without a range of their own that hold numbers too; of all others any text is taken. */
const NUMBERS = /^net\.ipv4\.tcp_(fin_timeout|keepalive_)/

/** Whether the kernel takes a value that is written into one of those that a Pod may set. */
export function isValue(name: string, value: string): boolean {
  if (name === RESERVED_PORTS) return isPortList(value.trim())
  const range = RANGES.get(name) ?? (NUMBERS.test(name) ? ANY_INT : undefined)
  if (!range) return true
  const words = value.trim().split(/\s+/)
  if (!words.every(word => /^-?\d+$/.test(word))) return false
  const numbers = words.map(Number)
  if (numbers.some(n => n < range[0] || n > range[1])) return false
  return name !== PORT_RANGE || isAscending(kept(name, value, DEFAULTS[name]!).split('\t').map(Number))
}

/** Ports and ranges of them, between commas; none at all too. */
const isPortList = (value: string): boolean =>
  value === '' ||
  value.split(',').every(part => {
    const ends = part.split('-')
    return (
      ends.length <= 2 &&
      ends.every(end => /^\d+$/.test(end) && Number(end) <= MOST_PORT) &&
      isAscending(ends.map(Number))
    )
  })

const isAscending = ([first = 0, last = first]: readonly number[]): boolean => first <= last

/**
 * What a parameter is after a value has been written into it. A kernel prints several numbers with tabs between them,
 * however they were written; those that were not written stay as they were.
 */
function kept(name: string, value: string, before: string): string {
  if (!/^\s*\d[\d\s]*$/.test(value)) return value
  const old = before.split('\t')
  const numbers = value.trim().split(/\s+/)
  const all = [...numbers, ...old.slice(numbers.length)]
  // A range of groups that begins above its end is none: nobody is in it.
  return name === PING_RANGE && !isAscending(all.map(Number)) ? NOBODY : all.join('\t')
}

/** What has been written since: by machine, and by the network of a Pod. */
const written = new WeakMap<object, Map<string, string>>()

function keptBy(owner: object): Map<string, string> {
  let values = written.get(owner)
  if (!values) written.set(owner, (values = new Map()))
  return values
}

/** /proc/sys. Only who is not guarded, in a privileged container, can write there. */
export function sysctlTree(disk: Disk, { uts, sysctls = {}, net, guarded }: World, machine: object): Inode {
  const initial: Record<string, string> = { ...OF_MACHINE, ...DEFAULTS }
  for (const [name, value] of Object.entries(sysctls))
    initial[name.replaceAll('/', '.')] = kept(name, value, name === PING_RANGE ? NOBODY : (DEFAULTS[name] ?? ''))
  const names = [...Object.keys(initial), ...Object.keys(FIXED), HOSTNAME]
  const ownerOf = (name: string): object => (OF_MACHINE[name] === undefined ? net : machine)
  const read = (name: string, viewer: Process | undefined): string =>
    name === HOSTNAME ? uts.hostname : (FIXED[name]?.(viewer) ?? keptBy(ownerOf(name)).get(name) ?? initial[name]!)
  const parameter = (name: string): Inode => {
    const file = dynamicFile(disk, viewer => `${read(name, viewer)}\n`)
    if (FIXED[name]) return file
    file.mode = 0o644
    file.dynamic!.write = (viewer, data) => {
      if (name === HOSTNAME) viewer!.hostname = data.trimEnd()
      else if (isValue(name, data)) keptBy(ownerOf(name)).set(name, kept(name, data.trimEnd(), read(name, viewer)))
      else throw errno('EINVAL')
    }
    // It cannot even be opened to be written.
    file.dynamic!.mayWrite = () => {
      if (guarded) throw errno('EROFS')
    }
    return file
  }
  const below = (prefix: string): Inode =>
    dynamicDirectory(
      disk,
      () => [
        ...new Set(names.filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length).split('.')[0]!)),
      ],
      name => {
        const full = `${prefix}${name}`
        if (names.includes(full)) return parameter(full)
        return names.some(n => n.startsWith(`${full}.`)) ? below(`${full}.`) : undefined
      },
    )
  return below('')
}
