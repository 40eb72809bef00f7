/** Steps of undo in the plain editor. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDrafts, difference } from './drafts.ts'

test('what is typed in one go is one step, after a pause begins another', () => {
  const drafts = createDrafts()
  drafts.typed('a.yaml', '', 'k', 1000)
  drafts.typed('a.yaml', 'k', 'ki', 1200)
  drafts.typed('a.yaml', 'ki', 'kin', 1400)
  drafts.typed('a.yaml', 'kin', 'kin:', 9000)
  drafts.typed('b.yaml', 'x', 'y', 9000)
  expect(drafts.take('a.yaml')).toEqual(['', 'kin', 'kin:'])
  expect(drafts.take('a.yaml')).toEqual([])
  expect(drafts.take('b.yaml')).toEqual(['x', 'y'])
})

test('a difference, applied, gives the other text, and is no longer than it must be', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, text: put } = difference(before, after)
      expect(before.slice(0, from) + put + before.slice(to)).toBe(after)
      expect(from).toBeLessThanOrEqual(to)
      if (before === after) expect(from === to && put === '').toBe(true)
    }),
  )
  expect(difference('kind: Pod\n', 'kind: Pods\n')).toEqual({ from: 9, to: 9, text: 's' })
})
