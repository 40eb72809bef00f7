/** Files as answers: their types, what has not changed, parts of them, when they expire. */
import { isErrno } from '../../../errno.ts'
import type { FileStat } from '../../../files/fs.ts'
import { httpDate } from '../../../network/serving.ts'
import { numbered } from './access.ts'
import type { Exchange } from './exchange.ts'
import type { Answer } from './reply.ts'

/** Filled in once the length is known. */
const LENGTH: [string, string] = ['Content-Length', '']

export function look({ process }: Exchange, path: string): FileStat | undefined {
  try {
    return process.fs.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

/** All endings of a name count, each for what it says. */
export function typeOf({ scope, type: ruled }: Exchange, path: string): { type?: string; rest: [string, string][] } {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const rest: [string, string][] = []
  let [type, charset, encoding]: (string | undefined)[] = [ruled ?? scope.forceType]
  for (const ending of name.toLowerCase().split('.').slice(1)) {
    if (ruled === undefined && !scope.forceType) type = scope.types.get(ending) ?? type
    charset = scope.charsets.get(ending) ?? charset
    encoding = scope.encodings.get(ending) ?? encoding
    const language = scope.languages.get(ending)
    if (language) rest.push(['Content-Language', language])
  }
  if (encoding) rest.push(['Content-Encoding', encoding])
  const set = charset ?? (type === 'text/html' || type === 'text/plain' ? scope.charset : undefined)
  return {
    ...(type !== undefined && { type: set && !type.includes('charset') ? `${type}; charset=${set}` : type }),
    rest,
  }
}

export const handlerOf = ({ scope, handler }: Exchange, path: string): string | undefined =>
  handler ??
  scope.handler ??
  path
    .slice(path.lastIndexOf('/') + 1)
    .split('.')
    .slice(1)
    .map(ending => scope.handlers.get(ending.toLowerCase()))
    .find(Boolean)

export function serveFile(x: Exchange, stat: FileStat): Answer | { status: number } {
  const { request, scope, filename } = x
  let body: string
  try {
    body = x.process.fs.readFile(filename)
  } catch (error) {
    if (!isErrno(error)) throw error
    x.note('core', 'error', `AH00132: file permissions deny server access: ${filename}`, { number: numbered(error) })
    return { status: 403 }
  }
  const parts = [
    scope.etag.has('INode') && (stat.ino ?? 1).toString(16),
    scope.etag.has('Size') && stat.size.toString(16),
    scope.etag.has('MTime') && Math.floor(stat.mtime * 1000).toString(16),
  ].filter(Boolean)
  const etag = parts.length ? `"${parts.join('-')}"` : undefined
  const headers: [string, string][] = [['Last-Modified', httpDate(stat.mtime)]]
  if (etag) headers.push(['ETag', etag])
  const none = request.headers.get('if-none-match')
  const since = Date.parse(request.headers.get('if-modified-since') ?? '')
  const unchanged =
    none === undefined
      ? Math.floor(stat.mtime / 1000) * 1000 <= since
      : none === '*' || none.split(/\s*,\s*/).some(one => one.replace(/^W\//, '') === etag)
  if (unchanged) return { status: 304, body: '', headers: [...headers, ...expires(x, undefined, stat)] }
  const { type, rest } = typeOf(x, filename)
  headers.push(['Accept-Ranges', 'bytes'], LENGTH)
  const last: [string, string][] = [...rest, ...expires(x, type, stat)]
  const typed: [string, string][] = type === undefined ? [] : [['Content-Type', type]]
  const bytes = new TextEncoder().encode(body)
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? []
  if (!from && !to) return { status: 200, body, headers: [...headers, ...last, ...typed] }
  const start = from ? Number(from) : Math.max(0, bytes.length - Number(to))
  const end = from && to ? Math.min(Number(to), bytes.length - 1) : bytes.length - 1
  if (start >= bytes.length) return { status: 416 }
  return {
    status: 206,
    body: new TextDecoder().decode(bytes.slice(start, end + 1)),
    headers: [...headers, ...last, ['Content-Range', `bytes ${start}-${end}/${bytes.length}`], ...typed],
  }
}

function expires({ scope, process }: Exchange, type: string | undefined, stat: FileStat): [string, string][] {
  const { active, byType, usual } = scope.expires
  const [bare = ''] = (type ?? '').split(';')
  const rule = byType.get(bare) ?? byType.get(`${bare.split('/')[0]}/*`) ?? usual
  if (!active || rule === undefined) return []
  const { from, seconds } = rule
  const now = process.clock.now()
  const until = (from === 'access' ? now : stat.mtime) + seconds * 1000
  return [
    ['Cache-Control', `max-age=${Math.max(0, Math.floor((until - now) / 1000))}`],
    ['Expires', httpDate(until)],
  ]
}
