/**
 * A container's folder: its working directory, its image's files and links to its volumes, each at its own path below.
 * Without a root of their own, processes see it at those absolute paths only as far as `preload.node.ts` leads them there.
 */
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Mount } from '../cri.ts'
import { normalize } from '../files/path.ts'
import type { Mirror } from './mirror.node.ts'
import { notSimulated } from './refusals.ts'

/** Directories that Node, its tools and its libraries need as they are on this machine. */
const SYSTEM = new Set(
  'bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var'.split(' '),
)

export interface FolderOptions {
  path: string
  mounts: readonly Mount[]
  mirrorOf(mount: Mount): Mirror
  files: Readonly<Record<string, string>>
  workingDir: string
  terminationMessagePath: string | undefined
}

/** What a process is told of its folder, for its file system calls. */
export interface PathMap {
  root: string
  /** Absolute paths that lie in the folder. */
  inside: string[]
  readOnly: string[]
}

export class ContainerFolder {
  readonly path: string
  readonly workingDir: string
  readonly map: PathMap

  /** @throws RuntimeError for a mount that cannot be had */
  constructor({ path, mounts, mirrorOf, files, workingDir, terminationMessagePath }: FolderOptions) {
    this.path = path
    this.map = { root: path, inside: [], readOnly: [] }
    mkdirSync(join(path, 'tmp'), { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
      const top = file.split('/')[1]!
      this.map.inside.push(SYSTEM.has(top) ? normalize(file) : `/${top}`)
    }
    const paths = mounts.map(mount => normalize(mount.containerPath))
    mounts.forEach((mount, i) => {
      const at = paths[i]!
      if (at === '/' || /^\/(proc|dev|sys)(\/|$)/.test(at)) throw notSimulated(`a volume at ${at}`)
      if (paths.some((other, j) => j !== i && at.startsWith(`${other}/`)))
        throw notSimulated(`a volume within another one (${at})`)
      this.#link(at, this.#source(mount, mirrorOf(mount)))
      if (mount.readOnly) this.map.readOnly.push(at)
    })
    this.workingDir = normalize(workingDir || '/')
    if (this.workingDir !== '/') {
      this.map.inside.push(this.workingDir)
      mkdirSync(this.locate(this.workingDir), { recursive: true })
    }
    const last = terminationMessagePath && normalize(terminationMessagePath)
    if (last && !this.#holds(last)) {
      this.map.inside.push(last)
      mkdirSync(dirname(join(path, last)), { recursive: true })
      writeFileSync(join(path, last), '')
    }
  }

  #source(mount: Mount, mirror: Mirror): string {
    const { subPath, volume } = mount
    if (!subPath) return mirror.path
    if (!volume.root.stat(subPath)) volume.root.mkdir(subPath)
    mirror.push()
    return join(mirror.path, subPath)
  }

  #link(at: string, source: string): void {
    const place = join(this.path, at)
    mkdirSync(dirname(place), { recursive: true })
    rmSync(place, { recursive: true, force: true })
    symlinkSync(source, place)
    this.map.inside.push(at)
  }

  #holds(path: string): boolean {
    return this.map.inside.some(prefix => path === prefix || path.startsWith(`${prefix}/`))
  }

  /** Where a path of the container is on this machine. */
  locate(path: string): string {
    const at = normalize(path)
    return at === '/' || this.#holds(at) ? join(this.path, at) : at
  }

  /** Words of a command that are paths in the folder become real ones, for programs that are not Node's. */
  words(argv: readonly string[]): string[] {
    return argv.map(word => (word.startsWith('/') && this.#holds(normalize(word)) ? this.locate(word) : word))
  }

  /** The file of a command. @returns the code of the failed system call when there is none */
  which(command: string, path: string, cwd: string): { file: string } | { code: string } {
    const candidates = command.includes('/')
      ? [command.startsWith('/') ? this.locate(command) : join(cwd, command)]
      : path.split(delimiter).map(dir => join(dir || cwd, command))
    let code = 'ENOENT'
    for (const file of candidates) {
      try {
        if (!statSync(file).isFile()) throw Object.assign(new Error(), { code: 'EACCES' })
        accessSync(file, constants.X_OK)
        return { file }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EACCES' && (command.includes('/') || isFile(file)))
          code = 'EACCES'
      }
    }
    return { code }
  }

  isDirectory(path: string): boolean {
    return statSync(this.locate(path), { throwIfNoEntry: false })?.isDirectory() ?? false
  }

  read(path: string): string | undefined {
    try {
      return readFileSync(this.locate(path), 'utf8')
    } catch {
      return undefined
    }
  }

  /** Bytes in the folder itself; volumes are links. */
  usedBytes(dir = this.path): number {
    let bytes = 0
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) bytes += this.usedBytes(path)
      else if (entry.isFile()) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0
    }
    return bytes
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
