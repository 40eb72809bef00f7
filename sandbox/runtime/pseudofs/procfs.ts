/** /proc of a container: what its kernel says of the machine and of processes, as much as tools and scripts look at. */

import { errno } from '../errno.ts'
import { doorTo } from '../files/mounts.ts'
import { normalize } from '../files/path.ts'
import { Disk, type Dynamic, type Inode } from '../files/tree.ts'
import { CAPABILITIES, capabilityMask } from '../kernel/capabilities.ts'
import type { Kernel, PidSpace, World } from '../kernel/kernel.ts'
import { KERNEL_BUILD, KERNEL_RELEASE } from '../kernel/kernel-release.ts'
import { HOST_NAMESPACES, idMap } from '../kernel/namespaces.ts'
import { LIMITS_TABLE } from '../kernel/rlimits.ts'
import type { Proc } from '../processes/proc.ts'
import type { Process } from '../processes/process.ts'
import { nullStream } from '../processes/streams.ts'
import { borrowed, dynamic } from './devfs.ts'
import { NETWORK_FILES } from './procnet.ts'
import { sysctlTree } from './sysctl.ts'

/** Of a machine that nobody has given a size, in bytes. */
const DEFAULT_MEMORY = 8 * 1024 ** 3
/** What the system itself takes of a node. */
const SYSTEM_BYTES = 300 * 1024 ** 2

/** How much memory a machine has, in bytes. */
export const memorySize = ({ memoryBytes = DEFAULT_MEMORY }: Kernel): number => memoryBytes

/** The memory of a whole machine in bytes, as its kernel tells every container. */
export function machineMemory(kernel: Kernel, { cgroup }: World): { total: number; used: number; free: number } {
  const total = memorySize(kernel)
  const { memory } = kernel
  const used = Math.min(total, (memory?.used ?? cgroup.memory) + SYSTEM_BYTES)
  return { total, used, free: total - used }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2)

/** /proc files about the machine. */
const machineFiles = (kernel: Kernel, world: World, bootedAt: number): Record<string, () => string> => ({
  uptime: () =>
    `${seconds(kernel.clock.now() - bootedAt)} ${seconds((kernel.clock.now() - bootedAt) * kernel.cpu.cores)}\n`,
  loadavg: () => `0.00 0.01 0.05 1/${world.pids.processes.size} ${Math.max(...world.pids.processes.keys(), 1)}\n`,
  version: () =>
    `Linux version ${KERNEL_RELEASE} (debian-kernel@lists.debian.org) (x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19) 14.2.0, GNU ld (GNU Binutils for Debian) 2.44) ${KERNEL_BUILD}\n`,
  meminfo: () => {
    const memory = machineMemory(kernel, world)
    const free = Math.round(memory.free / 1024)
    return [
      ['MemTotal', Math.round(memory.total / 1024)],
      ['MemFree', free],
      ['MemAvailable', free],
      ['Buffers', 0],
      ['Cached', 0],
      ['SwapTotal', 0],
      ['SwapFree', 0],
    ]
      .map(([name, kb]) => `${`${name}:`.padEnd(15)} ${String(kb).padStart(8)} kB\n`)
      .join('')
  },
  cpuinfo: () =>
    Array.from(
      { length: kernel.cpu.cores },
      (_, i) => `processor\t: ${i}\nvendor_id\t: Podlab\nmodel name\t: Simulated CPU\ncpu MHz\t\t: 2400.000\n\n`,
    ).join(''),
  filesystems: () => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n\text4\n',
  cmdline: () => `BOOT_IMAGE=/boot/vmlinuz-${KERNEL_RELEASE} root=/dev/vda1 ro quiet\n`,
  partitions: () => 'major minor  #blocks  name\n\n 253        0   52428800 vda\n 253        1   52427776 vda1\n',
  swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  stat: () => cpuTimes(kernel, bootedAt),
})

/** How long each core has worked and rested, in hundredths of a second, and since when the machine is up. */
function cpuTimes({ clock, cpu, pids }: Kernel, bootedAt: number): string {
  const passed = Math.round((clock.now() - bootedAt) / 10)
  const busy = Math.round(pids.cpuMs / 10)
  const row = (name: string, busy: number, passed: number): string =>
    `${name} ${busy} 0 0 ${Math.max(0, passed - busy)} 0 0 0 0 0 0\n`
  const { cores } = cpu
  const each = Array.from({ length: cores }, (_, i) => row(`cpu${i}`, Math.round(busy / cores), passed))
  const running = [...pids.processes.values()].filter(p => p.state === 'R').length
  return `${row('cpu ', busy, passed * cores)}${each.join('')}btime ${Math.floor(bootedAt / 1000)}\nprocesses ${pids.begun}\nprocs_running ${running}\nprocs_blocked 0\n`
}

const STATE_WORD = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' }

/** Those of root hold at once; those of others only bound what may be gained. */
function capabilityRows({ uid, world }: Proc): [string, string][] {
  const bound = capabilityMask(world.capabilities ?? new Set(CAPABILITIES))
  const held = uid === 0 ? bound : NO_CAPABILITIES
  return [
    ['CapInh', NO_CAPABILITIES],
    ['CapPrm', held],
    ['CapEff', held],
    ['CapBnd', bound],
    ['CapAmb', NO_CAPABILITIES],
  ]
}

const NO_CAPABILITIES = capabilityMask(new Set())

/** @param ids the space that it is looked at from */
const processFiles: Record<string, (p: Proc, ids: PidSpace) => string> = {
  cmdline: p => (p.status ? '' : p.argv.map(word => `${word}\0`).join('')),
  comm: p => `${commandName(p)}\n`,
  environ: p =>
    Object.entries(p.env)
      .map(([k, v]) => `${k}=${v}\0`)
      .join(''),
  status: (p, ids) =>
    [
      ['Name', commandName(p)],
      ['State', `${p.state} (${STATE_WORD[p.state]})`],
      ['Tgid', ids.idOf(p)],
      ['Pid', ids.idOf(p)],
      ['PPid', ids.parentOf(p)],
      ['Uid', `${p.uid}\t${p.uid}\t${p.uid}\t${p.uid}`],
      ['Gid', `${p.gid}\t${p.gid}\t${p.gid}\t${p.gid}`],
      ['Groups', p.groups.map(gid => `${gid} `).join('')],
      ['VmRSS', `${String(Math.round(p.memory / 1024)).padStart(8)} kB`],
      ['Threads', 1],
      ...capabilityRows(p),
      ['NoNewPrivs', Number(p.world.noNewPrivileges ?? false)],
      ['Seccomp', p.world.seccomp ? 2 : 0],
      ['Seccomp_filters', p.world.seccomp ? 1 : 0],
      ['Cpus_allowed_list', p.kernel.cpu.cores > 1 ? `0-${p.kernel.cpu.cores - 1}` : '0'],
    ]
      .map(([name, value]) => `${name}:\t${value}\n`)
      .join(''),
  stat: (p, ids) =>
    `${ids.idOf(p)} (${commandName(p)}) ${p.state} ${ids.parentOf(p)} ${p.group} ${p.group} 0 -1 4194304 0 0 0 0 ${Math.round(p.cpuMs / 10)} 0 0 0 20 0 1 0 0 ${p.memory} ${Math.round(p.memory / 4096)}\n`,
  mounts: p =>
    p.fs
      .mounts()
      .map(m => `${m.source} ${m.path} ${m.type} ${m.options} 0 0\n`)
      .join(''),
  cgroup: () => '0::/\n',
  oom_score_adj: p => `${p.world.oomScoreAdj ?? 0}\n`,
  limits: () => LIMITS_TABLE,
  uid_map: p => idMap(p.world.namespaces),
  gid_map: p => idMap(p.world.namespaces),
  setgroups: () => 'allow\n',
}

/** What stands in /proc/PID/ns; of two kinds a process can leave only its children in another one. */
const NAMESPACE_LINKS = [...Object.keys(HOST_NAMESPACES), 'pid_for_children', 'time_for_children'].sort()

/** A process that calls itself by a title (`nginx: master process …`) keeps the name of its program. */
export const commandName = (p: { argv: readonly string[] }): string =>
  (p.argv[0] ?? '').split(': ')[0]!.split('/').pop()!.slice(0, 15)

/** Whoever looks into another process must be root or its user, and hold what it holds. @throws Errno EACCES */
function demandTrace(viewer: Process | undefined, p: Proc): void {
  if (!viewer || viewer === p) return
  const { uid, world } = viewer as Proc
  const held = world.capabilities
  if (uid === 0 && held?.has('SYS_PTRACE') !== false) return
  const holdsLess = [...(p.world.capabilities ?? CAPABILITIES)].some(name => !held!.has(name))
  if (uid !== p.uid || (uid === 0 && holdsLess)) throw errno('EACCES')
}

/**
 * @param world of whom it is: another's files are behind /proc/PID/root
 * @param bootedAt since when the machine is up
 */
export function procTree(kernel: Kernel, world: World, bootedAt = kernel.clock.now()): Inode {
  const now = (): number => kernel.clock.now()
  const disk = new Disk({ type: 'proc', clock: { now } })
  const machine = machineFiles(kernel, world, bootedAt)
  const file = (read: Dynamic['read']): Inode => dynamic(disk, 'file', 0o444, { read: read! })
  const link = (target: Dynamic['target'], open?: Dynamic['open']): Inode =>
    dynamic(disk, 'symlink', 0o777, open ? { target: target!, open } : { target: target! })
  const dir = (list: Dynamic['list'], lookup: Dynamic['lookup']): Inode =>
    dynamic(disk, 'directory', 0o555, { list: list!, lookup: lookup! })
  const cache = new WeakMap<Proc, Inode>()

  const descriptors = (p: Proc): Inode =>
    dir(
      () => Object.keys(p.fds),
      name => {
        const stream = p.fds[Number(name)]
        return (
          stream &&
          link(
            () => (stream === nullStream ? '/dev/null' : stream.isTerminal ? '/dev/pts/0' : `pipe:[${1000 + p.pid}]`),
            () => borrowed(stream),
          )
        )
      },
    )
  const processDir = (p: Proc): Inode => {
    const made = cache.get(p)
    if (made) return made
    const fd = descriptors(p)
    /** A link or a file that is nobody's business but the process's own. */
    const guarded =
      (read: () => string) =>
      (viewer: Process | undefined): string => {
        demandTrace(viewer, p)
        return read()
      }
    const owned = (made: Inode): Inode => Object.assign(made, { uid: p.uid, gid: p.gid })
    const names = [...Object.keys(processFiles), 'attr', 'fd', 'net', 'ns', 'cwd', 'root', 'exe']
    const inode = dir(
      () => names,
      name => {
        if (name === 'fd') return fd
        if (name === 'attr') return attributes
        if (name === 'ns') return namespaces(p)
        if (name === 'net') return network(p)
        if (name === 'cwd') return owned(link(guarded(() => p.cwd)))
        if (name === 'root') return owned(doorTo(link(guarded(() => '/')), p.world.mounts))
        if (name === 'exe')
          return owned(link(guarded(() => (p.argv[0]?.startsWith('/') ? p.argv[0] : `/bin/${p.argv[0]}`))))
        const read = processFiles[name]
        const text = (): string => read!(p, world.pids)
        return read && owned(file(name === 'environ' ? guarded(text) : text))
      },
    )
    inode.uid = p.uid
    inode.gid = p.gid
    cache.set(p, inode)
    return inode
  }
  const namespaces = (p: Proc): Inode =>
    dir(
      () => NAMESPACE_LINKS,
      entry => {
        const name = entry.replace('_for_children', '')
        if (!NAMESPACE_LINKS.includes(entry)) return undefined
        const kind = name as keyof typeof HOST_NAMESPACES
        const own: Partial<Record<typeof kind, number>> = { ...p.world.namespaces, pid: p.world.pids.namespace }
        return link(viewer => {
          demandTrace(viewer, p)
          return `${name}:[${own[kind] ?? HOST_NAMESPACES[kind]}]`
        })
      },
    )
  const network = (p: Proc): Inode =>
    dir(
      () => Object.keys(NETWORK_FILES),
      name => {
        const read = NETWORK_FILES[name]
        return read && file(() => read(p.net))
      },
    )
  const attributes = dir(
    () => ['current'],
    name => (name === 'current' ? file(() => `${world.appArmor ?? 'unconfined'}\n`) : undefined),
  )
  let sys: Inode | undefined
  const root = dir(
    () => [...[...world.pids.processes.keys()].map(String), ...Object.keys(machine), 'self', 'mounts', 'net', 'sys'],
    (name, viewer) => {
      if (name === 'self') return link(() => String(world.pids.idOf(viewer as Proc | undefined) || 1))
      if (name === 'mounts' || name === 'net') return link(() => `self/${name}`)
      if (name === 'sys') return (sys ??= sysctlTree(disk, world, kernel))
      if (machine[name]) return file(machine[name])
      const p = world.pids.processes.get(Number(name))
      return p && processDir(p)
    },
  )
  root.mtime = bootedAt
  return root
}

/** What /proc shows of the processes of a world that has some of its own. */
export function mountProc(kernel: Kernel, world: World, path = '/proc'): void {
  const seen = { ...world, pids: world.childPids ?? world.pids }
  world.mounts.mount({
    path: normalize(path),
    root: procTree(kernel, seen),
    readOnly: false,
    type: 'proc',
    source: 'proc',
  })
}
