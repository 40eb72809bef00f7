/** The Warning header. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerBytes, headerText, sentWarnings, warningHeader } from './warnings.ts'

describe('warnings that are sent', () => {
  it('are there once each, and none has control characters', () => {
    expect(sentWarnings(['a', 'b\nc', 'a', '', '字段'])).toEqual(['a', '字段'])
  })

  it('are cut to 256 characters each when they have more than 4,096 together', () => {
    const long = Array.from({ length: 4 }, (_, i) => `${i}${'é'.repeat(1023)}`)
    expect(sentWarnings(long)).toEqual(long)
    const more = [...long, 'x', ...Array.from({ length: 20 }, (_, i) => `${i}${'y'.repeat(300)}`)]
    const sent = sentWarnings(more)
    expect(sent.slice(0, 6)).toEqual(more.slice(0, 6).map(text => text.slice(0, 256)))
    // Until there are as many again: 4 of 256, one of 1, and 12 of 256.
    expect(sent).toHaveLength(17)
  })

  it('may be of any characters on the way through headers that are bytes', async () => {
    expect(warningHeader('a "b" \\ c')).toBe(String.raw`299 - "a \"b\" \\ c"`)
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => headerText(headerBytes(text)) === text))
    const text = 'unknown field "Āetadata" 字段'
    const server = createServer((_, answer) => answer.setHeader('warning', [headerBytes(warningHeader(text))]).end())
    await new Promise<void>(resolve => server.listen(0, resolve))
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.close()
    expect(headerText(answer.headers.get('warning')!)).toBe(warningHeader(text))
  })
})
