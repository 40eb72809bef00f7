/** What runc mounts into every container, the same everywhere: kept once, and made for a container that looks into it. */

export interface SystemMount {
  readonly path: string
  readonly type: string
  readonly readOnly: boolean
  readonly source: string
  readonly options: string
  /** Of a file system that has one. */
  readonly limitBytes?: number
  /** Of which other mount it is a part. */
  readonly device?: string
}

const BARE = 'nosuid,nodev,noexec,relatime'
const DEV_BYTES = 64 * 1024 ** 2
/** What a file system in memory takes if nobody says otherwise: half of the machine's. */
const HALF_OF_MEMORY = 4 * 1024 ** 3

export const SYSTEM_MOUNTS: readonly SystemMount[] = [
  { path: '/proc', type: 'proc', source: 'proc', readOnly: false, options: `rw,${BARE}` },
  { path: '/dev', type: 'tmpfs', source: 'tmpfs', readOnly: false, options: 'rw,nosuid,size=65536k,mode=755' },
  {
    path: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    readOnly: false,
    options: 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666',
  },
  { path: '/dev/mqueue', type: 'mqueue', source: 'mqueue', readOnly: false, options: `rw,${BARE}` },
  { path: '/sys', type: 'sysfs', source: 'sysfs', readOnly: true, options: `ro,${BARE}` },
  { path: '/sys/fs/cgroup', type: 'cgroup2', source: 'cgroup', readOnly: true, options: `ro,${BARE}` },
]

/** The Pod's shared memory; a volume may take its place. */
export const SHARED_MEMORY: SystemMount = {
  path: '/dev/shm',
  type: 'tmpfs',
  source: 'shm',
  readOnly: false,
  options: 'rw,nosuid,nodev,noexec,relatime,size=65536k',
  limitBytes: DEV_BYTES,
}

const proc = (path: string): SystemMount => ({
  path,
  type: 'proc',
  source: 'proc',
  readOnly: true,
  options: `ro,${BARE}`,
})
/** A directory is hidden behind an empty one, a file behind /dev/null. */
const hiddenDirectory = (path: string): SystemMount => ({
  path,
  type: 'tmpfs',
  source: 'tmpfs',
  readOnly: true,
  options: 'ro,relatime',
  limitBytes: HALF_OF_MEMORY,
})
const hiddenFile = (path: string): SystemMount => ({
  path,
  type: 'tmpfs',
  source: 'tmpfs',
  readOnly: false,
  options: 'rw,nosuid,size=65536k,mode=755',
  limitBytes: DEV_BYTES,
  device: '/dev',
})

/** What who is not privileged must not change or see. Only told of: there is nothing behind that one could find out. */
export const GUARDED_PATHS: readonly SystemMount[] = [
  ...['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map(name => proc(`/proc/${name}`)),
  hiddenDirectory('/proc/acpi'),
  ...['kcore', 'keys', 'timer_list'].map(name => hiddenFile(`/proc/${name}`)),
  ...['/proc/scsi', '/sys/firmware'].map(hiddenDirectory),
]
