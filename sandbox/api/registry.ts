/**
 * The registry of the kinds that the server serves: by URL, by apiVersion and kind, by resource. Custom resources come
 * and go.
 */
import { apiVersionOf, type KindDef, resourceOf } from './kind.ts'

export class Registry {
  readonly #byPath = new Map<string, KindDef>()
  readonly #byKind = new Map<string, KindDef>()
  readonly #byResource = new Map<string, KindDef>()
  /** Versions, by the kind they are stored as. */
  readonly #versions = new Map<KindDef, readonly KindDef[]>()

  /** Incremented by every change, so that caches know when they are stale. */
  generation = 0

  constructor(kinds: readonly KindDef[]) {
    for (const kind of kinds) this.add(kind)
  }

  add(kind: KindDef): void {
    this.generation++
    this.#byPath.set(`${apiVersionOf(kind)}/${kind.plural}`, kind)
    this.#byKind.set(`${apiVersionOf(kind)}/${kind.kind}`, kind)
    const resource = resourceOf(kind)
    if (!this.#byResource.has(resource)) this.#byResource.set(resource, kind)
    if (kind.stored) this.#versions.set(kind.stored.as, [...this.versionsOf(kind.stored.as), kind])
  }

  remove(kind: KindDef): void {
    this.generation++
    this.#byPath.delete(`${apiVersionOf(kind)}/${kind.plural}`)
    this.#byKind.delete(`${apiVersionOf(kind)}/${kind.kind}`)
    const resource = resourceOf(kind)
    this.#byResource.delete(resource)
    for (const other of this.all()) if (resourceOf(other) === resource) this.#byResource.set(resource, other)
    if (!kind.stored) return
    const { as } = kind.stored
    const left = this.versionsOf(as).filter(version => version !== kind)
    if (left.length) this.#versions.set(as, left)
    else this.#versions.delete(as)
  }

  /** By what a URL says. */
  at(group: string, version: string, plural: string): KindDef | undefined {
    return this.#byPath.get(`${apiVersionOf({ group, version })}/${plural}`)
  }

  /** By what an object says of itself. */
  of(apiVersion: string, kind: string): KindDef | undefined {
    return this.#byKind.get(`${apiVersion}/${kind}`)
  }

  /** `pods`, `deployments.apps`; the first version registered. */
  resource(resource: string): KindDef | undefined {
    return this.#byResource.get(resource)
  }

  /** The further versions in which clients write what is kept as this one. */
  versionsOf(kind: KindDef): readonly KindDef[] {
    return this.#versions.get(kind) ?? []
  }

  /** In the order of registration. */
  all(): KindDef[] {
    return [...this.#byPath.values()]
  }
}
