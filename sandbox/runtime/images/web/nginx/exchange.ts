/** One request on its way through nginx, and what its variables come to. */

import type { HttpRequest } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import type { Server } from './config.ts'
import type { Location } from './locations.ts'
import type { Look } from './repeats.ts'
import type { Scope } from './scope.ts'
import { inLog } from './stamps.ts'
import { at, type Directive } from './syntax.ts'
import type { UpstreamGroup } from './upstreams.ts'

export type Level = 'debug' | 'info' | 'notice' | 'warn' | 'error' | 'crit' | 'alert' | 'emerg'

export interface Exchange {
  readonly process: Process
  readonly version: string
  request: HttpRequest
  /** The address it came from, even where a proxy has named another. */
  readonly peer: string
  /** Which connection of the server's it came by, and how many requests have. */
  connection: number
  requests: number
  readonly port: number
  readonly ssl: boolean
  started: number
  server: Server
  location?: Location
  /** The path by which that was found. */
  located: string
  scope: Scope
  method: string
  /** The path as rules have changed it, and what follows its `?`. */
  uri: string
  args: string
  captures: readonly string[]
  readonly set: Map<string, string>
  readonly groups: ReadonlyMap<string, UpstreamGroup>
  user?: string
  /** Set once it is answered. */
  status?: number
  sent?: Readonly<Record<string, string>>
  bytes?: number
  readonly upstream: {
    addresses: string[]
    statuses: string[]
    began?: number
    took: string[]
    headers?: ReadonlyMap<string, string>
  }
  /** Something besides its words, its sender and files has decided on its answer, so that it is not given again. */
  once: boolean
  readonly looks: Look[]
  note(level: Level, message: string): void
}

/** A text with variables in it. */
export interface Text {
  /** What it always is, where no variable is in it. */
  constant?: string
  of(x: Exchange): string
  /** What it comes to for requests that are like this one in all but time and connection. */
  again?(x: Exchange): (like: Exchange) => string
}

/** The file that a path stands for. */
export function fileOf(x: Exchange, uri: string): string {
  const { alias, root } = x.scope
  if (!alias) return root.of(x) + uri
  const { location } = x
  return location && !location.pattern && uri.startsWith(location.path)
    ? alias.of(x) + uri.slice(location.path.length)
    : alias.of(x)
}

export const hostOf = ({ request, server }: Exchange): string =>
  (request.headers.get('host') ?? server.names[0] ?? '').replace(/:\d+$/, '').toLowerCase()

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const forwardedFor = ({ request }: Exchange): string =>
  [request.headers.get('x-forwarded-for'), request.remote.ip].filter(Boolean).join(', ')

const VARIABLES: Readonly<Record<string, (x: Exchange) => string>> = {
  args: x => x.args,
  query_string: x => x.args,
  is_args: x => (x.args ? '?' : ''),
  uri: x => x.uri,
  document_uri: x => x.uri,
  request_uri: x => x.request.target,
  request: x => `${x.request.method} ${x.request.target} HTTP/1.1`,
  request_method: x => x.method,
  request_body: x => x.request.body,
  request_filename: x => fileOf(x, x.uri),
  document_root: x => x.scope.root.of(x),
  realpath_root: x => x.scope.root.of(x),
  host: hostOf,
  hostname: x => x.process.hostname,
  server_name: x => x.server.names[0] ?? '',
  server_addr: x => x.process.net.ips[0] ?? '',
  server_port: x => String(x.port),
  server_protocol: () => 'HTTP/1.1',
  scheme: x => (x.ssl ? 'https' : 'http'),
  https: x => (x.ssl ? 'on' : ''),
  remote_addr: x => x.request.remote.ip,
  realip_remote_addr: x => x.peer,
  binary_remote_addr: x => x.request.remote.ip,
  remote_port: x => String(x.request.remote.port),
  remote_user: x => x.user ?? '',
  proxy_add_x_forwarded_for: forwardedFor,
  content_type: x => x.request.headers.get('content-type') ?? '',
  content_length: x => x.request.headers.get('content-length') ?? '',
  status: x => String(x.status ?? 0).padStart(3, '0'),
  body_bytes_sent: x => String(x.bytes ?? 0),
  bytes_sent: x => String(x.bytes ?? 0),
  request_time: x => seconds(x.process.clock.now() - x.started),
  msec: x => seconds(x.process.clock.now()),
  time_local: x => inLog(x.process.clock.now()),
  time_iso8601: x => new Date(x.process.clock.now()).toISOString().replace(/\.\d+Z/, '+00:00'),
  connection: x => String(x.connection),
  connection_requests: x => String(x.requests),
  pid: x => String(x.process.pid),
  pipe: () => '.',
  nginx_version: x => x.version,
  gzip_ratio: () => '',
  request_completion: x => (x.status === undefined ? '' : 'OK'),
  request_id: x => kept(x, ' id', () => x.process.random.hex(32)),
  sent_http_content_type: x => (x.sent?.['Content-Type'] ?? '').replace(/; *charset=.*/, ''),
  upstream_addr: x => x.upstream.addresses.join(', '),
  upstream_status: x => x.upstream.statuses.join(', '),
  upstream_response_time: x => x.upstream.took.join(', '),
  upstream_connect_time: x => x.upstream.took.join(', '),
  upstream_header_time: x => x.upstream.took.join(', '),
  proxy_host: x => x.set.get('proxy_host') ?? '',
  proxy_port: x => x.set.get('proxy_port') ?? '',
}

/** Variables of which two requests that say the same may hold different values. */
const VARYING = new Set([
  'request_time',
  'msec',
  'time_local',
  'time_iso8601',
  'connection',
  'connection_requests',
  'remote_port',
  'request_id',
  'hostname',
])

function kept(x: Exchange, name: string, make: () => string): string {
  let value = x.set.get(name)
  if (value === undefined) x.set.set(name, (value = make()))
  return value
}

const dashed = (name: string): string => name.replaceAll('_', '-').toLowerCase()

type Member = (x: Exchange) => string

/** Variables whose names hold the name of something. */
const FAMILIES: readonly (readonly [prefix: string, member: (name: string) => Member])[] = [
  ['http_', name => header(name, x => x.request.headers)],
  ['arg_', name => matched(new RegExp(`(?:^|&)${name}=([^&]*)`, 'i'), x => x.args)],
  ['cookie_', name => matched(new RegExp(`(?:^|;\\s*)${name}=([^;]*)`), x => x.request.headers.get('cookie') ?? '')],
  ['sent_http_', name => header(name, x => lowered(x.sent ?? {}))],
  ['upstream_http_', name => header(name, x => x.upstream.headers)],
]

function header(name: string, of: (x: Exchange) => ReadonlyMap<string, string> | undefined): Member {
  const key = dashed(name)
  return x => of(x)?.get(key) ?? ''
}

const matched =
  (pattern: RegExp, of: (x: Exchange) => string): Member =>
  x =>
    pattern.exec(of(x))?.[1] ?? ''

const lowered = (headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** Variables that the configuration makes: what a map comes to is worked out when it is asked for. */
export type Made = ReadonlyMap<string, ((x: Exchange) => string) | 'set'>

function variable(name: string, made: Made, place: Directive): (x: Exchange) => string {
  if (/^\d$/.test(name)) return x => x.captures[Number(name)] ?? ''
  const own = made.get(name)
  if (own === 'set') return x => x.set.get(name) ?? ''
  if (own) return own
  const known = VARIABLES[name]
  if (known && VARYING.has(name))
    return x => {
      x.once = true
      return known(x)
    }
  if (known) return known
  for (const [prefix, member] of FAMILIES) {
    const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (rest) return member(rest)
  }
  throw at(`unknown "${name}" variable`, place)
}

/** @param written how a value is written into the text @throws ConfigError for a variable that nobody knows */
export function compile(
  text: string,
  made: Made,
  place: Directive,
  written: (value: string) => string = value => value,
): Text {
  if (!text.includes('$')) return { constant: text, of: () => text }
  const parts = text.split(/(\$\{\w+\}|\$\w+)/).filter(Boolean)
  const varying = new Set<Piece>()
  const pieces = parts.map((part): Piece => {
    if (!part.startsWith('$')) return part
    if (part === '$') throw at('invalid variable name', place)
    const name = part.replace(/^\$\{?|\}$/g, '')
    // Only one digit names a capture: `$1x` is the first and an x.
    if (/^\d./.test(name)) return (x: Exchange) => written(x.captures[Number(name[0])] ?? '') + name.slice(1)
    const of = variable(name, made, place)
    const piece = (x: Exchange): string => written(of(x))
    if (VARYING.has(name) || made.has(name)) varying.add(piece)
    return piece
  })
  return {
    of: x => joined(pieces, x),
    again(x) {
      const rest = merged(pieces.map(piece => (varying.has(piece) ? piece : valueIn(piece, x))))
      return like => joined(rest, like)
    },
  }
}

type Piece = string | Member

const valueIn = (piece: Piece, x: Exchange): string => (typeof piece === 'string' ? piece : piece(x))

function joined(pieces: readonly Piece[], x: Exchange): string {
  let text = ''
  for (const piece of pieces) text += valueIn(piece, x)
  return text
}

/** With what always follows one another in one piece. */
function merged(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const before = all.at(-1)
    if (typeof piece === 'string' && typeof before === 'string') all[all.length - 1] = before + piece
    else all.push(piece)
  }
  return all
}
