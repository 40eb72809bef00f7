/** The directives that speak of a whole host: its names and ports, logs, certificates, aliases, and what it passes on. */
import { directive } from './directives.ts'
import type { Level } from './exchange.ts'
import { logFormat } from './formats.ts'
import type { HostDraft, Listen } from './host.ts'
import { proxyPass } from './proxying.ts'
import { absolute, type Reading } from './reading.ts'
import { alias } from './redirects.ts'
import { at, type Directive, words } from './syntax.ts'
import { isTokens } from './tokens.ts'

/** What is gathered while all hosts are read. */
export interface Building {
  reading: Reading
  formats: Map<string, string>
  listens: Listen[]
  hosts: Directive[]
  tokens: string
}

interface Reads {
  d: Directive
  /** The words of the directive; `first` is empty where there is none. */
  args: readonly string[]
  first: string
  host: HostDraft
  building: Building
}

type Read = (reads: Reads) => void

/** @returns whether the directive is one of a whole host @throws ConfigError */
export function serverDirective(building: Building, host: HostDraft, d: Directive): boolean {
  const key = d.name.toLowerCase()
  const read = Object.hasOwn(SERVER_DIRECTIVES, key) ? SERVER_DIRECTIVES[key] : undefined
  if (!read) return false
  const args = words(d.args)
  read({ d, args, first: args[0] ?? '', host, building })
  return true
}

const COMMON = '%h %l %u %t "%r" %>s %b'
const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug']

const isOnOff = (text: string): boolean => /^(on|off)$/i.test(text)
const isOn = (text: string): boolean => /^on$/i.test(text)

function logLevel({ d, args, host }: Reads): void {
  for (const one of args) {
    const [module, level = module] = one.split(':')
    if (!LEVELS.includes(level!.toLowerCase()) && !/^trace[1-8]$/i.test(level!))
      throw at(d, 'Log level keyword must be one of emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8')
    if (!one.includes(':')) host.level = (/^trace/i.test(level!) ? 'debug' : level!.toLowerCase()) as Level
  }
}

function log({ d, args, first, host, building }: Reads): void {
  const [, second, third] = args
  const { formats, reading } = building
  const format = second === undefined ? (formats.get('') ?? COMMON) : (formats.get(second) ?? second)
  const condition = third ?? (second && /^(env|expr)=/.test(second) ? second : undefined)
  if (condition?.startsWith('expr=')) throw at(d, `'expr=' of ${d.name} is not simulated`)
  host.logs.push({
    path: logPath(d, reading, first),
    format: logFormat(d, condition === second ? COMMON : format),
    when: condition?.replace(/^env=/, ''),
  })
}

function documentRoot({ d, first, host, building }: Reads): void {
  const { root, process } = building.reading
  const path = absolute(root, first).replace(/(.)\/$/, '$1')
  if (!process.fs.exists(path) || process.fs.stat(path).type !== 'directory')
    throw at(d, `DocumentRoot '${path}' is not a directory, or is not readable`)
  host.root = path
}

function sslFile({ d, first, host, building }: Reads, part: 'certificate' | 'key'): void {
  const { root, process } = building.reading
  const path = absolute(root, first)
  if (!process.fs.exists(path)) throw at(d, `${directive(d.name)!.name}: file '${path}' does not exist or is empty`)
  host.ssl = { ...(host.ssl ?? { certificate: '', place: d }), [part]: path }
}

const aliased: Read = ({ d, host, building }) => void host.aliasesOf.push(alias(d, building.reading.root))
const passed: Read = ({ d, host }) => void host.proxies.push(proxyPass(d))
const readElsewhere: Read = () => {}

const SERVER_DIRECTIVES: Readonly<Record<string, Read>> = {
  serverroot: readElsewhere,
  pidfile: readElsewhere,

  // Names and addresses
  listen({ d, first, building }) {
    building.listens.push(listenOf(d, first, building.listens))
  },
  servername({ first, host }) {
    const [, name = '', port] = /^(?:https?:\/\/)?([^:/]*)(?::(\d+))?/.exec(first) ?? []
    host.name = name
    if (port) host.port = Number(port)
  },
  serveralias({ args, host }) {
    host.aliases = [...host.aliases, ...args.map(one => one.toLowerCase())]
  },
  usecanonicalname({ d, first, host }) {
    if (!/^(on|off|dns)$/i.test(first)) throw at(d, "parameter must be 'on', 'off', or 'dns'")
    host.canonical = !/^off$/i.test(first)
  },

  // What it says of itself
  serveradmin({ first, host }) {
    host.admin = first
  },
  servertokens({ d, first, building }) {
    if (!isTokens(first))
      throw at(d, "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'")
    building.tokens = first
  },
  serversignature({ d, first, host }) {
    const own = (['Off', 'On', 'EMail'] as const).find(one => one.toLowerCase() === first.toLowerCase())
    if (!own) throw at(d, 'ServerSignature: use one of: off | on | email')
    host.footer = own
  },

  // Where files are
  documentroot: documentRoot,
  alias: aliased,
  aliasmatch: aliased,
  scriptalias: aliased,
  scriptaliasmatch: aliased,

  // Logs
  errorlog({ d, first, host, building }) {
    host.errorLog = logPath(d, building.reading, first)
  },
  loglevel: logLevel,
  logformat({ d, args, first, building }) {
    building.formats.set(args[1] ?? '', first)
    logFormat(d, first)
  },
  customlog: log,
  transferlog: log,
  globallog: log,

  // TLS
  sslengine({ d, first, host }) {
    if (isOn(first)) host.ssl = { certificate: host.ssl?.certificate ?? '', ...host.ssl, place: d }
  },
  sslcertificatefile: reads => sslFile(reads, 'certificate'),
  sslcertificatekeyfile: reads => sslFile(reads, 'key'),

  // Servers behind this one, and before it
  proxypass: passed,
  proxypassmatch: passed,
  proxyset({ d }) {
    throw at(d, 'ProxySet is not simulated')
  },
  balancermember({ d }) {
    throw at(d, 'BalancerMember must define remote proxy server')
  },
  proxyrequests({ d, first }) {
    if (isOn(first)) throw at(d, 'ProxyRequests On is not simulated')
  },
  proxytimeout({ d, first, host }) {
    host.proxyTimeout = seconds(d, first, 'Proxy Timeout')
  },
  remoteipheader({ first, host }) {
    host.remoteIp = { header: first.toLowerCase() }
  },

  // Requests
  traceenable({ d, first, host }) {
    if (!isOnOff(first)) throw at(d, `TraceEnable ${first} is not simulated`)
    host.traces = isOn(first)
  },
  keepalive({ first, host }) {
    host.keepAlive = isOn(first)
  },
  allowencodedslashes({ d, first, host }) {
    if (!isOnOff(first)) throw at(d, `AllowEncodedSlashes ${first} is not simulated`)
    host.encodedSlashes = isOn(first)
  },
  timeout({ d, first, host }) {
    host.timeout = seconds(d, first, 'Timeout')
  },
}

function seconds(d: Directive, text: string, what: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw at(d, /^\d+(ms|min|s|h)$/.test(text) ? `${d.name} ${text} is not simulated` : `${what} has wrong format`)
}

function logPath(d: Directive, reading: Reading, path: string): string {
  if (path.startsWith('|')) throw at(d, `${d.name} to a program is not simulated`)
  return absolute(reading.root, path)
}

function listenOf(d: Directive, text: string, before: readonly Listen[]): Listen {
  const [, host, digits] = /^(?:(\[[^\]]*\]|[^:]*):)?(\d+)$/.exec(text) ?? []
  if (digits === undefined) throw at(d, 'Port must be specified')
  const port = Number(digits)
  if (port < 1 || port > 65_535) throw at(d, 'Invalid address or port')
  const address = host === undefined || host === '*' || host.startsWith('[') ? '0.0.0.0' : host
  if (before.some(one => one.port === port && one.address === address))
    throw at(d, 'Cannot define multiple Listeners on the same IP:port')
  return { address, port }
}
