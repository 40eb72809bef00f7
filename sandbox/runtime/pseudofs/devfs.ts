/** /dev of a container: as much as tools and scripts look at. */
import { escaped } from '../../bytes.ts'
import { errno } from '../errno.ts'
import { zerosOf } from '../files/contents.ts'
import { attach, Disk, type Dynamic, type Inode, newInode } from '../files/tree.ts'
import type { Process, Stream } from '../processes/process.ts'
import { nullStream } from '../processes/streams.ts'

export const dynamic = (disk: Disk, type: Inode['type'], mode: number, behaviour: Dynamic): Inode => {
  const inode = newInode(disk, type, { mode })
  inode.dynamic = behaviour
  return inode
}

/** What is read at a time by who does not say. */
const CHUNK = 4096

const endless = (next: (process: Process) => string): Stream => ({
  isTerminal: false,
  async read(process, max = CHUNK) {
    await process.tick()
    let text = ''
    while (text.length < max) text += next(process)
    return text.slice(0, max)
  },
  write: () => Promise.resolve(),
  close() {},
})

const DEVICES: Record<string, (viewer: Process | undefined) => Stream> = {
  null: () => nullStream,
  zero: () => ({
    ...nullStream,
    async read(process, max = CHUNK) {
      await process.tick()
      return zerosOf(max)
    },
  }),
  full: () => ({ ...nullStream, read: async () => zerosOf(CHUNK), write: () => Promise.reject(errno('ENOSPC')) }),
  random: () => endless(process => escaped(process.random.int(256))),
  urandom: () => endless(process => escaped(process.random.int(256))),
  tty: viewer => terminal(viewer),
}

const terminal = (viewer: Process | undefined): Stream => {
  const found = viewer && Object.values(viewer.fds).find(stream => stream.isTerminal)
  if (!found) throw errno('ENOENT')
  return borrowed(found)
}

/** Somebody else's stream: who holds it holds theirs, and they keep theirs when it is closed. */
export const borrowed = (stream: Stream): Stream => ({
  read: (process, max) => stream.read(process, max),
  write: (process, data) => stream.write(process, data),
  isTerminal: stream.isTerminal,
  get size() {
    return stream.size
  },
  get file() {
    return stream.file
  },
  get holders() {
    return stream.holders ?? 0
  },
  set holders(n) {
    stream.holders = n
  },
  close() {
    if (!stream.holders) stream.close()
  },
})

/** @param createdAt what all of it is dated with, whenever somebody looks into it first */
export function devTree(clock: { now(): number }, createdAt: number): Inode {
  const disk = new Disk({ type: 'tmpfs', clock, limitBytes: 64 * 1024 ** 2 })
  const root = newInode(disk, 'directory')
  for (const [name, open] of Object.entries(DEVICES)) attach(root, name, dynamic(disk, 'device', 0o666, { open }))
  const links = {
    fd: '/proc/self/fd',
    stdin: '/proc/self/fd/0',
    stdout: '/proc/self/fd/1',
    stderr: '/proc/self/fd/2',
    ptmx: 'pts/ptmx',
  }
  for (const [name, target] of Object.entries(links)) {
    const inode = newInode(disk, 'symlink')
    inode.text = target
    attach(root, name, inode)
  }
  // Each has a file system of its own mounted over it.
  for (const name of ['pts', 'mqueue', 'shm']) attach(root, name, newInode(disk, 'directory'))
  root.mtime = createdAt
  for (const inode of root.entries!.values()) inode!.mtime = createdAt
  return root
}

/** /dev/pts: who has a terminal finds it here. */
export function terminalTree(clock: { now(): number }, createdAt: number): Inode {
  const disk = new Disk({ type: 'devpts', clock })
  const ptmx = dynamic(disk, 'device', 0o666, { open: terminal })
  const own = dynamic(disk, 'device', 0o620, { open: terminal })
  const hasTerminal = (viewer: Process | undefined): boolean =>
    viewer !== undefined && Object.values(viewer.fds).some(stream => stream.isTerminal)
  const root = dynamic(disk, 'directory', 0o755, {
    list: viewer => (hasTerminal(viewer) ? ['0', 'ptmx'] : ['ptmx']),
    lookup: (name, viewer) => (name === 'ptmx' ? ptmx : name === '0' && hasTerminal(viewer) ? own : undefined),
  })
  for (const inode of [root, ptmx, own]) inode.mtime = createdAt
  return root
}

/** A directory in memory where everybody may put something. */
export function stickyDirectory(type: string, clock: { now(): number }, createdAt: number, limitBytes?: number): Inode {
  const root = newInode(new Disk({ type, clock, limitBytes }), 'directory', { mode: 0o1777 })
  root.mtime = createdAt
  return root
}
