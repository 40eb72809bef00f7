/** Bodies that come in chunks. */
import { expect, it } from 'vitest'
import { bytesOfText, textOfBytes } from '../bytes.ts'
import { unchunked } from './unchunked.ts'

it('puts chunks together by their bytes, within a letter too and where they are no text', () => {
  const body = Uint8Array.of(0x61, 0xc3, 0xa9, 0xff, 0x00, 0xe8, 0xb1)
  const chunk = (from: number, to: number): number[] => [
    ...bytesOfText(`${(to - from).toString(16)}\r\n`),
    ...body.subarray(from, to),
    13,
    10,
  ]
  const sent = Uint8Array.from([...chunk(0, 2), ...chunk(2, 5), ...chunk(5, 7), ...bytesOfText('0\r\n\r\n')])
  expect(bytesOfText(unchunked(textOfBytes(sent)))).toEqual(body)
})
