/** LIKE, against what a regular expression says of short patterns, and on long ones that would stop it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isLike } from './like.ts'

it('is what a regular expression with the same meaning says', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '%', '_', '\\%', '\\_', '.'), { maxLength: 6 })
  const text = fc.array(fc.constantFrom('a', 'B', '%', '_', '.', '\n'), { maxLength: 8 })
  const meaning = (part: string): string =>
    part === '%'
      ? '[\\s\\S]*'
      : part === '_'
        ? '[\\s\\S]'
        : part.startsWith('\\')
          ? part[1]!
          : part === '.'
            ? '\\.'
            : part
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (parts, signs, caseless) => {
      const expected = new RegExp(`^${parts.map(meaning).join('')}$`, caseless ? 'i' : '').test(signs.join(''))
      expect(isLike(signs.join(''), parts.join(''), caseless)).toBe(expected)
    }),
  )
})

it('comes to an end however many signs stand for any text', () => {
  expect(isLike('a'.repeat(5000), `${'%a'.repeat(200)}%b`, true)).toBe(false)
})
