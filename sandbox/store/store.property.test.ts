/**
 * The store against a plain map, through many random operations: lists, indexes, watches and the past agree with it.
 * STORE_OPERATIONS=1000000 STORE_SEED=… asks for more of them, or for others.
 */
import { describe, expect, it } from 'vitest'
import { Random } from '../clock/random.ts'
import { RevisionConflict, RevisionGone, Store, type StoredObject } from './store.ts'

const OPERATIONS = Number(process.env.STORE_OPERATIONS ?? 20_000)
const SEED = process.env.STORE_SEED ?? 'store'
const RESOURCE = 'things'
const NAMESPACES = ['', 'a', 'b', 'c']

interface Thing extends StoredObject {
  color: string
}

const keyOf = ({ metadata: { namespace = '', name } }: StoredObject): string => `${namespace}/${name}`
const inOrder = (things: Iterable<Thing>): Thing[] =>
  [...things].sort((a, b) => {
    const [x, y] = [a.metadata, b.metadata]
    const [nx, ny] = [x.namespace ?? '', y.namespace ?? '']
    return nx !== ny ? (nx < ny ? -1 : 1) : x.name < y.name ? -1 : 1
  })

describe(`${OPERATIONS} random operations`, () => {
  const random = new Random(SEED)
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!
  const store = new Store()
  store.addIndex(RESOURCE, 'color', o => [(o as Thing).color])
  const model = new Map<string, Thing>()
  const watched = new Map<string, Thing>()
  store.watch<Thing>(RESOURCE, {}, ({ type, object, old }) => {
    const key = keyOf(object)
    // What a watcher is told follows from what it knows.
    expect(old).toBe(watched.get(key))
    if (type === 'DELETED') watched.delete(key)
    else watched.set(key, object)
  })
  let uids = 0
  /** Lists as they were, by revision. */
  const past = new Map<number, Thing[]>()

  const put = (key: { namespace: string; name: string }): void => {
    const old = model.get(`${key.namespace}/${key.name}`)
    const stale = random.int(10) === 0
    const expected = stale ? '999999999' : pick([undefined, old?.metadata.resourceVersion ?? ''])
    const { namespace, name } = key
    // As of an object that stays, or of a new one that may have the name of an older.
    const uid = old?.metadata.uid ?? `uid-${++uids}`
    const metadata = { name, uid, resourceVersion: '', ...(namespace && { namespace }) }
    const thing: Thing = { metadata, color: pick(['red', 'green', 'blue']) }
    const write = (): Thing => store.put(RESOURCE, thing, expected)
    if (stale) {
      expect(write).toThrow(RevisionConflict)
      return
    }
    const before = store.revision
    const stored = write()
    expect(stored.metadata.resourceVersion).toBe(String(before + 1))
    expect(Object.isFrozen(stored.metadata)).toBe(true)
    model.set(keyOf(stored), stored)
  }

  const remove = ({ namespace, name }: { namespace: string; name: string }): void => {
    const had = model.delete(`${namespace}/${name}`)
    expect(store.remove(RESOURCE, namespace, name) !== undefined).toBe(had)
  }

  const compare = (): void => {
    expect(store.list(RESOURCE)).toEqual(inOrder(model.values()))
    expect(inOrder(watched.values())).toEqual(inOrder(model.values()))
    expect(store.count(RESOURCE)).toBe(model.size)
    const namespace = pick(NAMESPACES)
    expect(store.list(RESOURCE, namespace)).toEqual(
      inOrder(model.values()).filter(o => (o.metadata.namespace ?? '') === namespace),
    )
    const color = pick(['red', 'green', 'blue'])
    expect(inOrder(store.byIndex<Thing>(RESOURCE, 'color', color))).toEqual(
      inOrder(model.values()).filter(o => o.color === color),
    )
  }

  const lookBack = (): void => {
    for (const [revision, things] of past) {
      if (store.revision - revision > 1500) past.delete(revision)
      else expect(store.listAt(RESOURCE, revision)).toEqual(things)
    }
    past.set(store.revision, inOrder(model.values()))
  }

  it('leave lists, indexes, watches and the past as a plain map says', { timeout: 600_000 }, () => {
    for (let i = 0; i < OPERATIONS; i++) {
      const key = { namespace: pick(NAMESPACES), name: `n${random.int(40)}` }
      if (random.int(3)) put(key)
      else remove(key)
      if (i % 200 === 0) compare()
      if (i % 400 === 0) lookBack()
    }
    compare()
    if (OPERATIONS > 4000) expect(() => store.listAt(RESOURCE, 1)).toThrow(RevisionGone)
    const copy = new Store()
    copy.restore(store.snapshot())
    expect(copy.list(RESOURCE)).toEqual(store.list(RESOURCE))
    expect(copy.revision).toBe(store.revision)
  })

  it('a watch that begins in the past comes to the same', () => {
    const since = [...past.keys()].at(-1)!
    const replayed = new Map(past.get(since)!.map(o => [keyOf(o), o]))
    const stop = store.watch<Thing>(RESOURCE, { since }, ({ type, object }) => {
      if (type === 'DELETED') replayed.delete(keyOf(object))
      else replayed.set(keyOf(object), object)
    })
    stop()
    expect(inOrder(replayed.values())).toEqual(store.list(RESOURCE))
  })
})
