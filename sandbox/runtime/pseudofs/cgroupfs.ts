/** Control groups as files, after version 2: what a container finds in /sys/fs/cgroup, and what its Pod's group says. */

import { Disk, type Dynamic, type Inode, newInode } from '../files/tree.ts'
import type { Cgroup } from '../kernel/cpu.ts'
import type { World } from '../kernel/kernel.ts'

export interface CgroupAmounts {
  cpuRequestMillis?: number | undefined
  cpuMillis?: number | undefined
  memoryBytes?: number | undefined
}

/** The period in which a limit of cpu is counted. */
export const CPU_PERIOD_US = 100_000
const LEAST_QUOTA_US = 1000
const LEAST_SHARES = 2
const MOST_SHARES = 262_144

/** From cpu asked for, through the shares of version 1, to the weight of version 2. */
function cpuWeight(millis = 0): number {
  const shares = Math.min(MOST_SHARES, Math.max(LEAST_SHARES, Math.floor((millis * 1024) / 1000)))
  return 1 + Math.floor(((shares - LEAST_SHARES) * 9999) / (MOST_SHARES - LEAST_SHARES))
}

/** How long a group may compute in a period; as long as it likes where it has no limit. */
export const cpuQuotaUs = (millis: number | undefined): number | undefined =>
  millis ? Math.max(LEAST_QUOTA_US, Math.floor((millis * CPU_PERIOD_US) / 1000)) : undefined

/** The files that limits and requests end up in. */
export const settingFiles = ({ cpuRequestMillis, cpuMillis, memoryBytes }: CgroupAmounts): Record<string, string> => ({
  'cpu.max': `${cpuQuotaUs(cpuMillis) ?? 'max'} ${CPU_PERIOD_US}\n`,
  'cpu.weight': `${cpuWeight(cpuRequestMillis)}\n`,
  'memory.max': `${memoryBytes || 'max'}\n`,
})

/** A directory whose entries are made when they are looked at. */
export function dynamicDirectory(
  disk: Disk,
  list: NonNullable<Dynamic['list']>,
  lookup: NonNullable<Dynamic['lookup']>,
): Inode {
  const inode = newInode(disk, 'directory', { mode: 0o555 })
  inode.dynamic = { list, lookup }
  return inode
}

export function dynamicFile(disk: Disk, read: NonNullable<Dynamic['read']>): Inode {
  const inode = newInode(disk, 'file', { mode: 0o444 })
  inode.dynamic = { read }
  return inode
}

/** What a group uses, file by file. */
const USAGE: Readonly<Record<string, (cgroup: Cgroup, pids: readonly number[]) => string>> = {
  'cgroup.controllers': () => 'cpuset cpu io memory hugetlb pids rdma misc\n',
  'cgroup.procs': (_cgroup, pids) => pids.map(pid => `${pid}\n`).join(''),
  'cgroup.type': () => 'domain\n',
  'cpu.stat': cgroup => `usage_usec ${Math.round(cgroup.cpuMs * 1000)}\n`,
  'memory.current': cgroup => `${cgroup.memory}\n`,
  'memory.events': ({ oomKilled }) => `low 0\nhigh 0\nmax 0\noom ${Number(oomKilled)}\noom_kill ${Number(oomKilled)}\n`,
  'pids.current': (_cgroup, pids) => `${pids.length}\n`,
  'pids.max': () => 'max\n',
}
const NAMES = [...Object.keys(USAGE), ...Object.keys(settingFiles({}))]

/** What a container sees of its own group. */
export function containerCgroup({ cgroup, pids }: World, now: () => number): Inode {
  const disk = new Disk({ type: 'cgroup2', clock: { now } })
  const members = (): number[] =>
    pids
      .all()
      .filter(process => process.world.cgroup === cgroup)
      .map(process => pids.idOf(process))
  const read = (name: string): string =>
    USAGE[name]?.(cgroup, members()) ?? settingFiles({ ...cgroup, memoryBytes: cgroup.memoryLimit })[name]!
  return dynamicDirectory(
    disk,
    () => NAMES,
    name => (NAMES.includes(name) ? dynamicFile(disk, () => read(name)) : undefined),
  )
}
