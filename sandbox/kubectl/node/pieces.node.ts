/** Input from a stream of Node: as text, and as bytes where it is none. */
import { IncomingText } from '../../bytes.ts'

export async function* pieces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const incoming = new IncomingText()
  for await (const bytes of stream) yield incoming.push(bytes)
  if (incoming.pending) yield incoming.end()
}

export async function whole(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of pieces(stream)) text += piece
  return text
}
