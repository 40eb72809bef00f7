/** A host of Apache: what its directives have said of it. */
import type { Level } from './exchange.ts'
import type { LogFormat } from './formats.ts'
import type { onlyIf } from './headers.ts'
import type { Member, ProxyPass } from './proxying.ts'
import type { Alias } from './redirects.ts'
import type { Scope } from './scope.ts'
import type { Section } from './sections.ts'
import type { Directive } from './syntax.ts'

export interface Listen {
  address: string
  port: number
}

export interface CustomLog {
  path: string
  format: LogFormat
  when: Parameters<typeof onlyIf>[0]
}

export interface Host {
  /** Addresses of <VirtualHost>; none of the main server. */
  addresses: readonly Listen[]
  name?: string
  port?: number
  aliases: readonly string[]
  admin: string
  root: string
  canonical: boolean
  signature: string
  /** Whether pages of errors name the server. */
  footer: 'Off' | 'On' | 'EMail'
  scope: Scope
  directories: readonly Section[]
  files: readonly Section[]
  locations: readonly Section[]
  aliasesOf: readonly Alias[]
  proxies: readonly ProxyPass[]
  balancers: ReadonlyMap<string, readonly Member[]>
  errorLog: string
  level: Level
  logs: readonly CustomLog[]
  ssl?: { certificate: string; key?: string; place: Directive }
  remoteIp?: { header: string }
  traces: boolean
  keepAlive: boolean
  /** Whether a path may hold `%2F`. */
  encodedSlashes: boolean
  /** Seconds that it waits for others, and for servers behind where that is something else. */
  timeout: number
  proxyTimeout?: number
  place?: Directive
}

/** A host while its directives are read. */
export type HostDraft = { -readonly [K in keyof Host]: Host[K] } & {
  directories: Section[]
  files: Section[]
  locations: Section[]
  aliasesOf: Alias[]
  proxies: ProxyPass[]
  balancers: Map<string, Member[]>
  logs: CustomLog[]
}
