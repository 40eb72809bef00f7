/** --sort-by, in the order that kubectl 1.33 gives. */
import { expect, it } from 'vitest'
import { sortObjects, sortTables } from './sort.ts'

const named = (name: string, app?: string): object => ({ metadata: { name, labels: app ? { app } : {} } })
const sorted = (objects: object[], field: string): string[] => {
  sortObjects(objects, field)
  return objects.map(o => (o as { metadata: { name: string } }).metadata.name)
}

it('puts those without the field first, each before the last', () => {
  const objects = [named('failing'), named('rc1'), named('web', 'w'), named('api', 'a')]
  expect(sorted(objects, '.metadata.labels.app')).toEqual(['rc1', 'failing', 'api', 'web'])
})

it('keeps the order of equals', () => {
  const many = Array.from({ length: 20 }, (_, i) => named(`n${i}`, 'same'))
  expect(sorted([...many], '.metadata.labels.app')).toEqual(many.map((_, i) => `n${i}`))
})

it('refuses fields that cannot be compared', () => {
  const list = [{ a: [1] }, { a: [2] }]
  expect(() => sortObjects(list, '.a')).toThrow('unsortable type: []interface {}')
})

it('shows no rows where the path is none', () => {
  const table = { rows: [{ cells: ['x'], object: named('x') }] }
  expect(sortTables([{ table }], '{.metadata.name')[0]!.table.rows).toEqual([])
})
