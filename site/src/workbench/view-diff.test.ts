/** Differences between two views of a cluster. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import { applyChange, createViewDiff, emptyView } from './view-diff.ts'

const held = (uid: string) => ({ metadata: { uid } })
/** Views over shared objects, as the session hands them out. */
const pool = { pods: [...'abcdef'].flatMap(u => [held(u), held(u)]), events: [...'uvwxyz'].map(held) }
const pick = <T extends { metadata: { uid: string } }>(from: T[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { selector: o => o.metadata.uid })
const someView = fc.record({ pods: pick(pool.pods), events: pick(pool.events), nodes: pick(pool.pods), now: fc.nat() })
const asView = (v: object): ClusterView => ({ ...emptyView, ...v }) as ClusterView
const portionOf = (n: number) => ({ pods: n, events: n })
const uids = (list: readonly { metadata: { uid: string } }[]) =>
  [...list].sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1))

test('whatever the views, the changes add up to the last one, whole or in pieces', () => {
  const portion = fc.record({ pods: fc.integer({ min: 1, max: 4 }), events: fc.integer({ min: 1, max: 4 }) })
  const looks = fc.array(fc.record({ view: someView, portion, pieces: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(looks, all => {
      const diff = createViewDiff()
      let copy = emptyView
      for (const { view, portion, pieces } of all)
        for (let told = false, n = 0; !told && n < pieces; n++) {
          const next = diff.next(asView(view), portion)
          expect(next.change.pods.length + next.change.gone.length).toBeLessThanOrEqual(portion.pods)
          expect(next.change.events.length).toBeLessThanOrEqual(portion.events)
          copy = applyChange(copy, next.change)
          told = next.all
        }
      const last = asView(all.at(-1)!.view)
      for (let told = false; !told; ) {
        const next = diff.next(last, portionOf(1))
        copy = applyChange(copy, next.change)
        told = next.all
      }
      expect(uids(copy.pods)).toEqual(uids(last.pods))
      for (const pod of last.pods) expect(copy.pods).toContain(pod)
      for (const event of last.events) expect(copy.events).toContain(event)
      expect(copy.nodes).toEqual(last.nodes)
      expect(copy.now).toBe(last.now)
    }),
  )
})

test('nothing crosses when nothing has changed', () => {
  const view = asView({ pods: pool.pods.slice(0, 1), nodes: [], now: 5 })
  const diff = createViewDiff()
  diff.next(view)
  expect(diff.next(view)).toEqual({ change: { now: 5, pods: [], gone: [], events: [] }, all: true })
})
