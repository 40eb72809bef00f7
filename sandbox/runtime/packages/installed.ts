/** What a package manager does to a container's files, whatever it is called; and whether its mirror can be reached. */
import { resolveHost } from '../commands/network/resolve.ts'
import type { Process } from '../processes/process.ts'
import { files, isThere, PACKAGES, type Package } from './table.ts'

export interface Asked {
  name: string
  package: Package
}

export class Installed {
  readonly #process: Process
  /** Where it is noted which packages are there. */
  readonly #notes: string

  constructor(process: Process, notes: string) {
    this.#process = process
    this.#notes = notes
  }

  has(name: string): boolean {
    const known = PACKAGES.get(name)
    return (
      this.#process.fs.exists(`${this.#notes}/${name}.list`) ||
      (known !== undefined && isThere(this.#process.fs, known))
    )
  }

  get names(): readonly string[] {
    const { fs } = this.#process
    return fs.exists(this.#notes) ? fs.readdir(this.#notes).map(name => name.replace(/\.list$/, '')) : []
  }

  /** @throws Errno where nothing may be written */
  add({ name, package: one }: Asked): void {
    const { fs } = this.#process
    fs.mkdir(this.#notes, { recursive: true })
    const paths = files(one)
    for (const [path, content] of paths) if (!fs.exists(path)) fs.writeFile(path, content, { mode: 0o755 })
    fs.writeFile(`${this.#notes}/${name}.list`, paths.map(([path]) => `${path}\n`).join(''))
  }

  /** @returns whether it was there */
  remove(name: string): boolean {
    const { fs } = this.#process
    const note = `${this.#notes}/${name}.list`
    if (!fs.exists(note)) return false
    for (const path of fs.readFile(note).split('\n').filter(Boolean)) if (fs.exists(path)) fs.unlink(path)
    fs.unlink(note)
    return true
  }
}

/** Those of the table, and those that nobody has here. */
export function lookUp(names: readonly string[]): { known: Asked[]; unknown: string[] } {
  const known: Asked[] = []
  const unknown: string[] = []
  for (const name of new Set(names)) {
    const found = PACKAGES.get(name)
    if (found) known.push({ name, package: found })
    else unknown.push(name)
  }
  return { known, unknown }
}

/** How fast a mirror sends. */
const KB_PER_SECOND = 4000

/** The time that a download takes. */
export const download = (process: Process, kB: number): Promise<void> =>
  process.sleep(200 + (kB / KB_PER_SECOND) * 1000)

/**
 * Whether a mirror would be found. It stands for the world outside, which is not simulated: only the way to its name
 * is, which a NetworkPolicy or a broken name server may bar.
 */
export async function mirrorIsNear(process: Process): Promise<boolean> {
  const hasNetwork = !resolveHost(process, 'mirror.invalid').silent
  if (!hasNetwork) await process.sleep(20_000)
  return hasNetwork
}

export const thousands = (n: number): string => String(n).replace(/(?<=\d)(?=(\d{3})+$)/g, ',')
