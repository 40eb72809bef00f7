/** HTTP at a port of a real machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answering, Io, Serving } from './io.ts'

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  EACCES: 'permission denied',
}

export function serve(address: string, port: number, answer: Answering, io: Io): Promise<Serving | { error: string }> {
  return new Promise((resolve, reject) => {
    const server = createServer((incoming, outgoing) => {
      respond(incoming, outgoing, answer, io).catch(() => outgoing.destroy())
    })
    server.on('error', (e: NodeJS.ErrnoException) => {
      const words = WORDS[e.code ?? '']
      if (words) resolve({ error: words })
      else reject(e)
    })
    server.listen(port, address, () => {
      const forever = (): Promise<never> => new Promise(() => {})
      resolve({ port: (server.address() as AddressInfo).port, forever })
    })
  })
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answering, io: Io): Promise<void> {
  incoming.setEncoding('utf8')
  let text = ''
  for await (const piece of incoming) text += piece
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const)
  const asked = {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: text,
    from: incoming.socket.remoteAddress ?? '',
  }
  const { status, headers: own, body } = await answer(asked, io)
  if (typeof body === 'string') {
    outgoing.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...own })
    outgoing.end(body)
    return
  }
  outgoing.writeHead(status, own)
  outgoing.flushHeaders()
  outgoing.on('close', () => body.cancel())
  for await (const piece of body.chunks()) outgoing.write(piece)
  outgoing.end()
}
