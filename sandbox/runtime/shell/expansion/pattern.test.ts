/** Patterns of the shells, whole texts of them. */
import { expect, it } from 'vitest'
import { matches } from './pattern.ts'

it.each([
  ['*', '', true],
  ['a*b*c', 'a1b2b3c', true],
  ['a*b*c', 'acb', false],
  ['*ab*ab', 'abab', true],
  ['*ab*ab', 'xab', false],
  ['*.tar.*', 'x.tar.gz', true],
  ['a?*[0-9]', 'ab7', true],
  ['a?*[0-9]', 'a7', false],
  ['\\**', '*x', true],
  ['[]a]*', ']', true],
  ['**a**', 'bab', true],
  ['*a*1\\1*', 'xa11', true],
])('%s and %s: %s', (pattern, text, does) => expect(matches(pattern, text)).toBe(does))

it('a pattern of many stars takes no time for a text that it does not match', () => {
  expect(matches(`${'*a'.repeat(60)}b`, 'a'.repeat(20_000))).toBe(false)
  expect(matches(`${'*a'.repeat(60)}*`, 'a'.repeat(20_000))).toBe(true)
})
