/** Quoted texts as Go's `%q` writes them. */
import { expect, test } from 'vitest'
import { goQuote } from './go-escapes.ts'

test.each([
  ['web "a" \\', String.raw`"web \"a\" \\"`],
  ['豆荚 é😀', '"豆荚 é😀"'],
  ['a\tb\x07\v\x01"', String.raw`"a\tb\a\v\x01\""`],
  ['web\u00a0', String.raw`"web\u00a0"`],
  ['\ufeffweb\u200b\u2028', String.raw`"\ufeffweb\u200b\u2028"`],
  ['\u{f0000}', String.raw`"\U000f0000"`],
])('Go quotes what can be printed as it is, and names the rest: %j', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted)
})
