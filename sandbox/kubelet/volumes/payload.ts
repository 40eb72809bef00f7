/**
 * Volumes whose files come from elsewhere. All files are replaced at one stroke: they stand in a directory named after the
 * time, `..data` points at it, and every visible name points through `..data`.
 */
import type { Directory } from '../../runtime/fs.ts'
import type { Attributes } from '../../runtime/tree.ts'
import type { Mounted, SetUp } from './volume.ts'
import { fsGroupOf } from './volume.ts'

export interface PayloadFile {
  data: string
  mode: number
  uid?: number | undefined
}
export type Payload = Map<string, PayloadFile>

interface KeyToPath {
  key: string
  path: string
  mode?: number | undefined
}

const DEFAULT_MODE = 0o644

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

/** Writes a payload, if it differs from what is there. */
export function writePayload(
  { pod, spec, disk, now, present }: SetUp,
  payload: Payload,
  follows: readonly string[],
): Mounted {
  // What may be secret, or is at least the Pod's own, never touches the node's disk.
  const volume = present?.volume ?? disk.create(spec.configMap ? {} : { medium: 'Memory' })
  const fsGroup = fsGroupOf(pod)
  const group = fsGroup === undefined ? {} : { gid: fsGroup }
  // What is made in a directory of a group is the group's, too.
  const inherited = fsGroup === undefined ? 0 : 0o2000
  if (!present) volume.root.mkdir('', { mode: (spec.configMap ? 0o777 : 0o1777) | inherited, ...group })
  // A group that owns the volume may read its files.
  const modeOf = (mode: number): number => (fsGroup === undefined ? mode : mode | 0o440)
  if (!present || !isCurrent(volume.root, payload)) {
    const old = present ? listCurrent(volume.root) : []
    const stamp = `..${new Date(now).toISOString().slice(0, 19).replace(/[-T:]/g, '_')}.${String(now % 1000).padStart(3, '0')}000000`
    volume.root.mkdir(stamp, { mode: 0o755 | inherited, ...group })
    for (const [path, file] of payload) {
      makeParents(volume.root, `${stamp}/${path}`, { mode: 0o755 | inherited, ...group })
      volume.root.write(`${stamp}/${path}`, file.data, {
        mode: modeOf(file.mode),
        ...(file.uid !== undefined && { uid: file.uid }),
        ...group,
      })
    }
    const before = present && volume.root.list('').find(name => /^\.\.\d/.test(name) && name !== stamp)
    if (present) volume.root.remove('..data')
    volume.root.symlink('..data', stamp, group)
    const top = topNames(payload.keys())
    for (const name of old) if (!top.includes(name)) volume.root.remove(name)
    for (const name of top) if (!old.includes(name)) volume.root.symlink(name, `..data/${name}`, group)
    if (before) volume.root.remove(before)
  }
  // A list that has grown has room for many more.
  return { volume, readOnly: true, follows: follows.slice(), payload: true }
}

const topNames = (paths: Iterable<string>): string[] => [...new Set([...paths].map(path => path.split('/')[0]!))].sort()

const listCurrent = (root: Directory): string[] => root.list('').filter(name => !name.startsWith('..'))

function isCurrent(root: Directory, payload: Payload): boolean {
  const stamp = root.list('').find(name => /^\.\.\d/.test(name))
  if (!stamp) return false
  for (const [path, { data }] of payload) if (root.read(`${stamp}/${path}`) !== data) return false
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
