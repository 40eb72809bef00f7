/** The keywords of a section: what each means, and what haproxy says of a wrong one. */
import { type Condition, fetchOf, readCondition, readCriterion, type Seen } from './acl.ts'
import type { Rule, Proxy as Section, Server, Text } from './section.ts'

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  '': 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

function time(text: string): number {
  const [, n, unit = ''] = /^(\d+)(us|ms|s|m|h|d)?$/.exec(text) ?? []
  if (n === undefined)
    throw new Error(`unexpected character '${text.replace(/^\d+/, '')[0] ?? ''}' in timer value '${text}'`)
  return Number(n) * UNITS[unit]!
}

/** A text with `%[…]` and the short names of the log format in it. @throws Error */
function formatted(text: string): Text {
  const SHORT: Readonly<Record<string, string>> = { ci: 'src', '%': '' }
  const parts = text.split(/(%\[[^\]]+\]|%ci|%%)/).map(part => {
    if (part === '%%') return () => '%'
    if (!/^%(\[|ci)/.test(part)) return () => part
    const fetch = fetchOf(SHORT[part.slice(1)] ?? part.slice(2, -1))
    return (seen: Seen) => fetch(seen) ?? ''
  })
  return seen => parts.map(part => part(seen)).join('')
}

const OPTIONS = new Set(
  'httplog tcplog dontlognull dontlog-normal forwardfor http-server-close http-keep-alive httpclose redispatch httpchk tcp-check abortonclose allbackups checkcache clitcpka contstats http-buffer-request http-ignore-probes http-no-delay http-pretend-keepalive http-use-htx log-health-checks log-separate-errors logasap persist prefer-last-server socket-stats splice-auto splice-request splice-response srvtcpka tcp-smart-accept tcp-smart-connect tcpka transparent originalto'.split(
    ' ',
  ),
)

const BALANCES = /^(roundrobin|static-rr|leastconn|source|first|random(\(\d+\))?|uri)$/

/** Taken without effect: what is seen in how fast something is, or not at all. */
const HARMLESS =
  /^(maxconn|fullconn|hash-type|load-server-state-from-file|description|id|backlog|grace|http-reuse|log-format|log-format-sd|log-tag|unique-id-[\w-]+|compression|enabled|guid|clitcpka-[\w-]+|max-keep-alive-queue|max-session-srv-conns|option)$/

/** What would be seen, and is not done. */
const MISSING =
  /^(tcp-check|dispatch|capture|declare|disabled|email-alert|external-check|filter|force-persist|ignore-persist|monitor|monitor-net|monitor-uri|persist|rate-limit|stick|stick-table|tcp-request|tcp-response|http-after-response|http-error|errorloc\d*|errorfiles|use-server|server-template|use-fcgi-app|transparent|source|block)$/

/** Which sections a keyword belongs to; any of them when it is not here. */
const PLACES: Readonly<Record<string, RegExp>> = {
  bind: /frontend|listen/,
  default_backend: /frontend|listen|defaults/,
  use_backend: /frontend|listen/,
  server: /backend|listen/,
  acl: /frontend|backend|listen/,
  'http-request': /frontend|backend|listen/,
  'http-response': /frontend|backend|listen/,
  redirect: /frontend|backend|listen/,
}

type Keyword = (proxy: Section, args: string[], line: number) => void

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  mode(proxy, [mode = '']) {
    if (mode === 'health') throw new Error("mode 'health' is not simulated")
    if (mode !== 'http' && mode !== 'tcp') throw new Error(`unknown proxy mode '${mode}'.`)
    proxy.mode = mode
  },
  bind(proxy, [places = '', ...options], line) {
    const certificate = options[options.indexOf('crt') + 1]
    if (options.includes('ssl') && !options.includes('crt'))
      throw new Error(
        `Proxy '${proxy.name}': no SSL certificate specified for bind '${places}' at [FILE:${line}] (use 'crt').`,
      )
    const odd = options.find(word => /^(accept-proxy|interface|namespace|transparent|verify|ca-file)$/.test(word))
    if (odd) throw new Error(`'bind ${places}' : '${odd}' is not simulated.`)
    for (const place of places.split(',')) {
      const [, address = '', port] = /^(.*):(\d+)$/.exec(place) ?? []
      if (port === undefined)
        throw new Error(
          places
            ? `'bind' : missing port number: '${place}'`
            : "'bind' expects [addr1]:port1[-end1]{,[addr]:port[-end]}... as arguments.",
        )
      proxy.binds = [
        ...proxy.binds,
        {
          address: /^(\d+\.){3}\d+$/.test(address) ? address : '0.0.0.0',
          port: Number(port),
          line,
          ...(options.includes('ssl') && { certificate: certificate! }),
        },
      ]
    }
  },
  balance(proxy, [algorithm = '']) {
    if (!BALANCES.test(algorithm))
      throw new Error(
        "'balance' only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hash', 'hdr(name)' and 'rdp-cookie(name)' options.",
      )
    proxy.balance = algorithm.replace(/\(.*/, '')
  },
  server: (proxy, args, line) => {
    proxy.servers = [...proxy.servers, readServer(args, line, proxy.usualServer)]
  },
  default_backend(proxy, [name = ''], line) {
    proxy.defaultBackend = { name, line }
  },
  use_backend(proxy, [backend = '', ...when], line) {
    const condition = failing('error detected while parsing switching rule : ', () => readCondition(when, proxy.acls))
    proxy.switches = [...proxy.switches, { backend, when: condition, line }]
  },
  acl(proxy, [name = '', ...criterion]) {
    const condition = failing(`error detected while parsing ACL '${name}' : `, () => readCriterion(criterion))
    proxy.acls.set(name, [...(proxy.acls.get(name) ?? []), condition])
  },
  option(proxy, [name = '', ...args]) {
    if (name === 'httpchk') {
      const [first = '/', second] = args
      const [method, uri] = second === undefined ? ['OPTIONS', first] : [first, second]
      proxy.httpCheck = {
        method,
        uri,
        headers: proxy.httpCheck?.headers ?? [],
        expect: proxy.httpCheck?.expect ?? (status => status >= 200 && status < 400),
      }
    } else if (/^(mysql|redis|pgsql|smtp|ldap|ssl-hello|spop)-?chk|-check$/.test(name) && name !== 'tcp-check')
      throw new Error(`option '${name}' is not simulated.`)
    else if (name === 'forwardfor') proxy.forwardFor = readForwardFor(args)
    else if (!OPTIONS.has(name)) throw new Error(`unknown option '${name}'.`)
    proxy.options = new Set([...proxy.options, name])
  },
  'http-check'(proxy, args) {
    const check = proxy.httpCheck ?? {
      method: 'OPTIONS',
      uri: '/',
      headers: [],
      expect: (status: number) => status >= 200 && status < 400,
    }
    const [what = '', ...rest] = args
    const after = (word: string): string | undefined => (rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined)
    if (what === 'send') {
      const headers = rest.flatMap((word, i) => (word === 'hdr' ? [`${rest[i + 1]}: ${rest[i + 2]}`] : []))
      proxy.httpCheck = { ...check, method: after('meth') ?? 'GET', uri: after('uri') ?? check.uri, headers }
    } else if (what === 'expect' && rest[0] === 'status') {
      const allowed = (rest[1] ?? '').split(',').map(range => range.split('-').map(Number))
      proxy.httpCheck = {
        ...check,
        expect: status => allowed.some(([from = 0, to = from]) => status >= from && status <= to),
      }
    } else throw new Error(`'http-check ${args.slice(0, 2).join(' ')}' is not simulated.`)
  },
  timeout(proxy, [name = '', value = '']) {
    if (
      !/^(client|server|connect|check|queue|http-keep-alive|http-request|tunnel|tarpit|client-fin|server-fin|clitimeout|srvtimeout|contimeout)$/.test(
        name,
      )
    )
      throw new Error(
        `'timeout' supports 'client', 'server', 'connect', 'check', 'queue', 'handshake', 'http-keep-alive', 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin' (got '${name}')`,
      )
    proxy.timeouts = { ...proxy.timeouts, [name]: time(value) }
  },
  retries(proxy, [n = '3']) {
    proxy.retries = Number(n)
  },
  log(proxy, [what = '']) {
    proxy.logs = what === 'global' || /^(stdout|stderr)$/.test(what)
  },
  cookie(proxy, [name = '', ...options]) {
    const odd = options.find(word => !/^(insert|indirect|nocache|httponly|secure)$/.test(word))
    if (odd !== undefined) throw new Error(`'cookie ${odd}' is not simulated.`)
    proxy.cookie = {
      name,
      insert: options.includes('insert'),
      indirect: options.includes('indirect'),
      private: options.includes('nocache'),
      attributes: (options.includes('httponly') ? '; HttpOnly' : '') + (options.includes('secure') ? '; Secure' : ''),
    }
  },
  stats(proxy, [what = '', value = '']) {
    const stats = proxy.stats ?? { uri: '/haproxy?stats', auth: [], realm: 'HAProxy Statistics', hideVersion: false }
    if (what === 'uri') proxy.stats = { ...stats, uri: value }
    else if (what === 'auth') proxy.stats = { ...stats, auth: [...stats.auth, value] }
    else if (what === 'realm') proxy.stats = { ...stats, realm: value }
    else if (what === 'refresh') proxy.stats = { ...stats, refresh: String(time(value.replace(/^\d+$/, '$&s')) / 1000) }
    else if (what === 'hide-version') proxy.stats = { ...stats, hideVersion: true }
    else if (/^(enable|show-legends|show-desc|show-node|show-modules)$/.test(what)) proxy.stats = stats
    else throw new Error(`'stats ${what}' is not simulated.`)
  },
  errorfile(proxy, [status = '', path = '']) {
    proxy.errorFiles = { ...proxy.errorFiles, [status]: path }
  },
  'default-server'(proxy, args) {
    proxy.usualServer = withSettings(proxy.usualServer, 'default-server', args)
  },
  redirect(proxy, args) {
    proxy.requestRules = [...proxy.requestRules, redirection(args, proxy)]
  },
  'http-request'(proxy, args) {
    proxy.requestRules = [...proxy.requestRules, readRule('http-request', args, proxy)]
  },
  'http-response'(proxy, args) {
    proxy.responseRules = [...proxy.responseRules, readRule('http-response', args, proxy)]
  },
}

function readForwardFor(args: readonly string[]): NonNullable<Section['forwardFor']> {
  const found: NonNullable<Section['forwardFor']> = { header: 'x-forwarded-for', ifNone: false }
  const words = [...args]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'if-none') found.ifNone = true
    else if (word === 'except' && words.length) found.except = words.shift()!
    else if (word === 'header' && words.length) found.header = words.shift()!.toLowerCase()
    else throw new Error("'option forwardfor' only supports optional values: 'except', 'header' and 'if-none'.")
  }
  return found
}

function failing<T>(prefix: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`${prefix}${(error as Error).message}.`)
  }
}

function splitCondition(args: readonly string[], proxy: Section): [rest: string[], when: Condition] {
  const at = args.findIndex(word => word === 'if' || word === 'unless')
  const condition = failing('error detected while parsing condition : ', () =>
    readCondition(at < 0 ? [] : args.slice(at), proxy.acls),
  )
  return [args.slice(0, at < 0 ? args.length : at), condition]
}

function redirection(args: readonly string[], proxy: Section): Rule {
  const [rest, when] = splitCondition(args, proxy)
  const after = (word: string): string | undefined => (rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined)
  const code = Number(after('code') ?? 302)
  const [location, prefix, scheme] = ['location', 'prefix', 'scheme'].map(after)
  if (location !== undefined) return { when, code, redirect: formatted(location) }
  const target = (seen: Seen): string => seen.request!.path + (seen.request!.query && `?${seen.request!.query}`)
  if (prefix !== undefined) {
    const text = formatted(prefix)
    return { when, code, redirect: seen => text(seen) + target(seen) }
  }
  if (scheme !== undefined)
    return { when, code, redirect: seen => `${scheme}://${seen.request!.headers.get('host') ?? ''}${target(seen)}` }
  throw new Error(
    "error detected while parsing redirect rule : redirection type expected ('prefix', 'location', or 'scheme').",
  )
}

function readRule(keyword: string, args: readonly string[], proxy: Section): Rule {
  const [action = '', ...words] = args
  if (action === 'redirect') return redirection(words, proxy)
  const [rest, when] = splitCondition(words, proxy)
  const [, kind] = /^(set|add|del)-header$/.exec(action) ?? []
  if (kind) return { when, header: kind as 'set', name: rest[0] ?? '', value: formatted(rest[1] ?? '') }
  if (keyword === 'http-request') {
    if (action === 'deny') return { when, deny: Number(rest[1] ?? 403) }
    if (action === 'set-path') return { when, path: formatted(rest[0] ?? '') }
    if (action === 'return') {
      const after = (word: string): string | undefined =>
        rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined
      const body = formatted(after('string') ?? after('lf-string') ?? '')
      return { when, answer: { status: Number(after('status') ?? 200), type: after('content-type') ?? '', body } }
    }
  }
  throw new Error(`'${keyword} ${action}' is not simulated.`)
}

function readServer([name = '', place = '', ...rest]: string[], line: number, usual: Server): Server {
  const [, host = '', port = '0'] = /^(.*?)(?::(\d+))?$/.exec(place)!
  if (!host) throw new Error(`'server' expects <name> and <addr>[:<port>] as arguments.`)
  return withSettings({ ...usual, name, host, port: Number(port), line }, `server ${name}`, rest)
}

/** @param who whom a complaint names */
function withSettings(before: Server, who: string, settings: readonly string[]): Server {
  const server = { ...before }
  const words = [...settings]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'check' || word === 'no-check') server.check = word === 'check'
    else if (word === 'backup' || word === 'no-backup') server.backup = word === 'backup'
    else if (word === 'disabled' || word === 'enabled') server.disabled = word === 'disabled'
    else if (word === 'weight') server.weight = Number(words.shift())
    else if (word === 'inter') server.interMs = time(words.shift() ?? '')
    else if (word === 'rise') server.rise = Number(words.shift())
    else if (word === 'fall') server.fall = Number(words.shift())
    else if (word === 'port') server.checkPort = Number(words.shift())
    else if (word === 'cookie') server.cookie = words.shift() ?? ''
    else if (word === 'maxconn') server.maxConnections = Number(words.shift())
    else if (
      /^(resolvers|resolve-prefer|init-addr|fastinter|downinter|maxqueue|slowstart|id|on-error|observe|error-limit|minconn|pool-[\w-]+)$/.test(
        word,
      )
    )
      words.shift()
    else if (
      /^(ssl|verify|send-proxy(-v2)?|ca-file|sni|crt|track|redir|source|proto|alpn|agent-check|addr|on-marked-(down|up))$/.test(
        word,
      )
    )
      throw new Error(`'${who}' : '${word}' is not simulated.`)
    else throw new Error(`'${who}' : unknown keyword '${word}'.`)
  }
  return server
}

/** Reads one line of a section into it. */
export function readKeyword(
  proxy: Section,
  first: string,
  args: string[],
  line: number,
  alert: (line: number, what: string) => undefined,
): undefined {
  if (first === 'no' && args[0] === 'option') {
    proxy.options = new Set([...proxy.options].filter(option => option !== args[1]))
    if (args[1] === 'forwardfor') delete proxy.forwardFor
    return undefined
  }
  const read = KEYWORDS[first]
  if (MISSING.test(first)) return alert(line, `'${first}' is not simulated.`)
  if (!read) {
    if (!HARMLESS.test(first)) alert(line, `unknown keyword '${first}' in '${proxy.kind}' section`)
    return undefined
  }
  if (PLACES[first] && !PLACES[first].test(proxy.kind))
    return alert(line, `'${first}' not allowed in '${proxy.kind}' section.`)
  try {
    read(proxy, args, line)
  } catch (error) {
    alert(line, (error as Error).message)
  }
}
