/**
 * Volumes whose files come from elsewhere. All files are replaced at one stroke: they stand in a directory named after the
 * time, `..data` points at it, and every visible name points through `..data`.
 */
import type { Directory } from '../../runtime/files/fs.ts'
import { names } from '../../runtime/files/path.ts'
import type { Attributes } from '../../runtime/files/tree.ts'
import { volumeDirectory } from './pod-directory.ts'
import type { Mounted, SetUp } from './volume.ts'
import { fsGroupOf, memoryVolumeBytes } from './volume.ts'

export interface PayloadFile {
  /** Or how it is made when somebody reads it. */
  data: string | (() => string)
  mode: number
  uid?: number | undefined
}
export type Payload = Map<string, PayloadFile>

interface KeyToPath {
  key: string
  path: string
  mode?: number | undefined
}

const textOf = ({ data }: PayloadFile): string => (typeof data === 'string' ? data : data())

const DEFAULT_MODE = 0o644
/** Whatever a Pod may use, the files that the kubelet writes for it have room. */
const LEAST_ROOM_BYTES = 1024 ** 2

/** Chosen keys under their paths, or all keys. @param missing makes the error for a key that is not there */
export function selectKeys(
  data: Record<string, string>,
  items: readonly KeyToPath[] | undefined,
  defaultMode: number | undefined,
  optional: boolean | undefined,
  missing: (key: string) => string,
): Payload {
  const payload: Payload = new Map()
  if (!items?.length) {
    for (const [key, text] of Object.entries(data)) payload.set(key, { data: text, mode: defaultMode ?? DEFAULT_MODE })
    return payload
  }
  for (const { key, path, mode } of items) {
    const text = data[key]
    if (text === undefined) {
      if (optional) continue
      throw new Error(missing(key))
    }
    payload.set(path, { data: text, mode: mode ?? defaultMode ?? DEFAULT_MODE })
  }
  return payload
}

/** Asks for the object behind a volume. @throws unless it is optional and missing */
export function findOptional<T>(get: () => T, optional: boolean | undefined): T | undefined {
  try {
    return get()
  } catch (error) {
    if (optional && (error as { reason?: string }).reason === 'NotFound') return undefined
    throw error
  }
}

/** Writes a payload, if it differs from what is there. @throws Error where its paths cannot all be written */
export function writePayload(
  { pod, spec, disk, downward, now, present }: SetUp,
  given: Payload,
  follows: readonly string[],
): Mounted {
  const payload = withCleanPaths(given, () => `${volumeDirectory(pod, spec.name)}/${stampOf(now)}`)
  // What may be secret, or is at least the Pod's own, never touches the node's disk.
  const volume =
    present?.volume ??
    disk.create(
      spec.configMap
        ? {}
        : { medium: 'Memory', limitBytes: Math.max(memoryVolumeBytes(pod, downward), LEAST_ROOM_BYTES) },
    )
  const { root } = volume
  const fsGroup = fsGroupOf(pod)
  if (!present) {
    root.mkdir('', ownedBy(fsGroup, spec.configMap ? 0o777 : 0o1777))
    volume.fillLater(() => replace(root, payload, now, fsGroup))
  } else if (!isCurrent(root, payload)) replace(root, payload, now, fsGroup)
  // A list that has grown has room for many more.
  return { volume, readOnly: true, follows: follows.slice(), payload: true }
}

/** What the directory is called in which the files of an instant stand. */
const stampOf = (now: number): string =>
  `..${new Date(now).toISOString().slice(0, 19).replace(/[-T:]/g, '_')}.${String(now % 1000).padStart(3, '0')}000000`

/**
 * A payload whose paths hold nothing that leads nowhere.
 * @param directory where it is written
 * @throws Error in Go's words where a path is at odds with one before it
 */
function withCleanPaths(payload: Payload, directory: () => string): Payload {
  if (isFlat(payload)) return payload
  const clean: Payload = new Map()
  const directories = new Set([''])
  for (const [path, file] of payload) {
    const parts = names(path)
    const whole = parts.join('/')
    for (let i = 1; i < parts.length; i++) {
      const parent = parts.slice(0, i).join('/')
      directories.add(parent)
      if (!clean.has(parent)) continue
      const why = i === parts.length - 1 ? '/: file exists' : ': not a directory'
      throw new Error(`mkdir ${directory()}/${parent}${why}`)
    }
    if (directories.has(whole)) throw new Error(`open ${directory()}${whole && `/${whole}`}: is a directory`)
    clean.set(whole, file)
  }
  return clean
}

function isFlat(payload: Payload): boolean {
  for (const path of payload.keys()) if (path.includes('/') || path === '.') return false
  return true
}

/** A directory of a volume: where a group owns it, what is made in it is the group's, too. */
const ownedBy = (fsGroup: number | undefined, mode: number): Attributes =>
  fsGroup === undefined ? { mode } : { mode: mode | 0o2000, gid: fsGroup }

function replace(root: Directory, payload: Payload, now: number, fsGroup: number | undefined): void {
  const group = fsGroup === undefined ? {} : { gid: fsGroup }
  // A group that owns the volume may read its files.
  const modeOf = (mode: number): number => (fsGroup === undefined ? mode : mode | 0o440)
  const old = listCurrent(root)
  const stamp = stampOf(now)
  root.mkdir(stamp, ownedBy(fsGroup, 0o755))
  for (const [path, file] of payload) {
    makeParents(root, `${stamp}/${path}`, ownedBy(fsGroup, 0o755))
    root.write(`${stamp}/${path}`, textOf(file), {
      mode: modeOf(file.mode),
      ...(file.uid !== undefined && { uid: file.uid }),
      ...group,
    })
  }
  const before = root.list('').find(name => /^\.\.\d/.test(name) && name !== stamp)
  root.remove('..data')
  root.symlink('..data', stamp, group)
  const top = topNames(payload.keys())
  for (const name of old) if (!top.includes(name)) root.remove(name)
  for (const name of top) {
    if (old.includes(name)) continue
    // Whose the file is, theirs is the name that leads to it.
    const uid = payload.get(name)?.uid
    root.symlink(name, `..data/${name}`, { ...group, ...(uid !== undefined && { uid }) })
  }
  if (before) root.remove(before)
}

const topNames = (paths: Iterable<string>): string[] => [...new Set([...paths].map(path => path.split('/')[0]!))].sort()

const listCurrent = (root: Directory): string[] => root.list('').filter(name => !name.startsWith('..'))

function isCurrent(root: Directory, payload: Payload): boolean {
  const stamp = root.list('').find(name => /^\.\.\d/.test(name))
  if (!stamp) return false
  for (const [path, file] of payload) if (root.read(`${stamp}/${path}`) !== textOf(file)) return false
  const top = topNames(payload.keys())
  const present = listCurrent(root)
  return present.length === top.length && countFiles(root, stamp) === payload.size
}

function countFiles(root: Directory, path: string): number {
  let count = 0
  for (const name of root.list(path)) {
    const child = `${path}/${name}`
    count += root.stat(child)?.type === 'directory' ? countFiles(root, child) : 1
  }
  return count
}

/** Of a path in a directory that is there. */
function makeParents(root: Directory, path: string, attributes: Attributes): void {
  const parts = path.split('/').slice(0, -1)
  for (let i = 2; i <= parts.length; i++) {
    const parent = parts.slice(0, i).join('/')
    if (!root.stat(parent)) root.mkdir(parent, attributes)
  }
}
