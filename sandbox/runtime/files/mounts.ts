/** What a container's processes find at which path: its root, and what is mounted over it. */
import { errno } from '../errno.ts'
import type { Process } from '../processes/process.ts'
import { GUARDED_PATHS, SHARED_MEMORY, SYSTEM_MOUNTS, type SystemMount } from '../pseudofs/system-mounts.ts'
import { byteLength, type Inode, list, lookup, peek } from './tree.ts'

export interface MountPoint {
  readonly path: string
  readonly root: Inode
  readonly readOnly: boolean
  readonly type: string
  /** What it is called in lists, where somebody has named it. */
  readonly source?: string
  /** How it is mounted, where somebody has said more of it than usual. */
  readonly options?: string
  /** Where it is one that every container has. */
  readonly system?: SystemMount
}

/** One of a table, for those who list them. */
export interface ListedMount {
  path: string
  type: string
  readOnly: boolean
  source?: string
  options?: string
  /** Absent where nobody can look into it. */
  root?: Inode
  system?: SystemMount | undefined
}

class LaterMount implements MountPoint {
  readonly path: string
  readonly readOnly: boolean
  readonly type: string
  readonly system?: SystemMount
  #made: Inode | ((path: string) => Inode)

  constructor(path: string, make: (path: string) => Inode, options: { readOnly: boolean; type: string } | SystemMount) {
    this.path = path
    this.readOnly = options.readOnly
    this.type = options.type
    this.#made = make
    if ('options' in options) this.system = options
  }

  get root(): Inode {
    if (typeof this.#made === 'function') this.#made = this.#made(this.path)
    return this.#made
  }
}

/** The names on a plain absolute path, and the path up to each of them. */
interface Way {
  path: string
  names: readonly string[]
  upTo: readonly string[]
  /** A bit for each of those, which a table of mounts is asked for before it is searched. */
  bits: readonly number[]
  /** All of those bits. */
  anyBit: number
  /** Whether one of those is where every container has a mount. */
  meetsSystem: boolean
}

/** Ways of more names are gone anew each time: all their beginnings would be too much to keep. */
const MOST_NAMES = 64

/** The same few hundred paths are asked for again and again. */
const ways = new Map<string, Way | undefined>()
const WAYS = 2000

function wayOf(path: string): Way | undefined {
  const known = ways.get(path)
  if (known || ways.has(path)) return known
  if (ways.size >= WAYS) ways.clear()
  const way = parse(path)
  ways.set(path, way)
  return way
}

/** Bytes that a name of one file may have. */
const MOST_OF_NAME = 255

/** Whether a text has more bytes than that. */
export const isLonger = (text: string, most: number): boolean => text.length * 3 > most && byteLength(text) > most

/** undefined for a path that winds: relative, or with `.`, `..`, doubled slashes, a name that is too long, or very many. */
function parse(given: string): Way | undefined {
  if (given[0] !== '/') return undefined
  const path = given.length > 1 && given.endsWith('/') ? given.slice(0, -1) : given
  const names = path === '/' ? [] : path.slice(1).split('/')
  if (
    names.length > MOST_NAMES ||
    names.some(name => !name || name === '.' || name === '..' || isLonger(name, MOST_OF_NAME))
  )
    return undefined
  const upTo: string[] = []
  for (const name of names) upTo.push(`${upTo.at(-1) ?? ''}/${name}`)
  const bits = upTo.map(bitOf)
  return {
    path,
    names,
    upTo,
    bits,
    anyBit: bits.reduce((all, bit) => all | bit, 0),
    meetsSystem: upTo.some(prefix => inSystem.has(prefix)),
  }
}

/** Where a path leads. `inode` is absent when only its directory is there. */
export interface Location {
  path: string
  dir: Inode | undefined
  name: string
  inode: Inode | undefined
  mount: MountPoint
  /** Whose mounts these are: another container's, behind /proc/PID/root. */
  table: MountTable
}

export interface Access {
  viewer: Process | undefined
  /** Throws EACCES when this directory may not be searched; absent where all may be. */
  search: ((dir: Inode) => void) | undefined
}

const MAX_LINKS = 40

const doors = new WeakMap<Inode, MountTable>()

/** Makes a link that leads into the files of another container. */
export function doorTo(link: Inode, table: MountTable): Inode {
  doors.set(link, table)
  return link
}

/** One of 31, by how a path is spelt: two that share it are told apart by looking. */
function bitOf(path: string): number {
  let hash = path.length
  for (let i = 0; i < path.length; i++) hash = (hash * 31 + path.charCodeAt(i)) % 65_537
  return 1 << (hash % 31)
}

const IN_SYSTEM: readonly SystemMount[] = [...SYSTEM_MOUNTS, SHARED_MEMORY]
const LONGER_THAN_SYSTEM = 64
const inSystem = new Map(IN_SYSTEM.map(mount => [mount.path, mount]))

const isBelow = (path: string, mount: { path: string }): boolean =>
  path[mount.path.length] === '/' && path.startsWith(mount.path)

const depth = ({ path }: { path: string }): number => path.split('/').length

const NONE: readonly string[] = []

export class MountTable {
  /** In the order in which they were added. A handful, and thousands of containers have them: a list takes the least room. */
  #mounts: readonly MountPoint[] = []
  /** The bits of their paths, so that most paths need not be looked for among them. */
  #bits = 0
  /** What makes the mounts that every container has; absent for a machine's own tree. */
  #makeSystem: ((path: string) => Inode) | undefined
  #guarded = false
  /** Of the mounts that every container has, those that this one brings another for. */
  #replaced: readonly string[] = NONE
  /** Those of them that somebody has looked into. */
  #system: readonly MountPoint[] = []

  constructor(root: Inode, options: { readOnly?: boolean; type?: string } = {}) {
    this.add('/', root, { readOnly: options.readOnly ?? false, type: options.type ?? 'overlay' })
  }

  add(path: string, root: Inode, options: { readOnly: boolean; type?: string }): void {
    this.#put(path, { path, root, readOnly: options.readOnly, type: options.type ?? root.disk.type })
  }

  /** A tree that is made when somebody looks into it. */
  addLater(path: string, make: (path: string) => Inode, options: { readOnly: boolean; type: string }): void {
    this.#put(path, new LaterMount(path, make, options))
  }

  /** What every container has, made when somebody looks into it. @param guarded as of those that are not privileged */
  addSystem(make: (path: string) => Inode, guarded: boolean): void {
    this.#makeSystem = make
    this.#guarded = guarded
  }

  #put(path: string, mount: MountPoint): void {
    this.#bits |= bitOf(path)
    if (inSystem.has(path)) this.#replaced = [...this.#replaced, path]
    this.#mounts = this.#mounts.some(m => m.path === path)
      ? [...this.#mounts.filter(m => m.path !== path), mount]
      : this.#mounts.concat(mount)
  }

  /** Over what is there, for as long as it is not taken away again. */
  mount(mount: MountPoint): void {
    this.#bits |= bitOf(mount.path)
    this.#mounts = [...this.#mounts, mount]
  }

  /**
   * Takes away what was mounted last at a path.
   * @param lazily with all that is below it
   * @throws Errno EINVAL where nothing is, EBUSY where something is below it
   */
  unmount(path: string, lazily = false): void {
    const at = this.#mounts.findLastIndex(m => m.path === path && m.path !== '/')
    if (at < 0) throw errno(this.at(path) ? 'EBUSY' : 'EINVAL')
    if (!lazily && this.#mounts.some(m => isBelow(m.path, { path }))) throw errno('EBUSY')
    this.#mounts = this.#mounts.filter((m, i) => i !== at && !isBelow(m.path, { path }))
  }

  /** Lets what is mounted at a path be written, or not. */
  remount(path: string, readOnly: boolean): void {
    const at = this.at(path)!
    const { root, type, source, options } = at
    const changed: MountPoint = {
      path,
      root,
      type,
      readOnly,
      ...(source && { source }),
      ...(options && { options: options.replace(/^r[wo]/, readOnly ? 'ro' : 'rw') }),
    }
    const known = this.#mounts.lastIndexOf(at)
    if (known < 0) this.mount(changed)
    else this.#mounts = this.#mounts.toSpliced(known, 1, changed)
  }

  /** The same mounts, which change no more when the others do. */
  copy(): MountTable {
    const copy = new MountTable(this.#mounts[0]!.root)
    copy.#mounts = this.#mounts
    copy.#bits = this.#bits
    copy.#makeSystem = this.#makeSystem
    copy.#guarded = this.#guarded
    copy.#system = this.#system
    copy.#replaced = this.#replaced
    return copy
  }

  /** In the order in which the runtime mounts them: its own, then by how deep they lie, then what it guards. */
  all(): readonly ListedMount[] {
    if (!this.#makeSystem) return this.#mounts
    const [root, ...others] = this.#mounts
    const shared = others.some(m => m.path === SHARED_MEMORY.path) ? [] : [this.at(SHARED_MEMORY.path)!]
    const guarded = this.#guarded ? GUARDED_PATHS.map(system => ({ ...system, system })) : []
    const system = SYSTEM_MOUNTS.filter(({ path }) => !this.#replaced.includes(path)).map(
      ({ path }) => this.#systemAt(path)!,
    )
    return [root!, ...system, ...[...others, ...shared].sort((a, b) => depth(a) - depth(b)), ...guarded]
  }

  /** Those that are mounted below a path and can be looked into. */
  within(path: string): MountPoint[] {
    const below = this.all().filter(m => m.path !== '/' && (path === '/' || isBelow(m.path, { path })))
    return [...new Set(below.map(m => m.path))].flatMap(at => this.at(at) ?? [])
  }

  at(path: string): MountPoint | undefined {
    if (path === '/') return this.#mounts[0]
    for (let i = this.#mounts.length - 1; i > 0; i--) if (this.#mounts[i]!.path === path) return this.#mounts[i]
    return this.#systemAt(path)
  }

  #systemAt(path: string): MountPoint | undefined {
    const make = this.#makeSystem
    // To look for long ones would take longer, and none is.
    if (!make || path.length > LONGER_THAN_SYSTEM) return undefined
    const system = inSystem.get(path)
    if (!system) return undefined
    const known = this.#system.find(m => m.path === path)
    if (known) return known
    const mount = new LaterMount(path, make, system)
    this.#system = [...this.#system, mount]
    return mount
  }

  /** The mount that covers a path: of those over the root, the one that was added last. */
  over(path: string): MountPoint | undefined {
    let found: MountPoint | undefined
    const mounts = this.#mounts
    for (let i = 1; i < mounts.length; i++) if (isBelow(path, mounts[i]!)) found = mounts[i]
    if (found || !this.#makeSystem) return found
    for (let i = 0; i < IN_SYSTEM.length; i++)
      if (isBelow(path, IN_SYSTEM[i]!)) found = this.#systemAt(IN_SYSTEM[i]!.path)
    return found
  }

  /** @throws Errno ENOENT (a directory on the way is missing), ENOTDIR, EACCES, ELOOP, ENAMETOOLONG */
  locate(path: string, follow: boolean, access: Access): Location {
    return this.#straight(path, follow, access, lookup) ?? this.#winding(path, follow, access)
  }

  /** As `locate`, for who only looks; see `peek`. @throws Errno as `locate` does */
  look(path: string, follow: boolean, access: Access): Location {
    return this.#straight(path, follow, access, peek) ?? this.#winding(path, follow, access)
  }

  /** The usual way, without `..` and links to follow: nothing has to be remembered. undefined: go the other way. */
  #straight(given: string, follow: boolean, access: Access, find: typeof lookup): Location | undefined {
    const way = wayOf(given)
    if (!way) return undefined
    const { names, upTo, bits } = way
    const mayBeOver = way.meetsSystem || (this.#bits & way.anyBit) !== 0
    const { search, viewer } = access
    let mount = this.#mounts[0]!
    let inode: Inode | undefined = mount.root
    let dir: Inode | undefined
    let name = ''
    for (let i = 0; i < names.length; i++) {
      name = names[i]!
      if (!inode) throw errno('ENOENT')
      if (inode.type !== 'directory') throw errno('ENOTDIR')
      if (search) search(inode)
      const over = mayBeOver && (way.meetsSystem || this.#bits & bits[i]!) ? this.at(upTo[i]!) : undefined
      const next: Inode | undefined = over ? over.root : find(inode, name, viewer)
      if (next?.type === 'symlink' && (follow || i < names.length - 1)) return undefined
      dir = over ? undefined : inode
      inode = next
      if (over) mount = over
    }
    return { path: way.path, dir, name, inode, mount, table: this }
  }

  #winding(path: string, follow: boolean, access: Access): Location {
    let mount = this.at('/')!
    let here: Location = { path: '/', dir: undefined, name: '', inode: mount.root, mount, table: this }
    const trail: Location[] = []
    const rest = path.split('/').reverse()
    let links = 0
    while (rest.length) {
      const part = rest.pop()!
      if (!part || part === '.') continue
      if (!here.inode) throw errno('ENOENT')
      if (here.inode.type !== 'directory') throw errno('ENOTDIR')
      if (part === '..') {
        here = trail.pop() ?? here
        mount = here.mount
        continue
      }
      access.search?.(here.inode)
      if (isLonger(part, MOST_OF_NAME)) throw errno('ENAMETOOLONG')
      const full = here.path === '/' ? `/${part}` : `${here.path}/${part}`
      const over = this.at(full)
      const inode = over ? over.root : lookup(here.inode, part, access.viewer)
      const last = !rest.some(p => p && p !== '.')
      if (inode?.type === 'symlink' && (follow || !last)) {
        if (++links > MAX_LINKS) throw errno('ELOOP')
        const target = inode.dynamic?.target?.(access.viewer) ?? inode.text
        const beyond = doors.get(inode)
        if (beyond) return beyond.locate(`/${rest.reverse().join('/')}`, follow, access)
        // A magic link of /proc/PID/fd leads to an open stream, not to a name.
        if (!inode.dynamic?.open) {
          rest.push(...target.split('/').reverse())
          if (target.startsWith('/')) {
            trail.length = 0
            mount = this.at('/')!
            here = { path: '/', dir: undefined, name: '', inode: mount.root, mount, table: this }
          }
          continue
        }
      }
      trail.push(here)
      mount = over ?? mount
      here = { path: full, dir: over ? undefined : here.inode, name: part, inode, mount, table: this }
    }
    return here
  }

  /** What is to be seen of all this from a directory that becomes the root. @throws Errno as `locate` does */
  below(path: string, access: Access): MountTable {
    const at = this.locate(path, true, access)
    if (!at.inode) throw errno('ENOENT')
    if (at.inode.type !== 'directory') throw errno('ENOTDIR')
    if (at.table !== this) return at.table.below(at.path, access)
    if (at.path === '/') return this
    const table = new MountTable(at.inode, { readOnly: at.mount.readOnly, type: at.mount.type })
    for (const mount of this.#mounts)
      if (isBelow(mount.path, at)) table.add(mount.path.slice(at.path.length), mount.root, mount)
    return table
  }

  /** Entries of a directory in order, with what is mounted in it. */
  names(at: Location, viewer: Process | undefined): readonly string[] {
    const own = list(at.inode!, viewer)
    const start = at.path === '/' ? 1 : at.path.length + 1
    const mounted: string[] = []
    for (const { path } of at.table.#mounts)
      if (path.length > start && path.lastIndexOf('/') === start - 1 && path.startsWith(at.path))
        mounted.push(path.slice(start))
    return mounted.length ? [...new Set([...own, ...mounted])].sort() : own
  }
}
