/** The folder of a node whose files are static Pods: looked at when the kubelet starts, and whenever something in it changes. */
import type { Clock, Timer } from '../../clock/clock.ts'
import { loadThese, type Part } from '../../parts.ts'
import type { Directory } from '../../runtime/files/fs.ts'
import { TIMINGS } from '../timings.ts'
import { staticPods } from './static-part.ts'
import type { Manifest } from './static-pods.ts'

export const MANIFESTS = '/etc/kubernetes/manifests'

/** A file's text as a Pod that a node may run by itself; undefined for anything else, of which a kubelet only logs. */
export type ManifestReader = (text: string) => Manifest | undefined

export interface ManifestFolderOptions {
  clock: Clock
  /** The node's own tree. */
  host: Directory
  reader: Part<ManifestReader>
  /** What the files say, each by its path; static Pods are loaded by then. */
  tell(manifests: ReadonlyMap<string, Manifest>): void
}

export class ManifestFolder {
  readonly #options: ManifestFolderOptions
  #unwatch: (() => void) | undefined
  #next: Timer | undefined
  #found: ReadonlyMap<string, Manifest> = new Map()

  constructor(options: ManifestFolderOptions) {
    this.#options = options
  }

  /** @param isNeeded whether what was known before has to be compared with the files */
  start(isNeeded: boolean): void {
    const { host } = this.#options
    this.#unwatch = host.watch(path => {
      if (path === MANIFESTS || path.startsWith(`${MANIFESTS}/`)) this.#lookAfter(TIMINGS.fileNotice, false)
    })
    if (isNeeded || host.list(MANIFESTS).length) this.#lookAfter(TIMINGS.fileNotice, true)
  }

  stop(): void {
    this.#unwatch?.()
    this.#options.clock.cancel(this.#next)
    this.#next = undefined
  }

  /** Together with all else that changes until then. */
  #lookAfter(ms: number, isWhole: boolean): void {
    const { clock, reader } = this.#options
    const at = clock.now() + ms
    if (this.#next && this.#next.at <= at) return
    clock.cancel(this.#next)
    const look = (): void => {
      if (this.#next !== timer) return
      this.#next = undefined
      this.#look(isWhole)
    }
    const timer = clock.after(ms, () => loadThese([reader, staticPods])?.then(look) ?? look())
    this.#next = timer
  }

  /** A file that makes no sense may be half written: until the next whole look it counts as it was before. */
  #look(isWhole: boolean): void {
    const { host, reader, tell } = this.#options
    const found = new Map<string, Manifest>()
    let isClear = true
    for (const name of [...host.list(MANIFESTS)].sort()) {
      const path = `${MANIFESTS}/${name}`
      const text = name.startsWith('.') ? undefined : host.read(path)
      if (text === undefined) continue
      const manifest = reader.now(text)
      if (!manifest) isClear = false
      const counts = manifest ?? (isWhole ? undefined : this.#found.get(path))
      if (counts) found.set(path, counts)
    }
    this.#found = found
    if (!isClear && !isWhole) this.#lookAfter(TIMINGS.fileCheck, true)
    tell(found)
  }
}
