/** Trees as their owner sees them (kubelet, lesson set-up, editor, image builder): no permissions, no mounts. */
import { errno } from './errno.ts'
import type { Directory, FileStat, Volume } from './fs.ts'
import { names as split } from './path.ts'
import { type Attributes, attach, Disk, detach, type Inode, list, lookup, newInode, setText, writable } from './tree.ts'

export const statOf = (inode: Inode, viewer?: Parameters<typeof list>[1]): FileStat => ({
  type: inode.type,
  size:
    inode.type === 'directory'
      ? 4096
      : inode.dynamic?.read
        ? 0
        : inode.dynamic?.target
          ? 64
          : inode.bytes || inode.text.length,
  mode: inode.mode,
  uid: inode.uid,
  gid: inode.gid,
  mtime: inode.mtime,
  ino: inode.ino,
  // Asked for by few, and of a directory it takes a look at everything in it.
  get nlink() {
    return inode.type === 'directory'
      ? 2 + list(inode, viewer).filter(name => lookup(inode, name)?.type === 'directory').length
      : inode.nlink
  },
})

export function directory(root: Inode): Directory {
  const find = (path: string, follow = true, depth = 0): Inode | undefined => {
    let at: Inode | undefined = root
    const parts = split(path)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      at = at.type === 'directory' ? lookup(at, part) : undefined
      if (at?.type === 'symlink' && (follow || i < parts.length - 1)) {
        if (depth > 20) return undefined
        const base = at.text.startsWith('/') ? '' : parts.slice(0, i).join('/')
        return find([base, at.text, ...parts.slice(i + 1)].join('/'), follow, depth + 1)
      }
      if (!at) return undefined
    }
    return at
  }
  const ensure = (parts: readonly string[], attributes: Attributes = {}): Inode => {
    let at = root
    for (const part of parts) {
      let next = lookup(at, part)
      if (next?.type === 'symlink') next = find(`${parts.slice(0, parts.indexOf(part)).join('/')}/${next.text}`)
      if (!next) {
        next = newInode(root.disk, 'directory', attributes)
        attach(at, part, next)
      }
      if (next.type !== 'directory') throw errno('ENOTDIR')
      at = next
    }
    return at
  }
  const put = (path: string, inode: Inode): void => {
    const parts = split(path)
    const name = parts.pop()!
    const dir = ensure(parts)
    if (lookup(dir, name)) detach(dir, name)
    attach(dir, name, inode)
  }
  return {
    read(path) {
      const inode = find(path)
      return inode?.type === 'file' ? inode.text : undefined
    },
    write(path, data, options = {}) {
      const parts = split(path)
      const name = parts.pop()
      if (!name) throw errno('EISDIR')
      const old = find(path)
      if (old?.type === 'file') {
        const inode = old.parent ? writable(old.parent, old.name, old) : old
        if (options.mode !== undefined) inode.mode = options.mode
        if (options.uid !== undefined) inode.uid = options.uid
        if (options.gid !== undefined) inode.gid = options.gid
        setText(inode, data)
        return
      }
      const inode = newInode(root.disk, 'file', options)
      setText(inode, data)
      put(path, inode)
    },
    symlink(path, target) {
      const inode = newInode(root.disk, 'symlink')
      inode.text = target
      put(path, inode)
    },
    mkdir(path, options) {
      const dir = ensure(split(path), options)
      if (options?.mode !== undefined) dir.mode = options.mode
      if (options?.uid !== undefined) dir.uid = options.uid
      if (options?.gid !== undefined) dir.gid = options.gid
    },
    remove(path) {
      const parts = split(path)
      const name = parts.pop()
      const dir = find(parts.join('/'))
      if (name && dir?.type === 'directory') detach(dir, name)
    },
    stat(path) {
      const inode = find(path, false)
      return inode && statOf(inode)
    },
    list(path) {
      const inode = find(path)
      return inode?.type === 'directory' ? list(inode) : []
    },
    watch(notify) {
      root.disk.watchers.add(notify)
      return () => root.disk.watchers.delete(notify)
    },
  }
}

/** The inode behind a Directory, for mounting. */
const inodes = new WeakMap<Directory, Inode>()

/** A new, empty volume. @param options.type as `mount` shows it: ext4, tmpfs … */
export function createVolume(
  clock: { now(): number },
  options: { type?: string; limitBytes?: number; mode?: number } = {},
): Volume {
  const disk = new Disk({ type: options.type ?? 'ext4', now: () => clock.now(), limitBytes: options.limitBytes })
  return volumeOf(newInode(disk, 'directory', { mode: options.mode ?? 0o755 }))
}

export function volumeOf(inode: Inode): Volume {
  const root = directory(inode)
  inodes.set(root, inode)
  return { root, usedBytes: () => inode.disk.used }
}

export function inodeOf(volume: Volume): Inode {
  const inode = inodes.get(volume.root)
  if (!inode) throw new Error('not a volume of this runtime')
  return inode
}
