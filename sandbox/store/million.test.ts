/** The store after very many writes: a million at random, beside a plain map that is told the same. */
import { expect, it } from 'vitest'
import { Random } from '../clock/random.ts'
import { RevisionConflict, Store, type StoredObject } from './store.ts'

type Thing = StoredObject & { value: number }

const RESOURCES = ['pods', 'services', 'events'] as const
const NAMESPACES = ['', 'a', 'b', 'c'] as const
const VALUES = 20
const OPERATIONS = 1_000_000
/** A look at everything after so many. */
const ROUND = 50_000

/** As `expect`, which is too slow for millions. */
function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

it('keeps what holds of it through a million random operations', () => {
  const random = new Random('a million')
  const store = new Store()
  const plain = new Map<string, Thing>()
  const watched = new Map<string, StoredObject>()
  let told = 0
  for (const resource of RESOURCES) {
    store.addIndex(resource, 'value', o => [String((o as Thing).value)])
    store.watch(resource, {}, ({ type, object, revision }) => {
      holds(revision === told + 1, 'watchers are told of every revision')
      told = revision
      const key = `${resource}/${object.metadata.namespace}/${object.metadata.name}`
      if (type === 'DELETED') watched.delete(key)
      else watched.set(key, object)
    })
  }

  const operate = (): void => {
    const resource = RESOURCES[random.int(RESOURCES.length)]!
    const namespace = NAMESPACES[random.int(NAMESPACES.length)]!
    const name = `x${random.int(60)}`
    const key = `${resource}/${namespace}/${name}`
    const known = plain.get(key)
    // One in four says from which version it goes on, and half of those are wrong.
    const since = random.int(4) ? undefined : random.int(2) ? (known?.metadata.resourceVersion ?? '') : 'another'
    const before = store.revision
    try {
      if (random.int(3)) {
        const object = { metadata: { namespace, name, uid: key, resourceVersion: '' }, value: random.int(VALUES) }
        plain.set(key, store.put(resource, object, since))
      } else {
        store.remove(resource, namespace, name, since)
        plain.delete(key)
      }
      // What is not there cannot be removed, from whatever version on.
      holds(since !== 'another' || (!known && !plain.has(key)), 'a wrong version is refused')
      holds(store.revision - before === (known || plain.has(key) ? 1 : 0), 'a change is one revision')
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
      holds(since === 'another' && store.revision === before, 'nothing else is refused, and what is changes nothing')
    }
  }

  const look = (): void => {
    const all = [...plain.entries()]
    for (const resource of RESOURCES) {
      const wanted = all.filter(([key]) => key.startsWith(`${resource}/`)).map(([, object]) => object)
      expect(new Set(store.list(resource))).toEqual(new Set(wanted))
      expect(store.count(resource)).toBe(wanted.length)
      for (const namespace of NAMESPACES.slice(1)) {
        const inside = wanted.filter(o => o.metadata.namespace === namespace)
        expect(new Set(store.list(resource, namespace))).toEqual(new Set(inside))
      }
      for (let v = 0; v < VALUES; v++) {
        expect(new Set(store.byIndex(resource, 'value', String(v)))).toEqual(new Set(wanted.filter(o => o.value === v)))
      }
    }
    expect(watched).toEqual(plain)
    const revisions = all.map(([, o]) => Number(o.metadata.resourceVersion))
    expect(new Set(revisions).size).toBe(revisions.length)
    expect(Math.max(0, ...revisions)).toBeLessThanOrEqual(store.revision)
  }

  for (let i = 1; i <= OPERATIONS; i++) {
    operate()
    if (i % ROUND === 0) look()
  }
  const copy = new Store()
  copy.restore(structuredClone(store.snapshot()))
  expect(copy.snapshot()).toEqual(store.snapshot())
}, 60_000)
