/** What is mounted into a container, and the places for it in the image's tree. */
import type { Clock } from '../../clock/clock.ts'
import { type ContainerConfig, RuntimeError } from '../cri.ts'
import type { Directory, FileStat } from '../files/fs.ts'
import { MountTable } from '../files/mounts.ts'
import { dirname, normalize } from '../files/path.ts'
import { Disk, type Inode, lookup, newInode, overlay, WITH_THE_LAYER } from '../files/tree.ts'
import { View } from '../files/view.ts'
import { directory, inodeOf } from '../files/volume.ts'
import { START_FAILED } from './start-failures.ts'

/** Makes the place for a mount, as runc does. */
export function ensure(root: Inode, path: string, type: 'file' | 'directory'): void {
  const tree = directory(root)
  if (tree.stat(path)) return
  if (type === 'directory') tree.mkdir(path)
  else {
    tree.mkdir(dirname(path))
    tree.write(path, '')
  }
}

export interface Mounted {
  path: string
  /** What is mounted, or how it is made when somebody looks: most containers leave no last words. */
  source: Inode | (() => Inode)
  readOnly: boolean
}

export const isDirectoryMount = ({ source }: Mounted): boolean =>
  typeof source !== 'function' && source.type === 'directory'

/** Where places for further mounts can be made. */
export const writableDirectories = (mounted: readonly Mounted[]): ReadonlySet<string> =>
  new Set(mounted.filter(mount => !mount.readOnly && isDirectoryMount(mount)).map(({ path }) => path))

/** What is mounted: the volume, or something in it. A subPath that is not there becomes a directory. */
function sourceOf(mount: ContainerConfig['mounts'][number]): Mounted['source'] {
  const root = inodeOf(mount.volume)
  const { subPath } = mount
  if (!subPath) return root
  if (mount.isFile) return () => lookup(root, subPath)!
  const view = new View(new MountTable(root), undefined, 0, 0, [])
  const path = normalize(subPath)
  if (!view.exists(path)) mount.volume.root.mkdir(path)
  return new MountTable(root).locate(path, true, { viewer: undefined, search: undefined }).inode!
}

function parts({ path }: Mounted): number {
  let count = 0
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) count++
  return count
}

/** As the runtime sorts them: those with fewer parts first; the file for last words after all. */
export function mountedIn({ mounts, terminationMessagePath: last }: ContainerConfig, clock: Clock): Mounted[] {
  const mounted: Mounted[] = mounts.map(mount => ({
    path: normalize(mount.containerPath),
    source: sourceOf(mount),
    readOnly: mount.readOnly,
  }))
  if (mounted.length > 1) mounted.sort((a, b) => parts(a) - parts(b))
  const path = last ? normalize(last) : ''
  if (path && !mounted.some(m => m.path === path)) {
    const source = (): Inode => newInode(new Disk({ type: 'ext4', clock }), 'file', { mode: 0o666 })
    mounted.push({ path, source, readOnly: false })
  }
  return mounted
}

/** A directory cannot be mounted on a file, nor a file on a directory. @throws RuntimeError in runc's words */
export function checkMounts(config: ContainerConfig, id: string, rootfs: Inode): void {
  const { name, mounts, terminationMessagePath, podDirectory = '' } = config
  const last = terminationMessagePath && normalize(terminationMessagePath)
  for (const mount of mounts) {
    const { containerPath, hostPath = '', volume, subPath = '', isFile, readOnly } = mount
    const path = normalize(containerPath)
    const unsafe = guardedPlace(mount, path, id)
    if (unsafe) {
      const how = `create mountpoint for ${path} mount: ${unsafe}`
      throw new RuntimeError('Unknown', `${START_FAILED}error mounting "${hostPath}" to rootfs at "${path}": ${how}`)
    }
    // Below another mount it is not the image's tree that counts.
    if (mounts.length > 1 && mounts.some(m => path.startsWith(`${normalize(m.containerPath)}/`))) continue
    const there = placeIn(rootfs, path)
    if (there === 'below a file') {
      const how = `create mountpoint for ${path} mount: lookup mountpoint target: securejoin.OpenInRoot ${path}: openat2 ${path}: not a directory`
      throw new RuntimeError('Unknown', `${START_FAILED}error mounting "${hostPath}" to rootfs at "${path}": ${how}`)
    }
    if (!there) continue
    const source = isFile ? 'file' : subPath ? volume.root.stat(subPath)?.type : inodeOf(volume).type
    if (source && (there === 'directory') !== (source === 'directory')) throw notADirectory(hostPath, path, readOnly)
  }
  const onLast = mounts.find(({ containerPath }) => normalize(containerPath) === last)
  if (last && (onLast ? isDirectory(onLast) : placeIn(rootfs, last) === 'directory'))
    throw notADirectory(`${podDirectory}/containers/${name}/${id.slice(0, 8)}`, last, false)
  const devices = mounts.find(({ containerPath }) => normalize(containerPath) === '/dev')
  if (devices && !config.privileged && !devices.volume.root.stat(`${devices.subPath ?? ''}/null`))
    throw new RuntimeError('Unknown', `${START_FAILED}can't mask paths: open /dev/null: no such file or directory`)
}

type ConfiguredMount = ContainerConfig['mounts'][number]

const isDirectory = ({ volume, subPath = '', isFile }: ConfiguredMount): boolean =>
  !isFile && (subPath ? volume.root.stat(subPath)?.type : inodeOf(volume).type) === 'directory'

/** The files below /proc that may be mounted over, as some nodes do to show a container its own limits. */
const REPLACEABLE = new Set(
  [
    'cpuinfo',
    'diskstats',
    'loadavg',
    'meminfo',
    'net/dev',
    'slabinfo',
    'stat',
    'swaps',
    'sys/crypto/fips_enabled',
    'sys/kernel/ns_last_pid',
    'uptime',
  ].map(name => `/proc/${name}`),
)

/** Why nothing may be mounted at this place, whatever it is. */
function guardedPlace({ volume }: ConfiguredMount, path: string, id: string): string | undefined {
  const rootfs = `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}/rootfs`
  if (path === '/') return `mountpoint "${rootfs}" is on the top of rootfs "${rootfs}"`
  const isOver = path === '/proc'
  if (isOver ? inodeOf(volume).disk.type === 'proc' : !path.startsWith('/proc/') || REPLACEABLE.has(path))
    return undefined
  const why = isOver ? 'it is not of type proc' : 'it is inside /proc'
  return `check proc-safety of ${path} mount: "${rootfs}${path}" cannot be mounted because ${why}`
}

function notADirectory(hostPath: string, path: string, readOnly: boolean): RuntimeError {
  const flags = `${readOnly ? 'MS_RDONLY|' : ''}MS_BIND|MS_REC`
  const how = `mount src=${hostPath}, dst=${path}, dstFd=/proc/thread-self/fd/14, flags=${flags}: not a directory`
  return new RuntimeError('Unknown', `${START_FAILED}error mounting "${hostPath}" to rootfs at "${path}": ${how}`)
}

/** Whether the way to a path leads over a file, so that there can be no place for a mount. */
const isBelowFile = (image: Directory, path: string): boolean =>
  path !== '/' && (image.stat(dirname(path))?.type === 'file' || isBelowFile(image, dirname(path)))

/** What the image has where something is to be mounted. */
type MountPlace = FileStat['type'] | 'below a file' | undefined

const places = new WeakMap<Inode, Map<string, MountPlace>>()

/** Found out once: nobody changes an image, and its containers mount at the same places. */
function placeIn(rootfs: Inode, path: string): MountPlace {
  let known = places.get(rootfs)
  if (!known) places.set(rootfs, (known = new Map()))
  const found = known.get(path)
  if (found || known.has(path)) return found
  const image = directory(rootfs)
  const place = isBelowFile(image, path) ? 'below a file' : image.stat(path)?.type
  if (known.size >= 200) known.clear()
  known.set(path, place)
  return place
}

/** Image trees with the places for a set of mounts, shared by all containers that mount the same. */
const prepared = new WeakMap<Inode, Map<string, Inode>>()

/** Outlives all clusters, so it knows no time; what is made here is as old as the container that looks at it. */
const timelessDisk = (): Disk => new Disk({ type: 'overlay', clock: { now: () => WITH_THE_LAYER } })

export function withMountPoints(rootfs: Inode, mounts: readonly Mounted[]): Inode {
  let key = ''
  for (const mount of mounts) key += isDirectoryMount(mount) ? `${mount.path}/:` : `${mount.path}:`
  let trees = prepared.get(rootfs)
  if (!trees) prepared.set(rootfs, (trees = new Map()))
  let tree = trees.get(key)
  if (!tree) {
    tree = overlay(timelessDisk(), rootfs)
    for (const name of ['proc', 'dev', 'sys', 'etc']) ensure(tree, name, 'directory')
    const image = directory(rootfs)
    for (const place of placesOf(mounts))
      if (!isBelowFile(image, normalize(place))) ensure(tree, place, place.endsWith('/') ? 'directory' : 'file')
    tree.disk.sealed = true
    if (trees.size >= 100) trees.clear()
    trees.set(key, tree)
  }
  return tree
}

/** Where the image itself is mounted over; directories end with a slash. */
const placesOf = (mounts: readonly Mounted[]): string[] =>
  mounts
    .filter(({ path }) => !mounts.some(m => path.startsWith(`${m.path}/`)))
    .filter(({ path }) => !/^\/(proc|dev|sys)\//.test(path))
    .map(mount => (isDirectoryMount(mount) ? `${mount.path}/` : mount.path))
    .sort()
