/** nginx's configuration as what it means: servers, their locations, groups of servers, zones, logs. */
import { compile, type Exchange, type Made, type Text } from './exchange.ts'
import { absolute, type Configuration } from './files.ts'
import { type LogFormat, readFormats } from './formats.ts'
import { type Listen, listeningPlaces, type Place, readListen } from './listen.ts'
import { type Locations, NO_LOCATIONS, readLocations } from './locations.ts'
import { readGeo, readMap } from './maps.ts'
import { readScript, type Step } from './rewrite.ts'
import { OUTERMOST, type Scope } from './scope.ts'
import { type Around, applySettings, inner } from './settings.ts'
import { readStream, type StreamServer } from './stream.ts'
import { at, type Directive } from './syntax.ts'
import { readGroup, type UpstreamGroup } from './upstreams.ts'

export interface Server {
  /** Of one port the first server, or the one that says `default_server`, answers whom no name fits. */
  listen: readonly Listen[]
  names: readonly string[]
  /** Files. */
  certificate?: string
  key?: string
  scope: Scope
  script: readonly Step[]
  locations: Locations
}

/** How many requests a zone lets through: a key, and requests in a second. */
export interface Zone {
  key: Text
  perSecond: number
}

export interface Config {
  user?: { name: string; group?: string; place: Directive }
  /** Undefined: as many as nginx thinks good. */
  workers?: number
  daemon: boolean
  pid: string
  temporary: readonly string[]
  errorLog: Scope['errorLog']
  servers: readonly Server[]
  places: readonly Place[]
  /** Every file that somebody logs to. */
  logs: readonly string[]
  /** What is odd about it, and no fault. */
  warnings: readonly string[]
  /** All groups, those of a single server too, and those with a name. */
  groups: readonly UpstreamGroup[]
  named: ReadonlyMap<string, UpstreamGroup>
  zones: ReadonlyMap<string, Zone>
  stream: readonly StreamServer[]
}

const argumentOf = (directives: readonly Directive[], name: string): string | undefined =>
  directives.find(d => d.name === name)?.args[0]

const named = (directives: readonly Directive[], name: string): Directive[] => directives.filter(d => d.name === name)

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/** Variables that `set` and named captures make anywhere. */
function collect(directives: readonly Directive[], made: Map<string, ((x: Exchange) => string) | 'set'>): void {
  for (const { name, args, block } of directives) {
    if (name === 'set') made.set(args[0]!.slice(1), 'set')
    for (const [, capture] of args.join(' ').matchAll(/\(\?P?<(\w+)>/g)) made.set(capture!, 'set')
    if (block) collect(block, made)
  }
}

function variables(http: readonly Directive[]): Made {
  const made = new Map<string, ((x: Exchange) => string) | 'set'>()
  collect(http, made)
  // A map may ask for another that stands below it.
  for (const d of [...named(http, 'map'), ...named(http, 'geo')]) {
    const variable = d.args.at(-1)!
    if (!variable.startsWith('$')) throw at(`invalid variable name "${variable}"`, d)
    let value: ((x: Exchange) => string) | undefined
    made.set(variable.slice(1), x => (value ??= d.name === 'map' ? readMap(d, made) : readGeo(d))(x))
  }
  return made
}

function readZones(http: readonly Directive[], made: Made): ReadonlyMap<string, Zone> {
  const zones = new Map<string, Zone>()
  for (const d of http) {
    if (d.name !== 'limit_req_zone' && d.name !== 'limit_conn_zone') continue
    const [key = '', ...rest] = d.args
    const [, name, size] = /^zone=([^:]*):(\d+[kKmM]?)$/.exec(rest.find(word => word.startsWith('zone=')) ?? '') ?? []
    const rate = rest.find(word => word.startsWith('rate='))
    const [, n, unit] = /^rate=(\d+)r\/([sm])$/.exec(rate ?? 'rate=1r/s') ?? []
    if (!name || !size) throw at(`invalid zone size "${rest[0]}"`, d)
    if (!n || n === '0') throw at(`invalid rate "${rate}"`, d)
    zones.set(name, { key: compile(key, made, d), perSecond: Number(n) / (unit === 'm' ? 60 : 1) })
  }
  return zones
}

function readServer(d: Directive, outer: Scope, around: Around): Server {
  const block = d.block ?? []
  const scope = inner(outer)
  applySettings(scope, block, around)
  const listens = named(block, 'listen')
  const file = (name: string): string | undefined => {
    const path = argumentOf(block, name)
    return path && absolute(path)
  }
  const [certificate, key] = [file('ssl_certificate'), file('ssl_certificate_key')]
  return {
    listen: listens.length
      ? listens.flatMap(readListen)
      : [{ address: '0.0.0.0', port: 80, ssl: false, default: false, place: d }],
    names: named(block, 'server_name').flatMap(({ args }) => args.map(name => name.toLowerCase())),
    ...(certificate && { certificate }),
    ...(key && { key }),
    scope,
    script: readScript(block, scope, around),
    locations: readLocations(block, scope, around),
  }
}

/** @throws ConfigError */
function read(directives: readonly Directive[]): Config {
  const http = named(directives, 'http').flatMap(({ block = [] }) => block)
  const made = variables(http)
  for (const d of named(http, 'map')) readMap(d, made)
  const formats: ReadonlyMap<string, LogFormat> = readFormats(http, made)
  const groups = new Map<string, UpstreamGroup>()
  for (const d of named(http, 'upstream')) {
    if (groups.has(d.args[0]!)) throw at(`duplicate upstream "${d.args[0]}"`, d)
    groups.set(
      d.args[0]!,
      readGroup(d, (text, place) => compile(text, made, place)),
    )
  }
  const zones = readZones(http, made)
  const around: Around = { made, formats, groups, zones: new Set(zones.keys()) }
  const scope: Scope = {
    ...OUTERMOST,
    accessLogs: [{ path: '/var/log/nginx/access.log', format: formats.get('combined')! }],
  }
  applySettings(scope, named(directives, 'error_log'), around)
  const errorLog = scope.errorLog
  applySettings(scope, http, around)
  const [certificate, key] = [argumentOf(http, 'ssl_certificate'), argumentOf(http, 'ssl_certificate_key')]
  const servers = named(http, 'server').map(d => ({
    ...(certificate && { certificate: absolute(certificate) }),
    ...(key && { key: absolute(key) }),
    ...readServer(d, scope, around),
  }))
  const warnings: string[] = []
  const places = listeningPlaces(servers, text => warnings.push(text))
  const logs = servers.flatMap(scopesOf).flatMap(own => [own.errorLog.path, ...own.accessLogs.map(({ path }) => path)])
  const user = directives.find(({ name }) => name === 'user')
  const used = new Set<UpstreamGroup>(groups.values())
  for (const server of servers) for (const group of groupsOf(server)) used.add(group)
  return {
    ...(user && { user: { name: user.args[0]!, ...(user.args[1] && { group: user.args[1] }), place: user } }),
    ...readWorkers(directives),
    daemon: argumentOf(directives, 'daemon') !== 'off',
    pid: absolute(argumentOf(directives, 'pid') ?? '/run/nginx.pid'),
    temporary: TEMPORARY.map(kind =>
      absolute(argumentOf(http, `${kind}_temp_path`) ?? `/var/cache/nginx/${kind.replace('_body', '')}_temp`),
    ),
    errorLog,
    servers,
    places,
    logs: [...new Set([errorLog.path, ...logs])],
    warnings,
    groups: [...used],
    named: groups,
    zones,
    stream: named(directives, 'stream').flatMap(readStream),
  }
}

function readWorkers(directives: readonly Directive[]): { workers?: number } {
  const [d] = named(directives, 'worker_processes')
  const wanted = d?.args[0]
  if (!d || wanted === 'auto') return {}
  if (!/^[1-9]\d*$/.test(wanted!)) throw at('invalid number', d)
  return { workers: Number(wanted) }
}

const groupsOf = (server: Server): UpstreamGroup[] =>
  scopesOf(server).flatMap(({ content }) =>
    content && 'proxy' in content && content.proxy.group ? [content.proxy.group] : [],
  )

/** Of a server, of its locations at any depth, of what stands in an `if`. */
function scopesOf({ scope, script, locations }: Server): Scope[] {
  const of = (own: Scope, steps: readonly Step[], { all }: Locations): Scope[] => [
    own,
    ...steps.flatMap(step => ('when' in step ? of(step.scope, step.steps, NO_LOCATIONS) : [])),
    ...all.flatMap(location => of(location.scope, location.script, location.inside)),
  ]
  return of(scope, script, locations)
}

const known = new WeakMap<Configuration, Config>()

/** What the directives mean; thousands of servers have the same. @throws ConfigError */
export function configOf(configuration: Configuration): Config {
  let config = known.get(configuration)
  if (!config) known.set(configuration, (config = read(configuration.directives)))
  return config
}
