/** Work that the last visit could not save in time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Work } from './keeping.ts'
import { joined, type Kept, unsaved } from './unsaved.ts'

const line = (at: number): SessionRecord['inputs'][number] => ({ at, input: { type: 'fault', command: `c${at}` } })
const lines = Array.from({ length: 9 }, (_, i) => line(i))
const record = (inputs: SessionRecord['inputs'], end = 100): SessionRecord => ({
  version: 1,
  lesson: '',
  seed: 's',
  start: 0,
  nodes: [],
  inputs,
  end,
})
/** As it comes out of the database or the shelf. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const files = fc.dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'), fc.string())
/** Records that grow, and one of another course. */
const records = fc.oneof(
  fc.nat(9).map(n => record(lines.slice(0, n))),
  fc.nat(9).map(n => record(lines.slice(0, n).map(({ at }) => line(at + 50)))),
)
const works: fc.Arbitrary<Work> = fc.record(
  { files, active: fc.constantFrom('a.yaml', 'b.yaml'), record: records },
  { requiredKeys: ['files', 'record'] },
)

test('what was kept and what was not are together what was there', () => {
  fc.assert(
    fc.property(fc.option(works, { nil: undefined }), works, (before, now) => {
      const kept: Kept | undefined = before && { ...before, stamp: '1' }
      const rest = unsaved(kept, now)
      const work = rest ? joined(kept && stored(kept), stored(rest)) : kept
      expect(work).toMatchObject({ files: now.files, record: { inputs: now.record?.inputs } })
      expect(Object.keys(work!.files).sort()).toEqual(Object.keys(now.files).sort())
      expect(work?.active).toBe(now.active)
    }),
  )
})

test('of a long record only the new end is put aside', () => {
  const kept: Kept = { files: { 'a.yaml': 'x' }, record: record(lines.slice(0, 7)), stamp: '1' }
  const rest = unsaved(kept, { files: { 'a.yaml': 'x' }, record: record(lines.slice(0, 8), 120) })
  expect(rest).toEqual({ after: ['1'], files: {}, record: { behind: 7, inputs: [lines[7]], end: 120 } })
  expect(unsaved(kept, { files: { 'a.yaml': 'x' }, record: record(lines.slice(0, 7), 500) })).toBeUndefined()
})

test('what another tab has kept since is not overwritten; what was just being written is gone on from', () => {
  const kept: Kept = { files: { 'a.yaml': 'x' }, stamp: '1' }
  const rest = stored(unsaved(kept, { files: { 'a.yaml': 'mine' } }, ['2'])!)
  expect(joined({ files: { 'a.yaml': 'theirs' }, stamp: '3' }, rest)).toBeUndefined()
  expect(joined({ files: { 'a.yaml': 'm' }, stamp: '2' }, rest)).toEqual({ files: { 'a.yaml': 'mine' } })
})
