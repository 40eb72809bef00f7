/** A reader's progress as it is kept. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothHinted, type Progress, progressOf } from './progress.ts'

const whole: Progress = {
  passed: ['one'],
  solved: { one: { at: 5, on: '2026-03-01', hints: 0 } },
  hinted: { one: ['no-port'] },
  answers: { q: [1] },
  opened: false,
}

test('valid progress stays as it is', () => {
  expect(progressOf(whole)).toEqual(whole)
})

test('a damaged part does not cost the rest', () => {
  expect(progressOf({ ...whole, passed: ['one', 2, null] })).toEqual(whole)
  expect(progressOf({ ...whole, answers: { q: [1], broken: 'x' } })).toEqual(whole)
  expect(progressOf({ ...whole, solved: { ...whole.solved, two: {} } })).toEqual(whole)
  expect(progressOf({ ...whole, hinted: { ...whole.hinted, two: [1], three: 'x' } })).toEqual(whole)
  expect(progressOf({ ...whole, passed: null })).toEqual({ ...whole, passed: [] })
  expect(progressOf({})).toEqual({ passed: [], answers: {}, opened: true })
})

test('a hint that was shown once stays counted, wherever it was shown, and once only', () => {
  const before = { one: ['no-port'], two: ['typo'] }
  expect(bothHinted(before, { one: ['wrong-name', 'no-port'], three: ['late'] })).toEqual({
    one: ['no-port', 'wrong-name'],
    two: ['typo'],
    three: ['late'],
  })
  expect(before.one).toEqual(['no-port'])
  expect(bothHinted(undefined, before)).toEqual(before)
  expect(bothHinted(before, { constructor: ['a'] })).toEqual({ ...before, constructor: ['a'] })
  expect(bothHinted({ toString: ['a'] }, before)).toEqual({ toString: ['a'], ...before })
  expect(bothHinted(before)).toEqual(before)
})

test('any kept value can be counted and added to', () => {
  const parts = fc.record(
    {
      passed: fc.anything(),
      solved: fc.anything(),
      hinted: fc.anything(),
      answers: fc.anything(),
      opened: fc.anything(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), parts), kept => {
      const progress = progressOf(kept)
      if (!progress) return
      expect(Object.values(progress.answers).flat().every(Number.isFinite)).toBe(true)
      expect(progressOf({ ...progress, hinted: bothHinted(progress.hinted, { x: ['y'] }) })?.hinted?.x).toContain('y')
      expect(progressOf({ ...progress, passed: [...progress.passed, 'x'] })?.passed).toContain('x')
    }),
  )
})
