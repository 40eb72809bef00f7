/** The time of an exam. */
import { expect, test } from 'vitest'
import {
  begin,
  clockFace,
  mayPause,
  pause,
  restLeft,
  resume,
  type Sitting,
  seedIn,
  tick,
  timeLeft,
  told,
} from './sitting.ts'

const rules = { minutes: 60, pauses: { times: 1, minutes: 10 } }
const MINUTE = 60_000
const at = (minutes: number): number => 1_700_000_000_000 + minutes * MINUTE
const begun = begin('abc', at(0))
const left = (sitting: Sitting, minutes: number): number => timeLeft(rules, sitting, at(minutes)) / MINUTE

test('time goes on, whether anybody looks or not, and ends at nothing', () => {
  expect([0, 1, 59.5, 60, 600].map(m => left(begun, m))).toEqual([60, 59, 0.5, 0, 0])
})

test('a machine’s clock that is set back gives no time', () => {
  expect(left(begun, -30)).toBe(60)
})

test('a pause stops it, once', () => {
  const paused = pause(rules, begun, at(20))
  expect([20, 25, 30].map(m => left(paused, m))).toEqual([40, 40, 40])
  expect(restLeft(rules, paused, at(24))).toBe(6 * MINUTE)
  const resumed = resume(rules, paused, at(25))
  expect([25, 26].map(m => left(resumed, m))).toEqual([40, 39])
  expect(mayPause(rules, resumed)).toBe(false)
  expect(pause(rules, resumed, at(30))).toBe(resumed)
})

test('a pause that is overstayed ends by itself', () => {
  const paused = pause(rules, begun, at(20))
  expect(restLeft(rules, paused, at(31))).toBe(0)
  expect(left(paused, 35)).toBe(35)
  expect(left(resume(rules, paused, at(35)), 35)).toBe(35)
})

test('what has ended stands still', () => {
  expect(left({ ...begun, ended: { on: at(50), results: {} } }, 300)).toBe(10)
})

test('tasks are ticked and unticked', () => {
  expect(tick(tick(tick(begun, 'a', true), 'b', true), 'a', false).ticked).toEqual(['b'])
})

test('a screen reader hears of it seldom, and each time once', () => {
  expect(told(31 * MINUTE, 30 * MINUTE)).toBe(30)
  expect(told(30 * MINUTE, 29 * MINUTE)).toBeUndefined()
  expect(told(5 * MINUTE + 1000, 5 * MINUTE)).toBe(5)
})

test('the clock’s face', () => {
  expect([75 * MINUTE, 61_000, 999, 0].map(clockFace)).toEqual(['1:15:00', '0:01:01', '0:00:01', '0:00:00'])
})

test('a seed in the address is taken when it could be one', () => {
  expect(seedIn('?seed=k3x9')).toBe('k3x9')
  expect(['', '?seed=', '?seed=<b>', `?seed=${'x'.repeat(50)}`].map(seedIn)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
