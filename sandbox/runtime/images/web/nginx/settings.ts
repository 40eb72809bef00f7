/** How directives set what holds in a block: what a `http`, `server`, `location` or `if` sets, and what each takes over from the block around it. */

import { duration, readExpiry } from './durations.ts'
import { compile, type Made, type Text } from './exchange.ts'
import { absolute } from './files.ts'
import { type LogFormat, readAccessLog } from './formats.ts'
import { pattern } from './patterns.ts'
import type { LimitReq, Passing, Scope } from './scope.ts'
import { at, type Directive } from './syntax.ts'
import { readProxy, type UpstreamGroup } from './upstreams.ts'

export interface Around {
  made: Made
  formats: ReadonlyMap<string, LogFormat>
  groups: ReadonlyMap<string, UpstreamGroup>
  zones: ReadonlySet<string>
}

/** @throws ConfigError */
function time({ name, args, file, line }: Directive): number {
  const ms = duration(args[0]!)
  if (ms === undefined) throw at(`"${name}" directive invalid value`, { file, line })
  return ms
}

function size(text: string, directive: Directive): number {
  const [, n, unit = ''] = /^(\d+)([kKmMgG]?)$/.exec(text) ?? []
  if (n === undefined) throw at(`"${directive.name}" directive invalid value`, directive)
  return Number(n) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ')
}

const isOn = ({ args }: Directive): boolean => args[0]!.toLowerCase() === 'on'

/** @throws ConfigError */
function oneOf<T extends string>(d: Directive, allowed: readonly T[]): T {
  const found = allowed.find(word => word === d.args[0])
  if (found === undefined) throw at(`invalid value "${d.args[0]}"`, d)
  return found
}

const quotedStatus = (text: string, directive: Directive): number => {
  const status = Number(text)
  if (!Number.isInteger(status) || status < 400 || status > 599)
    throw at(`value must be between 400 and 599`, directive)
  return status
}

type Setter = (scope: Scope, directive: Directive, around: Around, compiled: (text: string) => Text) => void

/** Lists are replaced as a whole by the first that stands in an inner block. */
const SETTERS: Readonly<Record<string, Setter>> = {
  root(scope, { args }, _, text) {
    delete scope.alias
    scope.root = text(absolute(args[0]!))
  },
  alias(scope, { args }, _, text) {
    scope.alias = text(args[0]!)
  },
  index(scope, { args }, _, text) {
    scope.index = [...scope.index, ...args.map(text)]
  },
  autoindex(scope, d) {
    scope.autoindex = isOn(d)
  },
  autoindex_exact_size(scope, d) {
    scope.exactSizes = isOn(d)
  },
  types(scope, { block = [] }) {
    scope.types = new Map([
      ...scope.types,
      ...block.flatMap(({ name, args }) => args.map(ending => [ending, name] as const)),
    ])
  },
  default_type(scope, { args }) {
    scope.defaultType = args[0]!
  },
  try_files(scope, { args }, _, text) {
    scope.tryFiles = args.map(text)
  },
  add_header(scope, d, _, text) {
    const [name = '', value = '', always] = d.args
    if (always !== undefined && always !== 'always') throw at(`invalid parameter "${always}"`, d)
    scope.headers = [...scope.headers, { name, value: text(value), always: always !== undefined }]
  },
  expires(scope, d, _, text) {
    const modified = d.args.length === 2
    if (modified && d.args[0] !== 'modified') throw at(`invalid value "${d.args[0]}"`, d)
    const when = text(d.args.at(-1)!)
    const known = when.constant === undefined ? undefined : readExpiry(when.constant)
    if (when.constant !== undefined && !known) throw at('invalid value', d)
    if (modified && typeof known === 'object' && 'daily' in known)
      throw at('daily time cannot be used with "modified" parameter', d)
    scope.expires = { modified, when, ...(known && { known }) }
  },
  error_page(scope, d, _, text) {
    const words = d.args.slice(0, -1)
    const as = words.at(-1)?.startsWith('=') ? Number(words.pop()!.slice(1)) : undefined
    const statuses = words.map(word => {
      const status = Number(word)
      if (!Number.isInteger(status)) throw at(`invalid value "${word}"`, d)
      if (status < 300 || status > 599) throw at(`value "${word}" must be between 300 and 599`, d)
      return status
    })
    scope.errorPages = [...scope.errorPages, { statuses, page: text(d.args.at(-1)!), ...(as !== undefined && { as }) }]
  },
  internal(scope) {
    scope.internal = true
  },
  access_log(scope, d, around, text) {
    const log = readAccessLog(d, around.formats, text)
    scope.accessLogs = log ? [...scope.accessLogs, log] : []
  },
  error_log(scope, d) {
    const [path = '', level = 'error'] = d.args
    if (!/^(debug|info|notice|warn|error|crit|alert|emerg)$/.test(level)) throw at(`invalid log level "${level}"`, d)
    if (/^(syslog|memory):/.test(path)) throw at(`error_log to "${path}" is not simulated`, d)
    scope.errorLog = { path: path === 'stderr' ? path : absolute(path), level }
  },
  client_max_body_size(scope, d) {
    scope.maxBody = size(d.args[0]!, d) || Number.POSITIVE_INFINITY
  },
  allow: rule(true),
  deny: rule(false),
  satisfy(scope, d) {
    if (!/^(all|any)$/.test(d.args[0]!)) throw at(`invalid value "${d.args[0]}"`, d)
    scope.satisfyAny = d.args[0] === 'any'
  },
  auth_basic(scope, { args }, _, text) {
    if (args[0] === 'off') delete scope.realm
    else scope.realm = text(args[0]!)
  },
  auth_basic_user_file(scope, { args }, _, text) {
    scope.users = text(absolute(args[0]!))
  },
  limit_req(scope, d, { zones }) {
    const limit: LimitReq = { zone: '', burst: 0, delay: 0 }
    for (const word of d.args) {
      const [, key, value = ''] = /^(zone|burst|delay)=(.*)$/.exec(word) ?? []
      if (key === 'zone') limit.zone = value
      else if (key && /^\d+$/.test(value)) limit[key as 'burst' | 'delay'] = Number(value)
      else if (word === 'nodelay') limit.delay = Number.POSITIVE_INFINITY
      else throw at(`invalid parameter "${word}"`, d)
    }
    if (!limit.zone) throw at('"limit_req" must have "zone" parameter', d)
    if (!zones.has(limit.zone)) throw at(`zero size shared memory zone "${limit.zone}"`, { file: '', line: 0 })
    scope.limits = [...scope.limits, limit]
  },
  limit_req_status(scope, d) {
    scope.limitStatus = quotedStatus(d.args[0]!, d)
  },
  limit_conn(scope, d, { zones }) {
    const [zone = '', most = ''] = d.args
    if (!/^[1-9]\d*$/.test(most)) throw at(`invalid number of connections "${most}"`, d)
    if (!zones.has(zone)) throw at(`zero size shared memory zone "${zone}"`, { file: '', line: 0 })
    scope.connectionLimits = [...scope.connectionLimits, { zone, most: Number(most) }]
  },
  limit_conn_status(scope, d) {
    scope.connectionLimitStatus = quotedStatus(d.args[0]!, d)
  },
  server_tokens(scope, d) {
    if (!/^(on|off|build)$/.test(d.args[0]!)) throw at(`invalid value "${d.args[0]}"`, d)
    scope.tokens = d.args[0] !== 'off'
  },
  absolute_redirect(scope, d) {
    scope.absoluteRedirect = isOn(d)
  },
  port_in_redirect(scope, d) {
    scope.portInRedirect = isOn(d)
  },
  server_name_in_redirect(scope, d) {
    scope.nameInRedirect = isOn(d)
  },
  etag(scope, d) {
    scope.etag = isOn(d)
  },
  if_modified_since(scope, d) {
    scope.ifModified = oneOf(d, ['off', 'exact', 'before'])
  },
  log_not_found(scope, d) {
    scope.logMissing = isOn(d)
  },
  charset(scope, { args }, _, text) {
    if (args[0] === 'off') delete scope.charset
    else scope.charset = text(args[0]!)
  },
  charset_types(scope, { args }) {
    scope.charsetTypes = ['text/html', ...args]
  },
  keepalive_timeout(scope, d) {
    const [ms, said] = d.args.map(duration)
    if (ms === undefined || (d.args.length > 1 && said === undefined)) throw at('invalid value', d)
    scope.keepAlive = { ms, ...(said && { said: said / 1000 }) }
  },
  resolver(scope, { args }) {
    scope.resolver = args[0]!.replace(/:\d+$/, '')
  },
  real_ip_header(scope, d) {
    const { args } = d
    if (args[0] === 'proxy_protocol') throw at('"real_ip_header proxy_protocol" is not simulated', d)
    scope.realIp = { ...scope.realIp, header: args[0]!.toLowerCase() }
  },
  real_ip_recursive(scope, d) {
    scope.realIp = { ...scope.realIp, recursive: isOn(d) }
  },
  set_real_ip_from(scope, { args }) {
    scope.realIp = { ...scope.realIp, from: [...scope.realIp.from, args[0]!] }
  },
  sub_filter(scope, { args }, _, text) {
    scope.substitutions = [...scope.substitutions, { from: text(args[0]!), to: text(args[1]!) }]
  },
  sub_filter_once(scope, d) {
    scope.substituteOnce = isOn(d)
  },
  sub_filter_types(scope, { args }) {
    scope.substituteIn = ['text/html', ...args]
  },
  proxy_pass(scope, d, { groups }, text) {
    scope.content = { proxy: readProxy(d, groups, text) }
  },
  stub_status(scope) {
    scope.content = { status: true }
  },
  limit_except(scope, d, around) {
    const own: Scope = { ...scope, rules: [] }
    applySettings(own, d.block ?? [], around)
    const methods = d.args.map(method => method.toUpperCase())
    scope.except = { methods: methods.includes('GET') ? [...methods, 'HEAD'] : methods, scope: own }
  },
  ...passing('proxy_set_header', (p, { args }, text) => ({
    headers: [...p.headers, [args[0]!, text(args[1]!)] as const],
  })),
  ...passing('proxy_hide_header', (p, { args }) => ({ hidden: [...p.hidden, args[0]!.toLowerCase()] })),
  ...passing('proxy_connect_timeout', (_, d) => ({ connectMs: time(d) })),
  ...passing('proxy_read_timeout', (_, d) => ({ readMs: time(d) })),
  ...passing('proxy_intercept_errors', (_, d) => ({ intercept: isOn(d) })),
  ...passing('proxy_redirect', (p, d, text) => ({ redirects: readRedirect(p.redirects, d, text) })),
  ...passing('proxy_next_upstream', (_, { args }) => ({ next: args })),
  ...passing('proxy_next_upstream_tries', (_, d) => {
    if (!/^\d+$/.test(d.args[0]!)) throw at('invalid number', d)
    return { tries: Number(d.args[0]) }
  }),
  ...passing('proxy_http_version', (_, d) => ({ version: oneOf<Passing['version']>(d, ['1.0', '1.1']) })),
  ...passing('proxy_method', (_, { args }, text) => ({ method: text(args[0]!) })),
  ...passing('proxy_pass_request_headers', (_, d) => ({ ownHeaders: isOn(d) })),
  ...passing('proxy_pass_request_body', (_, d) => ({ ownBody: isOn(d) })),
  ...passing('proxy_set_body', (_, { args }, text) => ({ body: text(args[0]!) })),
  ...Object.fromEntries(
    ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'].map(name => [
      name,
      ((scope, { args }) => {
        scope.content = { missing: `${name} ${args[0]}` }
      }) satisfies Setter,
    ]),
  ),
}

/** Lists that an inner block replaces when it has some of its own. */
const LISTS: Readonly<Record<string, (scope: Scope) => void>> = {
  index: scope => (scope.index = []),
  types: scope => (scope.types = new Map()),
  add_header: scope => (scope.headers = []),
  error_page: scope => (scope.errorPages = []),
  access_log: scope => (scope.accessLogs = []),
  allow: scope => (scope.rules = []),
  deny: scope => (scope.rules = []),
  limit_req: scope => (scope.limits = []),
  limit_conn: scope => (scope.connectionLimits = []),
  sub_filter: scope => (scope.substitutions = []),
  set_real_ip_from: scope => (scope.realIp = { ...scope.realIp, from: [] }),
  proxy_set_header: scope => (scope.passing = { ...scope.passing, headers: [] }),
  proxy_redirect: scope => (scope.passing = { ...scope.passing, redirects: [] }),
  proxy_hide_header: scope => (scope.passing = { ...scope.passing, hidden: [] }),
}

/** What belongs to a block alone, and not to those within it. */
export function inner(scope: Scope): Scope {
  const own = { ...scope, internal: false }
  delete own.content
  delete own.tryFiles
  delete own.except
  return own
}

/** @throws ConfigError */
export function applySettings(scope: Scope, directives: readonly Directive[], around: Around): void {
  const replaced = new Set<string>()
  for (const directive of directives) {
    const { name } = directive
    const list = LISTS[name]
    const group = name === 'deny' ? 'allow' : name
    if (list && !replaced.has(group)) list(scope)
    replaced.add(group)
    SETTERS[name]?.(scope, directive, around, text => compile(text, around.made, directive))
  }
}

/** @throws ConfigError */
function readRedirect(before: Passing['redirects'], d: Directive, text: (text: string) => Text): Passing['redirects'] {
  const [from = '', to] = d.args
  if (to === undefined) {
    if (from === 'off' || from === 'default') return from
    throw at(`invalid parameter "${from}"`, d)
  }
  const [, insensitive, fits] = /^~(\*?)(.*)$/s.exec(from) ?? []
  const redirect = { from: fits === undefined ? text(from) : pattern(fits, insensitive === '*', d), to: text(to) }
  return [...(typeof before === 'string' ? [] : before), redirect]
}

function rule(allow: boolean): Setter {
  return (scope, d) => {
    const from = d.args[0]!
    if (from !== 'all' && from !== 'unix:' && !/^(\d+\.){3}\d+(\/\d+)?$|:/.test(from))
      throw at(`invalid parameter "${from}"`, d)
    scope.rules = [...scope.rules, { allow, from }]
  }
}

function passing(
  name: string,
  change: (passing: Passing, directive: Directive, text: (text: string) => Text) => Partial<Passing>,
): Record<string, Setter> {
  return {
    [name](scope, directive, _, text) {
      scope.passing = { ...scope.passing, ...change(scope.passing, directive, text) }
    },
  }
}
