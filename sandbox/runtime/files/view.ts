/** A container's files as one of its processes sees them: with permissions, mounts and symbolic links. */
import { errno } from '../errno.ts'
import type { Proc } from '../processes/proc.ts'
import type { Process, Stream } from '../processes/process.ts'
import { allocate, appendText, contentsOf, setText } from './contents.ts'
import { openInode } from './files.ts'
import type { FileStat, FileSystem, MountInfo } from './fs.ts'
import { type Access, isLonger, type ListedMount, type Location, type MountPoint, type MountTable } from './mounts.ts'
import { absolute, dirname } from './path.ts'
import { attach, detach, type Inode, newInode, type Payer, writable } from './tree.ts'
import { statOf } from './volume.ts'

const READ = 4
const WRITE = 2
const SEARCH = 1

/** Bytes that a path may have. */
const MOST_OF_PATH = 4095

/** @throws Errno ENOENT, ENAMETOOLONG of what no system call takes for a path */
function checkLength(path: string): void {
  if (!path) throw errno('ENOENT')
  if (isLonger(path, MOST_OF_PATH)) throw errno('ENAMETOOLONG')
}

export class View implements FileSystem {
  readonly #mounts: MountTable
  readonly #viewer: Process | undefined
  readonly #uid: number
  readonly #gid: number
  readonly #groups: readonly number[]
  readonly #capabilities: ReadonlySet<string> | undefined
  readonly #superuser: boolean
  readonly #access: Access

  constructor(
    mounts: MountTable,
    viewer: Process | undefined,
    uid: number,
    gid: number,
    groups: readonly number[],
    capabilities?: ReadonlySet<string>,
  ) {
    this.#mounts = mounts
    this.#viewer = viewer
    this.#uid = uid
    this.#gid = gid
    this.#groups = groups
    this.#capabilities = capabilities
    this.#superuser = uid === 0 && (capabilities?.has('DAC_OVERRIDE') ?? true)
    this.#access = { viewer, search: this.#superuser ? undefined : dir => this.#demand(dir, SEARCH) }
  }

  get #payer(): Payer | undefined {
    return (this.#viewer as Proc | undefined)?.world.cgroup
  }

  may(inode: Inode, bits: number): boolean {
    if (this.#superuser) return bits !== SEARCH || inode.type === 'directory' || (inode.mode & 0o111) !== 0
    const shift = inode.uid === this.#uid ? 6 : inode.gid === this.#gid || this.#groups.includes(inode.gid) ? 3 : 0
    return ((inode.mode >> shift) & bits) === bits
  }

  #demand(inode: Inode, bits: number): void {
    if (!this.may(inode, bits)) throw errno('EACCES')
  }

  #owner(inode: Inode): void {
    if (inode.uid === this.#uid) return
    if (this.#uid !== 0 || this.#capabilities?.has('FOWNER') === false) throw errno('EPERM')
  }

  /** An absolute path. @throws Errno ENOENT, ENAMETOOLONG of one that no system call takes */
  #asked(path: string): string {
    checkLength(path)
    return this.#viewer ? absolute(this.#viewer.cwd, path) : path
  }

  #locate(path: string, follow = true): Location {
    return this.#mounts.locate(this.#asked(path), follow, this.#access)
  }

  #find(path: string, follow = true): Location & { inode: Inode } {
    const at = this.#locate(path, follow)
    if (!at.inode) throw errno('ENOENT')
    return at as Location & { inode: Inode }
  }

  /** What is there for who only looks: it may be of the tree that this one lies over, so nobody changes or keeps it. */
  #look(path: string, follow = true): Location {
    return this.#mounts.look(this.#asked(path), follow, this.#access)
  }

  #see(path: string, follow = true): Location & { inode: Inode } {
    const at = this.#look(path, follow)
    if (!at.inode) throw errno('ENOENT')
    return at as Location & { inode: Inode }
  }

  /** A place in a directory that may be changed. */
  #slot(path: string, follow = false): Location & { dir: Inode } {
    return this.#free(this.#locate(path, follow))
  }

  #free(at: Location): Location & { dir: Inode } {
    if (!at.dir && at.inode) throw errno(this.#above(at).readOnly ? 'EROFS' : 'EBUSY')
    if (at.mount.readOnly) throw errno('EROFS')
    if (!at.dir) throw errno('ENOENT')
    if (at.dir.dynamic) throw errno(at.mount.type === 'proc' ? 'ENOENT' : 'EPERM')
    this.#demand(at.dir, WRITE | SEARCH)
    if (at.inode && at.dir.mode & 0o1000 && this.#uid !== 0 && at.inode.uid !== this.#uid && at.dir.uid !== this.#uid)
      throw errno('EPERM')
    return at as Location & { dir: Inode }
  }

  /** The mount in which something is mounted. */
  #above({ path, table }: Location): MountPoint {
    return table.locate(dirname(path), true, this.#access).mount
  }

  /** A new entry; the name must be free. */
  #create(path: string, inode: (dir: Inode) => Inode): void {
    const at = this.#locate(path, false)
    if (at.inode) throw errno('EEXIST')
    const slot = this.#free(at)
    attach(slot.dir, slot.name, inode(slot.dir))
  }

  /** The permissions of a new entry of which nobody says otherwise. */
  #unmasked(mode: number): number {
    return mode & ~(this.#viewer?.umask ?? 0o022)
  }

  /** Of a new entry. A directory with the set-group-ID bit, as an fsGroup makes it, hands on its group. */
  #mine(mode: number, dir: Inode, isDirectory = false): { mode: number; uid: number; gid: number } {
    if (!(dir.mode & 0o2000)) return { mode, uid: this.#uid, gid: this.#gid }
    return { mode: isDirectory ? mode | 0o2000 : mode, uid: this.#uid, gid: dir.gid }
  }

  #change(path: string, follow: boolean, change: (inode: Inode) => void): void {
    const at = this.#find(path, follow)
    if (at.mount.readOnly) throw errno('EROFS')
    this.#owner(at.inode)
    change(writable(at.dir, at.name, at.inode))
  }

  stat(path: string): FileStat {
    return this.#statOf(path, this.#see(path).inode)
  }

  find(path: string): FileStat | undefined {
    try {
      const { inode } = this.#look(path)
      return inode && this.#statOf(path, inode)
    } catch {
      return undefined
    }
  }

  /** Of what was seen there: a directory has a number of its own in every layer. */
  #statOf(path: string, seen: Inode): FileStat {
    return statOf(seen.type === 'directory' ? this.#find(path).inode : seen, this.#viewer)
  }

  /** A slash at the end asks for what a link leads to, as in POSIX. */
  lstat(path: string): FileStat {
    return statOf(this.#find(path, path.endsWith('/')).inode, this.#viewer)
  }

  exists(path: string): boolean {
    try {
      return this.#look(path).inode !== undefined
    } catch {
      return false
    }
  }

  readFile(path: string): string {
    const { inode } = this.#see(path)
    if (inode.type === 'directory') throw errno('EISDIR')
    this.#demand(inode, READ)
    return inode.dynamic?.read?.(this.#viewer) ?? contentsOf(inode)
  }

  writeFile(path: string, data: string, options: { append?: boolean; mode?: number } = {}): void {
    const inode = this.#writableFile(path, options.mode)
    if (inode.dynamic) inode.dynamic.write?.(this.#viewer, data)
    else if (options.append) appendText(inode, data, this.#payer)
    else setText(inode, data, this.#payer)
  }

  allocate(path: string, bytes: number): void {
    allocate(this.#writableFile(path), bytes, this.#payer)
  }

  /** The file at a path, made when it is missing. */
  #writableFile(path: string, mode = this.#unmasked(0o666)): Inode {
    const at = this.#locate(path)
    if (!at.inode) {
      const slot = this.#free(at)
      const inode = newInode(slot.dir.disk, 'file', this.#mine(mode, slot.dir))
      attach(slot.dir, slot.name, inode)
      return inode
    }
    if (at.inode.type === 'directory') throw errno('EISDIR')
    if (at.mount.readOnly && at.inode.type === 'file') throw errno('EROFS')
    at.inode.dynamic?.mayWrite?.()
    this.#demand(at.inode, WRITE)
    return at.inode.type === 'file' ? writable(at.dir, at.name, at.inode) : at.inode
  }

  open(path: string, how: 'r' | 'w' | 'a' | 'rw'): Stream {
    if (how !== 'r') {
      const inode = this.#writableFile(path)
      if (how === 'w' && inode.type === 'file' && !inode.dynamic) setText(inode, '')
      return openInode(inode, how, this.#viewer)
    }
    const { inode } = this.#find(path)
    this.#demand(inode, READ)
    return openInode(inode, how, this.#viewer)
  }

  readdir(path: string): readonly string[] {
    const at = this.#see(path)
    if (at.inode.type !== 'directory') throw errno('ENOTDIR')
    this.#demand(at.inode, READ)
    return this.#mounts.names(at, this.#viewer)
  }

  mkdir(path: string, options: { recursive?: boolean; mode?: number } = {}): void {
    if (options.recursive) {
      const parts = path.split('/')
      for (let i = 1; i <= parts.length; i++) {
        const part = parts.slice(0, i).join('/') || '/'
        if (!this.exists(part))
          this.#create(part, dir =>
            newInode(dir.disk, 'directory', this.#mine(options.mode ?? this.#unmasked(0o777), dir, true)),
          )
        else if (this.stat(part).type !== 'directory') throw errno(i === parts.length ? 'EEXIST' : 'ENOTDIR')
      }
      return
    }
    this.#create(path.endsWith('/') ? path.replace(/\/+$/, '') : path, dir =>
      newInode(dir.disk, 'directory', this.#mine(options.mode ?? this.#unmasked(0o777), dir, true)),
    )
  }

  rmdir(path: string): void {
    const at = this.#find(path, false)
    if (at.inode.type !== 'directory') throw errno('ENOTDIR')
    const slot = this.#slot(path)
    if (this.#mounts.names(at, this.#viewer).length) throw errno('ENOTEMPTY')
    detach(slot.dir, slot.name)
  }

  unlink(path: string): void {
    const at = this.#find(path, false)
    if (at.inode.type === 'directory') throw errno('EISDIR')
    const slot = this.#slot(path)
    detach(slot.dir, slot.name)
  }

  rename(from: string, to: string): void {
    const source = this.#find(from, false)
    const target = this.#locate(to, false)
    const old = this.#slot(from)
    const slot = this.#slot(to)
    if (old.mount !== slot.mount) throw errno('EXDEV')
    if (target.inode === source.inode) return
    if (target.path.startsWith(`${source.path}/`)) throw errno('EINVAL')
    if (target.inode?.type === 'directory') {
      if (source.inode.type !== 'directory') throw errno('EISDIR')
      if (this.#mounts.names(target, this.#viewer).length) throw errno('ENOTEMPTY')
    } else if (target.inode && source.inode.type === 'directory') throw errno('ENOTDIR')
    const inode = writable(old.dir, old.name, source.inode)
    inode.nlink++
    detach(old.dir, old.name)
    if (target.inode) detach(slot.dir, slot.name)
    inode.nlink--
    attach(slot.dir, slot.name, inode)
  }

  link(from: string, to: string): void {
    const source = this.#find(from, false)
    const slot = this.#slot(to)
    if (slot.inode) throw errno('EEXIST')
    if (source.mount !== slot.mount) throw errno('EXDEV')
    if (source.inode.type === 'directory') throw errno('EPERM')
    const inode = writable(source.dir, source.name, source.inode)
    inode.nlink++
    attach(slot.dir, slot.name, inode)
  }

  symlink(target: string, path: string): void {
    checkLength(target)
    this.#create(path, dir => {
      const inode = newInode(dir.disk, 'symlink', this.#mine(0o777, dir))
      inode.text = target
      return inode
    })
  }

  mkfifo(path: string, mode = this.#unmasked(0o666)): void {
    this.#create(path, dir => newInode(dir.disk, 'fifo', this.#mine(mode, dir)))
  }

  readlink(path: string): string {
    const { inode } = this.#see(path, false)
    if (inode.type !== 'symlink') throw errno('EINVAL')
    return inode.dynamic?.target?.(this.#viewer) ?? inode.text
  }

  chmod(path: string, mode: number): void {
    this.#change(path, true, inode => {
      inode.mode = mode
    })
  }

  chown(path: string, uid: number, gid: number, follow = true): void {
    if (this.#uid !== 0 || this.#capabilities?.has('CHOWN') === false) {
      const { inode } = this.#find(path, follow)
      if (
        (uid !== -1 && uid !== inode.uid) ||
        (gid !== -1 && gid !== this.#gid && !this.#groups.includes(gid)) ||
        inode.uid !== this.#uid
      )
        throw errno('EPERM')
    }
    this.#change(path, follow, inode => {
      if (uid !== -1) inode.uid = uid
      if (gid !== -1) inode.gid = gid
    })
  }

  utimes(path: string, mtime: number): void {
    const at = this.#find(path)
    if (at.mount.readOnly) throw errno('EROFS')
    if (!this.may(at.inode, WRITE)) this.#owner(at.inode)
    writable(at.dir, at.name, at.inode).mtime = mtime
  }

  mounts(): readonly MountInfo[] {
    return this.#mounts.all().map(describe)
  }

  as(uid: number, gid: number, groups: readonly number[]): FileSystem {
    return new View(this.#mounts, this.#viewer, uid, gid, groups, this.#capabilities)
  }

  /** The canonical path: every symbolic link followed. */
  realpath(path: string): string {
    return this.#find(path).path
  }
}

function describe({ path, type, readOnly, source: named, options, root, system }: ListedMount): MountInfo {
  const limitBytes = root ? root.disk.limitBytes : system?.limitBytes
  const source = named ?? system?.source ?? (type === 'ext4' ? '/dev/vda1' : type)
  const size = type === 'tmpfs' && limitBytes !== undefined ? `,size=${Math.ceil(limitBytes / 1024)}k` : ''
  const noSwap = root?.disk.noSwap ? ',noswap' : ''
  return {
    path,
    type,
    source,
    device: system?.device ?? (type === 'ext4' ? source : path),
    options: options ?? system?.options ?? `${readOnly ? 'ro' : 'rw'},relatime${size}${noSwap}`,
    usedBytes: root?.disk.used ?? 0,
    limitBytes,
  }
}
