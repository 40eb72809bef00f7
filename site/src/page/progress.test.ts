/** A reader's progress as it is kept. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Progress, progressOf } from './progress.ts'

const whole: Progress = {
  passed: ['one'],
  solved: { one: { at: 5, on: '2026-03-01', hints: 0 } },
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
  expect(progressOf({ ...whole, passed: null })).toEqual({ ...whole, passed: [] })
  expect(progressOf({})).toEqual({ passed: [], answers: {}, opened: true })
})

test('any kept value can be counted and added to', () => {
  const parts = fc.record(
    { passed: fc.anything(), solved: fc.anything(), answers: fc.anything(), opened: fc.anything() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), parts), kept => {
      const progress = progressOf(kept)
      if (!progress) return
      expect(Object.values(progress.answers).flat().every(Number.isFinite)).toBe(true)
      expect(progressOf({ ...progress, passed: [...progress.passed, 'x'] })?.passed).toContain('x')
    }),
  )
})
