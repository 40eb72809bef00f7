import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfText, textOfBytes } from './bytes.ts'
import { byteLength } from './tree.ts'

it('any bytes can be carried as text, and are as many', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
      const text = textOfBytes(bytes)
      expect([...bytesOfText(text)]).toEqual([...bytes])
      expect(byteLength(text)).toBe(bytes.length)
    }),
    { seed: 7, numRuns: 300 },
  )
})

it('what is text stays text', () => {
  expect(textOfBytes(new TextEncoder().encode('豆荚 pod 🫛'))).toBe('豆荚 pod 🫛')
})
