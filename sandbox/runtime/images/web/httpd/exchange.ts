/** One request on its way through Apache, and its variables as rules and logs name them. */

import type { HttpRequest } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import type { Host } from './host.ts'
import type { Scope } from './scope.ts'

export type Level = 'emerg' | 'alert' | 'crit' | 'error' | 'warn' | 'notice' | 'info' | 'debug'

export interface Exchange {
  readonly process: Process
  readonly version: string
  readonly request: HttpRequest
  /** The client's address, which a trusted header may have named. */
  ip: string
  readonly port: number
  readonly ssl: boolean
  readonly started: number
  readonly host: Host
  scope: Scope
  method: string
  /** The decoded path as rules have changed it, and what follows its `?`. */
  uri: string
  args: string
  /** The file that the path stands for; what of the path goes on behind a file. */
  filename: string
  pathInfo: string
  readonly env: Map<string, string>
  /** Headers as rules of RequestHeader leave them. */
  readonly headers: Map<string, string>
  user?: string
  /** Who says to be somebody, with the right password or not. */
  claimed?: string
  /** What a rule has said of who answers and of the type. */
  handler?: string
  type?: string
  /** A rule has ended all rewriting of this request. */
  ended?: boolean
  /** So often it has been sent on to another path inside. */
  redirects: number
  /** Headers that belong to the answer whatever it is. */
  readonly always: [name: string, value: string][]
  /** Set once it is answered. */
  status?: number
  bytes?: number
  sent?: readonly (readonly [name: string, value: string])[]
  /** @param told the error of a system call, which stands before the client; whether the client is not named */
  note(module: string, level: Level, text: string, told?: { number?: string; anonymous?: boolean }): void
}

/** The name that the client asks for, or else the server's own. */
export const hostName = (x: Exchange): string =>
  (x.request.headers.get('host') ?? x.host.name ?? x.process.net.ips[0] ?? '').replace(/:\d+$/, '')

/** The port that the client asked for, by the name that it asked for. */
export function askedPort(x: Exchange): number {
  const asked = x.request.headers.get('host')
  const [, port] = /:(\d+)$/.exec(asked ?? '') ?? []
  return port ? Number(port) : asked === undefined ? x.port : x.ssl ? 443 : 80
}

/** `http://name:port`, as redirections to this server begin. */
export function ownAddress(x: Exchange): string {
  const asked = x.request.headers.get('host')
  const scheme = x.ssl ? 'https' : 'http'
  const usual = x.ssl ? 443 : 80
  const own = x.host.canonical && x.host.name ? x.host.name : undefined
  if (own === undefined && asked !== undefined) return `${scheme}://${asked}`
  return `${scheme}://${own ?? hostName(x)}${x.port === usual ? '' : `:${x.port}`}`
}

const two = (n: number): string => String(n).padStart(2, '0')

const VARIABLES: Readonly<Record<string, (x: Exchange) => string>> = {
  REQUEST_URI: x => x.uri,
  REQUEST_FILENAME: x => x.filename || x.uri,
  SCRIPT_FILENAME: x => x.filename || x.uri,
  REQUEST_METHOD: x => x.method,
  QUERY_STRING: x => x.args,
  THE_REQUEST: x => `${x.request.method} ${x.request.target} HTTP/1.1`,
  HTTP_HOST: x => x.headers.get('host') ?? '',
  HTTPS: x => (x.ssl ? 'on' : 'off'),
  REQUEST_SCHEME: x => (x.ssl ? 'https' : 'http'),
  REMOTE_ADDR: x => x.ip,
  REMOTE_HOST: x => x.ip,
  REMOTE_PORT: x => String(x.request.remote.port),
  REMOTE_USER: x => x.user ?? '',
  SERVER_NAME: x => (x.host.canonical && x.host.name) || hostName(x),
  SERVER_PORT: x => String(askedPort(x)),
  SERVER_ADDR: x => x.process.net.ips[0] ?? '',
  SERVER_PROTOCOL: () => 'HTTP/1.1',
  SERVER_SOFTWARE: x => x.host.signature,
  SERVER_ADMIN: x => x.host.admin,
  DOCUMENT_ROOT: x => x.host.root,
  PATH_INFO: x => x.pathInfo,
  REQUEST_STATUS: x => String(x.status ?? ''),
  TIME: x => new Date(x.process.clock.now()).toISOString().slice(0, 19).replace(/\D/g, ''),
  TIME_YEAR: x => String(new Date(x.process.clock.now()).getUTCFullYear()),
  TIME_MON: x => two(new Date(x.process.clock.now()).getUTCMonth() + 1),
  TIME_DAY: x => two(new Date(x.process.clock.now()).getUTCDate()),
  TIME_HOUR: x => two(new Date(x.process.clock.now()).getUTCHours()),
  TIME_MIN: x => two(new Date(x.process.clock.now()).getUTCMinutes()),
  TIME_SEC: x => two(new Date(x.process.clock.now()).getUTCSeconds()),
  TIME_WDAY: x => String(new Date(x.process.clock.now()).getUTCDay()),
}

/** What `%{NAME}` comes to; nothing, of names that nobody knows. */
export function variable(x: Exchange, name: string): string {
  const [, family, key = ''] = /^(HTTP|ENV|SSL|LA-U|LA-F):(.+)$/.exec(name) ?? []
  if (family === 'HTTP') return x.headers.get(key.toLowerCase()) ?? ''
  if (family === 'ENV') return x.env.get(key) ?? ''
  if (family?.startsWith('LA-')) return variable(x, key)
  if (family === 'SSL') return ''
  const known = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined
  if (known) return known(x)
  return name.startsWith('HTTP_') ? (x.headers.get(name.slice(5).replaceAll('_', '-').toLowerCase()) ?? '') : ''
}
