/** One connection to the API server's port: TLS first, then requests as text, their answers, and watches as they go on. */
import { ANONYMOUS, type UserInfo } from '../api/authentication/user.ts'
import type { Clock } from '../clock/clock.ts'
import type { Api } from '../http/api.ts'
import { type ApiRequest, type ApiResponse, headersOf, isStream } from '../http/exchange.ts'
import { warningHeader } from '../http/warnings.ts'
import type { Connection } from '../network/network.ts'
import type { Certificate } from '../network/tls.ts'
import { byteLength } from '../runtime/files/tree.ts'
import {
  acceptHttps,
  GO_BAD_REQUEST,
  type HttpRequest,
  httpDate,
  REASONS,
  RequestReader,
} from '../runtime/network/serving.ts'

export interface Conversation {
  clock: Clock
  api: Pick<Api, 'missing' | 'answerInTask'>
  certificate: Certificate
  /** The user of a connection without a token; anonymous when absent. */
  user?: UserInfo
}

/** @param ended told once the client has gone or has got its last answer */
export function converse(context: Conversation, connection: Connection, ended: () => void): void {
  const hangUp = (): void => {
    connection.close()
    ended()
  }
  acceptHttps(connection, context.certificate, secured => answerRequests(context, secured, hangUp), hangUp)
}

function answerRequests(
  { clock, api, user = ANONYMOUS }: Conversation,
  connection: Connection,
  hangUp: () => void,
): void {
  const reader = new RequestReader(connection.remote)
  let busy = false
  let gone = false
  let stopStream = (): void => {}
  const next = (): void => {
    const request = busy || gone ? undefined : reader.next()
    if (!request) return
    if (request === 'unreadable') {
      connection.send(GO_BAD_REQUEST)
      hangUp()
      return
    }
    busy = true
    clock.soon(async () => {
      const asked = { ...asApiRequest(request, user), from: connection.remote.ip }
      await api.missing(asked)
      await api.answerInTask(asked, answer => tell(answer, request))
    })
  }
  const tell = async (answer: ApiResponse, request: HttpRequest): Promise<void> => {
    const { body } = answer
    if (isStream(body)) {
      connection.send(head(clock, answer, { Connection: 'close' }))
      stopStream = body.open(piece => connection.send(piece), hangUp)
      if (gone) stopStream()
      return
    }
    const text = await body
    const keep = request.headers.get('connection')?.toLowerCase() !== 'close'
    const length = { 'Content-Length': String(byteLength(text)), ...(!keep && { Connection: 'close' }) }
    connection.send(head(clock, answer, length) + (request.method === 'HEAD' ? '' : text))
    busy = false
    if (keep && !gone) next()
    else hangUp()
  }
  connection.onData(data => {
    reader.push(data)
    next()
  })
  connection.onClose(() => {
    gone = true
    stopStream()
    if (!busy) hangUp()
  })
}

/** Without a token a client is anonymous: this port takes no client certificates. */
const asApiRequest = ({ method, target, headers, body }: HttpRequest, user: UserInfo): ApiRequest => ({
  method,
  url: target,
  headers: Object.fromEntries(headers),
  body,
  user,
})

function head(clock: Clock, response: ApiResponse, more: Readonly<Record<string, string>>): string {
  const { status, warnings } = response
  const lines = Object.entries(headersOf(response))
    .filter(([name]) => name !== 'transfer-encoding')
    .map(([name, value]) => `${name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())}: ${value}\r\n`)
  for (const text of warnings) lines.push(`Warning: ${warningHeader(text)}\r\n`)
  for (const name in more) lines.push(`${name}: ${more[name]}\r\n`)
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${lines.join('')}Date: ${httpDate(clock.now())}\r\n\r\n`
}
