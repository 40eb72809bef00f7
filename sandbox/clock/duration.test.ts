/** Durations as Go writes them. */
import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test('durations are read as Go reads them, and refused in its words', () => {
  expect(parseDuration('1h2m3s')).toBe(3_723_000)
  expect(parseDuration('-1.5s')).toBe(-1500)
  expect(['10s', '1m20s', '5m0s', '500ms'].map(parseDuration)).toEqual([10_000, 80_000, 300_000, 500])
  for (const [text, words] of [
    ['5', 'missing unit in duration "5"'],
    ['1.5.5h', 'missing unit in duration "1.5.5h"'],
    ['1e3s', 'unknown unit "e" in duration "1e3s"'],
    ['1h30m5x', 'unknown unit "x" in duration "1h30m5x"'],
    ['h', 'invalid duration "h"'],
    ['', 'invalid duration ""'],
    ['1d', 'unknown unit "d" in duration "1d"'],
    ['5秒', 'unknown unit "\\xe7\\xa7\\x92" in duration "5\\xe7\\xa7\\x92"'],
    ['99999999999h', 'invalid duration "99999999999h"'],
  ] as const)
    expect(() => parseDuration(text)).toThrow(`time: ${words}`)
})
