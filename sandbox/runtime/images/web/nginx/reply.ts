/** From what answers a request to what is sent: headers in nginx's order, those that the configuration adds, replaced texts. */
import { type HttpResponse, httpDate } from '../../../serving.ts'
import { byteLength } from '../../../tree.ts'
import { duration } from './durations.ts'
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

export const signatureOf = (x: Exchange): string => (x.scope.tokens ? `nginx/${x.version}` : 'nginx')

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

function expiry({ scope, process }: Exchange): [string, string][] {
  const { expires } = scope
  if (expires === undefined || expires === 'off') return []
  const now = process.clock.now()
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
  const behind = expires.startsWith('-')
  const ms = duration(expires.replace(/^[-+]/, '')) ?? 0
  return [
    ['Expires', httpDate(behind ? now - ms : now + ms)],
    ['Cache-Control', behind ? 'no-cache' : `max-age=${ms / 1000}`],
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
  if (!x.scope.tokens) {
    headers.Server = 'nginx'
    headers.Date = httpDate(x.process.clock.now())
  }
  if (type !== undefined && status !== 304) headers['Content-Type'] = type
  if (status !== 304) headers['Content-Length'] = String(byteLength(body))
  if (reply.modified && !changed) headers['Last-Modified'] = reply.modified
  if (reply.location !== undefined) headers.Location = absolute(x, reply.location)
  headers.Connection = x.request.headers.get('connection')?.toLowerCase() === 'close' ? 'close' : 'keep-alive'
  for (const [name, value] of reply.rest) if (!changed || name !== 'ETag') add(name, value)
  x.sent = headers
  if (WELL.has(status)) for (const [name, value] of expiry(x)) add(name, value)
  for (const { name, value, always } of x.scope.headers) if (always || WELL.has(status)) add(name, value.of(x))
  if (reply.ranges && !changed) headers['Accept-Ranges'] = 'bytes'
  x.bytes = x.request.method === 'HEAD' || status === 304 ? 0 : byteLength(body)
  return { status, reason: reasonOf(status), headers, body }
}
