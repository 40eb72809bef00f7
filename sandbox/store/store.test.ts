/** The store: revisions, compare-and-swap, watches, snapshots. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RevisionConflict, RevisionGone, Store, type StoredObject, type StoreEvent } from './store.ts'

const object = (namespace: string, name: string, value = 0): StoredObject & { value: number } => ({
  metadata: { namespace, name, uid: `${namespace}/${name}`, resourceVersion: '' },
  value,
})

describe('the store', () => {
  it('counts one revision for everything and stamps it on what is written', () => {
    const store = new Store()
    expect(store.put('pods', object('a', 'x')).metadata.resourceVersion).toBe('1')
    expect(store.put('services', object('a', 'x')).metadata.resourceVersion).toBe('2')
    expect(store.revision).toBe(2)
  })

  it('swaps only what has not changed since it was read', () => {
    const store = new Store()
    store.put('pods', object('a', 'x'), '')
    expect(() => store.put('pods', object('a', 'x'), '')).toThrow(RevisionConflict)
    store.put('pods', object('a', 'x', 1), '1')
    expect(() => store.put('pods', object('a', 'x', 2), '1')).toThrow(RevisionConflict)
    expect(() => store.remove('pods', 'a', 'x', '1')).toThrow(RevisionConflict)
    expect(store.get('pods', 'a', 'x')).toMatchObject({ value: 1 })
  })

  it('hands out what nobody can change', () => {
    const store = new Store()
    const stored = store.put('pods', { ...object('a', 'x'), spec: { containers: [{ name: 'c' }] } })
    expect(() => {
      stored.spec.containers[0]!.name = 'other'
    }).toThrow(TypeError)
  })

  it('refuses a write from within a watcher', () => {
    const store = new Store()
    store.watch('pods', {}, () => store.put('pods', object('a', 'y')))
    expect(() => store.put('pods', object('a', 'x'))).toThrow(/has to enqueue/)
  })

  it('says that it has forgotten rather than leave a gap', () => {
    const store = new Store()
    for (let i = 0; i < 2500; i++) store.put('pods', object('a', 'x', i))
    expect(() => store.watch('pods', { since: 10 }, () => {})).toThrow(RevisionGone)
    const seen: number[] = []
    store.watch('pods', { since: 2490 }, e => void seen.push(e.revision))
    expect(seen).toEqual([2491, 2492, 2493, 2494, 2495, 2496, 2497, 2498, 2499, 2500])
  })

  const operation = fc.record({
    what: fc.constantFrom('put', 'put', 'remove'),
    namespace: fc.constantFrom('a', 'b', ''),
    name: fc.constantFrom('x', 'y', 'z'),
    value: fc.nat(5),
  })

  it('tells a watcher exactly what a list would show, from any revision on', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), fc.nat(60), (operations, from) => {
        const store = new Store()
        store.addIndex('pods', 'value', o => [String((o as unknown as { value: number }).value)])
        let known = new Map<string, StoredObject>()
        const apply = (e: StoreEvent): void => {
          const key = `${e.object.metadata.namespace}/${e.object.metadata.name}`
          expect(e.type === 'ADDED').toBe(!known.has(key))
          if (e.type === 'DELETED') known.delete(key)
          else known.set(key, e.object)
        }
        operations.forEach((o, i) => {
          if (i === from) {
            known = new Map(store.list('pods').map(p => [`${p.metadata.namespace}/${p.metadata.name}`, p]))
            store.watch('pods', { since: store.revision }, apply)
          }
          if (o.what === 'put') store.put('pods', object(o.namespace, o.name, o.value))
          else store.remove('pods', o.namespace, o.name)
        })
        if (from < operations.length) expect(new Set(known.values())).toEqual(new Set(store.list('pods')))
        const listed = store.list<StoredObject & { value: number }>('pods')
        expect(store.count('pods')).toBe(listed.length)
        for (let v = 0; v <= 5; v++) {
          expect(new Set(store.byIndex('pods', 'value', String(v)))).toEqual(new Set(listed.filter(p => p.value === v)))
        }
        const copy = new Store()
        copy.restore(structuredClone(store.snapshot()))
        expect(copy.snapshot()).toEqual(store.snapshot())
      }),
    )
  })
})
