/** Where a body in chunks ends. */
import { expect, it } from 'vitest'
import { chunkEnd } from './chunk-end.ts'

it('ends with the last chunk and what follows it, however it is cut, and not with what looks like one', () => {
  const body = '7;a=b\r\n0\r\n\r\né\r\n0\r\nTrailer: x\r\n\r\n'
  for (let cut = 1; cut < body.length; cut++) {
    const ended = chunkEnd()
    expect(ended(body.slice(0, cut))).toBe(false)
    expect(ended(body.slice(cut))).toBe(true)
  }
})
