/** A request's way: its host, rules of the server, its file, the sections that hold for it, access, rules of directories, what answers. */
import { byteLength } from '../../../files/tree.ts'
import { refusalOf } from './access.ts'
import { listing } from './autoindex.ts'
import type { Config } from './config.ts'
import { type Exchange, ownAddress } from './exchange.ts'
import { applyHeaders } from './headers.ts'
import { accessFiles } from './htaccess.ts'
import { directoryOf, merged } from './merging.ts'
import { normalized, reachable, resolvePath } from './paths.ts'
import { type Limits, type Lost, proxy, type Turns } from './proxying.ts'
import type { Reading } from './reading.ts'
import { onStatus } from './redirects.ts'
import { type Answer, page, type Told } from './reply.ts'
import { type Outcome, run } from './rewrite.ts'
import type { Scope } from './scope.ts'
import { handlerOf, look, serveFile, typeOf } from './static.ts'
import { type Counts, statusPage } from './status.ts'

/** What all requests of a server share. */
export interface Shared {
  config: Config
  reading: Reading
  counts: Counts
  lost: Lost
  turns: Turns
  /** Scopes by the sections that make them. */
  scopes: Map<string, Scope>
}

type Result = Answer | ({ status: number } & Told & { realm?: string })

const KNOWN = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'MKCOL',
  'COPY',
  'MOVE',
  'LOCK',
  'UNLOCK',
])

/** So often a request may be sent on inside. */
const MOST_REDIRECTS = 10

const isAnswer = (result: Result): result is Answer => 'body' in result

export function answer(x: Exchange, shared: Shared, respond: (answer: Answer) => void): undefined {
  const { lost, turns } = shared
  /** The status that a page of ErrorDocument is for. */
  let about: number | undefined

  /** @param own a page of Apache's own: rules for what went well do not touch it */
  const send = (result: Answer, own = false): undefined => {
    const status = about ?? result.status
    const rules = x.scope.headers
    const made = x.always.map(([name, value]): [string, string] => [name, value])
    const before = new Set(made)
    applyHeaders(
      rules.filter(({ always }) => always),
      made,
      x,
    )
    const headers = result.headers.map(([name, value]): [string, string] => [name, value])
    if (!own)
      applyHeaders(
        rules.filter(({ always }) => !always),
        headers,
        x,
      )
    const all = [...made.filter(one => !before.has(one)), ...made.filter(one => before.has(one)), ...headers]
    x.status = status
    x.sent = all
    x.bytes = x.method === 'HEAD' || status === 304 || status === 204 ? 0 : byteLength(result.body)
    respond({ ...result, status, headers: all })
  }

  const ownPage = (status: number, told: Told & { realm?: string }): undefined => {
    const headers: [string, string][] = []
    if (told.location !== undefined) headers.push(['Location', told.location])
    headers.push(['Content-Type', 'text/html; charset=iso-8859-1'])
    send(
      {
        status,
        body: page(x, status, told),
        headers,
        ...(told.text !== undefined && status >= 500 && { reason: 'Proxy Error' }),
      },
      true,
    )
  }

  const finish = (result: Result): undefined => {
    if (isAnswer(result)) {
      if (result.whole && x.scope.ownErrors && result.status >= 400) return finish({ status: result.status })
      return send(result)
    }
    const { status, realm } = result
    if (realm !== undefined) x.always.push(['WWW-Authenticate', `Basic realm="${realm}"`])
    if (status === 405 || status === 501) x.always.push(['Allow', allowed(x)])
    const document = x.scope.errorPages.get(status)
    if (about !== undefined) {
      const first = about
      about = undefined
      return ownPage(first, { ...result, besides: status })
    }
    if (document === undefined || document === 'default' || (status >= 300 && status < 400))
      return ownPage(status, result)
    if (/^https?:\/\//.test(document)) return ownPage(302, { location: document })
    if (!document.startsWith('/')) {
      return send(
        {
          status,
          body: document.replace(/^"/, ''),
          headers: [['Content-Type', 'text/html; charset=iso-8859-1']],
        },
        true,
      )
    }
    about = status
    x.env.set('REDIRECT_STATUS', String(status))
    x.env.set('REDIRECT_URL', x.uri)
    x.method = x.method === 'HEAD' ? 'HEAD' : 'GET'
    begin(document)
  }

  /** Begins anew at another path. */
  const begin = (target: string): undefined => {
    if (x.redirects++ >= MOST_REDIRECTS) {
      x.note(
        'core',
        'error',
        "AH00124: Request exceeded the limit of 10 internal redirects due to probable configuration error. Use 'LimitInternalRecursion' to increase the limit if necessary. Use 'LogLevel debug' to get a backtrace.",
      )
      x.scope = x.host.scope
      return ownPage(500, {})
    }
    const [path = '', query] = target.split(/\?(.*)/s)
    x.uri = path
    delete x.user
    delete x.claimed
    if (query !== undefined) x.args = query
    locate()
  }

  const pass = (url: string, limits: Limits = {}): undefined => proxy(x, url, limits, { lost, turns }, finish)

  const locate = (): undefined => {
    const { host } = x
    x.scope = host.scope
    delete x.handler
    delete x.type
    x.filename = ''
    x.pathInfo = ''
    for (const rule of host.scope.env) rule(x)
    if (host.scope.rewriting && host.scope.rules.length && !x.ended) {
      const end = settle(run(host.scope.rules, x, x.uri, path => path))
      if (end) return end()
    }
    for (const one of host.proxies) {
      const url = one.of(x.uri)
      if (url === '!') break
      if (url !== undefined) {
        x.scope = merged(x, shared, [])
        return admitted(() => pass(url, one.limits))
      }
    }
    const redirected = redirection(x, host.scope)
    if (redirected) return finish(redirected)
    // A rule of the server may have led to a file straight away.
    const real =
      /^\/[^/]/.test(x.uri) && x.redirects === 0 && x.uri !== x.request.path && look(x, x.uri)?.type === 'file'
    let script = false
    let file = real ? x.uri : undefined
    for (const one of file === undefined ? host.aliasesOf : []) {
      file = one.of(x.uri)
      if (file === undefined) continue
      script = one.script
      break
    }
    x.filename = file ?? host.root + x.uri
    resolvePath(x)
    if (script) x.handler = 'cgi-script'
    const [files, faulty] = accessFiles(x, shared.reading)
    x.scope = merged(x, shared, files)
    if (faulty) return finish({ status: faulty })
    if (x.scope.env !== host.scope.env) for (const rule of x.scope.env.slice(host.scope.env.length)) rule(x)
    if (x.scope.redirects !== host.scope.redirects) {
      const own = redirection(x, x.scope)
      if (own) return finish(own)
    }
    admitted(content)
  }

  const settle = (outcome: Outcome): (() => undefined) | undefined => {
    if (!outcome) return undefined
    if ('proxy' in outcome) return () => pass(outcome.proxy)
    if ('status' in outcome) {
      const { status, location } = outcome
      if (location === undefined) return () => finish({ status })
      return () => finish({ status, location: location.startsWith('/') ? ownAddress(x) + location : location })
    }
    x.uri = outcome.path.startsWith('/') ? outcome.path : `/${outcome.path}`
    return undefined
  }

  const admitted = (then: () => undefined): undefined => {
    const { scope } = x
    if (scope.sslOnly && !x.ssl)
      return finish({ status: 403, text: '<br />\nReason: Speaking plain HTTP is not allowed.' })
    const refused = refusalOf(x)
    if (refused) return finish(refused)
    if (scope.methods && !scope.methods.includes(x.method) && !(x.method === 'HEAD' && scope.methods.includes('GET'))) {
      x.note(
        'allowmethods',
        'error',
        `AH01623: client method denied by server configuration: '${x.method}' to ${x.filename}`,
      )
      return finish({ status: 405 })
    }
    if (byteLength(x.request.body) > scope.maxBody) return finish({ status: 413 })
    const headers = [...x.headers] as [string, string][]
    if (scope.requestHeaders.length) {
      applyHeaders(scope.requestHeaders, headers, x)
      x.headers.clear()
      for (const [name, value] of headers) x.headers.set(name.toLowerCase(), value)
    }
    then()
  }

  /** Rules of the directory look at the path without the directory's. */
  const rewritten = (): (() => undefined) | undefined => {
    const { scope } = x
    if (!scope.rewriting || !scope.rules.length || scope.rules === x.host.scope.rules || x.ended) return undefined
    const folder = directoryOf(x)
    const file = x.filename + x.pathInfo
    const relative = file.startsWith(folder) ? file.slice(folder.length) : ''
    const prefix = scope.base ?? x.uri.slice(0, x.uri.length - relative.length)
    const before = x.uri
    const outcome = run(scope.rules, x, relative, path =>
      path.startsWith('/') || /^[a-z]+:\/\//i.test(path) ? path : `${prefix.replace(/\/?$/, '/')}${path}`,
    )
    if (!outcome) return undefined
    if (!('path' in outcome)) return settle(outcome)
    // A path that begins anew goes through the rules again; that ends when nothing changes any more.
    if (outcome.path === before) return undefined
    return () => begin(outcome.path)
  }

  const content = (): undefined => {
    const { scope } = x
    const led = rewritten()
    if (led) return led()
    if (scope.proxy) return pass(scope.proxy.url + encodeURI(x.uri.slice(scope.proxy.path.length)))
    const handler = handlerOf(x, x.filename)
    if (handler === 'server-status') return finish(statusPage(x, shared.counts))
    if (!KNOWN.has(x.method)) {
      x.note('core', 'error', `AH00135: Invalid method in request ${x.method} ${x.request.target} HTTP/1.1`)
      return finish({ status: 501 })
    }
    const stat = look(x, x.filename)
    if (handler?.startsWith('proxy:')) {
      if (!/^proxy:https?:/.test(handler)) return unsimulated(handler)
      return pass(handler.slice(6) + x.uri)
    }
    if (handler && handler !== 'default-handler' && stat?.type === 'file' && handler !== 'none')
      return unsimulated(handler)
    if (x.method === 'OPTIONS') {
      const { type } = typeOf(x, x.filename)
      return finish({
        status: 200,
        body: '',
        headers: [['Allow', allowed(x)], ...(type ? [['Content-Type', type] as const] : [])],
      })
    }
    if (x.method === 'TRACE') return finish(x.host.traces ? echo(x) : { status: 405 })
    if (!/^(GET|HEAD|POST)$/.test(x.method)) return finish({ status: 405 })
    if (!stat) return missing()
    if (stat.type === 'directory') return directory()
    if (x.pathInfo && x.scope.pathInfo !== true) return missing()
    finish(serveFile(x, stat))
  }

  const unsimulated = (handler: string): undefined => {
    x.note('core', 'error', `the handler ${handler} is not simulated`)
    finish({ status: 500 })
  }

  const missing = (): undefined => {
    if (x.scope.fallback !== undefined && x.uri !== x.scope.fallback) return begin(x.scope.fallback)
    if (!reachable(x)) {
      x.note(
        'core',
        'error',
        `AH00035: access to ${x.uri} denied (filesystem path '${x.filename}') because search permissions are missing on a component of the path`,
        { number: '(13)Permission denied' },
      )
      return finish({ status: 403 })
    }
    x.note('core', 'info', `AH00128: File does not exist: ${x.filename}${x.pathInfo}`)
    finish({ status: 404 })
  }

  const directory = (): undefined => {
    const { scope } = x
    if (!x.uri.endsWith('/')) {
      if (!scope.slash) return finish({ status: 404 })
      return finish({ status: 301, location: `${ownAddress(x)}${encodeURI(x.uri)}/${x.args && `?${x.args}`}` })
    }
    for (const name of scope.index) {
      if (name.startsWith('/')) return begin(name)
      if (look(x, x.filename + name)?.type === 'file') return begin(x.uri + name)
    }
    if (scope.fallback !== undefined && x.uri !== scope.fallback) return begin(scope.fallback)
    if (!scope.options.has('Indexes')) {
      x.note(
        'autoindex',
        'error',
        `AH01276: Cannot serve directory ${x.filename}: No matching DirectoryIndex (${scope.index.join(',') || 'none'}) found, and server-generated directory index forbidden by Options directive`,
      )
      return finish({ status: 403 })
    }
    if (!shared.reading.modules.has('autoindex')) return finish({ status: 404 })
    finish(listing(x, x.filename, name => mayBeShown(x, shared, name)))
  }

  if (!x.host.encodedSlashes && /^[^?]*%2f/i.test(x.request.target)) {
    x.note('core', 'info', `AH00026: found %2f (encoded '/') in URI path (decoded='${x.uri}'), returning 404`)
    return finish({ status: 404 })
  }
  const normal = normalized(x.uri)
  if (normal !== undefined) return begin(normal + (x.args && `?${x.args}`))
  x.note('core', 'error', `AH10244: invalid URI path (${x.request.target})`)
  finish({ status: 400 })
}

/** What TRACE answers: the request as it came. */
function echo(x: Exchange): Answer {
  const lines = [...x.request.headers].map(
    ([name, value]) => `${name.replace(/(^|-)[a-z]/g, start => start.toUpperCase())}: ${value}\r\n`,
  )
  return {
    status: 200,
    body: `TRACE ${x.request.target} HTTP/1.1\r\n${lines.join('')}\r\n`,
    headers: [['Content-Type', 'message/http']],
  }
}

const allowed = ({ host }: Exchange): string => `HEAD,GET,POST,OPTIONS${host.traces ? ',TRACE' : ''}`

function redirection(x: Exchange, scope: Scope): Result | undefined {
  for (const one of scope.redirects) {
    const target = one.of(x.uri)
    if (target === undefined) continue
    if (one.status < 300 || one.status >= 400) return { status: onStatus(one.status) ? one.status : 500 }
    const location = encodeURI(target).replaceAll('%25', '%') + (x.args && !target.includes('?') ? `?${x.args}` : '')
    return { status: one.status, location: location.startsWith('/') ? ownAddress(x) + location : location }
  }
  return undefined
}

/** A list leaves out what could not be had. */
function mayBeShown(x: Exchange, shared: Shared, name: string): boolean {
  const entry: Exchange = { ...x, filename: x.filename + name, uri: x.uri + name, pathInfo: '' }
  const [files, faulty] = accessFiles(entry, shared.reading)
  entry.scope = merged(entry, shared, files)
  return !faulty && refusalOf(entry)?.status !== 403
}
