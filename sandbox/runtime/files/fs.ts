/** File systems of containers: a tree of inodes, with volumes mounted in it. (The interface; the tree is in `tree.ts`.) */

import type { Stream } from '../processes/process.ts'

export interface FileStat {
  type: 'file' | 'directory' | 'symlink' | 'device' | 'socket' | 'fifo'
  size: number
  /** Permission bits, such as 0o644. */
  mode: number
  uid: number
  gid: number
  /** Virtual milliseconds. */
  mtime: number
  /** Of the inode: two names with the same number are one file. */
  ino?: number
  nlink?: number
  /** What a file holds, for who has found that it may be read. Absent where the file system does not tell. */
  readonly text?: string
}

/**
 * A directory that outlives containers and can be mounted into several: emptyDir, configMap, hostPath …
 * The kubelet fills it; containers see changes at once.
 */
export interface Volume {
  readonly root: Directory
  /** For emptyDir.sizeLimit and ephemeral-storage: bytes held. */
  usedBytes(): number
  /** Leaves the filling of the empty volume for when somebody looks; it is as if it were done now, and must not be able to fail. */
  fillLater(put: () => void): void
}

/** Direct access for whoever owns a tree (kubelet, lesson set-up, editor): no permissions, no current directory. */
export interface Directory {
  read(path: string): string | undefined
  write(path: string, data: string, options?: { mode?: number; uid?: number; gid?: number }): void
  symlink(path: string, target: string, options?: { uid?: number; gid?: number }): void
  /** Where a link leads; undefined when it is none. */
  readlink(path: string): string | undefined
  mkdir(path: string, options?: { mode?: number; uid?: number; gid?: number }): void
  remove(path: string): void
  stat(path: string): FileStat | undefined
  list(path: string): readonly string[]
  /** Tells of every change below, with its path. */
  watch(notify: (path: string) => void): () => void
}

export interface MountInfo {
  path: string
  type: string
  /** What is mounted: a device, or the name of a file system without one. */
  source: string
  /** As `mount` shows them. */
  options: string
  usedBytes: number
  /** How much it holds; undefined where the machine's disk or memory is the only limit. */
  limitBytes: number | undefined
  /** Two with the same are parts of one file system. */
  device: string
}

/** As a process sees it: paths are absolute; permissions, read-only mounts and symlinks count. Fails with Errno. */
export interface FileSystem {
  stat(path: string): FileStat
  /** As `stat`; undefined where `stat` would fail. */
  find(path: string): FileStat | undefined
  lstat(path: string): FileStat
  exists(path: string): boolean
  readFile(path: string): string
  writeFile(path: string, data: string, options?: { append?: boolean; mode?: number }): void
  /** Makes a file at least so many bytes long, with zeros. */
  allocate(path: string, bytes: number): void
  readdir(path: string): readonly string[]
  mkdir(path: string, options?: { recursive?: boolean; mode?: number }): void
  rmdir(path: string): void
  unlink(path: string): void
  rename(from: string, to: string): void
  link(from: string, to: string): void
  mkfifo(path: string, mode?: number): void
  /** An open file, device, fifo, or (through /proc/PID/fd) another process's stream. */
  open(path: string, how: 'r' | 'w' | 'a' | 'rw'): Stream
  symlink(target: string, path: string): void
  readlink(path: string): string
  chmod(path: string, mode: number): void
  /** @param follow whether the owner of what a link leads to is changed, not that of the link */
  chown(path: string, uid: number, gid: number, follow?: boolean): void
  utimes(path: string, mtime: number): void
  /** Mounts in effect, in their order, for `mount` and `df`. */
  mounts(): readonly MountInfo[]
  /** The same tree, seen by another user. */
  as(uid: number, gid: number, groups: readonly number[]): FileSystem
}
