/** Revisions of a Deployment's ReplicaSets. */
import { expect, test } from 'vitest'
import type { Deployment, ReplicaSet } from '../../api/types.ts'
import { newSetAnnotations, nextRevision, REVISION, revisionOf } from './revision.ts'

const set = (revision?: string) =>
  ({ metadata: { name: 'web', annotations: revision === undefined ? {} : { [REVISION]: revision } } }) as ReplicaSet
const web = { metadata: { name: 'web', annotations: { note: 'x' } }, spec: { replicas: 1 } } as unknown as Deployment

test.each([
  [undefined, 0n],
  ['7', 7n],
  ['+7', 7n],
  ['-7', -7n],
  ['9223372036854775807', 9223372036854775807n],
  ['9223372036854775808', 0n],
  ['99999999999999999999999', 0n],
  ['seven', 0n],
])('a revision of %s counts as %s', (text, counts) => {
  expect(revisionOf(set(text))).toBe(counts)
})

test('the next revision is one more than the greatest, within 64 bits', () => {
  expect(nextRevision([set('3'), set('99999999999999999999'), set('5')])).toBe(6n)
  expect(nextRevision([])).toBe(1n)
  expect(nextRevision([set('9223372036854775807')])).toBe(-9223372036854775808n)
})

test('a set whose revision cannot be read stays as it is', () => {
  expect(newSetAnnotations(web, { [REVISION]: 'x' }, 2n)).toEqual({ [REVISION]: 'x' })
  expect(newSetAnnotations(web, { [REVISION]: '1' }, 2n)).toMatchObject({ [REVISION]: '2', note: 'x' })
})
