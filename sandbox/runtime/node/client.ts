/** The client's side of HTTP/1.1 for programs of the simulated Node: heads first, bodies as they come. */
import type { ConnectFailure, Connection } from '../../network/network.ts'
import { startTls } from '../../network/tls.ts'
import { resolveHost } from '../commands/network/resolve.ts'
import { byteLength } from '../files/tree.ts'
import type { Process } from '../processes/process.ts'

export interface ClientRequest {
  method: string
  hostname: string
  port: number
  path: string
  headers: Readonly<Record<string, string>>
  body: string
  secure: boolean
}

export interface ClientEvents {
  head(facts: { statusCode: number; statusMessage: string; headers: Record<string, string> }): void
  data(text: string): void
  end(): void
  error(error: { code: string; message: string }): void
}

const ERRNO: Readonly<Record<ConnectFailure, number>> = {
  ECONNREFUSED: -111,
  ETIMEDOUT: -110,
  EHOSTUNREACH: -113,
  ENETUNREACH: -101,
}

/** @returns how to give up */
export function sendRequest(process: Process, request: ClientRequest, events: ClientEvents): () => void {
  let over = false
  let giveUp = (): void => {}
  const end = (tell: () => void): void => {
    if (over) return
    over = true
    giveUp()
    tell()
  }
  const { hostname, port } = request
  const found = resolveHost(process, hostname).ips[0]
  if (found === undefined) {
    end(() => events.error({ code: 'ENOTFOUND', message: `getaddrinfo ENOTFOUND ${hostname}` }))
    return () => {}
  }
  giveUp = process.net.connect('TCP', found, port, result => {
    if (over) return
    if ('failure' in result) {
      const { failure: code } = result
      const error = { code, message: `connect ${code} ${found}:${port}`, errno: ERRNO[code], syscall: 'connect' }
      end(() => events.error(error))
      return
    }
    const opened = result.connection
    giveUp = () => opened.close()
    const talk = (connection: Connection): void => {
      const read = responses(events, end)
      connection.onData(read.data)
      connection.onClose(read.closed)
      connection.send(format(request))
    }
    if (!request.secure) return talk(opened)
    startTls(opened, hostname, secured => {
      if (secured && 'connection' in secured) talk(secured.connection)
      else
        end(() =>
          events.error({
            code: 'EPROTO',
            message: 'write EPROTO error:0A00010B:SSL routines:tls_validate_record_header:wrong version number',
          }),
        )
    })
  })
  return () => end(() => {})
}

function format({ method, hostname, port, path, headers, body, secure }: ClientRequest): string {
  const usual = port === (secure ? 443 : 80)
  const all: Record<string, string> = {
    Host: usual ? hostname : `${hostname}:${port}`,
    Connection: 'close',
    ...headers,
    ...(body && { 'Content-Length': String(byteLength(body)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/** Reads one response as it comes. */
function responses(events: ClientEvents, end: (tell: () => void) => void) {
  let text = ''
  /** What is left of a body of known length; undefined when it ends with the connection. */
  let left: number | undefined
  let chunked = false
  let begun = false
  const finish = (): void => end(() => events.end())
  const chunks = (): void => {
    for (;;) {
      const size = /^([0-9a-f]+)[^\r]*\r\n/i.exec(text)
      const length = Number.parseInt(size?.[1] ?? '', 16)
      if (length === 0) finish()
      const start = size?.[0].length ?? 0
      // The whole simulation counts text in letters, chunks too.
      if (!length || text.length < start + length + 2) return
      events.data(text.slice(start, start + length))
      text = text.slice(start + length + 2)
    }
  }
  const body = (): void => {
    if (text) events.data(text)
    if (left !== undefined && (left -= byteLength(text)) <= 0) finish()
    text = ''
  }
  return {
    data(piece: string): void {
      text += piece
      if (!begun) {
        const at = text.indexOf('\r\n\r\n')
        if (at < 0) return
        const [line = '', ...rest] = text.slice(0, at).split('\r\n')
        const [, status = '0', statusMessage = ''] = /^HTTP\/\d\.\d (\d+) ?(.*)$/.exec(line) ?? []
        const headers = Object.fromEntries(
          rest.map(each => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]),
        )
        text = text.slice(at + 4)
        begun = true
        chunked = headers['transfer-encoding'] === 'chunked'
        left = headers['content-length'] === undefined ? undefined : Number(headers['content-length'])
        events.head({ statusCode: Number(status), statusMessage, headers })
      }
      if (chunked) chunks()
      else body()
    },
    closed(): void {
      end(() => (begun ? events.end() : events.error({ code: 'ECONNRESET', message: 'socket hang up' })))
    },
  }
}
