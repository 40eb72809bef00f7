/** DER is read alike whether bytes are an array or a typed one, and nothing is read beyond its end. */
import { expect, test } from 'vitest'
import { elements } from './der.ts'

const LONG = [0x04, 0x81, 0x80, ...Array<number>(128).fill(7)]

test('tells elements apart, short and long', () => {
  const found = elements([0x02, 0x01, 0x05, ...LONG])
  expect(found.map(({ tag, body }) => [tag, body.length])).toEqual([
    [2, 1],
    [4, 128],
  ])
  expect(found[1]!.whole).toEqual(LONG)
  expect(elements(Uint8Array.from([0x02, 0x01, 0x05]))[0]!.body).toEqual(Uint8Array.of(5))
})

test.each([[[0x30]], [[0x30, 0x05, 0x01]], [[0x30, 0x82, 0x01]], [[0x30, 0x80, 0x00, 0x00]], [LONG.slice(0, -1)]])(
  'refuses what is cut short or open: %j',
  bytes => {
    expect(() => elements(bytes)).toThrow('asn1: syntax error: data truncated')
  },
)
