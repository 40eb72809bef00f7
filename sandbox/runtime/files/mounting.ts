/** The system calls mount and umount: file systems that a process adds to those it sees, and takes away again. */

import { errno } from '../errno.ts'
import { demandAdministrator } from '../kernel/entering.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Proc } from '../processes/proc.ts'
import { memorySize, mountProc } from '../pseudofs/procfs.ts'
import type { MountPoint } from './mounts.ts'
import { absolute, normalize } from './path.ts'
import { Disk, type Inode, newInode } from './tree.ts'

export interface MountRequest {
  source: string
  target: string
  type?: string | undefined
  options: readonly string[]
}

/** Those that are known and show nothing that could be mounted twice here. */
const UNSUPPORTED = new Set(['sysfs', 'cgroup', 'cgroup2', 'overlay', 'devtmpfs', 'devpts', 'ext4', 'xfs', 'nfs'])

/** @returns what cannot be done here although a kernel could, if that is so @throws Errno */
export function mount(process: Proc, { source, target, type, options }: MountRequest): string | undefined {
  const { world, kernel } = process
  const access = { viewer: process, search: undefined }
  const located = (path: string): { path: string; inode: Inode; mount: MountPoint } => {
    const at = world.mounts.locate(absolute(process.cwd, path), true, access)
    if (!at.inode) throw errno('ENOENT')
    return { path: at.path, inode: at.inode, mount: at.mount }
  }
  const place = located(target)
  demandAdministrator(world, process.uid)
  const { path } = place
  const readOnly = options.includes('ro')
  if (options.includes('remount')) {
    if (place.mount.path !== path) throw errno('EINVAL')
    world.mounts.remount(path, readOnly)
    return undefined
  }
  if (options.includes('bind') || options.includes('rbind')) {
    const from = located(source)
    if ((from.inode.type === 'directory') !== (place.inode.type === 'directory')) throw errno('ENOTDIR')
    const below = options.includes('rbind') ? world.mounts.within(from.path) : []
    world.mounts.mount(alike(from.mount, path, readOnly || from.mount.readOnly, from.inode))
    for (const mount of below) {
      const rest = from.path === '/' ? mount.path : mount.path.slice(from.path.length)
      world.mounts.mount(alike(mount, normalize(path + rest), mount.readOnly))
    }
    return undefined
  }
  if (type === undefined) {
    located(source)
    return 'a device'
  }
  if (UNSUPPORTED.has(type)) return type
  if (type !== 'tmpfs' && type !== 'ramfs' && type !== 'proc') throw errno('ENODEV')
  if (place.inode.type !== 'directory') throw errno('ENOTDIR')
  if (type === 'proc') mountProc(kernel, world, path)
  else {
    const root = inMemory(kernel, options)
    const size = hasSize(options) ? `,size=${root.disk.limitBytes! / 1024}k` : ''
    world.mounts.mount({
      path,
      root,
      readOnly,
      type: 'tmpfs',
      source,
      options: `${readOnly ? 'ro' : 'rw'},relatime${size}`,
    })
  }
  return undefined
}

/** The same at another place. */
function alike(mount: MountPoint, path: string, readOnly: boolean, root = mount.root): MountPoint {
  const { type, system, source = system?.source, options = system?.options } = mount
  const sameOptions = options !== undefined && readOnly === mount.readOnly
  return { path, root, readOnly, type, ...(source && { source }), ...(sameOptions && { options }) }
}

/** @throws Errno ENOENT, EINVAL (nothing is mounted there), EBUSY, EPERM */
export function unmount(process: Proc, target: string, lazily: boolean): void {
  const { world } = process
  const at = world.mounts.locate(absolute(process.cwd, target), true, { viewer: process, search: undefined })
  if (!at.inode) throw errno('ENOENT')
  demandAdministrator(world, process.uid)
  world.mounts.unmount(at.path, lazily)
}

const hasSize = (options: readonly string[]): boolean => options.some(option => option.startsWith('size='))

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
}
const PAGE = 4096

function inMemory(kernel: Kernel, options: readonly string[]): Inode {
  // Half of the machine's memory, where nobody says how much.
  const [, amount = '50', unit = '%'] = /(?:^|,)size=(\d+)([kmg%]?)(?:,|$)/i.exec(options.join()) ?? []
  const each = UNITS[unit.toLowerCase()] ?? memorySize(kernel) / 100
  const limitBytes = Math.ceil((Number(amount) * each) / PAGE) * PAGE
  const mode = /(?:^|,)mode=([0-7]+)/.exec(options.join())?.[1]
  const disk = new Disk({ type: 'tmpfs', clock: kernel.clock, limitBytes })
  return newInode(disk, 'directory', { mode: mode === undefined ? 0o1777 : Number.parseInt(mode, 8) })
}
