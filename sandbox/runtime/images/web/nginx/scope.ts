/** What holds in a block of nginx's configuration, and what holds where nothing is said. */

import type { Expiry } from './durations.ts'
import type { Text } from './exchange.ts'
import type { LogFormat } from './formats.ts'
import type { ProxyPass } from './upstreams.ts'

export interface ErrorPage {
  statuses: readonly number[]
  /** What it is answered with: undefined keeps the status, 0 takes that of the page. */
  as?: number
  page: Text
}

export interface AddedHeader {
  name: string
  value: Text
  always: boolean
}

export interface LimitReq {
  zone: string
  burst: number
  /** Requests beyond this many wait; Infinity: none does. */
  delay: number
}

export interface AccessLog {
  path: string
  format: LogFormat
  when?: Text
}

export interface Rule {
  allow: boolean
  /** `all`, an address, or a range of them. */
  from: string
}

export interface Scope {
  root: Text
  alias?: Text
  index: readonly Text[]
  autoindex: boolean
  exactSizes: boolean
  types: ReadonlyMap<string, string>
  defaultType: string
  tryFiles?: readonly Text[]
  headers: readonly AddedHeader[]
  expires?: { modified: boolean; when: Text; known?: Expiry }
  errorPages: readonly ErrorPage[]
  internal: boolean
  accessLogs: readonly AccessLog[]
  errorLog: { path: string; level: string }
  maxBody: number
  rules: readonly Rule[]
  satisfyAny: boolean
  realm?: Text
  users?: Text
  limits: readonly LimitReq[]
  limitStatus: number
  connectionLimits: readonly { zone: string; most: number }[]
  connectionLimitStatus: number
  tokens: boolean
  absoluteRedirect: boolean
  portInRedirect: boolean
  nameInRedirect: boolean
  etag: boolean
  /** Which times of a file If-Modified-Since may name for it to count as unchanged. */
  ifModified: 'off' | 'exact' | 'before'
  logMissing: boolean
  charset?: Text
  charsetTypes: readonly string[]
  keepAlive: { ms: number; said?: number }
  resolver?: string
  realIp: { header: string; from: readonly string[]; recursive: boolean }
  substitutions: readonly { from: Text; to: Text }[]
  substituteOnce: boolean
  substituteIn: readonly string[]
  /** What goes to another server with a request. */
  passing: Passing
  /** Who answers instead of files. */
  content?: { proxy: ProxyPass } | { status: true } | { missing: string }
  /** Of `limit_except`: methods that its rules do not concern, and the rules. */
  except?: { methods: readonly string[]; scope: Scope }
}

export interface Passing {
  headers: readonly (readonly [name: string, value: Text])[]
  hidden: readonly string[]
  connectMs: number
  readMs: number
  intercept: boolean
  redirects: readonly Redirect[] | 'off' | 'default'
  next: readonly string[]
  /** 0: as many as there are servers. */
  tries: number
  version: '1.0' | '1.1'
  method?: Text
  ownHeaders: boolean
  ownBody: boolean
  body?: Text
}

/** Of proxy_redirect: what a Location begins with, or a pattern of it, and what stands in its place. */
export interface Redirect {
  from: Text | RegExp
  to: Text
}

const always = (text: string): Text => ({ constant: text, of: () => text })

const CHARSET_TYPES = [
  'text/html',
  'text/xml',
  'text/plain',
  'text/vnd.wap.wml',
  'application/javascript',
  'application/rss+xml',
]

export const OUTERMOST: Scope = {
  root: always('/etc/nginx/html'),
  index: [always('index.html')],
  autoindex: false,
  exactSizes: true,
  types: new Map([
    ['html', 'text/html'],
    ['gif', 'image/gif'],
    ['jpg', 'image/jpeg'],
  ]),
  defaultType: 'text/plain',
  headers: [],
  errorPages: [],
  internal: false,
  accessLogs: [],
  errorLog: { path: '/var/log/nginx/error.log', level: 'error' },
  maxBody: 1024 * 1024,
  rules: [],
  satisfyAny: false,
  limits: [],
  limitStatus: 503,
  connectionLimits: [],
  connectionLimitStatus: 503,
  tokens: true,
  absoluteRedirect: true,
  portInRedirect: true,
  nameInRedirect: false,
  etag: true,
  ifModified: 'exact',
  logMissing: true,
  charsetTypes: CHARSET_TYPES,
  keepAlive: { ms: 75_000 },
  realIp: { header: 'x-real-ip', from: [], recursive: false },
  substitutions: [],
  substituteOnce: true,
  substituteIn: ['text/html'],
  passing: {
    headers: [],
    hidden: [],
    connectMs: 60_000,
    readMs: 60_000,
    intercept: false,
    redirects: 'default',
    next: ['error', 'timeout'],
    tries: 0,
    version: '1.0',
    ownHeaders: true,
    ownBody: true,
  },
}
