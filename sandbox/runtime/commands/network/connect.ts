/** Connections as streams of a process. */
import type { ConnectFailure, Connection } from '../../../network/network.ts'
import { type ErrnoCode, errno, words } from '../../errno.ts'
import type { Process, Stream } from '../../processes/process.ts'
import { Buffer, Queue } from '../../processes/streams.ts'
import { lookupHost, usesMusl } from './resolve.ts'

export interface ConnectionStream extends Stream {
  /** Reads no more: what has come is the end. */
  hangUp(): void
}

/** A connection that processes read from and write to. */
export function connectionStream(connection: Connection): ConnectionStream {
  const buffer = new Buffer()
  const readable = new Queue()
  let ended = false
  /** When something was first written after the other side's end. */
  let afterwards: number | undefined
  connection.onData(data => {
    buffer.push(data)
    readable.wake()
  })
  connection.onClose(() => {
    ended = true
    readable.wake()
  })
  return {
    isTerminal: false,
    async read(process, max) {
      while (!buffer.length && !ended) await process.block<void>(wake => readable.wait(wake))
      return buffer.take(max)
    },
    async write({ clock }, data) {
      // Who has finished sending may still listen. That there is nobody is known once what was sent has been refused.
      if (ended && clock.now() > (afterwards ??= clock.now())) throw errno('EPIPE')
      connection.send(data)
    },
    hangUp() {
      ended = true
      readable.wake()
    },
    close: () => connection.close(),
  }
}

/** `resolving`: no name server has answered. */
export type Opened =
  | { connection: Connection; stream: ConnectionStream; ip: string }
  | { failure: ConnectFailure | 'ENOTFOUND' | 'TIMEOUT'; message: string; ip?: string; resolving?: boolean }

/** Why a name has no address, as glibc says it. */
export const lookupFailure = (silent: boolean | undefined): string =>
  silent ? 'Temporary failure in name resolution' : 'Name or service not known'

/** What glibc calls otherwise than musl does. */
const OF_GLIBC: Partial<Record<ErrnoCode, string>> = {
  EHOSTUNREACH: 'No route to host',
  ETIMEDOUT: 'Connection timed out',
}

const reason = (process: Process, code: ErrnoCode): string =>
  (usesMusl(process) ? undefined : OF_GLIBC[code]) ?? words(code)

/** Resolves and connects. @param timeoutMs gives up with TIMEOUT */
export async function connect(
  process: Process,
  host: string,
  port: number,
  options: { timeoutMs?: number; protocol?: 'TCP' | 'UDP' } = {},
): Promise<Opened> {
  const began = process.clock.now()
  const { ips, silent } = await lookupHost(process, host, options.timeoutMs)
  const ip = ips[0]
  if (silent && options.timeoutMs !== undefined && process.clock.now() - began >= options.timeoutMs)
    return { failure: 'TIMEOUT', message: reason(process, 'ETIMEDOUT'), resolving: true }
  if (!ip) return { failure: 'ENOTFOUND', message: `bad address '${host}'`, ...(silent && { resolving: true }) }
  const result = await process.block<{ connection: Connection } | { failure: ConnectFailure | 'TIMEOUT' }>(wake => {
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : process.clock.after(options.timeoutMs, () => {
            giveUp()
            wake({ failure: 'TIMEOUT' })
          })
    const giveUp = process.net.connect(options.protocol ?? 'TCP', ip, port, answer => {
      process.clock.cancel(timer)
      wake(answer)
    })
    return () => {
      process.clock.cancel(timer)
      giveUp()
    }
  })
  if ('failure' in result)
    return {
      failure: result.failure,
      message: reason(process, result.failure === 'TIMEOUT' ? 'ETIMEDOUT' : result.failure),
      ip,
    }
  return { connection: result.connection, stream: connectionStream(result.connection), ip }
}
