/**
 * etcd in small: objects by resource, namespace and name; one revision for the whole; watches; compare-and-swap.
 *
 * Objects are frozen when they enter, so nobody needs to copy to be safe. Watchers are told inside the write and may only
 * take note (enqueue); a write from within a watcher would reorder history and is refused.
 */

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

/** A named index of one resource: an object is found under every key returned. The same list twice means the same keys. */
export type IndexFunction = (object: StoredObject) => readonly string[]

/** Where the present state of one object stands: all that find it share the place, so that a write need not look for it in each. */
interface Place {
  object: StoredObject
}

/** Key → places, in the order in which their objects came under the key. */
type Index = Map<string, Set<Place>>

interface Collection {
  byNamespace: Map<string, Map<string, Place>>
  sorted: Map<string, readonly StoredObject[]>
  indexes: Map<string, { keys: IndexFunction; entries: Index }>
  watchers: Set<{ namespace: string | undefined; notify: Watcher }>
  /** Those of one key of an index, by index and key. */
  keyed: Map<string, Map<string, Set<Watcher>>>
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
    const index = { keys, entries: new Map() as Index }
    const collection = this.#collection(resource)
    collection.indexes.set(name, index)
    for (const places of collection.byNamespace.values()) {
      for (const place of places.values()) for (const key of keys(place.object)) addTo(index.entries, key, place)
    }
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

  /** Before it, changes are no longer remembered. */
  #oldest({ history }: Collection): number {
    return Math.max(this.#restored, history.length === HISTORY ? history[0]!.revision - 1 : 0)
  }

  hasIndex(resource: string, name: string): boolean {
    return this.#collections.get(resource)?.indexes.has(name) ?? false
  }

  /** Objects found under `key` of an index, in the order in which they came under it. */
  byIndex<T extends StoredObject>(resource: string, index: string, key: string): T[] {
    return objectsAt(this.#collections.get(resource)?.indexes.get(index)?.entries.get(key)) as T[]
  }

  count(resource: string): number {
    return this.#collections.get(resource)?.size ?? 0
  }

  /** Says at any time how many there are, to those who ask at every write. */
  population(resource: string): { readonly size: number } {
    return this.#collection(resource)
  }

  /**
   * Writes one object, which is the store's from now on; its resourceVersion is set to the new revision.
   * @param expected the resourceVersion that must be there now; '' for none (create); undefined for whatever is there
   * @param born told of the object as it is kept, before any watcher is
   * @throws RevisionConflict
   */
  put<T extends StoredObject>(resource: string, object: T, expected?: string, born?: (stored: T) => void): T {
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
    born?.(stored)
    if (place && old!.metadata.uid === stored.metadata.uid) {
      place.object = stored
      moveInIndexes(collection, place, old!)
    } else {
      if (place) removeFromIndexes(collection, place)
      else collection.size++
      if (!places) collection.byNamespace.set(namespace, (places = new Map()))
      places.set(name, addToIndexes(collection, { object: stored }))
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
   * @param gone told of the object as it is seen last, before any watcher is
   * @throws RevisionConflict if `expected` is given and is not the present resourceVersion
   */
  remove<T extends StoredObject>(
    resource: string,
    namespace: string,
    name: string,
    expected?: string,
    gone?: (last: T, old: T) => void,
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
    removeFromIndexes(collection, place)
    forgetLists(collection, namespace)
    const object = deepFreeze({ ...old, metadata: { ...old.metadata, resourceVersion: String(revision) } }) as T
    gone?.(object, old as T)
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
        if (!under || keysOf(collection, under.index, event).includes(under.key)) notify(event as StoreEvent<T>)
      }
    }
    if (under) return watchKey(collection, under, notify as unknown as Watcher)
    const entry = { namespace: options.namespace, notify: notify as unknown as Watcher }
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
        places.set(object.metadata.name, addToIndexes(collection, { object: deepFreeze(object) }))
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
        for (const key of keysOf(collection, index, event)) {
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

const NO_KEYS: readonly string[] = []

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = ({ metadata: a }: StoredObject, { metadata: b }: StoredObject): number =>
  compare(a.namespace ?? '', b.namespace ?? '') || compare(a.name, b.name)

const matches = (event: StoreEvent, namespace: string | undefined): boolean =>
  namespace === undefined || (event.object.metadata.namespace ?? '') === namespace

/** Where an index finds the object of a change, before it or after it. */
function keysOf({ indexes }: Collection, index: string, { object, old }: StoreEvent): readonly string[] {
  const { keys } = indexes.get(index)!
  const now = keys(object)
  const was = old ? keys(old) : NO_KEYS
  if (was === now || (was.length === 1 && was[0] === now[0])) return now
  const before = was.filter(key => !now.includes(key))
  return before.length ? [...now, ...before] : now
}

function watchKey({ keyed }: Collection, { index, key }: { index: string; key: string }, notify: Watcher): () => void {
  let byKey = keyed.get(index)
  if (!byKey) keyed.set(index, (byKey = new Map()))
  let watchers = byKey.get(key)
  if (!watchers) byKey.set(key, (watchers = new Set()))
  watchers.add(notify)
  return () => watchers.delete(notify)
}

function objectsAt(places: Iterable<Place> | undefined): StoredObject[] {
  const objects: StoredObject[] = []
  if (places) for (const place of places) objects.push(place.object)
  return objects
}

function forgetLists({ sorted }: Collection, namespace: string): void {
  if (!sorted.size) return
  sorted.delete(namespace)
  sorted.delete('*')
}

function addToIndexes({ indexes }: Collection, place: Place): Place {
  for (const { keys, entries } of indexes.values()) for (const key of keys(place.object)) addTo(entries, key, place)
  return place
}

function removeFromIndexes({ indexes }: Collection, place: Place): void {
  for (const { keys, entries } of indexes.values()) for (const key of keys(place.object)) takeFrom(entries, key, place)
}

/** After a write: most change no key. */
function moveInIndexes({ indexes }: Collection, place: Place, old: StoredObject): void {
  for (const { keys, entries } of indexes.values()) {
    const before = keys(old)
    const now = keys(place.object)
    if (before === now) continue
    for (const key of before) if (!now.includes(key)) takeFrom(entries, key, place)
    for (const key of now) if (!before.includes(key)) addTo(entries, key, place)
  }
}

function addTo(entries: Index, key: string, place: Place): void {
  const places = entries.get(key)
  if (places) places.add(place)
  else entries.set(key, new Set([place]))
}

function takeFrom(entries: Index, key: string, place: Place): void {
  const places = entries.get(key)
  places?.delete(place)
  if (places && !places.size) entries.delete(key)
}

/** Freezes what is not frozen yet; shared parts of earlier versions are passed over at once. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) deepFreeze(value[i])
    else
      for (const key in value) {
        const child = value[key]
        if (typeof child === 'object' && child !== null) deepFreeze(child)
      }
  }
  return value
}
