/** Messages of CEL rules: which texts the API server takes for one. */
import { expect, it } from 'vitest'
import { messageFrom } from './message.ts'

it('a message is one line of text that is not too long, counted in bytes', () => {
  expect(messageFrom(' 副本太多 ')).toBe('副本太多')
  for (const value of ['', ' ', 'a\nb', 1n, null, 'a'.repeat(5121), '多'.repeat(1707)])
    expect(messageFrom(value)).toBeUndefined()
  for (const text of ['a'.repeat(5120), '多'.repeat(1706)]) expect(messageFrom(text)).toBe(text)
})
