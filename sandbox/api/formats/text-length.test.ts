/** The length of a text in bytes of UTF-8. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isLonger } from './text-length.ts'

it('counts the bytes that a text has in UTF-8', () => {
  expect([isLonger('豆'.repeat(21), 63), isLonger('豆'.repeat(22), 63)]).toEqual([false, true])
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(60), (text, bytes) => {
      expect(isLonger(text, bytes)).toBe(new TextEncoder().encode(text).length > bytes)
    }),
  )
})
