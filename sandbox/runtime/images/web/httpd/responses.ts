/** Answers as they are sent: headers in Apache's order, and whether the connection stays open. */

import { byteLength } from '../../../files/tree.ts'
import { type HttpResponse, httpDate } from '../../../network/serving.ts'
import type { Exchange } from './exchange.ts'
import { onStatus } from './redirects.ts'
import type { Answer } from './reply.ts'

/** After these Apache closes the connection. */
const CLOSING = new Set([400, 408, 411, 413, 414, 500, 501, 503])

/** Headers about the content come last, in this order. */
const LAST = ['content-range', 'content-type', 'content-encoding', 'content-language']

/** Headers in Apache's order: the date and who answers first, the length where its place is, the type last. */
export function headed(
  x: Exchange,
  headers: readonly (readonly [string, string])[],
  body: string,
  whole = false,
): Record<string, string> {
  const all: Record<string, string> = { Date: httpDate(x.process.clock.now()), Server: x.host.signature }
  const length = String(byteLength(body))
  const put = (name: string, value: string): void => {
    const key = Object.keys(all).find(one => one.toLowerCase() === name.toLowerCase()) ?? name
    all[key] =
      all[key] !== undefined && !/^(date|server|content-(type|length))$/i.test(name)
        ? `${all[key]}\r\n${name}: ${value}`
        : value
  }
  const last = (name: string): boolean => !whole && LAST.includes(name.toLowerCase())
  for (const [name, value] of headers) if (!last(name)) put(name, /^content-length$/i.test(name) ? length : value)
  const status = x.status ?? 400
  if (status !== 304 && status !== 204) all['Content-Length'] ??= length
  if (CLOSING.has(status) || !x.host.keepAlive || /^close$/i.test(x.request.headers.get('connection') ?? ''))
    all.Connection = 'close'
  for (const own of LAST)
    for (const [name, value] of headers) if (last(name) && name.toLowerCase() === own) put(name, value)
  return all
}

export function responseOf(
  x: Exchange,
  { status, body, headers, whole, reason = onStatus(status) }: Answer,
): HttpResponse {
  const bare = status === 304 || status === 204
  return {
    status,
    ...(reason !== undefined && { reason }),
    headers: headed(x, headers, body, whole),
    body: bare ? '' : body,
  }
}
