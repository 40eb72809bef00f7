/** What a section of haproxy.cfg comes to. */
import type { Condition, Seen } from './acl.ts'

export type Text = (seen: Seen) => string

export interface Server {
  name: string
  host: string
  port: number
  weight: number
  check: boolean
  checkPort?: number
  interMs: number
  rise: number
  fall: number
  backup: boolean
  disabled: boolean
  cookie?: string
  maxConnections: number
  line: number
}

export type Rule = { when: Condition } & (
  | { deny: number }
  | { redirect: (seen: Seen) => string; code: number }
  | { header: 'set' | 'add' | 'del'; name: string; value: Text }
  | { path: Text }
  | { answer: { status: number; type: string; body: Text } }
)

export interface Proxy {
  kind: 'frontend' | 'backend' | 'listen' | 'defaults'
  name: string
  line: number
  mode: 'http' | 'tcp'
  binds: readonly { address: string; port: number; certificate?: string; line: number }[]
  servers: readonly Server[]
  balance: string
  defaultBackend?: { name: string; line: number }
  acls: Map<string, Condition[]>
  switches: readonly { backend: string; when: Condition; line: number }[]
  requestRules: readonly Rule[]
  responseRules: readonly Rule[]
  httpCheck?: { method: string; uri: string; headers: readonly string[]; expect: (status: number) => boolean }
  cookie?: { name: string; insert: boolean; indirect: boolean; private: boolean; attributes: string }
  /** What `default-server` says of each that follows. */
  usualServer: Server
  forwardFor?: { header: string; except?: string; ifNone: boolean }
  timeouts: Readonly<Record<string, number>>
  options: ReadonlySet<string>
  stats?: { uri: string; auth: readonly string[]; realm: string; refresh?: string; hideVersion: boolean }
  logs: boolean
  retries: number
  errorFiles: Readonly<Record<string, string>>
}

export interface Config {
  proxies: readonly Proxy[]
  /** Where the log goes, of what a container can see. */
  logTo?: 1 | 2
}

/** A line of haproxy's complaints, without its level. */
export interface Complaint {
  level: 'ALERT' | 'WARNING'
  text: string
}

const USUAL_SERVER: Server = {
  name: '',
  host: '',
  port: 0,
  weight: 1,
  check: false,
  interMs: 2000,
  rise: 2,
  fall: 3,
  backup: false,
  disabled: false,
  maxConnections: Number.POSITIVE_INFINITY,
  line: 0,
}

/** One in which nothing has been said yet. */
export const empty = (kind: Proxy['kind'], name: string, line: number): Proxy => ({
  kind,
  name,
  line,
  mode: 'tcp',
  binds: [],
  servers: [],
  usualServer: USUAL_SERVER,
  balance: 'roundrobin',
  acls: new Map(),
  switches: [],
  requestRules: [],
  responseRules: [],
  timeouts: {},
  options: new Set(),
  logs: false,
  retries: 3,
  errorFiles: {},
})
