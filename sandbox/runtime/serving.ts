/** What daemons are built from: listening, and HTTP over connections, with no process waking up while nothing happens. */
import type { Connection } from '../network/network.ts'
import { acceptTls, type Certificate } from '../network/tls.ts'
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
  /** 0 sends nothing and closes the connection. */
  status: number
  /** Where a server has words of its own for its status. */
  reason?: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

export const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
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
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  418: "I'm a teapot",
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** Waits for ever; only a signal ends it, and not one that is handled. */
export const forever = (process: Process): Promise<never> => (process as Proc).forever()

/** Many answers are given in one second, and the same files again and again. */
const dates = new Map<number, string>()

export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000)
  let date = dates.get(second)
  if (date === undefined) {
    if (dates.size >= 50) dates.clear()
    dates.set(second, (date = new Date(ms).toUTCString()))
  }
  return date
}

const REQUEST_LINE = /^(\S+) (\S+) HTTP\/\d\.\d\r?\n/
const BAD_REQUEST: HttpResponse = { status: 400, headers: { Connection: 'close' }, body: '' }
export const GO_BAD_REQUEST =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request'

function parseHeaders(lines: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf('\r\n', start)
    const end = newline < 0 ? lines.length : newline
    const at = lines.indexOf(':', start)
    if (at > start && at < end)
      headers.set(lines.slice(start, at).trim().toLowerCase(), lines.slice(at + 1, end).trim())
    start = end + 2
  }
  return headers
}

class Received implements HttpRequest {
  readonly method: string
  readonly target: string
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  readonly remote: Connection['remote']

  constructor(
    method: string,
    target: string,
    headers: ReadonlyMap<string, string>,
    body: string,
    remote: Connection['remote'],
  ) {
    this.method = method
    this.target = target
    const query = target.indexOf('?')
    this.path = decode(query < 0 ? target : target.slice(0, query))
    this.headers = headers
    this.body = body
    this.remote = remote
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.target.split('?')[1])
  }
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
  /** What it shows, where it speaks TLS only. */
  certificate?: Certificate
  /** What then is sent to who speaks none; that of Go when absent. */
  plain?: string
  /** CPU for one request. */
  cpuMs?: number
  /** Counts those that are open, and those that have been. */
  connections?: { accepted: number; active: number }
  /** Written in Go: how it answers what is no HTTP, and which headers it leaves out. */
  go?: boolean
}

/** The health protocol of gRPC in short, as the kubelet's probe speaks it here; who says anything else hears nothing. */
export function answerGrpcHealth(connection: Connection): void {
  connection.onData(data => connection.send(data.startsWith('grpc-health ') ? 'grpc-health SERVING\r\n' : ''))
  connection.onClose(() => connection.close())
}

const decode = (text: string): string => {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What Go's server says to who speaks no TLS. */
export const HTTPS_ONLY = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'

/** Serves HTTP/1.1 with keep-alive. @throws an Error with code EADDRINUSE or EACCES */
export function serveHttp(process: Process, server: HttpServer): { close(): void } {
  return process.net.listen(
    'TCP',
    server.port,
    connection => {
      const { certificate } = server
      if (!certificate) return handleConnection(process, connection, server)
      acceptTls(
        connection,
        certificate,
        secured => handleConnection(process, secured, server),
        plain => {
          if (REQUEST_LINE.test(plain)) connection.send(server.plain ?? HTTPS_ONLY)
          connection.close()
        },
      )
    },
    server.address,
  )
}

/** Takes whole requests out of what arrives. */
export class RequestReader {
  #buffer = ''
  readonly #remote: Connection['remote']

  constructor(remote: Connection['remote']) {
    this.#remote = remote
  }

  push(data: string): void {
    this.#buffer += data
  }

  /** The next request; undefined until all of it is there. */
  next(): HttpRequest | 'unreadable' | undefined {
    const line = REQUEST_LINE.exec(this.#buffer)
    if (!line && this.#buffer.includes('\n')) return 'unreadable'
    const end = this.#buffer.indexOf('\r\n\r\n')
    if (!line || end < 0) return undefined
    const headers = parseHeaders(this.#buffer.slice(line[0].length, end))
    const start = end + 4
    const after = start + Number(headers.get('content-length') ?? 0)
    if (this.#buffer.length < after) return undefined
    const body = this.#buffer.slice(start, after)
    this.#buffer = this.#buffer.slice(after)
    return new Received(line[1]!, line[2]!, headers, body, this.#remote)
  }
}

function handleConnection(process: Process, connection: Connection, server: HttpServer): void {
  const reader = new RequestReader(connection.remote)
  let busy = false
  let closing = false
  const { connections } = server
  if (connections) {
    connections.accepted++
    connections.active++
  }
  const next = (): void => {
    const request = busy ? undefined : reader.next()
    if (!request) return
    if (request === 'unreadable') {
      connection.send(server.go ? GO_BAD_REQUEST : format(process, server, BAD_REQUEST, 'GET', false))
      connection.close()
      return
    }
    busy = true
    const keep = request.headers.get('connection')?.toLowerCase() !== 'close'
    work(process, server.cpuMs ?? 0, () =>
      server.handle(request, response => {
        if (response.status === 0) return connection.close()
        connection.send(format(process, server, response, request.method, keep))
        busy = false
        if (!keep || closing || response.headers?.Connection === 'close') connection.close()
        else next()
      }),
    )
  }
  connection.onData(data => {
    reader.push(data)
    next()
  })
  connection.onClose(() => {
    closing = true
    if (connections) connections.active--
    if (!busy) connection.close()
  })
}

function format(process: Process, server: HttpServer, response: HttpResponse, method: string, keep: boolean): string {
  const { status, body = '', headers = NO_HEADERS } = response
  let lines = ''
  if (server.server && !headers.Server) lines += `Server: ${server.server}\r\n`
  if (!headers.Date) lines += `Date: ${httpDate(process.clock.now())}\r\n`
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`
  if (headers['Content-Length'] === undefined) lines += `Content-Length: ${byteLength(body)}\r\n`
  if (headers.Connection === undefined && (!keep || !server.go))
    lines += `Connection: ${keep ? 'keep-alive' : 'close'}\r\n`
  return `HTTP/1.1 ${status} ${response.reason ?? REASONS[status] ?? ''}\r\n${lines}\r\n${method === 'HEAD' ? '' : body}`
}

const NO_HEADERS: NonNullable<HttpResponse['headers']> = {}
