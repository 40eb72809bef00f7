/** SPDY as a client meets it: streams that it opens, data both ways, pings, and headers that both sides compress alike. */
import { describe, expect, it, vi } from 'vitest'
import { SpdyConnection, type SpdyStream } from './connection.node.ts'
import { DICTIONARY, HeaderBlocks, type Headers } from './headers.node.ts'

/** The checksum by which zlib names a dictionary. */
function adler32(bytes: Buffer): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const number = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
const control = (type: number, body: Buffer, flags = 0): Buffer =>
  Buffer.concat([Buffer.from([0x80, 3, 0, type]), number(body.length + flags * 2 ** 24), body])
const data = (id: number, text: string, last = false): Buffer =>
  Buffer.concat([number(id), number(text.length + (last ? 2 ** 24 : 0)), Buffer.from(text)])

describe('SPDY/3.1', () => {
  it('has the dictionary of the specification', () => {
    expect(adler32(DICTIONARY)).toBe(0xe3c6a7c2)
  })

  it('reads the headers that it writes, one block after another', async () => {
    const [client, server] = [new HeaderBlocks(), new HeaderBlocks()]
    const blocks: Headers[] = [{ streamtype: 'error', port: '80' }, { streamtype: 'data', port: '80' }, {}]
    for (const headers of blocks) expect(await server.read(await client.write(headers))).toEqual(headers)
  })

  it('answers streams and pings, and ends what the client ends', async () => {
    const sent: Buffer[] = []
    const streams: SpdyStream[] = []
    const heard: string[] = []
    const connection = new SpdyConnection({ send: bytes => void sent.push(bytes), close: () => {} }, stream => {
      streams.push(stream)
      stream.onData(bytes => void heard.push(bytes.toString()))
      stream.onEnd(() => void heard.push('end'))
    })
    const block = await new HeaderBlocks().write({ streamType: 'data' })
    const opening = Buffer.concat([number(1), number(0), Buffer.alloc(2), block])
    const all = Buffer.concat([control(1, opening), data(1, 'hel'), data(1, 'lo', true), control(6, number(7))])
    // However the bytes are cut.
    for (let i = 0; i < all.length; i += 5) connection.receive(all.subarray(i, i + 5))
    await vi.waitFor(() => expect(heard).toEqual(['hel', 'lo', 'end']), 10_000)
    expect(streams[0]!.headers).toEqual({ streamtype: 'data' })
    streams[0]!.write('answer')
    streams[0]!.end()
    const types = sent.map(f => (f[0]! & 0x80 ? `control ${f.readUInt16BE(2)}` : `data ${f.subarray(8)}`))
    expect(types).toEqual(['control 2', 'control 6', 'data answer', 'data '])
    expect(sent.at(-1)![4]).toBe(1)
  })
})
