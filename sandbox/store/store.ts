/**
 * etcd in small: objects by resource, namespace and name; one revision for the whole; watches; compare-and-swap.
 *
 * Objects are frozen when they enter, so nobody needs to copy to be safe. Watchers are told inside the write and may only
 * take note (enqueue); a write from within a watcher would reorder history and is refused.
 */
import { deepFreeze } from './freeze.ts'
import {
  addIndex,
  addToIndexes,
  type Indexes,
  type IndexFunction,
  keysOf,
  moveInIndexes,
  objectsAt,
  type Place,
  removeFromIndexes,
} from './indexes.ts'

export interface StoredObject {
  metadata: { name: string; namespace?: string; uid: string; resourceVersion: string }
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

export interface StoreEvent<T extends StoredObject = StoredObject> {
  type: WatchEventType
  /** The object after the change; of a deletion, its last state with the revision of the deletion. */
  object: T
  old?: T
  revision: number
}

export type Watcher<T extends StoredObject = StoredObject> = (event: StoreEvent<T>) => void

/** All that is kept of one resource. */
interface Collection {
  /** Namespace ('' for what is in none) → name → place. */
  byNamespace: Map<string, Map<string, Place>>
  /** Answers of `list` until the next write, by namespace; '*' for all. */
  sorted: Map<string, readonly StoredObject[]>
  indexes: Indexes
  watchers: Set<{ namespace: string | undefined; notify: Watcher }>
  /** Watchers of one key of an index: index → key → watchers. */
  keyed: Map<string, Map<string, Set<Watcher>>>
  /** The last changes, oldest first, for watches and lists that begin in the past. */
  history: StoreEvent[]
  size: number
}

/** Raised when a compare-and-swap finds another revision than expected. */
export class RevisionConflict extends Error {}
/** Raised when a watch or list asks for a revision that is no longer remembered. */
export class RevisionGone extends Error {
  readonly oldest: number
  constructor(oldest: number) {
    super(`revisions before ${oldest} have been compacted`)
    this.oldest = oldest
  }
}

export interface Snapshot {
  revision: number
  resources: Record<string, readonly StoredObject[]>
}

/** Changes of a resource that are remembered; a watch or list from further back is refused, as after a compaction. */
const HISTORY = 2000

export class Store {
  #revision = 0
  /** The revision of the snapshot that this store began with. */
  #restored = 0
  #collections = new Map<string, Collection>()
  #notifying = false

  /** The revision of the last write. */
  get revision(): number {
    return this.#revision
  }

  addIndex(resource: string, name: string, keys: IndexFunction): void {
    const { indexes, byNamespace } = this.#collection(resource)
    addIndex(
      indexes,
      name,
      keys,
      [...byNamespace.values()].flatMap(places => [...places.values()]),
    )
  }

  get<T extends StoredObject>(resource: string, namespace: string, name: string): T | undefined {
    return this.#collections.get(resource)?.byNamespace.get(namespace)?.get(name)?.object as T | undefined
  }

  /** In the order of etcd's keys: by namespace, then by name. The array is shared and frozen. */
  list<T extends StoredObject>(resource: string, namespace?: string): readonly T[] {
    const collection = this.#collections.get(resource)
    if (!collection) return []
    const cacheKey = namespace ?? '*'
    let list = collection.sorted.get(cacheKey)
    if (!list) {
      if (namespace !== undefined) {
        const objects = objectsAt(collection.byNamespace.get(namespace)?.values())
        list = objects.sort((a, b) => compare(a.metadata.name, b.metadata.name))
      } else {
        list = [...collection.byNamespace.keys()].sort(compare).flatMap(ns => this.list(resource, ns))
      }
      collection.sorted.set(cacheKey, Object.freeze(list))
    }
    return list as readonly T[]
  }

  /**
   * The objects of a resource as they were at an earlier revision.
   * @throws RevisionGone when not every change since then is remembered
   */
  listAt<T extends StoredObject>(resource: string, revision: number, namespace?: string): readonly T[] {
    const collection = this.#collections.get(resource)
    if (!collection || revision >= this.#revision) return this.list(resource, namespace)
    const oldest = this.#oldest(collection)
    if (revision < oldest) throw new RevisionGone(oldest)
    const objects = new Map(this.list<T>(resource, namespace).map(o => [o.metadata.uid, o]))
    for (let i = collection.history.length - 1; i >= 0; i--) {
      const event = collection.history[i]!
      if (event.revision <= revision) break
      if (!matches(event, namespace)) continue
      if (event.old) objects.set(event.object.metadata.uid, event.old as T)
      else objects.delete(event.object.metadata.uid)
    }
    return [...objects.values()].sort(inOrder)
  }

  /** The earliest revision that a watch or list may begin at. */
  #oldest({ history }: Collection): number {
    return Math.max(this.#restored, history.length === HISTORY ? history[0]!.revision - 1 : 0)
  }

  hasIndex(resource: string, name: string): boolean {
    return this.#collections.get(resource)?.indexes.has(name) ?? false
  }

  /** Objects found under `key` of an index, in the order in which they came under it. */
  byIndex<T extends StoredObject>(resource: string, index: string, key: string): T[] {
    return objectsAt(this.#collections.get(resource)?.indexes.get(index)?.places.get(key)) as T[]
  }

  count(resource: string): number {
    return this.#collections.get(resource)?.size ?? 0
  }

  /** As `count`, for callers that ask at every write: `size` is always the present number. */
  population(resource: string): { readonly size: number } {
    return this.#collection(resource)
  }

  /**
   * Writes one object and freezes it; its resourceVersion is set to the new revision.
   * @param expected the resourceVersion that must be there now; '' for none (create); undefined to write in any case
   * @param onStored told of the frozen object before any watcher is
   * @throws RevisionConflict
   */
  put<T extends StoredObject>(resource: string, object: T, expected?: string, onStored?: (stored: T) => void): T {
    this.#refuseDuringNotify()
    const collection = this.#collection(resource)
    const namespace = object.metadata.namespace ?? ''
    const { name } = object.metadata
    let places = collection.byNamespace.get(namespace)
    const place = places?.get(name)
    const old = place?.object
    if (expected !== undefined && expected !== (old?.metadata.resourceVersion ?? '')) throw new RevisionConflict(name)
    const revision = ++this.#revision
    object.metadata.resourceVersion = String(revision)
    const stored = deepFreeze(object)
    onStored?.(stored)
    if (place && old!.metadata.uid === stored.metadata.uid) {
      place.object = stored
      moveInIndexes(collection.indexes, place, old!)
    } else {
      if (place) removeFromIndexes(collection.indexes, place)
      else collection.size++
      if (!places) collection.byNamespace.set(namespace, (places = new Map()))
      places.set(name, addToIndexes(collection.indexes, { object: stored }))
    }
    forgetLists(collection, namespace)
    this.#notify(
      collection,
      namespace,
      old ? { type: 'MODIFIED', object: stored, old, revision } : { type: 'ADDED', object: stored, revision },
    )
    return stored
  }

  /**
   * @param onRemoved told of the object's last state before any watcher is
   * @throws RevisionConflict if `expected` is given and is not the present resourceVersion
   */
  remove<T extends StoredObject>(
    resource: string,
    namespace: string,
    name: string,
    expected?: string,
    onRemoved?: (last: T, old: T) => void,
  ): T | undefined {
    this.#refuseDuringNotify()
    const collection = this.#collection(resource)
    const places = collection.byNamespace.get(namespace)
    const place = places?.get(name)
    if (!place) return undefined
    const old = place.object
    if (expected !== undefined && expected !== old.metadata.resourceVersion) throw new RevisionConflict(name)
    const revision = ++this.#revision
    places!.delete(name)
    if (!places!.size) collection.byNamespace.delete(namespace)
    collection.size--
    removeFromIndexes(collection.indexes, place)
    forgetLists(collection, namespace)
    const object = deepFreeze({ ...old, metadata: { ...old.metadata, resourceVersion: String(revision) } }) as T
    onRemoved?.(object, old as T)
    this.#notify(collection, namespace, { type: 'DELETED', object, old, revision })
    return object
  }

  /**
   * Tells `notify` of every later change, and first of those after revision `since` when it is given.
   * @param options.under only of what an index finds under a key, before the change or after it
   * @returns a function that ends the watch
   * @throws RevisionGone
   */
  watch<T extends StoredObject>(
    resource: string,
    options: {
      namespace?: string | undefined
      since?: number | undefined
      under?: { index: string; key: string } | undefined
    },
    notify: Watcher<T>,
  ): () => void {
    const collection = this.#collection(resource)
    const { under } = options
    if (options.since !== undefined && options.since < this.#revision) {
      const { history } = collection
      const oldest = this.#oldest(collection)
      if (options.since < oldest) throw new RevisionGone(oldest)
      for (const event of history) {
        if (event.revision <= options.since || !matches(event, options.namespace)) continue
        if (!under || keysOf(collection.indexes, under.index, event).includes(under.key)) notify(event as StoreEvent<T>)
      }
    }
    if (under) return watchKey(collection, under, notify as Watcher)
    const entry = { namespace: options.namespace, notify: notify as Watcher }
    collection.watchers.add(entry)
    return () => collection.watchers.delete(entry)
  }

  /** Everything, as plain data; objects are shared, not copied, since they never change. */
  snapshot(): Snapshot {
    const resources: Snapshot['resources'] = {}
    for (const resource of [...this.#collections.keys()].sort(compare)) {
      const objects = this.list(resource)
      if (objects.length) resources[resource] = objects
    }
    return { revision: this.#revision, resources }
  }

  /** Only into a store that nobody watches yet. */
  restore(snapshot: Snapshot): void {
    this.#revision = this.#restored = snapshot.revision
    for (const [resource, objects] of Object.entries(snapshot.resources)) {
      const collection = this.#collection(resource)
      for (const object of objects) {
        const namespace = object.metadata.namespace ?? ''
        let places = collection.byNamespace.get(namespace)
        if (!places) collection.byNamespace.set(namespace, (places = new Map()))
        places.set(object.metadata.name, addToIndexes(collection.indexes, { object: deepFreeze(object) }))
        collection.size++
        forgetLists(collection, namespace)
      }
    }
  }

  #collection(resource: string): Collection {
    let collection = this.#collections.get(resource)
    if (!collection) {
      collection = {
        byNamespace: new Map(),
        sorted: new Map(),
        indexes: new Map(),
        watchers: new Set(),
        keyed: new Map(),
        history: [],
        size: 0,
      }
      this.#collections.set(resource, collection)
    }
    return collection
  }

  #notify(collection: Collection, namespace: string, event: StoreEvent): void {
    collection.history.push(event)
    if (collection.history.length > HISTORY) collection.history.shift()
    this.#notifying = true
    try {
      for (const watcher of collection.watchers) {
        if (watcher.namespace === undefined || watcher.namespace === namespace) watcher.notify(event)
      }
      for (const [index, byKey] of collection.keyed) {
        for (const key of keysOf(collection.indexes, index, event)) {
          const watchers = byKey.get(key)
          if (watchers) for (const notify of watchers) notify(event)
        }
      }
    } finally {
      this.#notifying = false
    }
  }

  #refuseDuringNotify(): void {
    if (this.#notifying) throw new Error('a watcher may not write; it has to enqueue')
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = ({ metadata: a }: StoredObject, { metadata: b }: StoredObject): number =>
  compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name)

const matches = (event: StoreEvent, namespace: string | undefined): boolean =>
  namespace === undefined || (event.object.metadata.namespace ?? '') === namespace

function watchKey({ keyed }: Collection, { index, key }: { index: string; key: string }, notify: Watcher): () => void {
  let byKey = keyed.get(index)
  if (!byKey) keyed.set(index, (byKey = new Map()))
  let watchers = byKey.get(key)
  if (!watchers) byKey.set(key, (watchers = new Set()))
  watchers.add(notify)
  return () => watchers.delete(notify)
}

function forgetLists({ sorted }: Collection, namespace: string): void {
  if (!sorted.size) return
  sorted.delete(namespace)
  sorted.delete('*')
}
