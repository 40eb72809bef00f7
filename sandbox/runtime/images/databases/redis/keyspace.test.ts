/** Patterns of redis, as KEYS and PSUBSCRIBE have them. */
import { expect, test } from 'vitest'
import { pattern } from './keyspace.ts'

test.each([
  ['user:*', 'user:1', true],
  ['h?llo', 'hello', true],
  ['h[ae]llo', 'hallo', true],
  ['h[ae]llo', 'hillo', false],
  ['h[^e]llo', 'hello', false],
  ['h[a-c]llo', 'hbllo', true],
  ['h[c-a]llo', 'hbllo', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['a.b', 'axb', false],
  ['[.]', 'x', false],
  ['[a\\]b]', ']', true],
  ['(', '(', true],
  ['a*', 'a\nb', true],
])('%s meets %j: %j', (text, key, meets) => {
  expect(pattern(text).test(key)).toBe(meets)
})
