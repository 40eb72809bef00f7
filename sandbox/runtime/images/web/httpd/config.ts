/** The configuration of Apache: its main server and its hosts, made of their directives and sections. */
import { idOf } from '../../../commands/files/modes.ts'
import { directive } from './directives.ts'
import { fitsName, hasSigns } from './globs.ts'
import { isHarmless } from './harmless.ts'
import type { Host, HostDraft, Listen } from './host.ts'
import { limitsOf, type Member } from './proxying.ts'
import { absolute, type Reading } from './reading.ts'
import { BASE, type Setting } from './scope.ts'
import { type Section, section } from './sections.ts'
import { type Building, serverDirective } from './server-directives.ts'
import { gathering, known, settingOf, whole } from './settings.ts'
import { at, ConfigError, type Directive, words } from './syntax.ts'
import { serverToken } from './tokens.ts'

export interface Config {
  listens: readonly Listen[]
  main: Host
  hosts: readonly Host[]
  root: string
  pid: string
  /** Whom the workers run as; nobody else, where Apache is not started by root. */
  owner: { uid?: number; gid?: number }
}

const SECTIONS = /^<(directory|directorymatch|files|filesmatch|location|locationmatch|proxy|proxymatch)$/

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

function hostOf(building: Building, tree: readonly Directive[], place: Directive | undefined, main?: Host): Host {
  const { reading } = building
  const host: HostDraft = {
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
    else if (!serverDirective(building, host, d)) {
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
function balancer(host: HostDraft, d: Directive): void {
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

function take(host: HostDraft, made: Section, key: string): void {
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
