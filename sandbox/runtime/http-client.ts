/** HTTP and plain dialling from a node, outside any process: the kubelet's probes. Errors are in Go's words. */
import type { Clock } from '../clock/clock.ts'
import type { ConnectFailure, Connection, NetworkNamespace } from '../network/network.ts'
import type { DialResult } from './cri.ts'
import { byteLength } from './tree.ts'

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: 'connect: connection refused',
  ETIMEDOUT: 'i/o timeout',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
}

/** Connects, or fails at `timeoutMs`. */
export function dial(
  clock: Clock,
  net: NetworkNamespace,
  target: { ip: string; port: number },
  timeoutMs: number,
  done: (result: { connection: Connection } | { error: string; timedOut?: boolean }) => void,
): void {
  let over = false
  const address = `${target.ip.includes(':') ? `[${target.ip}]` : target.ip}:${target.port}`
  const timer = clock.after(timeoutMs, () => {
    over = true
    giveUp()
    done({ error: `dial tcp ${address}: i/o timeout`, timedOut: true })
  })
  const giveUp = net.connect('TCP', target.ip, target.port, result => {
    if (over) return
    clock.cancel(timer)
    done('connection' in result ? result : { error: `dial tcp ${address}: ${WORDS[result.failure]}` })
  })
}

export interface HttpAnswer {
  status: number
  headers: Map<string, string>
  body: string
}

/** Collects one response; tells when it is complete. */
export function responseReader(done: (answer: HttpAnswer | undefined) => void): {
  data(text: string): void
  end(): void
} {
  let buffer = ''
  let over = false
  const finish = (answer: HttpAnswer | undefined): void => {
    if (over) return
    over = true
    done(answer)
  }
  const read = (ended: boolean): void => {
    const at = buffer.indexOf('\r\n\r\n')
    if (at < 0) {
      if (ended) finish(undefined)
      return
    }
    const [first = '', ...lines] = buffer.slice(0, at).split('\r\n')
    const status = Number(/^HTTP\/\d\.\d (\d+)/.exec(first)?.[1] ?? 0)
    if (!status) {
      finish(undefined)
      return
    }
    const headers = new Map(
      lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const body = buffer.slice(at + 4)
    const length = headers.get('content-length')
    if (ended || length === undefined ? ended : byteLength(body) >= Number(length)) finish({ status, headers, body })
  }
  return {
    data(text) {
      buffer += text
      read(false)
    },
    end: () => read(true),
  }
}

export function httpGet(
  clock: Clock,
  net: NetworkNamespace,
  target: {
    ip: string
    port: number
    path: string
    scheme: 'HTTP' | 'HTTPS'
    headers: readonly { name: string; value: string }[]
  },
  timeoutMs: number,
  done: (result: DialResult) => void,
): void {
  const address = `${target.ip.includes(':') ? `[${target.ip}]` : target.ip}:${target.port}`
  const path = target.path.startsWith('/') ? target.path : `/${target.path}`
  const prefix = `Get "${target.scheme.toLowerCase()}://${address}${path}": `
  const started = clock.now()
  dial(clock, net, target, timeoutMs, result => {
    if ('error' in result) {
      return done({
        ok: false,
        error:
          prefix +
          (result.timedOut
            ? 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'
            : result.error),
      })
    }
    const { connection } = result
    let over = false
    const finish = (outcome: DialResult): void => {
      if (over) return
      over = true
      clock.cancel(timer)
      connection.close()
      done(outcome)
    }
    const timer = clock.after(Math.max(0, started + timeoutMs - clock.now()), () =>
      finish({
        ok: false,
        error: `${prefix}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      }),
    )
    const reader = responseReader(answer =>
      finish(
        answer
          ? target.scheme === 'HTTPS'
            ? { ok: false, error: `${prefix}http: server gave HTTP response to HTTPS client` }
            : { ok: true, status: answer.status, body: answer.body }
          : { ok: false, error: `${prefix}EOF` },
      ),
    )
    connection.onData(reader.data)
    connection.onClose(reader.end)
    const headers = new Map([
      ['Host', address],
      ['User-Agent', 'kube-probe/1.36'],
      ['Accept', '*/*'],
      ['Connection', 'close'],
    ])
    for (const { name, value } of target.headers) headers.set(name, value)
    connection.send(
      `GET ${path} HTTP/1.1\r\n${[...headers]
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    )
  })
}
