/** exec, attach and port-forward on a WebSocket: the channels of *.channel.k8s.io, or SPDY in a tunnel. */
import type { RawData, WebSocket } from 'ws'
import type { ExitResult, NodeProxy, RemoteConnection, RemoteSession } from '../../api/egress/node-proxy.ts'
import type { Pod } from '../../api/types.ts'
import { bytesOfText, IncomingText } from '../../bytes.ts'
import type { ConnectRequest } from '../proxy/connect.ts'

export const REMOTE_PROTOCOLS: readonly string[] = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
]
export const PORT_FORWARD_PROTOCOLS: readonly string[] = ['v4.channel.k8s.io', 'v4.base64.channel.k8s.io']

const STDIN = 0
const STDOUT = 1
const STDERR = 2
const ERROR = 3
const RESIZE = 4
/** v5: the client closes a channel. */
const CLOSE = 255

const asBytes = (data: string | Buffer): Uint8Array => (typeof data === 'string' ? bytesOfText(data) : data)

const frame = (channel: number, data: string | Buffer): Buffer => Buffer.concat([Buffer.from([channel]), asBytes(data)])

/** In base64 the channel is a digit, and the rest is letters. */
const letters = (channel: number, data: string | Buffer): string =>
  `${channel}${Buffer.from(asBytes(data)).toString('base64')}`

function bytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

export interface Ending {
  metadata: object
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: object
  code?: number
}

/** The Status that ends a session, on the error channel. */
export function ending({ code, error }: ExitResult): Ending {
  if (error !== undefined) {
    return {
      metadata: {},
      status: 'Failure',
      message: error,
      reason: 'InternalError',
      details: { causes: [{ message: error }] },
      code: 500,
    }
  }
  if (code === 0) return { metadata: {}, status: 'Success' }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  }
}

/** The command or the attached terminal; without one, the Status that says why. */
export function startSession(
  nodes: NodeProxy,
  asked: Extract<ConnectRequest, { subresource: 'exec' | 'attach' }>,
  fail: (status: Ending) => void,
): RemoteSession | undefined {
  const { pod, container, command, stdin, tty } = asked
  try {
    return asked.subresource === 'exec'
      ? nodes.exec(pod, { container, command, stdin, tty })
      : nodes.attach(pod, { container, stdin, tty })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // The translator between WebSocket and the kubelet has upgraded already, and wraps later errors.
    const told = message.startsWith('Internal error occurred: ') ? message : `Internal error occurred: ${message}`
    fail(ending({ code: 1, error: told }))
    return undefined
  }
}

export function attachSession(
  socket: WebSocket,
  nodes: NodeProxy,
  asked: Extract<ConnectRequest, { subresource: 'exec' | 'attach' }>,
  onActivity: () => void,
): void {
  const { stdin, stdout, stderr, tty } = asked
  // UTF-8 may be cut anywhere between two messages.
  const incoming = new IncomingText()
  const inLetters = socket.protocol.includes('base64')
  const send = (channel: number, data: string): void => socket.send((inLetters ? letters : frame)(channel, data))
  const end = (status: Ending): void => {
    // Before v4 a failure is told in words, and success is not told.
    if (/^v[45]/.test(socket.protocol)) send(ERROR, JSON.stringify(status))
    else if (status.message) send(ERROR, status.message)
    socket.close(1000)
  }
  const session = startSession(nodes, asked, end)
  if (!session) return
  session.onOutput((stream, data) => {
    if (stream === 'stdout' || tty ? stdout : stderr) send(stream === 'stdout' || tty ? STDOUT : STDERR, data)
  })
  session.onExit(result => end(ending(result)))
  socket.on('message', data => {
    const message = bytes(data)
    const channel = inLetters ? Number(message.subarray(0, 1).toString()) : message[0]
    const payload = inLetters ? Buffer.from(message.subarray(1).toString(), 'base64') : message.subarray(1)
    if (channel === STDIN && stdin) {
      if (payload.length) session.writeStdin(incoming.push(payload))
    } else if (channel === RESIZE) resize(session, payload.toString())
    else if (channel === CLOSE && payload[0] === STDIN) endStdin(session, incoming)
    onActivity()
  })
  socket.on('close', () => {
    session.close()
    onActivity()
  })
}

/** A character that was begun and has not been finished is told as the bytes that it is. */
export function endStdin(session: RemoteSession, incoming: IncomingText): void {
  const rest = incoming.end()
  if (rest) session.writeStdin(rest)
  session.closeStdin()
}

export function resize(session: RemoteSession, text: string): void {
  try {
    const { Width, Height } = JSON.parse(text) as { Width?: number; Height?: number }
    if (Width && Height) session.resize(Width, Height)
  } catch {
    // A terminal of unknown size stays as it is.
  }
}

/** Two channels per port, data and error; each begins with the port's number, little-endian. */
export function startPortForward(
  socket: WebSocket,
  nodes: NodeProxy,
  pod: Pod,
  ports: readonly number[],
  onActivity: () => void,
): void {
  const incoming = ports.map(() => new IncomingText())
  const connections: (RemoteConnection | undefined)[] = []
  const waiting: string[][] = ports.map(() => [])
  ports.forEach((port, i) => {
    const number = Buffer.from([port & 0xff, port >> 8])
    socket.send(frame(2 * i, number))
    socket.send(frame(2 * i + 1, number))
    nodes.portForward(pod, port, result => {
      if ('error' in result) {
        socket.send(frame(2 * i + 1, result.error))
        return
      }
      const { connection } = result
      connections[i] = connection
      connection.onData(data => socket.send(frame(2 * i, data)))
      connection.onClose(() => socket.close(1000))
      for (const data of waiting[i]!.splice(0)) connection.send(data)
    })
  })
  socket.on('message', data => {
    const message = bytes(data)
    const channel = message[0] ?? 0
    const i = channel >> 1
    if (channel % 2 || i >= ports.length) return
    const text = incoming[i]!.push(message.subarray(1))
    const connection = connections[i]
    if (connection) connection.send(text)
    else waiting[i]!.push(text)
    onActivity()
  })
  socket.on('close', () => {
    for (const connection of connections) connection?.close()
    onActivity()
  })
}
