/** Answers that come piece by piece (logs, watches) as messages on a WebSocket, for clients that ask for them so. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocketServer } from 'ws'
import { bytesOfText } from '../../bytes.ts'
import type { Api } from '../api.ts'
import { type ApiRequest, type ApiResponse, isStream } from '../exchange.ts'

/** Pieces as they are, or in the letters of base64. */
export const STREAM_PROTOCOLS: readonly string[] = ['binary.k8s.io', 'base64.binary.k8s.io']

const isLog = (url: string): boolean => /\/log(\?|$)/.test(url)

/** @param refuse tells the client of an answer that is no stream, so that there is nothing to upgrade to */
export async function streamByWebSocket(
  api: Api,
  sockets: WebSocketServer,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  request: ApiRequest,
  refuse: (response: ApiResponse) => void,
): Promise<void> {
  await api.missing(request)
  const response = api.respond(request)
  const { body } = response
  if (!isStream(body)) {
    refuse(response)
    return
  }
  sockets.handleUpgrade(incoming, socket, head, client => {
    const inLetters = client.protocol === 'base64.binary.k8s.io'
    // A log begins with an empty message, which tells the client that somebody is there.
    if (isLog(request.url)) client.send(inLetters ? '' : Buffer.alloc(0))
    const send = (piece: string): void => {
      const bytes = bytesOfText(piece)
      if (inLetters) client.send(Buffer.from(bytes).toString('base64'))
      else client.send(isLog(request.url) ? bytes : piece)
    }
    const stop = body.open(send, () => client.close(1000))
    client.on('close', stop)
    client.on(
      'close',
      api.availability.opened(() => client.terminate()),
    )
  })
}
