/** The images of one node: pulled one at a time, found by name, digest or id, removed. */
import type { Clock } from '../../clock/clock.ts'
import { type ContainerRuntime, type ImageInfo, RuntimeError } from '../cri.ts'
import type { ImageSpec } from '../registry/image-spec.ts'
import { familiar, parseReference } from '../registry/reference.ts'

/** Layers are fetched at this rate, after the registry has been asked. */
const BYTES_PER_MS = 50_000
const RESOLVE_MS = 400
const REFUSE_MS = 700

type PullDone = Parameters<ContainerRuntime['pull']>[1]

export class NodeImages {
  readonly #clock: Clock
  /** Asks the registries. @throws RuntimeError */
  readonly #resolve: (name: string) => ImageSpec
  readonly #specs = new Map<string, ImageSpec>()
  /** What is known of them, until one comes or goes. */
  #infos: readonly ImageInfo[] | undefined
  /** Those of them that somebody has asked for, by the names that were used: thousands of containers use the same. */
  readonly #found = new Map<string, ImageSpec>()
  readonly #pulls: { name: string; done: PullDone }[] = []
  #pulling = false

  constructor(clock: Clock, resolve: (name: string) => ImageSpec) {
    this.#clock = clock
    this.#resolve = resolve
  }

  all(): readonly ImageInfo[] {
    this.#infos ??= [...this.#specs.values()].map(spec => spec.info)
    return this.#infos
  }

  /** An image that is on the node, by a name, a digest or an id. */
  find(name: string): ImageSpec | undefined {
    let found = this.#found.get(name)
    if (!found) {
      found = this.#search(name)
      if (found) this.#found.set(name, found)
    }
    return found
  }

  /** What has the form of an id has that of a name too. */
  #search(name: string): ImageSpec | undefined {
    const reference = parseReference(name)
    const full = reference && familiar(reference)
    const named = full === undefined ? undefined : this.#specs.get(full)
    return named ?? [...this.#specs.values()].find(({ info }) => info.digest === full || info.id === name)
  }

  keep(spec: ImageSpec): void {
    this.#specs.set(spec.info.name, spec)
    this.#changed()
  }

  remove(id: string): void {
    for (const [name, { info }] of this.#specs) if (info.id === id) this.#specs.delete(name)
    this.#changed()
  }

  #changed(): void {
    this.#infos = undefined
    this.#found.clear()
  }

  pull(name: string, done: PullDone): void {
    this.#pulls.push({ name, done })
    if (!this.#pulling) this.#pullNext()
  }

  #pullNext(): void {
    const next = this.#pulls.shift()
    this.#pulling = next !== undefined
    if (!next) return
    const finish = (ms: number, result: { image: ImageInfo } | { error: RuntimeError }): void => {
      this.#clock.after(ms, () => {
        next.done({ ...result, ms })
        this.#pullNext()
      })
    }
    try {
      const spec = this.#resolve(next.name)
      const known = this.find(next.name) !== undefined
      const ms = RESOLVE_MS + (known ? 0 : spec.info.bytes / BYTES_PER_MS)
      this.#clock.after(ms, () => this.keep(spec))
      finish(ms, { image: spec.info })
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error
      finish(REFUSE_MS, { error })
    }
  }
}
