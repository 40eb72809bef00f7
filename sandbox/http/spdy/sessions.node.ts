/** Sessions over SPDY's streams: port-forward, exec and attach. */
import type { NodeProxy, RemoteConnection } from '../../api/egress/node-proxy.ts'
import type { Pod } from '../../api/types.ts'
import { bytesOfText, IncomingText } from '../../bytes.ts'
import { ending, endStdin, resize, startSession } from '../node/remote.node.ts'
import type { ConnectRequest } from '../proxy/connect.ts'
import { SpdyConnection, type SpdyStream, type Wire } from './connection.node.ts'

export const PORT_FORWARD = 'portforward.k8s.io'
export const REMOTE_COMMANDS: readonly string[] = ['v4.channel.k8s.io']

const typeOf = ({ headers }: SpdyStream): string => headers.streamtype ?? ''

/** For each connection the client opens a stream for errors and one for data, with the same request id. */
export function forwardPorts(wire: Wire, nodes: NodeProxy, pod: Pod, onActivity: () => void): SpdyConnection {
  const errors = new Map<string, SpdyStream>()
  return new SpdyConnection(wire, stream => {
    const { requestid: id = '', port = '' } = stream.headers
    if (typeOf(stream) === 'error') errors.set(id, stream)
    else {
      const error = errors.get(id)
      errors.delete(id)
      if (error) join(nodes, pod, Number(port), stream, error, onActivity)
    }
    onActivity()
  })
}

function join(
  nodes: NodeProxy,
  pod: Pod,
  port: number,
  data: SpdyStream,
  error: SpdyStream,
  onActivity: () => void,
): void {
  let connection: RemoteConnection | undefined
  const incoming = new IncomingText()
  const waiting: string[] = []
  const finish = (why?: string): void => {
    if (why) error.write(why)
    data.end()
    error.end()
  }
  nodes.portForward(pod, port, result => {
    if ('error' in result) return finish(result.error)
    connection = result.connection
    connection.onData(text => data.write(bytesOfText(text)))
    connection.onClose(() => finish())
    for (const text of waiting.splice(0)) connection.send(text)
  })
  const pass = (text: string): void => {
    if (connection) connection.send(text)
    else waiting.push(text)
  }
  data.onData(bytes => {
    pass(incoming.push(bytes))
    onActivity()
  })
  data.onEnd(() => {
    const rest = incoming.end()
    if (rest) pass(rest)
    connection?.close()
    onActivity()
  })
}

/** Begins once the client has opened every stream that it asked for. */
export function serveSession(
  wire: Wire,
  nodes: NodeProxy,
  asked: Extract<ConnectRequest, { subresource: 'exec' | 'attach' }>,
  onActivity: () => void,
): SpdyConnection {
  const { stdin, stdout, stderr, tty } = asked
  const wanted = [
    'error',
    ...(stdin ? ['stdin'] : []),
    ...(stdout ? ['stdout'] : []),
    ...(stderr && !tty ? ['stderr'] : []),
    ...(tty ? ['resize'] : []),
  ]
  const streams = new Map<string, SpdyStream>()
  const connection = new SpdyConnection(wire, stream => {
    streams.set(typeOf(stream), stream)
    if (wanted.every(type => streams.has(type))) begin()
    onActivity()
  })
  const begin = (): void => {
    const finish = (status: object): void => {
      streams.get('error')?.write(JSON.stringify(status))
      for (const stream of streams.values()) stream.end()
      connection.close()
    }
    const session = startSession(nodes, asked, finish)
    if (!session) return
    session.onOutput((from, text) => streams.get(tty ? 'stdout' : from)?.write(bytesOfText(text)))
    session.onExit(result => finish(ending(result)))
    const incoming = new IncomingText()
    streams.get('stdin')?.onData(bytes => {
      session.writeStdin(incoming.push(bytes))
      onActivity()
    })
    streams.get('stdin')?.onEnd(() => {
      endStdin(session, incoming)
      onActivity()
    })
    streams.get('resize')?.onData(bytes => resize(session, bytes.toString()))
    streams.get('error')?.onEnd(() => onActivity())
  }
  return connection
}
