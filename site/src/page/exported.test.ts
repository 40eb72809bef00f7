/** Importing a file from another machine beside what is here. */
import { describe, expect, test } from 'vitest'
import { merged, readExported } from './exported.ts'
import type { Progress } from './progress.ts'

const record = { version: 1, lesson: 'a/1', seed: 'a/1', start: 1000, nodes: ['n'], inputs: [], end: 9000 }
const progress = {
  passed: ['one'],
  solved: { one: { at: 5000, on: '2026-03-01T10:00:00Z', hints: 1 } },
  hinted: { one: ['no-port'] },
  answers: { q: [1] },
}
const file = (change: object = {}, session: object = {}): string =>
  JSON.stringify({
    ...{ format: 'podlab-progress', version: 1, on: '2026-03-01' },
    sessions: [{ lesson: 'a/1', record, files: { 'a.yaml': 'x' }, progress, ...session }],
    ...change,
  })

describe('a file', () => {
  test('gives what was done in each lesson, with or without the session', () => {
    expect(readExported(file(), undefined)).toEqual([
      { lesson: 'a/1', work: { record, files: { 'a.yaml': 'x' } }, progress: { ...progress, opened: true } },
    ])
    expect(readExported(file({}, { record: undefined }), undefined)[0]).not.toHaveProperty('work')
    expect(readExported(file({ course: 'mine' }), 'mine')).toHaveLength(1)
  })

  test.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['one session', file({ format: 'podlab-session' })],
    ['of a later version', file({ version: 2 })],
    ['of another course', file({ course: 'theirs' })],
    ['of a class', file({}, { lesson: 'a/1#class' })],
    ['with the session of another lesson', file({}, { record: { ...record, lesson: 'b/2' } })],
    [
      'with a session in which time runs backwards',
      file({}, { record: { ...record, inputs: [{ at: 1, input: {} }] } }),
    ],
    ['with files that are none', file({}, { files: { a: 1 } })],
  ])('that is %s is refused', (_, text) => expect(() => readExported(text, undefined)).toThrow())
})

test('adds what is imported to what is here', () => {
  const [theirs] = readExported(file(), undefined)
  const mine: Progress = {
    passed: ['two'],
    solved: { two: { at: 7, on: 'today', hints: 0 } },
    hinted: { one: ['typo'] },
    answers: { q: [2], r: [0] },
    opened: false,
  }
  expect(merged(undefined, theirs!, true)).toEqual({ ...progress, opened: true })
  // The moments of their session are none of mine.
  expect(merged(mine, theirs!, false)).toEqual({
    passed: ['two', 'one'],
    solved: mine.solved,
    hinted: { one: ['typo', 'no-port'] },
    answers: { q: [2], r: [0] },
    opened: true,
  })
  expect(merged({ ...mine, solved: { one: { at: 6, on: 'mine', hints: 0 } } }, theirs!, true).solved!.one!.on).toBe(
    'mine',
  )
})
