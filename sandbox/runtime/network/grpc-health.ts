/** The gRPC health check from a node. The protocol in short: a line with the service asked for, a line with what it answers. */
import type { Clock } from '../../clock/clock.ts'
import type { NetworkNamespace } from '../../network/network.ts'
import type { DialResult } from '../cri.ts'
import { dial } from './http-client.ts'

export interface GrpcTarget {
  ip: string
  port: number
  service: string
}

export function grpcHealth(
  clock: Clock,
  net: NetworkNamespace,
  target: GrpcTarget,
  timeoutMs: number,
  done: (result: DialResult) => void,
): void {
  const address = `${target.ip}:${target.port}`
  dial(clock, net, target, timeoutMs, result => {
    if ('error' in result)
      return done({
        ok: false,
        error: `timeout: failed to connect service "${address}" within ${timeoutMs / 1000}s: context deadline exceeded`,
      })
    const { connection } = result
    let over = false
    const finish = (outcome: DialResult): void => {
      if (over) return
      over = true
      clock.cancel(timer)
      connection.close()
      done(outcome)
    }
    const timer = clock.after(timeoutMs, () =>
      finish({ ok: false, error: `timeout: health rpc did not complete within ${timeoutMs / 1000}s` }),
    )
    connection.onData(data => {
      const status = /^grpc-health (\S+)/.exec(data)?.[1]
      if (status === 'SERVING') finish({ ok: true, status: 1 })
      else if (status === 'SERVICE_UNKNOWN')
        finish({
          ok: false,
          error: `error: health rpc probe failed: rpc error: code = NotFound desc = unknown service`,
        })
      else if (status) finish({ ok: false, error: `service unhealthy (responded with "${status}")` })
      else
        finish({
          ok: false,
          error: `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${data.split('\r\n')[0]}`,
        })
    })
    connection.onClose(() =>
      finish({
        ok: false,
        error: 'error: health rpc probe failed: rpc error: code = Unavailable desc = error reading from server: EOF',
      }),
    )
    connection.send(`grpc-health ${target.service}\r\n`)
  })
}
