/** What holds for a request by the sections that its path falls into: each directive changes a copy of what held above. */
import type { Rule as AccessRule, Old } from './access.ts'
import type { Override } from './directives.ts'
import type { Expiry } from './expiry.ts'
import type { EnvRule, HeaderRule } from './headers.ts'
import type { Redirect } from './redirects.ts'
import type { Rule } from './rewrite.ts'

export interface Scope {
  options: ReadonlySet<string>
  override: ReadonlySet<Override>
  index: readonly string[]
  slash: boolean
  fallback?: string
  require?: AccessRule
  old?: Old
  satisfyAny: boolean
  authType?: string
  authName?: string
  users?: string
  groups?: string
  errorPages: ReadonlyMap<number, string>
  headers: readonly HeaderRule[]
  requestHeaders: readonly HeaderRule[]
  env: readonly EnvRule[]
  types: ReadonlyMap<string, string>
  encodings: ReadonlyMap<string, string>
  charsets: ReadonlyMap<string, string>
  languages: ReadonlyMap<string, string>
  handlers: ReadonlyMap<string, string>
  forceType?: string
  handler?: string
  charset?: string
  expires: { active: boolean; byType: ReadonlyMap<string, Expiry>; usual?: Expiry }
  redirects: readonly Redirect[]
  rewriting: boolean
  rules: readonly Rule[]
  base?: string
  indexOptions: ReadonlySet<string>
  indexIgnore: readonly string[]
  readme?: string
  header?: string
  etag: ReadonlySet<string>
  maxBody: number
  pathInfo: boolean | undefined
  methods?: readonly string[]
  sslOnly: boolean
  /** ProxyPass within a <Location>. */
  proxy?: { url: string; path: string }
  reverse: readonly (readonly [from: string, to: string])[]
  preserveHost: boolean
  ownErrors: boolean
}

/** How a section changes what holds above it. */
export type Setting = (scope: Scope) => void

export const BASE: Scope = {
  options: new Set(['FollowSymLinks']),
  override: new Set(),
  index: ['index.html'],
  slash: true,
  satisfyAny: false,
  errorPages: new Map(),
  headers: [],
  requestHeaders: [],
  env: [],
  types: new Map(),
  encodings: new Map(),
  charsets: new Map(),
  languages: new Map(),
  handlers: new Map(),
  expires: { active: false, byType: new Map() },
  redirects: [],
  rewriting: false,
  rules: [],
  indexOptions: new Set(),
  indexIgnore: ['.', '..'],
  etag: new Set(['MTime', 'Size']),
  maxBody: 1_073_741_824,
  pathInfo: undefined,
  sslOnly: false,
  reverse: [],
  preserveHost: false,
  ownErrors: false,
}
