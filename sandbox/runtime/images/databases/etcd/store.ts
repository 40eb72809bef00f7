/** What etcd keeps: keys in order, each with its revisions; all that has happened, for those who watch. */

export interface KeyValue {
  key: string
  value: string
  created: number
  modified: number
  version: number
}

export interface Change {
  type: 'PUT' | 'DELETE'
  kv: KeyValue
}

/** From a key to the one before `end`; only the key itself where there is no end, and all that follow where it is `\0`. */
export interface Range {
  key: string
  end?: string
}

const within = ({ key, end }: Range, one: string): boolean =>
  end === undefined ? one === key : one >= key && (end === '\0' || one < end)

/** The first key that does not begin so. */
export const afterPrefix = (prefix: string): string =>
  prefix ? prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1) : '\0'

export class Store {
  revision = 1
  readonly #keys = new Map<string, KeyValue>()
  #history: Change[] = []
  /** Revisions before this one are forgotten. */
  compacted = 0
  /** What there was at that revision. */
  #base: ReadonlyMap<string, KeyValue> = new Map()

  /** As it was written. */
  static read(text: string): Store {
    const store = new Store()
    const { revision, keys } = JSON.parse(text) as { revision: number; keys: KeyValue[] }
    store.revision = revision
    store.compacted = revision
    for (const kv of keys) store.#keys.set(kv.key, kv)
    store.#base = new Map(store.#keys)
    return store
  }

  write(): string {
    return JSON.stringify({ revision: this.revision, keys: [...this.#keys.values()] })
  }

  get size(): number {
    return this.#keys.size
  }

  put(key: string, value: string): KeyValue | undefined {
    const before = this.#keys.get(key)
    const modified = ++this.revision
    const kv = { key, value, created: before?.created ?? modified, modified, version: (before?.version ?? 0) + 1 }
    this.#keys.set(key, kv)
    this.#history.push({ type: 'PUT', kv })
    return before
  }

  /** In the order of keys; as they were at a revision, where one is named. */
  range(range: Range, revision?: number): KeyValue[] {
    const found = revision ? this.#asOf(revision) : this.#keys
    return [...found.values()].filter(({ key }) => within(range, key)).sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  /** Forgets what was before a revision. */
  compact(revision: number): void {
    this.#base = this.#asOf(revision)
    this.compacted = revision
    this.#history = this.#history.filter(({ kv }) => kv.modified > revision)
  }

  #asOf(revision: number): Map<string, KeyValue> {
    const keys = new Map(this.#base)
    for (const { type, kv } of this.#history) {
      if (kv.modified > revision) break
      if (type === 'PUT') keys.set(kv.key, kv)
      else keys.delete(kv.key)
    }
    return keys
  }

  /** @returns those that were there */
  remove(range: Range): KeyValue[] {
    const gone = this.range(range)
    if (!gone.length) return []
    const modified = ++this.revision
    for (const { key } of gone) {
      this.#keys.delete(key)
      this.#history.push({ type: 'DELETE', kv: { key, value: '', created: 0, modified, version: 0 } })
    }
    return gone
  }

  /** What has happened from a revision on. */
  since(range: Range, revision: number): Change[] {
    return this.#history.filter(({ kv }) => kv.modified >= revision && within(range, kv.key))
  }
}
