/** Connections that the kubelet makes itself: probes by HTTP, TCP and gRPC, and the near end of a port-forward. */
import type { Clock } from '../clock/clock.ts'
import type { ConnectFailure, Connection, NetworkNamespace } from '../network/network.ts'
import type { DialResult, PortStream } from './cri.ts'
import { formatMessage, parseMessage } from './http.ts'

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: 'connect: connection refused',
  ETIMEDOUT: 'i/o timeout',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
}

type Done = (result: DialResult) => void

/** Calls `done` once: with what `attempt` finds, or with `late` when time is up. */
function within(clock: Clock, timeoutMs: number, late: string, done: Done, attempt: (done: Done) => () => void): void {
  let over = false
  const finish: Done = result => {
    if (over) return
    over = true
    clock.cancel(timer)
    done(result)
  }
  const timer = clock.after(timeoutMs, () => {
    giveUp()
    finish({ ok: false, error: late })
  })
  const giveUp = attempt(finish)
}

export function tcpDial(
  clock: Clock,
  from: NetworkNamespace,
  target: { ip: string; port: number },
  timeoutMs: number,
  done: Done,
): void {
  const address = `${target.ip}:${target.port}`
  within(clock, timeoutMs, `dial tcp ${address}: i/o timeout`, done, finish =>
    from.connect('TCP', target.ip, target.port, result => {
      if ('failure' in result) return finish({ ok: false, error: `dial tcp ${address}: ${WORDS[result.failure]}` })
      result.connection.close()
      finish({ ok: true })
    }),
  )
}

export interface HttpTarget {
  ip: string
  port: number
  path: string
  scheme: 'HTTP' | 'HTTPS'
  headers: readonly { name: string; value: string }[]
}

export function httpGet(clock: Clock, from: NetworkNamespace, target: HttpTarget, timeoutMs: number, done: Done): void {
  const address = `${target.ip}:${target.port}`
  const url = `${target.scheme.toLowerCase()}://${address}${target.path.startsWith('/') ? '' : '/'}${target.path}`
  const refused = (why: string): DialResult => ({ ok: false, error: `Get "${url}": ${why}` })
  const late = `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
  within(clock, timeoutMs, late, done, finish => {
    let open: Connection | undefined
    const cancel = from.connect('TCP', target.ip, target.port, result => {
      if ('failure' in result) return finish(refused(`dial tcp ${address}: ${WORDS[result.failure]}`))
      if (target.scheme === 'HTTPS') {
        result.connection.close()
        return finish(refused('http: server gave HTTP response to HTTPS client'))
      }
      open = result.connection
      let text = ''
      const read = (ended: boolean): void => {
        const parsed = parseMessage(text, ended)
        if (!parsed) {
          if (ended) finish(refused('EOF'))
          return
        }
        open?.close()
        const status = Number(parsed.message.start.split(' ')[1])
        finish({ ok: true, status, body: parsed.message.body })
      }
      open.onData(data => {
        text += data
        read(false)
      })
      open.onClose(() => read(true))
      const given = Object.fromEntries(target.headers.map(h => [h.name, h.value]))
      const headers = { Host: address, 'User-Agent': 'kube-probe/1.36', Accept: '*/*', Connection: 'close', ...given }
      open.send(formatMessage(`GET ${url.slice(url.indexOf('/', 8))} HTTP/1.1`, headers))
    })
    return () => {
      cancel()
      open?.close()
    }
  })
}

/** Servers of the simulation that speak gRPC answer `GRPC-HEALTH service` with a status word. */
export function grpcHealth(
  clock: Clock,
  from: NetworkNamespace,
  target: { ip: string; port: number; service: string },
  timeoutMs: number,
  done: Done,
): void {
  const address = `${target.ip}:${target.port}`
  const late = `timeout: failed to connect service "${address}" within ${timeoutMs / 1000}s: context deadline exceeded`
  within(clock, timeoutMs, late, done, finish =>
    from.connect('TCP', target.ip, target.port, result => {
      if ('failure' in result) return finish({ ok: false, error: late })
      const { connection } = result
      connection.onData(data => {
        connection.close()
        const status = data.trim()
        if (status === 'SERVING') finish({ ok: true })
        else finish({ ok: false, error: `service unhealthy (responded with "${status}")` })
      })
      connection.send(`GRPC-HEALTH ${target.service}\n`)
    }),
  )
}

export function portStream(
  net: NetworkNamespace,
  port: number,
  done: (result: { stream: PortStream } | { error: string }) => void,
): void {
  net.connect('TCP', '127.0.0.1', port, result => {
    if ('failure' in result) done({ error: `dial tcp4 127.0.0.1:${port}: ${WORDS[result.failure]}` })
    else done({ stream: result.connection })
  })
}
