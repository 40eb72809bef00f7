/** Indexes of one resource's objects: each finds objects by a key, and every write keeps all of them true. */
import type { StoredObject, StoreEvent } from './store.ts'

/** The keys under which an index finds an object. Returning the same array twice tells that no key has changed. */
export type IndexFunction = (object: StoredObject) => readonly string[]

/** Holds one object's present state. Everything that finds the object shares its place, so a write touches no index whose keys stay. */
export interface Place {
  object: StoredObject
}

interface Index {
  keys: IndexFunction
  /** Key → places, in the order in which their objects came under the key. */
  places: Map<string, Set<Place>>
}

/** By name. */
export type Indexes = Map<string, Index>

/** @param present the objects that are there already */
export function addIndex(indexes: Indexes, name: string, keys: IndexFunction, present: readonly Place[]): void {
  const index: Index = { keys, places: new Map() }
  indexes.set(name, index)
  for (const place of present) for (const key of keys(place.object)) addTo(index, key, place)
}

export function addToIndexes(indexes: Indexes, place: Place): Place {
  for (const index of indexes.values()) for (const key of index.keys(place.object)) addTo(index, key, place)
  return place
}

export function removeFromIndexes(indexes: Indexes, place: Place): void {
  for (const index of indexes.values()) for (const key of index.keys(place.object)) takeFrom(index, key, place)
}

/** After a write: most change no key. */
export function moveInIndexes(indexes: Indexes, place: Place, old: StoredObject): void {
  for (const index of indexes.values()) {
    const before = index.keys(old)
    const now = index.keys(place.object)
    if (before === now) continue
    for (const key of before) if (!now.includes(key)) takeFrom(index, key, place)
    for (const key of now) if (!before.includes(key)) addTo(index, key, place)
  }
}

const NO_KEYS: readonly string[] = []

/** The keys under which an index finds the object of a change, before the change or after it. */
export function keysOf(indexes: Indexes, name: string, { object, old }: StoreEvent): readonly string[] {
  const { keys } = indexes.get(name)!
  const now = keys(object)
  const was = old ? keys(old) : NO_KEYS
  if (was === now || (was.length === 1 && was[0] === now[0])) return now
  const before = was.filter(key => !now.includes(key))
  return before.length ? [...now, ...before] : now
}

export function objectsAt(places: Iterable<Place> | undefined): StoredObject[] {
  const objects: StoredObject[] = []
  if (places) for (const place of places) objects.push(place.object)
  return objects
}

function addTo({ places }: Index, key: string, place: Place): void {
  const there = places.get(key)
  if (there) there.add(place)
  else places.set(key, new Set([place]))
}

function takeFrom({ places }: Index, key: string, place: Place): void {
  const there = places.get(key)
  there?.delete(place)
  if (there && !there.size) places.delete(key)
}
