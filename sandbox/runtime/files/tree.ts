/**
 * Trees of inodes. A tree may lie over another one that it never changes: thousands of containers share one image, and
 * each holds only what it changed.
 */
import { errno } from '../errno.ts'
import type { Process, Stream } from '../processes/process.ts'
import type { Fifo } from './fifo.ts'

export type InodeType = 'file' | 'directory' | 'symlink' | 'device' | 'socket' | 'fifo'

/** What a file of /proc or /dev answers, depending on who looks. */
export interface Dynamic {
  read?(viewer: Process | undefined): string
  list?(viewer: Process | undefined): readonly string[]
  lookup?(name: string, viewer: Process | undefined): Inode | undefined
  target?(viewer: Process | undefined): string
  open?(viewer: Process | undefined, how: 'r' | 'w' | 'a' | 'rw'): Stream
  write?(viewer: Process | undefined, data: string): void
  /** @throws Errno where nothing may be written, whoever it is */
  mayWrite?(): void
}

export interface Inode {
  type: InodeType
  mode: number
  uid: number
  gid: number
  mtime: number
  ino: number
  nlink: number
  disk: Disk
  parent: Inode | undefined
  name: string
  /** A file's contents; a symlink's target. */
  text: string
  bytes: number
  /** Of the bytes, those at the end that are all zero and that no text holds. */
  zeros?: number
  /** A directory's own entries; null hides one of the tree below. */
  entries?: Map<string, Inode | null>
  lower?: Inode
  dynamic?: Dynamic | undefined
  fifo?: Fifo
  /** Of a file in memory: whose memory it takes, and how much of it. */
  paid?: Map<Payer, number>
}

/** A control group, as far as files are concerned. */
export interface Payer {
  addMemory(bytes: number): void
}

/** What inodes are kept on: counts bytes, knows the time, tells of changes. */
export class Disk {
  readonly type: string
  readonly #clock: { now(): number }
  readonly limitBytes: number | undefined
  readonly madeAt: number
  /** Set when nothing on it changes any more, as of an image: what is found out about it can be remembered. */
  sealed = false
  /** Of a file system in memory: it is kept there. */
  readonly noSwap: boolean | undefined
  #watchers: Set<(path: string) => void> | undefined
  #used = 0
  #ino = 1
  #unfilled: Unfilled | undefined

  constructor(options: {
    type: string
    clock: { now(): number }
    limitBytes?: number | undefined
    noSwap?: boolean | undefined
  }) {
    this.type = options.type
    this.noSwap = options.noSwap
    this.#clock = options.clock
    this.limitBytes = options.limitBytes
    this.madeAt = options.clock.now()
  }

  now(): number {
    return this.#unfilled?.begun ? this.#unfilled.at : this.#clock.now()
  }

  get used(): number {
    this.fill()
    return this.#used
  }

  /** See `fillLater`. */
  set unfilled(later: Unfilled) {
    this.#unfilled = later
  }

  /** Puts on it what was left for later. */
  fill(): void {
    const later = this.#unfilled
    if (!later || later.begun) return
    later.put()
    this.#unfilled = undefined
  }

  nextIno(): number {
    return this.#ino++
  }

  /** Bytes that it still takes. */
  get room(): number {
    return this.limitBytes === undefined ? Number.POSITIVE_INFINITY : Math.max(0, this.limitBytes - this.used)
  }

  charge(bytes: number): void {
    if (bytes > this.room) throw errno('ENOSPC')
    this.#used += bytes
  }

  /** Tells of every change, with its path. @returns how to stop it */
  watch(notify: (path: string) => void): () => void {
    this.fill()
    const watchers = (this.#watchers ??= new Set())
    watchers.add(notify)
    return () => watchers.delete(notify)
  }

  changed(inode: Inode): void {
    if (!this.#watchers?.size) return
    let path = ''
    for (let at: Inode | undefined = inode; at?.parent; at = at.parent) path = `/${at.name}${path}`
    for (const notify of [...this.#watchers]) notify(path || '/')
  }
}

export interface Attributes {
  mode?: number
  uid?: number
  gid?: number
}

const DEFAULT_MODE: Record<InodeType, number> = {
  file: 0o644,
  directory: 0o755,
  symlink: 0o777,
  device: 0o666,
  socket: 0o755,
  fifo: 0o644,
}

export function newInode(disk: Disk, type: InodeType, attributes: Attributes = {}): Inode {
  return {
    type,
    mode: attributes.mode ?? DEFAULT_MODE[type],
    uid: attributes.uid ?? 0,
    gid: attributes.gid ?? 0,
    mtime: disk.now(),
    ino: disk.nextIno(),
    nlink: 1,
    disk,
    parent: undefined,
    name: '',
    text: '',
    bytes: 0,
  }
}

/** The root of a disk whose files are made when somebody looks into it: of most volumes nobody ever reads a thing. */
class Unfilled implements Dynamic {
  readonly at: number
  begun = false
  readonly #root: Inode
  readonly #put: () => void

  constructor(root: Inode, put: () => void) {
    this.at = root.disk.now()
    this.#root = root
    this.#put = put
  }

  lookup(): undefined {
    this.#root.disk.fill()
  }

  list(viewer: Process | undefined): readonly string[] {
    this.#root.disk.fill()
    return list(this.#root, viewer)
  }

  put(): void {
    this.begun = true
    this.#root.dynamic = undefined
    this.#put()
  }
}

/**
 * Has the empty root of a disk filled when somebody looks into it, or asks how much is on the disk; all is as if it were
 * done now. What is put there must not be able to fail.
 */
export function fillLater(root: Inode, put: () => void): void {
  root.dynamic = root.disk.unfilled = new Unfilled(root, put)
}

/** Dates what is made anew for each container, in a tree that they share: as old as the layer over it. */
export const WITH_THE_LAYER = Number.POSITIVE_INFINITY

/** A new layer over a tree. */
export function overlay(disk: Disk, lower: Inode): Inode {
  const inode = newInode(disk, 'directory', lower)
  inode.mtime = lower.mtime === WITH_THE_LAYER ? disk.madeAt : lower.mtime
  inode.lower = lower
  return inode
}

/** Lays a tree under another: what is there already stays over it. */
export function underlay(dir: Inode, lower: Inode): void {
  dir.lower = lower
  for (const [name, own] of dir.entries ?? []) {
    const below = lookup(lower, name)
    if (own?.type === 'directory' && below?.type === 'directory') underlay(own, below)
  }
}

export function lookup(dir: Inode, name: string, viewer?: Process): Inode | undefined {
  if (dir.dynamic?.lookup) {
    const found = dir.dynamic.lookup(name, viewer)
    if (found) return found
  }
  const own = dir.entries?.get(name)
  if (own) return own
  if (own === null || !dir.lower) return undefined
  const below = lookup(dir.lower, name, viewer)
  if (below?.type !== 'directory') return below
  const shadow = overlay(dir.disk, below)
  place(dir, name, shadow)
  return shadow
}

/**
 * As `lookup`, for who only looks: a directory that this tree has in common with the one below it is that one's, and no
 * layer is laid over it. Nobody may change or keep it.
 */
export function peek(dir: Inode, name: string, viewer?: Process): Inode | undefined {
  for (let at: Inode | undefined = dir; at; at = at.lower) {
    if (at.dynamic?.lookup) {
      const found = at.dynamic.lookup(name, viewer)
      if (found) return found
    }
    const own = at.entries?.get(name)
    if (own !== undefined) return own ?? undefined
  }
  return undefined
}

const place = (dir: Inode, name: string, inode: Inode): void => {
  inode.parent = dir
  inode.name = name
  entriesOf(dir).set(name, inode)
}

/** Most directories of most containers are only looked into: a list is made with the first entry. */
const entriesOf = (dir: Inode): Map<string, Inode | null> => (dir.entries ??= new Map())

/** What is in a directory, by name: where nothing has come or gone, the very list of the one below. */
export function list(dir: Inode, viewer?: Process): readonly string[] {
  if (dir.dynamic?.list) return [...dir.dynamic.list(viewer)]
  if (dir.disk.sealed) return listOfSealed(dir)
  return listNow(dir, viewer)
}

function listNow(dir: Inode, viewer?: Process): readonly string[] {
  const { lower, entries } = dir
  const below = lower && list(lower, viewer)
  if (below && (!entries || !changesNames(entries, lower))) return below
  const names = new Set(below)
  for (const [name, inode] of entries ?? []) inode ? names.add(name) : names.delete(name)
  return [...names].sort()
}

const changesNames = (entries: ReadonlyMap<string, Inode | null>, lower: Inode): boolean => {
  for (const [name, inode] of entries) if (!inode || !peek(lower, name)) return true
  return false
}

const listed = new WeakMap<Inode, readonly string[]>()

function listOfSealed(dir: Inode): readonly string[] {
  let names = listed.get(dir)
  if (!names) listed.set(dir, (names = listNow(dir)))
  return names
}

export function attach(dir: Inode, name: string, inode: Inode): void {
  place(dir, name, inode)
  dir.mtime = dir.disk.now()
  dir.disk.changed(inode)
}

export function detach(dir: Inode, name: string): void {
  const inode = lookup(dir, name)
  if (!inode) return
  if (dir.lower && lookup(dir.lower, name)) entriesOf(dir).set(name, null)
  else dir.entries?.delete(name)
  dir.mtime = dir.disk.now()
  if (inode.disk === dir.disk) {
    inode.nlink--
    if (inode.nlink <= 0) release(inode)
  }
  dir.disk.changed({ ...inode, parent: dir, name })
}

function release(inode: Inode): void {
  charge(inode, -inode.bytes)
  for (const child of inode.entries?.values() ?? []) if (child && child.disk === inode.disk) release(child)
}

/** The disk's space, and for a file in memory the memory of who writes it; it is given back to who paid last. */
export function charge(inode: Inode, bytes: number, payer?: Payer): void {
  inode.disk.charge(bytes)
  if (inode.disk.type !== 'tmpfs' || !bytes) return
  if (bytes > 0) {
    if (!payer) return
    inode.paid ??= new Map<Payer, number>()
    inode.paid.set(payer, (inode.paid.get(payer) ?? 0) + bytes)
    payer.addMemory(bytes)
    return
  }
  let left = -bytes
  for (const [who, held] of [...(inode.paid ?? [])].reverse()) {
    const back = Math.min(held, left)
    inode.paid?.set(who, held - back)
    who.addMemory(-back)
    left -= back
  }
}

/** The inode to write to: a file of the tree below is copied up first. */
export function writable(dir: Inode | undefined, name: string, inode: Inode): Inode {
  if (!dir || inode.disk === dir.disk || inode.dynamic) return inode
  const copy = newInode(dir.disk, inode.type, inode)
  copy.text = inode.text
  copy.bytes = inode.type === 'symlink' ? byteLength(inode.text) : inode.bytes
  charge(copy, copy.bytes)
  if (inode.zeros) copy.zeros = inode.zeros
  copy.mtime = inode.mtime
  place(dir, name, copy)
  return copy
}

/** Lately measured, each where its length puts it: the same few texts are measured again and again. */
const measured: string[] = new Array(16).fill('')
const lengths: number[] = new Array(16).fill(0)

/** Of a text in UTF-8; half a surrogate pair stands for a byte that is none (bytes.ts). */
export function byteLength(text: string): number {
  const slot = text.length & 15
  if (text === measured[slot]) return lengths[slot]!
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    if (code >= 0xd800 && code < 0xdc00) {
      bytes += 2
      i++
    } else if (code < 0xdc80 || code > 0xdcff) bytes += code < 0x800 ? 1 : 2
  }
  measured[slot] = text
  lengths[slot] = bytes
  return bytes
}
