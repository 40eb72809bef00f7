/** --sort-by, in the order that kubectl 1.33 gives. */
import { expect, it, test } from 'vitest'
import recorded from '../testdata/go-sort.json' with { type: 'json' }
import { goSort } from './go-sort.ts'
import { sortEntries, sortTables } from './sort.ts'

const named = (name: string, app?: string): object => ({ metadata: { name, labels: app ? { app } : {} } })
const sorted = (objects: object[], field: string): string[] =>
  sortEntries(objects, field).map(o => (o as { metadata: { name: string } }).metadata.name)

it('puts those without the field first, each before the last', () => {
  const objects = [named('failing'), named('rc1'), named('web', 'w'), named('api', 'a')]
  expect(sorted(objects, '.metadata.labels.app')).toEqual(['rc1', 'failing', 'api', 'web'])
})

it('compares names by their letters, not as people count', () => {
  const objects = [named('pod-9'), named('pod-10'), named('pod-1')]
  expect(sorted(objects, '.metadata.name')).toEqual(['pod-1', 'pod-10', 'pod-9'])
})

test.each(recorded.map(({ keys, order }) => [keys.length, keys, order] as const))(
  '%d of which many are equal end up where Go has them',
  (_count, keys, order) => {
    const list = keys.map((key, at) => ({ key, at }))
    goSort(list, (a, b) => a.key < b.key)
    expect(list.map(({ at }) => at)).toEqual(order)
  },
)

it('refuses fields that cannot be compared', () => {
  const list = [{ a: [1] }, { a: [2] }]
  expect(() => sortEntries(list, '.a')).toThrow('unsortable type: []interface {}')
})

it('shows no rows where the path is none, unless there is only one', () => {
  const row = { cells: ['x'], object: named('x') }
  const rowsLeft = (rows: object[]): object[] => sortTables([{ table: { rows } }], '{.metadata.name')[0]!.table.rows
  expect(rowsLeft([row, row])).toEqual([])
  expect(rowsLeft([row])).toEqual([row])
})
