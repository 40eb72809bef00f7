import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import { applyChange, emptyView, viewChange } from './view-change.ts'

const held = (uid: string) => ({ metadata: { uid } })
/** Views over shared objects, as the session hands them out. */
const pool = { pods: [...'abcdef'].flatMap(u => [held(u), held(u)]), events: [...'uvwxyz'].map(held) }
const pick = <T extends { metadata: { uid: string } }>(from: T[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { selector: o => o.metadata.uid })
const someView = fc.record({ pods: pick(pool.pods), events: pick(pool.events), nodes: pick(pool.pods), now: fc.nat() })
const asView = (v: object): ClusterView => ({ ...emptyView, ...v }) as ClusterView
const uids = (list: readonly { metadata: { uid: string } }[]) =>
  [...list].sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1))

test('whatever the views, the changes add up to the last one', () => {
  fc.assert(
    fc.property(fc.array(someView, { minLength: 1 }), views => {
      let before: ClusterView | undefined
      let copy = emptyView
      for (const each of views) {
        const view = asView(each)
        copy = applyChange(copy, viewChange(before, view))
        before = view
      }
      expect(uids(copy.pods)).toEqual(uids(before?.pods ?? []))
      for (const pod of before?.pods ?? []) expect(copy.pods).toContain(pod)
      expect(copy.nodes).toEqual(before?.nodes)
      expect(copy.now).toBe(before?.now)
    }),
  )
})

test('nothing crosses when nothing has changed', () => {
  const view = asView({ pods: pool.pods.slice(0, 1), nodes: [], now: 5 })
  expect(viewChange(view, view)).toEqual({ now: 5, pods: [], gone: [], events: [] })
})
