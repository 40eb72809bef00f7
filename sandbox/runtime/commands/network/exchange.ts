/** A request by HTTP, as the commands that fetch make it: what an address says, one exchange over a connection. */
import type { Connection } from '../../../network/network.ts'
import { type HttpAnswer, responseReader } from '../../network/http-client.ts'
import type { Process } from '../../processes/process.ts'
import { Usage } from '../command.ts'

export interface Url {
  scheme: string
  host: string
  port: number
  target: string
}

export function parseUrl(text: string): Url {
  const match = /^(?:(\w+):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?/.exec(text)
  if (!match) throw new Usage(`bad address '${text}'`)
  const scheme = match[1]?.toLowerCase() ?? 'http'
  const rest = match[4] ?? '/'
  return {
    scheme,
    host: match[2]!.replace(/^\[|\]$/g, ''),
    port: Number(match[3] ?? (scheme === 'https' ? 443 : 80)),
    target: rest.startsWith('/') ? rest : `/${rest}`,
  }
}

export interface Exchange {
  method: string
  headers: Record<string, string>
  body?: string
}

/**
 * One request over an open connection; 'timeout' when it takes longer than `deadline`.
 * @param live see responseReader
 * @param everySecond called while nothing comes
 */
export async function exchange(
  process: Process,
  connection: Connection,
  url: Url,
  request: Exchange,
  deadline: number | undefined,
  live?: (piece: string) => Promise<void>,
  everySecond?: () => Promise<void>,
): Promise<HttpAnswer | undefined | 'timeout'> {
  const host = url.port === (url.scheme === 'https' ? 443 : 80) ? url.host : `${url.host}:${url.port}`
  const headers: Record<string, string> = { Host: host, ...request.headers }
  if (request.body !== undefined) headers['Content-Length'] ??= String(new TextEncoder().encode(request.body).length)
  let news = (): void => {}
  let answer: { got: HttpAnswer | undefined | 'timeout' } | undefined
  let pieces = ''
  const timer =
    deadline === undefined
      ? undefined
      : process.clock.after(deadline - process.clock.now(), () => {
          answer ??= { got: 'timeout' }
          news()
        })
  const reader = responseReader(
    got => {
      answer ??= { got }
      news()
    },
    live &&
      (piece => {
        pieces += piece
        news()
      }),
    request.method === 'HEAD',
  )
  connection.onData(reader.data)
  connection.onClose(reader.end)
  connection.send(
    `${request.method} ${url.target} HTTP/1.1\r\n${Object.entries(headers)
      .map(([k, v]) => `${k}: ${v}\r\n`)
      .join('')}\r\n${request.body ?? ''}`,
  )
  try {
    for (;;) {
      if (pieces) {
        const text = pieces
        pieces = ''
        await live?.(text)
      } else if (answer) return answer.got
      else {
        const second = await process.block<boolean>(wake => {
          const timer = everySecond && process.clock.after(1000, () => wake(true))
          news = () => {
            process.clock.cancel(timer)
            wake(false)
          }
          return () => process.clock.cancel(timer)
        })
        if (second) await everySecond?.()
      }
    }
  } finally {
    process.clock.cancel(timer)
    connection.close()
  }
}
