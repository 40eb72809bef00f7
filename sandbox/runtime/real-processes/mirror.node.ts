/**
 * A volume as a real directory. The volume in memory is what the kubelet and simulated containers see, the directory is
 * what real processes see; what changes on one side is carried to the other. Text only, as in all of the simulation.
 */
import {
  chmodSync,
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isErrno } from '../errno.ts'
import type { Directory, Volume } from '../files/fs.ts'

interface Entry {
  type: 'file' | 'directory' | 'symlink'
  /** Contents; a link's target. */
  text: string
  mode: number
  /** What the directory said of the file when both sides were the same. */
  stamp: string
}

/** Bigger files stay on the disk alone. */
const LARGEST = 10 * 1024 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

export class Mirror {
  readonly path: string
  readonly #memory: Directory
  readonly #known = new Map<string, Entry>()
  readonly #stop: () => void
  #carrying = false
  #due = false

  /** @param path an empty directory of this mirror's own */
  constructor(volume: Pick<Volume, 'root'>, path: string) {
    this.path = path
    this.#memory = volume.root
    mkdirSync(path, { recursive: true })
    this.push()
    this.#stop = volume.root.watch(() => this.#changed())
  }

  stop(): void {
    this.#stop()
  }

  /** Many changes come together, as when the kubelet writes a ConfigMap: they are carried over as one. */
  #changed(): void {
    if (this.#carrying || this.#due) return
    this.#due = true
    queueMicrotask(() => this.push())
  }

  /** From memory to the disk: first what is new, then links, then what is gone, so that a link never leads nowhere. */
  push(): void {
    this.#due = false
    const seen = new Set<string>()
    const links: (() => void)[] = []
    const walk = (dir: string): void => {
      for (const name of this.#memory.list(dir)) {
        const path = `${dir}/${name}`
        const stat = this.#memory.stat(path)
        if (!stat) continue
        if (stat.type === 'symlink') {
          const text = this.#linkText(path)
          if (text === undefined) continue
          seen.add(path)
          links.push(() => this.#put(path, { type: 'symlink', text, mode: 0o777 }))
        } else if (stat.type === 'directory' || stat.type === 'file') {
          seen.add(path)
          const { type, mode } = stat
          this.#put(path, { type, mode, text: type === 'file' ? (this.#memory.read(path) ?? '') : '' })
          if (type === 'directory') walk(path)
        }
      }
    }
    walk('')
    for (const link of links) link()
    for (const path of [...this.#known.keys()]) {
      if (seen.has(path)) continue
      rmSync(join(this.path, path), { recursive: true, force: true })
      this.#known.delete(path)
    }
  }

  /** Links out of the volume mean another file on this machine than they do in the simulation: they stay in memory. */
  #linkText(path: string): string | undefined {
    const text = this.#memory.readlink(path)
    return text?.startsWith('/') ? undefined : text
  }

  #put(path: string, wanted: Omit<Entry, 'stamp'>): void {
    const known = this.#known.get(path)
    if (known && known.type === wanted.type && known.text === wanted.text && known.mode === wanted.mode) return
    const real = join(this.path, path)
    if (known && (known.type !== wanted.type || wanted.type === 'symlink'))
      rmSync(real, { recursive: true, force: true })
    if (wanted.type === 'directory') mkdirSync(real, { recursive: true })
    else if (wanted.type === 'symlink') symlinkSync(wanted.text, real)
    else {
      // Its owner may not be allowed to write to a file of mode 0400 that has been there before.
      if (known && known.text !== wanted.text && !(known.mode & 0o200)) rmSync(real, { force: true })
      if (known?.text !== wanted.text || known.type !== 'file') writeFileSync(real, wanted.text)
      chmodSync(real, wanted.mode & 0o777)
    }
    this.#known.set(path, { ...wanted, stamp: stampOf(real) })
  }

  /** From the disk to memory. */
  pull(): void {
    // What waits to be carried the other way is not taken for gone.
    if (this.#due) this.push()
    this.#carrying = true
    try {
      const seen = new Set<string>()
      this.#pullDirectory('', seen)
      for (const path of [...this.#known.keys()]) {
        if (seen.has(path)) continue
        this.#memory.remove(path)
        this.#known.delete(path)
      }
    } finally {
      this.#carrying = false
    }
  }

  #pullDirectory(dir: string, seen: Set<string>): void {
    for (const entry of entriesOf(join(this.path, dir))) {
      const path = `${dir}/${entry.name}`
      seen.add(path)
      try {
        this.#take(path, entry)
      } catch (error) {
        // Gone again since it was listed, not to be read, or more than the volume may hold.
        if (!isErrno(error) && !(error as NodeJS.ErrnoException).code) throw error
      }
      if (entry.isDirectory()) this.#pullDirectory(path, seen)
    }
  }

  #take(path: string, entry: Dirent): void {
    const real = join(this.path, path)
    const stamp = stampOf(real)
    const known = this.#known.get(path)
    if (known?.stamp === stamp) return
    const { mode: full, size } = lstatSync(real)
    const mode = full & 0o777
    if (known && known.type !== typeOf(entry)) this.#memory.remove(path)
    if (entry.isDirectory()) {
      if (known?.type !== 'directory') this.#memory.mkdir(path, { mode })
      this.#known.set(path, { type: 'directory', text: '', mode: known?.mode ?? mode, stamp })
    } else if (entry.isSymbolicLink()) {
      const text = readlinkSync(real)
      if (text.startsWith('/')) return
      this.#memory.symlink(path, text)
      this.#known.set(path, { type: 'symlink', text, mode: 0o777, stamp })
    } else if (entry.isFile() && size <= LARGEST) {
      const text = textOf(real)
      if (text === undefined) return
      if (known?.text !== text || known.mode !== mode) this.#memory.write(path, text, { mode })
      this.#known.set(path, { type: 'file', text, mode, stamp })
    }
  }
}

const typeOf = (entry: Dirent): Entry['type'] =>
  entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'symlink' : 'file'

/** A file that has just been written may be written again within the same tick of the disk's clock: it is looked at anew. */
const YOUNG_MS = 100
let looks = 0

function stampOf(path: string): string {
  const { mtimeNs, mtimeMs, size, ino, mode } = lstatSync(path, { bigint: true })
  // A directory changes with everything in it, which is looked at anyway.
  return (mode & 0o170000n) === 0o040000n
    ? `${ino}`
    : Date.now() - Number(mtimeMs) < YOUNG_MS
      ? `young ${looks++}`
      : `${mtimeNs} ${size} ${ino} ${mode}`
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

function textOf(path: string): string | undefined {
  const bytes = readFileSync(path)
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
