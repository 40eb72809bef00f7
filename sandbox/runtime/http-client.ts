/** HTTP and plain dialling from a node, outside any process: the kubelet's probes. Errors are in Go's words. */
import type { Clock, Timer } from '../clock/clock.ts'
import type { ConnectFailure, Connection, NetworkNamespace } from '../network/network.ts'
import { startTls } from '../network/tls.ts'
import type { DialResult, HttpTarget } from './cri.ts'
import { byteLength } from './tree.ts'

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: 'connect: connection refused',
  ETIMEDOUT: 'connect: connection timed out',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
}

/** Connects, or fails at `timeoutMs`; without an end to that, when the machine gives up. */
export function dial(
  clock: Clock,
  net: NetworkNamespace,
  target: { ip: string; port: number },
  timeoutMs: number,
  done: (result: { connection: Connection } | { error: string; timedOut?: boolean }) => void,
): void {
  let over = false
  const address = `${target.ip.includes(':') ? `[${target.ip}]` : target.ip}:${target.port}`
  const timer = later(clock, timeoutMs, () => {
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

/** Never where there is no end to that time. */
export const later = (clock: Clock, ms: number, task: () => void): Timer | undefined =>
  Number.isFinite(ms) ? clock.after(ms, task) : undefined

export interface HttpAnswer {
  readonly status: number
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>
  /** The status line and the headers, as they were sent. */
  readonly head: string
  readonly body: string
}

/** Most who ask want no headers. */
class Answer implements HttpAnswer {
  readonly status: number
  readonly body: string
  readonly head: string

  constructor(status: number, head: string, body: string) {
    this.status = status
    this.body = body
    this.head = head
  }

  get headers(): ReadonlyMap<string, string> {
    const [, ...lines] = this.head.split('\r\n')
    return new Map(
      lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
  }
}

/**
 * Collects one response; tells when it is complete.
 * @param live gets the pieces of a body that has no length as they come; without it they are collected like any other
 */
export function responseReader(
  done: (answer: HttpAnswer | undefined) => void,
  live?: (piece: string) => void,
): {
  data(text: string): void
  end(): void
} {
  let buffer = ''
  let over = false
  let streaming = false
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
    const head = buffer.slice(0, at)
    const status = Number(/^HTTP\/\d\.\d (\d+)/.exec(head)?.[1] ?? 0)
    if (!status) {
      finish(undefined)
      return
    }
    const body = buffer.slice(at + 4)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    streaming = live !== undefined && length === undefined && status === 200
    if (streaming && body) {
      buffer = `${head}\r\n\r\n`
      live?.(body)
    }
    if (ended || (length !== undefined && byteLength(body) >= Number(length)))
      finish(new Answer(status, head, streaming ? '' : body))
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
  target: HttpTarget,
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
    const opened = result.connection
    let over = false
    const finish = (outcome: DialResult): void => {
      if (over) return
      over = true
      clock.cancel(timer)
      opened.close()
      done(outcome)
    }
    const timer = later(clock, Math.max(0, started + timeoutMs - clock.now()), () =>
      finish({
        ok: false,
        error: `${prefix}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      }),
    )
    const reader = responseReader(answer =>
      finish(
        answer
          ? {
              ok: true,
              status: answer.status,
              body: answer.body,
              ...(answer.status >= 300 && answer.status < 400 && { location: answer.headers.get('location') }),
            }
          : { ok: false, error: `${prefix}EOF` },
      ),
    )
    const ask = (connection: Connection): void => {
      connection.onData(reader.data)
      connection.onClose(reader.end)
      connection.send(`GET ${path} HTTP/1.1\r\n${headerLines(address, target.headers)}\r\n`)
    }
    if (target.scheme === 'HTTP') return ask(opened)
    // The kubelet believes any certificate.
    startTls(opened, target.ip, secured => {
      if (!secured) finish({ ok: false, error: `${prefix}EOF` })
      else if ('connection' in secured) ask(secured.connection)
      else finish({ ok: false, error: prefix + noTls(secured.plain) })
    })
  })
}

/** What Go says when somebody answers its TLS with something else. */
export const noTls = (plain: string): string =>
  plain.startsWith('HTTP/')
    ? 'http: server gave HTTP response to HTTPS client'
    : 'tls: first record does not look like a TLS handshake'

type Header = { name: string; value: string }

/** Of lists of headers that come again and again, as a probe's do. */
const known = new WeakMap<readonly Header[], (address: string) => string>()

function headerLines(address: string, given: readonly Header[]): string {
  let lines = known.get(given)
  if (!lines) known.set(given, (lines = written(given)))
  return lines(address)
}

function written(given: readonly Header[]): (address: string) => string {
  const headers = new Map([
    ['User-Agent', 'kube-probe/1.36'],
    ['Accept', '*/*'],
  ])
  let host: string | undefined
  for (const { name, value } of given) name === 'Host' ? (host = value) : headers.set(name, value)
  const line = (name: string, value: string): string => (value === '' ? '' : `${name}: ${value}\r\n`)
  const last = headers.get('Connection') ?? 'close'
  headers.delete('Connection')
  const rest = [...headers, ['Connection', last] as const].map(([name, value]) => line(name, value)).join('')
  return address => line('Host', host ?? address) + rest
}
