/** HTTP at a port of a real machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bytesOfText } from '../../bytes.ts'
import type { Answering, Io, Serving } from '../io.ts'
import { bindWords } from './bind-words.ts'
import { whole } from './pieces.node.ts'

export function serve(address: string, port: number, answer: Answering, io: Io): Promise<Serving | { error: string }> {
  return new Promise((resolve, reject) => {
    const server = createServer((incoming, outgoing) => {
      respond(incoming, outgoing, answer, io).catch(() => outgoing.destroy())
    })
    server.on('error', error => {
      const words = bindWords(error)
      if (words) resolve({ error: words })
      else reject(error)
    })
    server.listen(port, address, () => {
      const forever = (): Promise<never> => new Promise(() => {})
      resolve({ port: (server.address() as AddressInfo).port, forever })
    })
  })
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answering, io: Io): Promise<void> {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const)
  const asked = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: await whole(incoming),
    from: incoming.socket.remoteAddress ?? '',
  }
  const { status, headers: own, body } = await answer(asked, io)
  if (typeof body === 'string') {
    const bytes = bytesOfText(body)
    outgoing.writeHead(status, { 'Content-Length': bytes.length, ...own })
    outgoing.end(bytes)
    return
  }
  outgoing.writeHead(status, own)
  outgoing.flushHeaders()
  outgoing.on('close', () => body.cancel())
  for await (const piece of body.chunks()) outgoing.write(bytesOfText(piece))
  outgoing.end()
}
