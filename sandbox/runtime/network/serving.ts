/** What daemons are built from: listening, and HTTP over connections, with no process waking up while nothing happens. */
import type { Connection } from '../../network/network.ts'
import { acceptTls, type Certificate } from '../../network/tls.ts'
import { byteLength } from '../files/tree.ts'
import type { Proc } from '../processes/proc.ts'
import type { Process } from '../processes/process.ts'

export interface HttpRequest {
  method: string
  /** With its query. */
  target: string
  path: string
  query: URLSearchParams
  headers: ReadonlyMap<string, string>
  body: string
  remote: { ip: string; port: number }
  /** The same object for requests to one server that said the same, word for word, where it remembers them. */
  words?: object
}

export interface HttpResponse {
  /** 0 sends nothing and closes the connection. */
  status: number
  /** Where a server has words of its own for its status. */
  reason?: string
  /** Where it gives itself another name than its server. */
  server?: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Of one that is given again and again: what it last came to. */
  written?: Written | undefined
}

/** A response as it was sent, and what that depended on besides itself. */
interface Written {
  second: number
  server: string | undefined
  method: string
  keep: boolean
  text: string
}

export const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
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

/** What a request says, whoever says it. */
interface Words {
  readonly method: string
  readonly target: string
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** It is to be the last one of its connection. */
  readonly last: boolean
}

class Received implements HttpRequest {
  readonly method: string
  readonly target: string
  readonly path: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  readonly remote: Connection['remote']
  readonly words: Words

  constructor(words: Words, remote: Connection['remote']) {
    this.method = words.method
    this.target = words.target
    this.path = words.path
    this.headers = words.headers
    this.body = words.body
    this.remote = remote
    this.words = words
  }

  get query(): URLSearchParams {
    const at = this.target.indexOf('?')
    return new URLSearchParams(at < 0 ? '' : this.target.slice(at + 1))
  }
}

/** Probes and health checks say the same again and again. */
class KnownWords {
  #byText: Map<string, Words> | undefined

  get(text: string): Words | undefined {
    return this.#byText?.get(text)
  }

  add(text: string, words: Words): void {
    if (text.length > LONGEST_KNOWN) return
    const known = (this.#byText ??= new Map<string, Words>())
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(text, words)
  }
}

const MOST_KNOWN = 8
const LONGEST_KNOWN = 2000

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
  /** How it answers what is no HTTP; with an empty page when absent. */
  unreadable?(): HttpResponse
  /** Says nothing of connections that stay open. */
  quietKeepAlive?: boolean
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
const HTTPS_ONLY = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'

/**
 * Speaks TLS with one who has connected, or says that it is wanted.
 * @param hangUp closes the connection
 * @param plain what is said to who asks without it
 */
export function acceptHttps(
  connection: Connection,
  certificate: Certificate,
  secured: (connection: Connection) => void,
  hangUp: () => void,
  plain = HTTPS_ONLY,
): void {
  acceptTls(connection, certificate, secured, text => {
    if (REQUEST_LINE.test(text)) connection.send(plain)
    hangUp()
  })
}

/** Serves HTTP/1.1 with keep-alive. @throws an Error with code EADDRINUSE or EACCES */
export function serveHttp(process: Process, server: HttpServer): { close(): void } {
  const known = new KnownWords()
  const converse = (connection: Connection): void => void new Conversation(process, connection, server, known)
  return process.net.listen(
    'TCP',
    server.port,
    connection => {
      const { certificate } = server
      if (!certificate) converse(connection)
      else acceptHttps(connection, certificate, converse, () => connection.close(), server.plain)
    },
    // Go's servers take both versions by one socket.
    server.address ?? (server.go ? '::' : undefined),
  )
}

/** HTTP with one who has connected, where a program listens by itself. */
export const converseHttp = (process: Process, connection: Connection, server: HttpServer): void =>
  void new Conversation(process, connection, server, new KnownWords())

/** Takes whole requests out of what arrives. */
export class RequestReader {
  #buffer = ''
  readonly #remote: Connection['remote']
  readonly #known: KnownWords | undefined

  constructor(remote: Connection['remote'], known?: KnownWords) {
    this.#remote = remote
    this.#known = known
  }

  push(data: string): void {
    this.#buffer += data
  }

  /** The next request; undefined until all of it is there. */
  next(): Received | 'unreadable' | undefined {
    const text = this.#buffer
    if (!text) return undefined
    const known = this.#known?.get(text)
    if (known) {
      this.#buffer = ''
      return new Received(known, this.#remote)
    }
    const line = REQUEST_LINE.exec(text)
    if (!line && text.includes('\n')) return 'unreadable'
    const end = text.indexOf('\r\n\r\n')
    if (!line || end < 0) return undefined
    const headers = parseHeaders(text.slice(line[0].length, end))
    const start = end + 4
    const after = start + Number(headers.get('content-length') ?? 0)
    if (text.length < after) return undefined
    const [, method = '', target = ''] = line
    const query = target.indexOf('?')
    const words: Words = {
      method,
      target,
      path: decode(query < 0 ? target : target.slice(0, query)),
      headers,
      body: text.slice(start, after),
      last: headers.get('connection')?.toLowerCase() === 'close',
    }
    this.#buffer = text.slice(after)
    if (!this.#buffer) this.#known?.add(text, words)
    return new Received(words, this.#remote)
  }
}

/** One client's requests, answered one after the other. */
class Conversation {
  readonly #process: Process
  readonly #connection: Connection
  readonly #server: HttpServer
  readonly #reader: RequestReader
  #busy = false
  #closing = false

  constructor(process: Process, connection: Connection, server: HttpServer, known: KnownWords) {
    this.#process = process
    this.#connection = connection
    this.#server = server
    this.#reader = new RequestReader(connection.remote, known)
    const { connections } = server
    if (connections) {
      connections.accepted++
      connections.active++
    }
    connection.onData(data => {
      this.#reader.push(data)
      this.#next()
    })
    connection.onClose(() => this.#closed())
  }

  #next(): void {
    const request = this.#busy ? undefined : this.#reader.next()
    if (!request) return
    const server = this.#server
    if (request === 'unreadable') {
      this.#connection.send(
        server.go ? GO_BAD_REQUEST : format(this.#process, server, server.unreadable?.() ?? BAD_REQUEST, 'GET', false),
      )
      this.#connection.close()
      return
    }
    this.#busy = true
    work(this.#process, server.cpuMs ?? 0, () => server.handle(request, response => this.#respond(request, response)))
  }

  #respond({ method, words }: Received, response: HttpResponse): void {
    const connection = this.#connection
    if (response.status === 0) {
      connection.close()
      return
    }
    connection.send(format(this.#process, this.#server, response, method, !words.last))
    this.#busy = false
    if (words.last || this.#closing || response.headers?.Connection === 'close') connection.close()
    else this.#next()
  }

  #closed(): void {
    this.#closing = true
    const { connections } = this.#server
    if (connections) connections.active--
    if (!this.#busy) this.#connection.close()
  }
}

function format(process: Process, server: HttpServer, response: HttpResponse, method: string, keep: boolean): string {
  const { written } = response
  if (!written) return textOf(process, server, response, method, keep)
  const second = Math.floor(process.clock.now() / 1000)
  if (
    written.second !== second ||
    written.server !== server.server ||
    written.method !== method ||
    written.keep !== keep
  )
    response.written = {
      second,
      server: server.server,
      method,
      keep,
      text: textOf(process, server, response, method, keep),
    }
  return response.written!.text
}

function textOf(process: Process, server: HttpServer, response: HttpResponse, method: string, keep: boolean): string {
  const { status, body = '', headers = NO_HEADERS } = response
  let lines = ''
  const name = response.server ?? server.server
  if (name && !headers.Server) lines += `Server: ${name}\r\n`
  if (!headers.Date) lines += `Date: ${httpDate(process.clock.now())}\r\n`
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`
  if (headers['Content-Length'] === undefined) lines += `Content-Length: ${byteLength(body)}\r\n`
  if (headers.Connection === undefined && (!keep || !(server.go || server.quietKeepAlive)))
    lines += `Connection: ${keep ? 'keep-alive' : 'close'}\r\n`
  return `HTTP/1.1 ${status} ${response.reason ?? REASONS[status] ?? ''}\r\n${lines}\r\n${method === 'HEAD' ? '' : body}`
}

const NO_HEADERS: NonNullable<HttpResponse['headers']> = {}
