/** What daemons are built from: listening, and HTTP over connections, with no process waking up while nothing happens. */
import type { Connection } from '../network/network.ts'
import { isErrno } from './errno.ts'
import type { Proc } from './proc.ts'
import type { Process } from './process.ts'
import { byteLength } from './tree.ts'

export interface HttpRequest {
  method: string
  /** With its query. */
  target: string
  path: string
  query: URLSearchParams
  headers: ReadonlyMap<string, string>
  body: string
  remote: { ip: string; port: number }
}

export interface HttpResponse {
  status: number
  headers?: Readonly<Record<string, string>>
  body?: string
}

export const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  417: 'Expectation Failed',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** Waits for ever; only a signal ends it, and not one that is handled. */
export async function forever(process: Process): Promise<never> {
  for (;;) {
    try {
      await process.block<never>(() => {})
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  }
}

let [dated, date] = [Number.NaN, '']

/** Many answers are given in one second. */
export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== dated) [dated, date] = [second, new Date(ms).toUTCString()]
  return date
}

interface Head {
  method: string
  target: string
  headers: Map<string, string>
  length: number
}

const REQUEST_LINE = /^(\S+) (\S+) HTTP\/\d\.\d$/
const BAD_REQUEST: HttpResponse = { status: 400, headers: { Connection: 'close' }, body: '' }
const GO_BAD_REQUEST =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request'

/** @param text begins with a good request line */
function parseHead(text: string): Head {
  const [first, ...rest] = text.split('\r\n')
  const match = REQUEST_LINE.exec(first!)!
  const headers = new Map<string, string>()
  for (const line of rest) {
    const at = line.indexOf(':')
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return { method: match[1]!, target: match[2]!, headers, length: Number(headers.get('content-length') ?? 0) }
}

/** Serves by the daemon's CPU time without waking its coroutine; what takes longer shares the node's cores like any work. */
function work(process: Process, cpuMs: number, then: () => void): void {
  const { kernel, world } = process as Proc
  if (cpuMs < 1) {
    ;(process as Proc).charge(cpuMs || 0.05)
    then()
  } else kernel.cpu.run(world.cgroup, cpuMs, then)
}

export interface HttpServer {
  port: number
  /** The value of the Server header, and how an unreadable request is answered. */
  server?: string
  address?: string
  /** Synchronous answers are sent at once; `respond` may also be kept for later. */
  handle(request: HttpRequest, respond: (response: HttpResponse) => void): void
  /** CPU for one request. */
  cpuMs?: number
  /** Written in Go: how it answers what is no HTTP, and which headers it leaves out. */
  go?: boolean
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Serves HTTP/1.1 with keep-alive. @throws an Error with code EADDRINUSE or EACCES */
export function serveHttp(process: Process, server: HttpServer): { close(): void } {
  return process.net.listen(
    'TCP',
    server.port,
    connection => handleConnection(process, connection, server),
    server.address,
  )
}

function handleConnection(process: Process, connection: Connection, server: HttpServer): void {
  let buffer = ''
  let busy = false
  let closing = false
  const next = (): void => {
    if (busy) return
    const line = buffer.indexOf('\n')
    if (line >= 0 && !REQUEST_LINE.test(buffer.slice(0, line).replace(/\r$/, ''))) {
      connection.send(server.go ? GO_BAD_REQUEST : format(process, server, BAD_REQUEST, 'GET', false))
      connection.close()
      return
    }
    const end = buffer.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = parseHead(buffer.slice(0, end))
    if (buffer.length < end + 4 + head.length) return
    const body = buffer.slice(end + 4, end + 4 + head.length)
    buffer = buffer.slice(end + 4 + head.length)
    busy = true
    const [path, query = ''] = head.target.split('?') as [string, string?]
    const keep = head.headers.get('connection')?.toLowerCase() !== 'close'
    const request: HttpRequest = {
      ...head,
      path: decode(path),
      get query() {
        return new URLSearchParams(query)
      },
      body,
      remote: connection.remote,
    }
    work(process, server.cpuMs ?? 0, () =>
      server.handle(request, response => {
        connection.send(format(process, server, response, head.method, keep))
        busy = false
        if (!keep || closing) connection.close()
        else next()
      }),
    )
  }
  connection.onData(data => {
    buffer += data
    next()
  })
  connection.onClose(() => {
    closing = true
    if (!busy) connection.close()
  })
}

function format(process: Process, server: HttpServer, response: HttpResponse, method: string, keep: boolean): string {
  const body = response.body ?? ''
  const headers: Record<string, string> = {
    ...(server.server ? { Server: server.server } : {}),
    Date: httpDate(process.clock.now()),
    ...response.headers,
  }
  headers['Content-Length'] ??= String(byteLength(body))
  if (!keep || !server.go) headers.Connection ??= keep ? 'keep-alive' : 'close'
  let lines = ''
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`
  return `HTTP/1.1 ${response.status} ${REASONS[response.status] ?? ''}\r\n${lines}\r\n${method === 'HEAD' ? '' : body}`
}
