/** proxy_pass: hands a request on to another server and its answer back. */
import { startTls } from '../../../../network/tls.ts'
import { byteLength } from '../../../files/tree.ts'
import { type HttpAnswer, responseReader } from '../../../network/http-client.ts'
import type { Exchange } from './exchange.ts'
import { capture } from './patterns.ts'
import type { Reply } from './reply.ts'
import type { Directive } from './syntax.ts'
import { alone, connectFailed, type Peer, Peers, type ProxyPass, type UpstreamGroup } from './upstreams.ts'

/** Headers of one connection, which are not handed on, and those that nginx writes itself. */
const OWN = new Set(['connection', 'keep-alive', 'content-length', 'date', 'server', 'transfer-encoding'])

/** Where a request goes: known beforehand, or worked out of its variables. */
interface Target {
  peers: Peers
  secure: boolean
  host: string
  /** What replaces the location's part of the path, or all of it where it was worked out of variables. */
  replace?: string
  whole?: string
}

type Result = Reply | { page: 500 | 502 | 504 }

/** `done` gets the answer, or the status of an error page. */
export function proxy(
  x: Exchange,
  pass: ProxyPass,
  peersOf: (group: UpstreamGroup) => Peers,
  done: (result: Result) => undefined,
): undefined {
  const target = pass.group
    ? {
        peers: peersOf(pass.group),
        secure: pass.secure,
        host: pass.host,
        ...(pass.path !== undefined && { replace: pass.path }),
      }
    : workedOut(x, pass, peersOf)
  if ('page' in target) return done(target)
  x.set.set('proxy_host', target.host)
  x.set.set('proxy_port', /:(\d+)$/.exec(target.host)?.[1] ?? (target.secure ? '443' : '80'))
  x.upstream.began = x.process.clock.now()
  const path = pathFor(x, target)
  const tried = new Set<Peer>()
  const key = target.peers.key?.of(x)
  const asker = { process: x.process, ip: x.request.remote.ip, ...(key !== undefined && { key }) }
  const mayTry = (): boolean => !x.scope.passing.tries || tried.size < x.scope.passing.tries
  const attempt = (last?: 502 | 504): undefined => {
    const peer = target.peers.next(asker, tried)
    if (!peer) {
      if (last === undefined) {
        x.note('error', `no live upstreams while connecting to upstream, upstream: "http://${target.host}${path}"`)
        x.upstream.addresses.push(target.host)
        x.upstream.statuses.push('502')
      }
      return done({ page: last ?? 502 })
    }
    tried.add(peer)
    peer.active++
    const began = x.process.clock.now()
    ask(x, peer, target, path, result => {
      peer.active--
      x.upstream.addresses.push(`${peer.ip}:${peer.port}`)
      x.upstream.took.push(((x.process.clock.now() - began) / 1000).toFixed(3))
      if ('failed' in result) {
        x.upstream.statuses.push(String(result.failed))
        target.peers.failed(peer, x.process.clock.now())
        x.note('error', `${result.why}, upstream: "http${target.secure ? 's' : ''}://${peer.ip}:${peer.port}${path}"`)
        const again = x.scope.passing.next.includes(result.failed === 504 ? 'timeout' : 'error')
        return again && repeatable(x, result) && mayTry() ? attempt(result.failed) : done({ page: result.failed })
      }
      x.upstream.statuses.push(String(result.status))
      x.upstream.headers = result.headers
      peer.fails = 0
      if (x.scope.passing.next.includes(`http_${result.status}`)) {
        target.peers.failed(peer, x.process.clock.now())
        if (mayTry() && target.peers.next(asker, tried)) return attempt(502)
      }
      done(replyOf(x, result, target))
    })
  }
  attempt()
}

/** What has perhaps been done already is not asked for twice. */
const repeatable = ({ method, scope }: Exchange, { sent }: { sent: boolean }): boolean =>
  !sent || scope.passing.next.includes('non_idempotent') || !/^(POST|LOCK|PATCH)$/.test(method)

function workedOut(
  x: Exchange,
  pass: ProxyPass,
  peersOf: (group: UpstreamGroup) => Peers,
): Target | { page: 500 | 502 } {
  const url = pass.url.of(x)
  const [, scheme, host, path] = /^(https?):\/\/([^/?]+)([/?].*)?$/.exec(url) ?? []
  if (!scheme || !host) {
    x.note('error', `invalid URL prefix in "${url}"`)
    return { page: 500 }
  }
  const secure = scheme === 'https'
  const to = { secure, host, ...(path !== undefined && { whole: path }) }
  const named: UpstreamGroup | undefined = x.groups.get(host)
  if (named) return { ...to, peers: peersOf(named) }
  const name = host.replace(/:\d+$/, '')
  const address = /^[\d.]+$/.test(name)
  if (!address && !x.scope.resolver) {
    x.note('error', `no resolver defined to resolve ${name}`)
    return { page: 502 }
  }
  // The resolver is asked for the name as it stands: the search list of resolv.conf is not its own.
  const ips = address ? [name] : x.process.net.resolve(name, 'A', resolverAddress(x))
  if (!ips || ips === 'silence' || !ips.length) {
    x.note(
      'error',
      `${name} could not be resolved (${ips === 'silence' ? '110: Operation timed out' : '3: Host not found'})`,
    )
    return { page: 502 }
  }
  return { ...to, peers: new Peers(alone(NOWHERE, host, secure), () => ips) }
}

const NOWHERE: Directive = { name: 'proxy_pass', args: [], line: 0, file: '' }

const resolverAddress = (x: Exchange): string => {
  const { resolver = '' } = x.scope
  if (/^[\d.]+$/.test(resolver)) return resolver
  const found = x.process.net.resolve(resolver, 'A')
  return (found && found !== 'silence' && found[0]) || resolver
}

function pathFor(x: Exchange, { replace, whole }: Target): string {
  if (whole !== undefined) return whole
  const args = x.args && `?${x.args}`
  // Once a rewrite has changed the path, that is what is handed on.
  if (replace !== undefined && x.location && x.uri === x.located)
    return replace + encodeURI(x.uri.slice(x.location.path.length)) + args
  const [, query = ''] = x.request.target.split('?')
  return x.uri === x.request.path && x.args === query ? x.request.target : encodeURI(x.uri) + args
}

type Asked = HttpAnswer | { failed: 502 | 504; why: string; sent: boolean }

function ask(x: Exchange, peer: Peer, target: Target, path: string, done: (result: Asked) => void): void {
  const { process } = x
  const { connectMs, readMs } = x.scope.passing
  let over = false
  let giveUp = (): void => {}
  const finish = (result: Asked): void => {
    if (over) return
    over = true
    process.clock.cancel(timer)
    giveUp()
    done(result)
  }
  const fail = (failed: 502 | 504, what: string, sent: boolean): void =>
    finish({ failed, why: `${what} while ${sent ? 'reading response header from' : 'connecting to'} upstream`, sent })
  let timer = process.clock.after(connectMs, () => fail(504, 'upstream timed out (110: Connection timed out)', false))
  giveUp = process.net.connect('TCP', peer.ip, peer.port, result => {
    if (over) return
    process.clock.cancel(timer)
    if ('failure' in result) return fail(502, connectFailed(result.failure), false)
    giveUp = () => result.connection.close()
    timer = process.clock.after(readMs, () => fail(504, 'upstream timed out (110: Connection timed out)', true))
    const reader = responseReader(answer =>
      answer ? finish(answer) : fail(502, 'upstream prematurely closed connection', true),
    )
    const converse = (connection: typeof result.connection): void => {
      connection.onData(reader.data)
      connection.onClose(reader.end)
      connection.send(requestText(x, target, path))
    }
    if (!target.secure) return converse(result.connection)
    startTls(result.connection, target.host, secured =>
      secured && 'connection' in secured
        ? converse(secured.connection)
        : fail(502, 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number)', false),
    )
  })
}

const titled = (name: string): string =>
  name.replace(/(^|-)[a-z]/g, start => start.toUpperCase()).replace(/^Etag$/, 'ETag')

/** What goes out: the client's headers, with nginx's own two and those of proxy_set_header in their place. */
function requestText(x: Exchange, { host }: Target, path: string): string {
  const { headers, method, ownHeaders, ownBody, body: replaced, version } = x.scope.passing
  const body = replaced ? replaced.of(x) : ownBody ? x.request.body : ''
  const set = new Map<string, readonly [name: string, value: string]>([
    ['host', ['Host', host]],
    ['connection', ['Connection', 'close']],
  ])
  for (const [name, value] of headers) set.set(name.toLowerCase(), [name, value.of(x)])
  if (body) set.set('content-length', ['Content-Length', String(byteLength(body))])
  if (ownHeaders)
    for (const [name, value] of x.request.headers)
      if (!set.has(name) && !OWN.has(name)) set.set(name, [titled(name), value])
  const lines = [...set.values()].filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method?.of(x) ?? x.method} ${path} HTTP/${version}\r\n${lines.join('')}\r\n${body}`
}

function replyOf(x: Exchange, answer: HttpAnswer, { host, secure }: Target): Reply {
  const { hidden, redirects } = x.scope.passing
  const rest: [string, string][] = []
  for (const [name, value] of answer.headers) {
    if (OWN.has(name) || hidden.includes(name) || /^(content-type|last-modified|location|accept-ranges)$/.test(name))
      continue
    if (!name.startsWith('x-accel-')) rest.push([titled(name), value])
  }
  const [type, modified, location] = ['content-type', 'last-modified', 'location'].map(name => answer.headers.get(name))
  const base = `http${secure ? 's' : ''}://${host}`
  return {
    status: answer.status,
    body: answer.body,
    rest,
    ...(type !== undefined && { type }),
    ...(modified !== undefined && { modified }),
    ...(location !== undefined && { location: redirected(x, location, base, redirects) }),
    ...(answer.headers.has('accept-ranges') && { ranges: true }),
  }
}

/** Where the server behind sends people to itself, they are sent to the location instead. */
function redirected(
  x: Exchange,
  location: string,
  base: string,
  redirects: Exchange['scope']['passing']['redirects'],
): string {
  if (redirects === 'off') return location
  const { content } = x.scope
  const own = content && 'proxy' in content ? content.proxy.path : undefined
  if (redirects === 'default') {
    const from = `${base}${own ?? ''}`
    if (!location.startsWith(from)) return location
    return (own === undefined ? '' : (x.location?.path ?? '/')) + location.slice(from.length)
  }
  for (const { from, to } of redirects) {
    if (from instanceof RegExp) {
      const match = from.exec(location)
      if (!match) continue
      capture(x, match)
      return to.of(x)
    }
    const start = from.of(x)
    if (location.startsWith(start)) return to.of(x) + location.slice(start.length)
  }
  return location
}
