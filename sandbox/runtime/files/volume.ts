/** Trees as their owner sees them (kubelet, lesson set-up, editor, image builder): no permissions, no mounts. */
import { errno } from '../errno.ts'
import { contentsOf, setText } from './contents.ts'
import type { Directory, FileStat, Volume } from './fs.ts'
import { names as split } from './path.ts'
import {
  type Attributes,
  attach,
  Disk,
  detach,
  fillLater,
  type Inode,
  list,
  lookup,
  newInode,
  writable,
} from './tree.ts'

type Viewer = Parameters<typeof list>[1]

class Stat implements FileStat {
  readonly type: FileStat['type']
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number
  readonly ino: number
  readonly #inode: Inode
  readonly #viewer: Viewer

  constructor(inode: Inode, viewer: Viewer) {
    this.type = inode.type
    this.mode = inode.mode
    this.uid = inode.uid
    this.gid = inode.gid
    this.mtime = inode.mtime
    this.ino = inode.ino
    this.#inode = inode
    this.#viewer = viewer
  }

  get size(): number {
    const { type, dynamic, bytes, text, disk } = this.#inode
    // In memory a directory takes as much as it has names.
    if (type === 'directory') return disk.type === 'tmpfs' ? 40 + 20 * list(this.#inode, this.#viewer).length : 4096
    if (dynamic?.read) return 0
    // Of what /proc makes up, the links of open files alone have a size.
    if (dynamic?.target) return dynamic.open ? 64 : 0
    return bytes || text.length
  }

  get text(): string {
    return this.#inode.dynamic?.read?.(this.#viewer) ?? contentsOf(this.#inode)
  }

  /** Asked for by few, and of a directory it takes a look at everything in it. */
  get nlink(): number {
    const inode = this.#inode
    if (inode.type !== 'directory') return inode.nlink
    // overlayfs does not count what lies in two layers, as a container's root always does.
    if (inode.lower && !inode.parent) return 1
    return 2 + list(inode, this.#viewer).filter(name => lookup(inode, name)?.type === 'directory').length
  }
}

export const statOf = (inode: Inode, viewer?: Viewer): FileStat => new Stat(inode, viewer)

class Tree implements Directory {
  readonly #root: Inode

  constructor(root: Inode) {
    this.#root = root
  }

  #find(path: string, follow = true, depth = 0): Inode | undefined {
    let at: Inode | undefined = this.#root
    const parts = split(path)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      at = at.type === 'directory' ? lookup(at, part) : undefined
      if (at?.type === 'symlink' && (follow || i < parts.length - 1)) {
        if (depth > 20) return undefined
        const base = at.text.startsWith('/') ? '' : parts.slice(0, i).join('/')
        return this.#find([base, at.text, ...parts.slice(i + 1)].join('/'), follow, depth + 1)
      }
      if (!at) return undefined
    }
    return at
  }

  #ensure(parts: readonly string[], attributes: Attributes = {}): Inode {
    let at = this.#root
    for (const part of parts) {
      let next = lookup(at, part)
      if (next?.type === 'symlink') next = this.#find(`${parts.slice(0, parts.indexOf(part)).join('/')}/${next.text}`)
      if (!next) {
        next = newInode(this.#root.disk, 'directory', attributes)
        attach(at, part, next)
      }
      if (next.type !== 'directory') throw errno('ENOTDIR')
      at = next
    }
    return at
  }

  #put(path: string, inode: Inode): void {
    const parts = split(path)
    const name = parts.pop()!
    const dir = this.#ensure(parts)
    if (lookup(dir, name)) detach(dir, name)
    attach(dir, name, inode)
  }

  read(path: string): string | undefined {
    const inode = this.#find(path)
    return inode?.type === 'file' ? contentsOf(inode) : undefined
  }

  write(path: string, data: string, options: Attributes = {}): void {
    const parts = split(path)
    const name = parts.pop()
    if (!name) throw errno('EISDIR')
    const old = this.#find(path)
    if (old?.type === 'directory') throw errno('EISDIR')
    if (old?.type === 'file') {
      const inode = old.parent ? writable(old.parent, old.name, old) : old
      if (options.mode !== undefined) inode.mode = options.mode
      if (options.uid !== undefined) inode.uid = options.uid
      if (options.gid !== undefined) inode.gid = options.gid
      setText(inode, data)
      return
    }
    const inode = newInode(this.#root.disk, 'file', options)
    setText(inode, data)
    this.#put(path, inode)
  }

  symlink(path: string, target: string, options: Attributes = {}): void {
    const inode = newInode(this.#root.disk, 'symlink', options)
    inode.text = target
    this.#put(path, inode)
  }

  readlink(path: string): string | undefined {
    const inode = this.#find(path, false)
    return inode?.type === 'symlink' ? inode.text : undefined
  }

  mkdir(path: string, options?: Attributes): void {
    const dir = this.#ensure(split(path), options)
    if (options?.mode !== undefined) dir.mode = options.mode
    if (options?.uid !== undefined) dir.uid = options.uid
    if (options?.gid !== undefined) dir.gid = options.gid
  }

  remove(path: string): void {
    const parts = split(path)
    const name = parts.pop()
    const dir = this.#find(parts.join('/'))
    if (name && dir?.type === 'directory') detach(dir, name)
  }

  stat(path: string): FileStat | undefined {
    const inode = this.#find(path, false)
    return inode && statOf(inode)
  }

  list(path: string): readonly string[] {
    const inode = this.#find(path)
    return inode?.type === 'directory' ? list(inode) : []
  }

  watch(notify: (path: string) => void): () => void {
    return this.#root.disk.watch(notify)
  }
}

export const directory = (root: Inode): Directory => new Tree(root)

class TreeVolume implements Volume {
  readonly root: Directory
  readonly inode: Inode

  constructor(inode: Inode) {
    this.inode = inode
    this.root = directory(inode)
  }

  usedBytes(): number {
    return this.inode.disk.used
  }

  fillLater(put: () => void): void {
    fillLater(this.inode, put)
  }
}

/** A new, empty volume. @param options.type as `mount` shows it: ext4, tmpfs … */
export function createVolume(
  clock: { now(): number },
  options: { type?: string; limitBytes?: number; noSwap?: boolean; mode?: number } = {},
): Volume {
  const { type = 'ext4', limitBytes, noSwap } = options
  const disk = new Disk({ type, clock, limitBytes, noSwap })
  return volumeOf(newInode(disk, 'directory', { mode: options.mode ?? 0o755 }))
}

export const volumeOf = (inode: Inode): Volume => new TreeVolume(inode)

/** The inode at a volume's root, for mounting. */
export function inodeOf(volume: Volume): Inode {
  if (!(volume instanceof TreeVolume)) throw new Error('not a volume of this runtime')
  return volume.inode
}
