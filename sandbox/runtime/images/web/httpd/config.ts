/** What the directives mean: where Apache listens, its hosts, their sections, logs and rules. */
import { idOf } from '../../../commands/files/modes.ts'
import { directive } from './directives.ts'
import type { Level } from './exchange.ts'
import { type LogFormat, logFormat } from './formats.ts'
import { fitsName, hasSigns } from './globs.ts'
import { isHarmless } from './harmless.ts'
import type { onlyIf } from './headers.ts'
import { limitsOf, type Member, type ProxyPass, proxyPass } from './proxying.ts'
import { absolute, type Reading } from './reading.ts'
import { type Alias, alias } from './redirects.ts'
import { BASE, type Scope, type Setting } from './scope.ts'
import { type Section, section } from './sections.ts'
import { gathering, known, settingOf, whole } from './settings.ts'
import { at, ConfigError, type Directive, words } from './syntax.ts'
import { isTokens, serverToken } from './tokens.ts'

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

export interface Config {
  listens: readonly Listen[]
  main: Host
  hosts: readonly Host[]
  root: string
  pid: string
  /** Whom the workers run as; nobody else, where Apache is not started by root. */
  owner: { uid?: number; gid?: number }
}

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug']

const SECTIONS = /^<(directory|directorymatch|files|filesmatch|location|locationmatch|proxy|proxymatch)$/

interface Building {
  reading: Reading
  formats: Map<string, string>
  listens: Listen[]
  hosts: Directive[]
  tokens: string
}

/** @throws ConfigError */
export function configOf(reading: Reading, tree: readonly Directive[]): Config {
  const building: Building = { reading, formats: new Map(), listens: [], hosts: [], tokens: 'Full' }
  const main = hostOf(building, tree, undefined)
  const hosts = building.hosts.map(d => hostOf(building, d.inside ?? [], d, main))
  const pid = tree.findLast(d => /^pidfile$/i.test(d.name))
  const signature = serverToken(building.tokens, reading.version)
  for (const host of [main, ...hosts]) host.signature = signature
  return {
    listens: building.listens,
    main,
    hosts,
    root: reading.root,
    owner: ownerOf(reading, tree),
    pid: absolute(reading.root, words(pid?.args ?? '')[0] ?? 'logs/httpd.pid'),
  }
}

/** @throws ConfigError for somebody whom the system does not know */
function ownerOf({ process }: Reading, tree: readonly Directive[]): Config['owner'] {
  if (process.uid !== 0) return {}
  const named = (directive: string): string | undefined =>
    words(tree.findLast(d => d.name.toLowerCase() === directive)?.args ?? '')[0]
  const [user, group] = [named('user'), named('group')]
  const uid = user === undefined ? undefined : idOf(process, user.replace(/^#/, ''), '/etc/passwd')
  if (user !== undefined && uid === undefined) throw new ConfigError(`AH00543: httpd: bad user name ${user}`)
  const gid = group === undefined ? undefined : idOf(process, group.replace(/^#/, ''), '/etc/group')
  if (group !== undefined && gid === undefined) throw new ConfigError(`AH00544: httpd: bad group name ${group}`)
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) }
}

type Making = { -readonly [K in keyof Host]: Host[K] } & {
  directories: Section[]
  files: Section[]
  locations: Section[]
  aliasesOf: Alias[]
  proxies: ProxyPass[]
  balancers: Map<string, Member[]>
  logs: CustomLog[]
}

function hostOf(building: Building, tree: readonly Directive[], place: Directive | undefined, main?: Host): Host {
  const { reading } = building
  const host: Making = {
    addresses: place ? words(place.args).map(text => addressOf(text)) : [],
    aliases: [],
    admin: main?.admin ?? '[no address given]',
    root: main?.root ?? absolute(reading.root, 'htdocs'),
    canonical: main?.canonical ?? false,
    signature: '',
    footer: main?.footer ?? 'Off',
    scope: { ...(main?.scope ?? BASE) },
    directories: [],
    files: [],
    locations: [],
    aliasesOf: [],
    proxies: [],
    balancers: new Map(),
    errorLog: main?.errorLog ?? absolute(reading.root, 'logs/error_log'),
    level: main?.level ?? 'warn',
    logs: [],
    ...(place && { place }),
    traces: main?.traces ?? true,
    keepAlive: main?.keepAlive ?? true,
    encodedSlashes: main?.encodedSlashes ?? false,
    timeout: main?.timeout ?? 60,
    ...(main?.proxyTimeout !== undefined && { proxyTimeout: main.proxyTimeout }),
    ...(main?.remoteIp && { remoteIp: main.remoteIp }),
  }
  if (place && !host.addresses.length) throw at(place, '<VirtualHost> directive requires additional arguments')
  const gathered = gathering()
  const settings: Setting[] = []
  for (const d of tree) {
    known(d, reading.modules, {})
    const key = d.name.toLowerCase()
    if (key === '<virtualhost') {
      if (place) throw at(d, '<VirtualHost> cannot occur within <VirtualHost> section')
      building.hosts.push(d)
    } else if (key === '<proxy' && /^"?balancer:/.test(d.args)) balancer(host, d)
    else if (SECTIONS.test(key)) take(host, section(reading, d), key)
    else if (!serverDirective(building, host, d, words(d.args))) {
      const own = settingOf(d, gathered, reading.root)
      if (own?.setting) settings.push(own.setting)
      else if (!own && !isHarmless(d)) throw at(d, `${directive(d.name)?.name ?? d.name} is not simulated`)
    }
  }
  whole(settings, gathered)(host.scope)
  host.directories.sort((a, b) => a.length - b.length)
  if (!main) return host
  // What holds for the main server holds for its hosts, too, and their own comes last.
  return {
    ...host,
    directories: [...main.directories, ...host.directories].sort((a, b) => a.length - b.length),
    files: [...main.files, ...host.files],
    locations: [...main.locations, ...host.locations],
    aliasesOf: [...host.aliasesOf, ...main.aliasesOf],
    proxies: [...host.proxies, ...main.proxies],
    balancers: new Map([...main.balancers, ...host.balancers]),
    logs: host.logs.length ? host.logs : main.logs,
    // Rules of the main server are not those of its hosts, unless they ask for it.
    scope:
      gathered.rules.length || host.scope.rules !== main.scope.rules
        ? host.scope
        : { ...host.scope, rules: [], rewriting: false },
  }
}

/** `<Proxy balancer://name>`: its members, whose turns come one after the other. @throws ConfigError */
function balancer(host: Making, d: Directive): void {
  const [, name = ''] = /^balancer:\/\/([^/]*)/.exec(words(d.args)[0] ?? '') ?? []
  const members: Member[] = []
  for (const one of d.inside ?? []) {
    const key = one.name.toLowerCase()
    const [url = '', ...parameters] = words(one.args)
    if (key === 'balancermember') {
      if (!/^https?:\/\//.test(url)) throw at(one, `BalancerMember to ${url} is not simulated`)
      // A route tells of sessions, and sessions that stick are refused.
      const telling = parameters.filter(word => !/^(route=.*|loadfactor=1)$/i.test(word))
      members.push({ url, limits: limitsOf(one, telling) })
    } else if (key !== 'require' && !isHarmless(one)) throw at(one, `${one.name} within <Proxy> is not simulated`)
  }
  host.balancers.set(name, members)
}

function take(host: Making, made: Section, key: string): void {
  if (key.startsWith('<directory')) host.directories.push(made)
  else if (key.startsWith('<files')) host.files.push(made)
  else if (key.startsWith('<location')) host.locations.push(made)
}

/** `*:80`, `10.0.0.1`, `_default_:443`, `[::]:80` */
function addressOf(text: string): Listen {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+|\*))?$/.exec(text) ?? []
  const bare = /^\d+$/.test(text) && !text.includes('.')
  return bare
    ? { address: '*', port: Number(text) }
    : { address: !host || host === '_default_' || host.startsWith('[') ? '*' : host, port: Number(port ?? 0) || 0 }
}

/** @returns whether it was one of the whole server */
function serverDirective(building: Building, host: Making, d: Directive, args: readonly string[]): boolean {
  const { reading, formats } = building
  const [first = '', second, third] = args
  switch (d.name.toLowerCase()) {
    case 'serverroot':
    case 'pidfile':
      return true
    case 'listen':
      building.listens.push(listenOf(d, first, building.listens))
      return true
    case 'servername': {
      const [, name = '', port] = /^(?:https?:\/\/)?([^:/]*)(?::(\d+))?/.exec(first) ?? []
      host.name = name
      if (port) host.port = Number(port)
      return true
    }
    case 'serveralias':
      host.aliases = [...host.aliases, ...args.map(one => one.toLowerCase())]
      return true
    case 'serveradmin':
      host.admin = first
      return true
    case 'documentroot': {
      const path = absolute(reading.root, first).replace(/(.)\/$/, '$1')
      const { fs } = reading.process
      if (!fs.exists(path) || fs.stat(path).type !== 'directory')
        throw at(d, `DocumentRoot '${path}' is not a directory, or is not readable`)
      host.root = path
      return true
    }
    case 'servertokens':
      if (!isTokens(first))
        throw at(d, "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'")
      building.tokens = first
      return true
    case 'serversignature': {
      const own = (['Off', 'On', 'EMail'] as const).find(one => one.toLowerCase() === first.toLowerCase())
      if (!own) throw at(d, 'ServerSignature: use one of: off | on | email')
      host.footer = own
      return true
    }
    case 'usecanonicalname':
      if (!/^(on|off|dns)$/i.test(first)) throw at(d, "parameter must be 'on', 'off', or 'dns'")
      host.canonical = !/^off$/i.test(first)
      return true
    case 'errorlog':
      host.errorLog = logPath(d, reading, first)
      return true
    case 'loglevel': {
      for (const one of args) {
        const [module, level = module] = one.split(':')
        if (!LEVELS.includes(level!.toLowerCase()) && !/^trace[1-8]$/i.test(level!))
          throw at(
            d,
            'Log level keyword must be one of emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8',
          )
        if (!one.includes(':')) host.level = (/^trace/i.test(level!) ? 'debug' : level!.toLowerCase()) as Level
      }
      return true
    }
    case 'logformat':
      formats.set(second ?? '', first)
      logFormat(d, first)
      return true
    case 'customlog':
    case 'transferlog':
    case 'globallog': {
      const format = second === undefined ? (formats.get('') ?? COMMON) : (formats.get(second) ?? second)
      const condition = third ?? (second && /^(env|expr)=/.test(second) ? second : undefined)
      if (condition?.startsWith('expr=')) throw at(d, `'expr=' of ${d.name} is not simulated`)
      host.logs.push({
        path: logPath(d, reading, first),
        format: logFormat(d, condition === second ? COMMON : format),
        when: condition?.replace(/^env=/, ''),
      })
      return true
    }
    case 'alias':
    case 'aliasmatch':
    case 'scriptalias':
    case 'scriptaliasmatch':
      host.aliasesOf.push(alias(d, reading.root))
      return true
    case 'proxypass':
    case 'proxypassmatch':
      host.proxies.push(proxyPass(d))
      return true
    case 'proxyset':
      throw at(d, 'ProxySet is not simulated')
    case 'balancermember':
      throw at(d, 'BalancerMember must define remote proxy server')
    case 'sslengine':
      if (/^on$/i.test(first)) host.ssl = { certificate: host.ssl?.certificate ?? '', ...host.ssl, place: d }
      return true
    case 'sslcertificatefile':
    case 'sslcertificatekeyfile': {
      const path = absolute(reading.root, first)
      if (!reading.process.fs.exists(path))
        throw at(d, `${directive(d.name)!.name}: file '${path}' does not exist or is empty`)
      const key = /key/i.test(d.name)
      host.ssl = { ...(host.ssl ?? { certificate: '', place: d }), ...(key ? { key: path } : { certificate: path }) }
      return true
    }
    case 'traceenable':
      if (!/^(on|off)$/i.test(first)) throw at(d, `TraceEnable ${first} is not simulated`)
      host.traces = /^on$/i.test(first)
      return true
    case 'keepalive':
      host.keepAlive = /^on$/i.test(first)
      return true
    case 'allowencodedslashes':
      if (!/^(on|off)$/i.test(first)) throw at(d, `AllowEncodedSlashes ${first} is not simulated`)
      host.encodedSlashes = /^on$/i.test(first)
      return true
    case 'proxyrequests':
      if (/^on$/i.test(first)) throw at(d, 'ProxyRequests On is not simulated')
      return true
    case 'timeout':
      host.timeout = seconds(d, first, 'Timeout')
      return true
    case 'proxytimeout':
      host.proxyTimeout = seconds(d, first, 'Proxy Timeout')
      return true
    case 'remoteipheader':
      host.remoteIp = { header: first.toLowerCase() }
      return true
    default:
      return false
  }
}

const COMMON = '%h %l %u %t "%r" %>s %b'

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

/** Whom a request means: by its port and its name; the first of the port where no name fits. */
export function hostFor({ main, hosts }: Config, ip: string, port: number, name: string): Host {
  const here = hosts.filter(host =>
    host.addresses.some(one => (one.port === 0 || one.port === port) && (one.address === '*' || one.address === ip)),
  )
  if (!here.length) return main
  const asked = name.replace(/:\d+$/, '').toLowerCase()
  const fits = (own: string): boolean => (hasSigns(own) ? fitsName(own, asked) : own === asked)
  return here.find(host => host.name?.toLowerCase() === asked || host.aliases.some(fits)) ?? here[0]!
}
