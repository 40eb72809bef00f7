/** The API on a port of this machine: node:http for requests, WebSocket for exec, attach and port-forward. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { gzip } from 'node:zlib'
import { type RawData, WebSocketServer } from 'ws'
import type { UserInfo } from '../../api/authentication/user.ts'
import type { NodeProxy } from '../../api/egress/node-proxy.ts'
import { StatusError } from '../../api/status.ts'
import { bytesOfText } from '../../bytes.ts'
import type { Api } from '../api.ts'
import { MAX_BODY } from '../body/body.ts'
import { isProtobuf, protobufToJson } from '../body/protobuf.ts'
import { type ApiRequest, type ApiResponse, headersOf, isStream } from '../exchange.ts'
import { refusal } from '../handler.ts'
import { type ConnectRequest, connecting } from '../proxy/connect.ts'
import type { Wire } from '../spdy/connection.node.ts'
import { forwardPorts, PORT_FORWARD, REMOTE_COMMANDS, serveSession } from '../spdy/sessions.node.ts'
import { headerBytes, warningHeader } from '../warnings.ts'
import { identify } from './credentials.node.ts'
import { attachSession, PORT_FORWARD_PROTOCOLS, REMOTE_PROTOCOLS, startPortForward } from './remote.node.ts'
import { STREAM_PROTOCOLS, streamByWebSocket } from './websocket-stream.node.ts'

export interface ServeOptions {
  api: Api
  port: number
  /** By https; clients show who they are by certificates of `ca`. */
  tls?: { ca: string | readonly string[]; cert: string; key: string }
  /** Users by their static bearer tokens, besides service accounts. */
  tokens?: ReadonlyMap<string, UserInfo>
  /** Called after every request, so that whoever drives the clock lets the world react at once. */
  onActivity?: () => void
  /** Makes something happen to the cluster; returns what is wrong with the command. Heard even while the API is down. */
  onFault?: (command: string) => string | undefined
}

/** Where faults are posted, with this header, which no page of another origin can send. */
export const FAULT_PATH = '/podlab/faults'
export const FAULT_HEADER = 'x-podlab-fault'

export interface Serving {
  port: number
  close(): Promise<void>
}

const GZIP_FROM = 128 * 1024
/** An idle connection stays open as long as a real API server's: a client that thinks for a while meets none that is just being closed. */
const IDLE_MS = 90_000
/** SPDY inside of a WebSocket, as kubectl forwards ports. */
const TUNNEL = `SPDY/3.1+${PORT_FORWARD}`
const SPOKEN = [REMOTE_PROTOCOLS, PORT_FORWARD_PROTOCOLS, STREAM_PROTOCOLS]

export function serve({ api, port, tls, tokens, onActivity = () => {}, onFault }: ServeOptions): Promise<Serving> {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: offered =>
      [...offered].find(p => p === TUNNEL || SPOKEN.some(protocols => protocols.includes(p))) ?? false,
  })
  const listener: RequestListener = (incoming, outgoing) => {
    if (onFault && incoming.method === 'POST' && incoming.url === FAULT_PATH) {
      const command = incoming.headers[FAULT_HEADER]
      const problem = typeof command === 'string' ? onFault(command) : `no header ${FAULT_HEADER}`
      outgoing.writeHead(problem === undefined ? 200 : 400, { 'content-type': 'text/plain; charset=utf-8' })
      outgoing.end(problem ?? '')
      onActivity()
      return
    }
    if (!api.availability.up) {
      incoming.socket.destroy()
      return
    }
    void handle(api, tokens, incoming, outgoing, onActivity).finally(onActivity)
  }
  const options = { keepAliveTimeout: IDLE_MS }
  // Whose certificate is not signed by the authority is not turned away: a token may say who it is.
  const server = tls
    ? createSecureServer(
        { ...options, ...tls, ca: [tls.ca].flat(), requestCert: true, rejectUnauthorized: false },
        listener,
      )
    : createServer(options, listener)
  server.on('upgrade', (incoming, socket, head) => {
    if (!api.availability.up) {
      socket.destroy()
      return
    }
    const refuse = (error: unknown): void => refuseUpgrade(socket, refusal(error))
    upgrade(api, tokens, sockets, incoming, socket, head, onActivity, refuse)
    onActivity()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close: () => close(server, sockets) }),
    )
  })
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

type Tokens = ServeOptions['tokens']

/** Headers, and who sends them; whoever is known already need not be asked for a token. */
function introduced(incoming: IncomingMessage, tokens: Tokens): Pick<ApiRequest, 'headers' | 'user' | 'certificate'> {
  const { known, ...who } = identify(incoming, tokens)
  const { authorization, ...headers } = requestHeaders(incoming)
  return { headers: known ? headers : { ...headers, authorization }, ...who }
}

function requestHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = value && asUtf8(Array.isArray(value) ? value.join(',') : value)
  return headers
}

/** Bytes that are no ASCII come as one character each; clients mean UTF-8. */
const asUtf8 = (text: string): string =>
  /[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text

/** One byte more than allowed is enough to know. */
async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) {
      incoming.resume()
      throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BODY}`, {})
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @param onActivity called where the answer waits for something to happen in the cluster */
function answered(api: Api, request: ApiRequest, onActivity: () => void): Promise<ApiResponse> {
  return new Promise(resolve => {
    let given = false
    api.answer(request, response => {
      given = true
      resolve(response)
    })
    if (!given) onActivity()
  })
}

async function handle(
  api: Api,
  tokens: Tokens,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  onActivity: () => void,
): Promise<void> {
  let response: ApiResponse
  try {
    const bytes = await readBody(incoming)
    const { headers, ...who } = introduced(incoming, tokens)
    const protobuf = isProtobuf(headers['content-type'])
    const request: ApiRequest = {
      method: incoming.method ?? 'GET',
      url: incoming.url ?? '/',
      headers: protobuf ? { ...headers, 'content-type': 'application/json' } : headers,
      body: protobuf ? protobufToJson(bytes) : bytes.toString('utf8'),
      ...who,
      from: incoming.socket.remoteAddress ?? '',
    }
    await api.missing(request)
    response = await answered(api, request, onActivity)
  } catch (error) {
    response = refusal(error)
  }
  await send(incoming, outgoing, response)
}

async function send(incoming: IncomingMessage, outgoing: ServerResponse, response: ApiResponse): Promise<void> {
  const { status, body, warnings } = response
  const { 'transfer-encoding': _chunked, ...rest } = headersOf(response)
  if (warnings.length)
    outgoing.setHeader(
      'warning',
      warnings.map(text => headerBytes(warningHeader(text))),
    )
  if (!isStream(body)) {
    const bytes = bytesOfText(await body)
    if (bytes.length >= GZIP_FROM && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '')) {
      const packed = await new Promise<Buffer>((resolve, reject) =>
        gzip(bytes, { level: 1 }, (error, result) => (error ? reject(error) : resolve(result))),
      )
      outgoing.writeHead(status, { ...rest, 'content-encoding': 'gzip', 'content-length': packed.length })
      outgoing.end(packed)
      return
    }
    outgoing.writeHead(status, { ...rest, 'content-length': bytes.length })
    outgoing.end(bytes)
    return
  }
  outgoing.writeHead(status, rest)
  outgoing.flushHeaders()
  outgoing.socket?.setNoDelay(true)
  const stop = body.open(
    piece => outgoing.write(bytesOfText(piece)),
    () => outgoing.end(),
  )
  outgoing.on('close', stop)
}

function nodesOf(api: Api) {
  if (!api.nodes)
    throw new StatusError(501, 'NotImplemented', 'not simulated: this server has no nodes that run containers')
  return api.nodes
}

function upgrade(
  api: Api,
  tokens: Tokens,
  sockets: WebSocketServer,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  onActivity: () => void,
  refuse: (error: unknown) => void,
): void {
  socket.on('error', () => socket.destroy())
  const request: ApiRequest = {
    method: 'GET',
    url: incoming.url ?? '/',
    body: '',
    ...introduced(incoming, tokens),
  }
  const webSocket = /websocket/i.test(incoming.headers.upgrade ?? '')
  const connect = (asked: ConnectRequest | undefined): void => {
    if (!asked && webSocket && incoming.method === 'GET') {
      const told = (response: ApiResponse): void => refuseUpgrade(socket, response)
      streamByWebSocket(api, sockets, incoming, socket, head, request, told).catch(refuse).finally(onActivity)
      return
    }
    if (!asked) {
      refuseUpgrade(socket, api.respond({ ...request, method: incoming.method ?? 'GET' }))
      return
    }
    const nodes = nodesOf(api)
    if (asked.subresource !== 'portforward') {
      const refusal = refusedByKubelet(() => nodes.checkConnect(asked.pod, asked.container, asked.subresource))
      if (refusal !== undefined) {
        const headers = { 'content-type': 'text/plain; charset=utf-8' }
        refuseUpgrade(socket, { status: 500, headers, body: refusal, warnings: [] })
        return
      }
    }
    if (webSocket) {
      byWebSocket(api, sockets, incoming, socket, head, request, asked, nodes, onActivity)
    } else bySpdy(api, incoming, socket, head, asked, nodes, onActivity)
  }
  const start = (): void =>
    api.server.outside.carry(
      () => connecting(api.server, request),
      outcome => {
        try {
          if ('error' in outcome) throw outcome.error
          connect(outcome.value)
        } catch (error) {
          refuse(error)
        }
        onActivity()
      },
    )
  const missing = api.missing(request)
  if (missing) missing.then(start, refuse)
  else start()
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)

function byWebSocket(
  api: Api,
  sockets: WebSocketServer,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  request: ApiRequest,
  asked: ConnectRequest,
  nodes: NodeProxy,
  onActivity: () => void,
): void {
  const offered = (incoming.headers['sec-websocket-protocol'] ?? '').split(',').map(s => s.trim())
  const spoken = asked.subresource === 'portforward' ? [TUNNEL, ...PORT_FORWARD_PROTOCOLS] : REMOTE_PROTOCOLS
  if (!offered.some(p => spoken.includes(p))) {
    throw new StatusError(
      400,
      'BadRequest',
      `not simulated: none of the protocols ${offered.join(', ')}; spoken: ${spoken.join(', ')}`,
      {},
    )
  }
  const ports = new URL(request.url, 'http://api').searchParams.getAll('ports').map(Number)
  sockets.handleUpgrade(incoming, socket, head, client => {
    client.on(
      'close',
      api.availability.opened(() => client.terminate()),
    )
    if (asked.subresource !== 'portforward') attachSession(client, nodes, asked, onActivity)
    else if (client.protocol === TUNNEL) {
      const wire: Wire = { send: bytes => client.send(bytes), close: () => client.close(1000) }
      const connection = forwardPorts(wire, nodes, asked.pod, onActivity)
      client.on('message', data => connection.receive(bytesOf(data)))
      client.on('close', () => connection.close())
    } else startPortForward(client, nodes, asked.pod, ports, onActivity)
    onActivity()
  })
}

/** The older way: the connection itself becomes SPDY. */
function bySpdy(
  api: Api,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  asked: ConnectRequest,
  nodes: NodeProxy,
  onActivity: () => void,
): void {
  const header = incoming.headers['x-stream-protocol-version'] ?? ''
  const offered = (Array.isArray(header) ? header.join(',') : header).split(',').map(s => s.trim())
  const spoken = asked.subresource === 'portforward' ? [PORT_FORWARD] : REMOTE_COMMANDS
  const protocol = spoken.find(p => offered.includes(p))
  if (!protocol) {
    const lists = `the client supports [${offered.join(' ')}], the server accepts [${spoken.join(' ')}]`
    throw new StatusError(403, 'Forbidden', `unable to upgrade: unable to negotiate protocol: ${lists}`, {})
  }
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: SPDY/3.1\r\nx-stream-protocol-version: ${protocol}\r\n\r\n`,
  )
  const wire: Wire = { send: bytes => void socket.write(bytes), close: () => void socket.end() }
  const connection =
    asked.subresource === 'portforward'
      ? forwardPorts(wire, nodes, asked.pod, onActivity)
      : serveSession(wire, nodes, asked, onActivity)
  socket.on('data', (bytes: Buffer) => connection.receive(bytes))
  socket.on('close', () => connection.close())
  socket.on(
    'close',
    api.availability.opened(() => socket.destroy()),
  )
  if (head.length) connection.receive(head)
}

/** What the kubelet answers instead of an upgrade, which is handed through as it is; the client puts its own words in front. */
function refusedByKubelet(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    const [, words] = /^unable to upgrade connection: (.*)$/.exec((error as Error).message) ?? []
    if (words === undefined) throw error
    return words
  }
}

function refuseUpgrade(socket: Duplex, response: ApiResponse): void {
  const { status, body } = response
  const text = typeof body === 'string' ? body : ''
  const lines = Object.entries({
    ...headersOf(response),
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  }).map(([k, v]) => `${k}: ${v}`)
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${text}`)
}
