/** Bytes carried in texts. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfText, IncomingText, joined, textOfBytes } from './bytes.ts'
import { byteLength } from './runtime/files/tree.ts'

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

it('pieces may be cut anywhere, even within a character', () => {
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'grapheme' }).map(t => new TextEncoder().encode(t)),
  )
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 5 }), (bytes, size) => {
      const incoming = new IncomingText()
      let text = ''
      for (let at = 0; at < bytes.length; at += size) text += incoming.push(bytes.subarray(at, at + size))
      expect(joined(text + incoming.end())).toBe(textOfBytes(bytes))
    }),
    { seed: 7, numRuns: 500 },
  )
})
