/** From what answers a request to what is sent: headers in nginx's order, those that the configuration adds, replaced texts. */

import { byteLength } from '../../../files/tree.ts'
import { type HttpResponse, httpDate } from '../../../network/serving.ts'
import { readExpiry } from './durations.ts'
import { type Exchange, hostOf } from './exchange.ts'
import { errorPage, reasonOf } from './pages.ts'

export interface Reply {
  status: number
  type?: string
  body: string
  /** Last-Modified. */
  modified?: string
  location?: string
  /** Headers behind the usual ones. */
  rest: readonly (readonly [name: string, value: string])[]
  /** Parts of it can be asked for. */
  ranges?: boolean
}

const signatureOf = (x: Exchange): string => (x.scope.tokens ? `nginx/${x.version}` : 'nginx')

/** nginx's own page for a status, or a redirection. */
export const pageReply = (x: Exchange, status: number, location?: string): Reply => ({
  status,
  type: 'text/html',
  body: errorPage(status, signatureOf(x)),
  ...(location !== undefined && { location }),
  rest: [],
})

/** Headers are added to what went well, unless they say `always`. */
const WELL = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308])

/** A path becomes an address of this server. */
function absolute(x: Exchange, location: string): string {
  const { absoluteRedirect, portInRedirect, nameInRedirect } = x.scope
  if (!location.startsWith('/') || !absoluteRedirect) return location
  const usual = x.ssl ? 443 : 80
  const host = nameInRedirect ? (x.server.names[0] ?? hostOf(x)) : hostOf(x)
  return `${x.ssl ? 'https' : 'http'}://${host}${portInRedirect && x.port !== usual ? `:${x.port}` : ''}${location}`
}

const DAY = 86_400_000

function expiry(x: Exchange, modified: string | undefined): [string, string][] {
  const wanted = x.scope.expires
  const expires = wanted && (wanted.known ?? readExpiry(wanted.when.of(x)))
  if (!expires || expires === 'off') return []
  x.once = true
  const now = x.process.clock.now()
  if (expires === 'epoch')
    return [
      ['Expires', 'Thu, 01 Jan 1970 00:00:01 GMT'],
      ['Cache-Control', 'no-cache'],
    ]
  if (expires === 'max')
    return [
      ['Expires', 'Thu, 31 Dec 2037 23:55:55 GMT'],
      ['Cache-Control', 'max-age=315360000'],
    ]
  let end: number
  if ('daily' in expires) {
    end = now - (now % DAY) + expires.daily
    if (end <= now) end += DAY
  } else end = (wanted.modified && modified !== undefined ? Date.parse(modified) : now) + expires.after
  const seconds = Math.floor(end / 1000) - Math.floor(now / 1000)
  return [
    ['Expires', httpDate(end)],
    ['Cache-Control', seconds < 0 ? 'no-cache' : `max-age=${seconds}`],
  ]
}

function substituted(x: Exchange, { type = '', body }: Reply): string {
  const { substitutions, substituteOnce, substituteIn } = x.scope
  if (!substitutions.length || !(substituteIn.includes(type.split(';')[0]!) || substituteIn.includes('*'))) return body
  return substitutions.reduce((text, { from, to }) => {
    const [what, by] = [from.of(x), to.of(x)]
    return substituteOnce ? text.replace(what, () => by) : text.replaceAll(what, () => by)
  }, body)
}

/** What says its own charset keeps it. */
function withCharset(x: Exchange, type: string): string {
  const { charset, charsetTypes } = x.scope
  if (!charset) return type
  const [bare = ''] = type.split(';')
  if (/charset=/i.test(type) || !(charsetTypes.includes(bare) || charsetTypes.includes('*'))) return type
  const named = charset.of(x)
  return named && named !== 'off' ? `${type}; charset=${named}` : type
}

export function responseOf(x: Exchange, reply: Reply): HttpResponse {
  const { status, type } = reply
  const body = substituted(x, reply)
  const changed = body !== reply.body
  x.status = status
  const headers: Record<string, string> = {}
  // Two headers of one name are two lines.
  const add = (name: string, value: string): void => {
    if (value !== '') headers[name] = headers[name] === undefined ? value : `${headers[name]}\r\n${name}: ${value}`
  }
  const length = byteLength(body)
  if (type !== undefined && status !== 304) headers['Content-Type'] = withCharset(x, type)
  if (status !== 304) headers['Content-Length'] = String(length)
  if (reply.modified && !changed) headers['Last-Modified'] = reply.modified
  if (reply.location !== undefined) headers.Location = absolute(x, reply.location)
  const { ms, said } = x.scope.keepAlive
  const close = !ms || x.request.headers.get('connection')?.toLowerCase() === 'close'
  headers.Connection = close ? 'close' : 'keep-alive'
  if (said && !close) headers['Keep-Alive'] = `timeout=${said}`
  for (const [name, value] of reply.rest) if (!changed || name !== 'ETag') add(name, value)
  x.sent = headers
  if (WELL.has(status)) for (const [name, value] of expiry(x, reply.modified)) add(name, value)
  for (const { name, value, always } of x.scope.headers) if (always || WELL.has(status)) add(name, value.of(x))
  if (reply.ranges && !changed) headers['Accept-Ranges'] = 'bytes'
  x.bytes = x.request.method === 'HEAD' || status === 304 ? 0 : length
  return { status, reason: reasonOf(status), ...(!x.scope.tokens && { server: 'nginx' }), headers, body }
}
