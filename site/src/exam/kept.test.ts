/** What an exam keeps in the browser, and reading it however damaged. */
import { expect, test } from 'vitest'
import { pastOf, sittingOf } from './kept.ts'
import { begin, type Sitting } from './sitting.ts'

const begun = begin('abc', 5)
const over: Sitting = { ...begun, ticked: ['a'], ended: { on: 9, results: { a: [{ id: 'one', passed: true }] } } }

test.each([
  ['begun', begun],
  ['paused', { ...begun, pauses: 1, pausedOn: 7 }],
  ['over', over],
])('a sitting that is %s comes back as it was', (_, sitting) => {
  expect(sittingOf(structuredClone(sitting))).toEqual(sitting)
})

test.each([
  ['nothing', undefined],
  ['a text', 'x'],
  ['no seed', { ...begun, seed: undefined }],
  ['a seed that no address can have', { ...begun, seed: '../x' }],
  ['no beginning', { ...begun, begunOn: 'yesterday' }],
  ['an end without results', { ...over, ended: { on: 9 } }],
  ['results that are none', { ...over, ended: { on: 9, results: { a: [null] } } }],
])('%s is no sitting to go on with', (_, value) => {
  expect(sittingOf(value)).toBeUndefined()
})

test('of earlier exams those that are whole are listed', () => {
  const past = { seed: 'abc', on: 5, percent: 60, passed: false }
  expect(pastOf([past, null, { seed: 1 }])).toEqual([past])
  expect(pastOf('x')).toEqual([])
})
