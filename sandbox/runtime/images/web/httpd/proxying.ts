/** ProxyPass: hands a request on to another server and its answer back. */
import { startTls } from '../../../../network/tls.ts'
import { byteLength } from '../../../files/tree.ts'
import { type HttpAnswer, responseReader } from '../../../network/http-client.ts'
import { type Exchange, hostName } from './exchange.ts'
import { filled, patternOf, under } from './redirects.ts'
import type { Answer } from './reply.ts'
import { at, type Directive, words } from './syntax.ts'

export interface ProxyPass {
  /** Where a path is handed on to; `!`: it is not; undefined: it is not meant. */
  of(path: string): string | undefined
  limits: Limits
}

/** How long something may take, in seconds; the server's own where nothing is said. */
export interface Limits {
  timeout?: number
  connectiontimeout?: number
  /** A server that could not be reached is not asked again for so long. */
  retry?: number
}

/** A server of a balancer. */
export interface Member {
  url: string
  limits: Limits
}

/** Parameters of `ProxyPass` that tune what cannot be seen here. */
const TUNING =
  /^(min|max|smax|ttl|acquire|keepalive|disablereuse|enablereuse|flushpackets|flushwait|iobuffersize|receivebuffersize|responsefieldsize|addressttl)$/
const UNSIMULATED =
  /^(nocanon|interpolate|noquery|stickysession|lbmethod|maxattempts|nofailover|failonstatus|failontimeout|nonce|growth|forcerecovery|scolonpathdelim|timeoutms|ping|route|redirect|loadfactor|lbset|status|upgrade|secret|mapping|hcmethod|hcinterval)$/

/** @throws ConfigError for parameters that are unknown, or not simulated */
export function limitsOf(d: Directive, words: readonly string[]): Limits {
  const limits: Limits = {}
  for (const word of words) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(word) ?? []
    const key = name.toLowerCase()
    if (key === 'timeout' || key === 'connectiontimeout' || key === 'retry') {
      if (!/^\d+$/.test(value)) throw at(d, `${d.name} ${word} is not simulated`)
      limits[key] = Number(value)
    } else if (UNSIMULATED.test(key)) throw at(d, `${d.name} ${key} is not simulated`)
    else if (!TUNING.test(key)) throw at(d, `${d.name} unknown Worker parameter`)
  }
  return limits
}

/** `ProxyPass path url [key=value …]` @throws ConfigError */
export function proxyPass(d: Directive): ProxyPass {
  const [path = '', url, ...parameters] = words(d.args)
  if (url === undefined || url.includes('='))
    throw at(d, 'ProxyPass|ProxyPassMatch needs a path when not defined in a location')
  if (url !== '!' && !/^[a-z]+:\/\//i.test(url)) throw at(d, `ProxyPass URL must be absolute!: ${url}`)
  if (!/^(!|https?:|balancer:)/i.test(url)) throw at(d, `ProxyPass to ${url.split(':')[0]}: is not simulated`)
  const limits = limitsOf(d, parameters)
  if (/match$/i.test(d.name)) {
    const regex = patternOf(d, path)
    return {
      limits,
      of(asked) {
        const match = regex.exec(asked)
        return match ? (/\$\d/.test(url) ? filled(url, match) : url + asked) : undefined
      },
    }
  }
  return {
    limits,
    of: asked => (under(path, asked) ? (url === '!' ? url : url + encodeURI(asked.slice(path.length))) : undefined),
  }
}

/** Headers of one connection, and those that Apache writes itself. */
const OWN = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'host',
])

const titled = (name: string): string =>
  name.replace(/(^|-)[a-z]/g, start => start.toUpperCase()).replace(/^Etag$/, 'ETag')

/** Seconds after which a server is asked again, unless ProxyPass says otherwise. */
const RETRY = 60

/** Servers that could not be reached, and when; of one Apache. */
export type Lost = Map<string, number>

/** Whose turn it is among the members of a balancer. */
export type Turns = Map<string, number>

const originOf = (url: string): string => /^[a-z]+:\/\/[^/?]*/i.exec(url)?.[0] ?? url

/** @param done gets the answer, or the status of an error page */
export function proxy(
  x: Exchange,
  url: string,
  limits: Limits,
  { lost, turns }: { lost: Lost; turns: Turns },
  done: (answer: Answer | { status: number; text?: string }) => undefined,
): undefined {
  const now = x.process.clock.now()
  const isLost = (origin: string, { retry = RETRY }: Limits): boolean =>
    now < (lost.get(origin) ?? Number.NEGATIVE_INFINITY) + retry * 1000
  const [, scheme = '', place = '', rest = ''] = /^(https?|balancer):\/\/([^/?]*)(.*)$/i.exec(url) ?? []
  if (scheme === 'balancer') {
    const members = x.host.balancers.get(place)
    if (!members?.length) {
      x.note('proxy', 'error', `AH01171: balancer://${place}: No workers in balancer`)
      return done({ status: 503 })
    }
    const turn = turns.get(place) ?? 0
    turns.set(place, turn + 1)
    const alive = members.filter(one => !isLost(originOf(one.url), one.limits))
    if (!alive.length) return done({ status: 503 })
    const member = alive[turn % alive.length]!
    return proxy(x, member.url + rest, { ...limits, ...member.limits }, { lost, turns }, done)
  }
  const secure = scheme.toLowerCase() === 'https'
  const [name = '', digits] = place.split(':')
  const port = Number(digits ?? (secure ? 443 : 80))
  const origin = `${scheme}://${place}`
  const ips = /^[\d.]+$/.test(name) ? [name] : x.process.net.resolve(name, 'A')
  if (!ips || ips === 'silence' || !ips.length) {
    x.note('proxy', 'error', `AH00898: DNS lookup failure for: ${name} returned by ${x.request.path}`, {
      number: '(EAI 2)Name or service not known',
    })
    return done({ status: 500, text: `DNS lookup failure for: ${name}` })
  }
  if (isLost(origin, limits)) {
    x.note('proxy_http', 'error', `AH01114: HTTP: failed to make connection to backend: ${name}`)
    return done({ status: 503 })
  }
  const path = rest.startsWith('/') ? rest : `/${rest}`
  const query = x.args && !path.includes('?') ? `?${x.args}` : ''
  ask(x, { ip: ips[0]!, port, secure, name, limits }, requestText(x, place, path + query), result => {
    if (!('failed' in result)) {
      lost.delete(origin)
      return done(answerOf(x, result, origin))
    }
    const { failed, number, text } = result
    if (failed === 503) {
      lost.set(origin, x.process.clock.now())
      x.note('proxy', 'error', `AH00957: ${scheme}: attempt to connect to ${ips[0]}:${port} (${name}:${port}) failed`, {
        ...(number && { number }),
        anonymous: true,
      })
      x.note('proxy_http', 'error', `AH01114: HTTP: failed to make connection to backend: ${name}`)
      return done({ status: 503 })
    }
    x.note(
      'proxy_http',
      'error',
      `AH01102: error reading status line from remote server ${name}:${port}`,
      number ? { number } : {},
    )
    done({ status: failed, ...(text !== undefined && { text }) })
  })
}

type Failed = { failed: 502 | 503; number?: string; text?: string }

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: '(111)Connection refused',
  ETIMEDOUT: '(110)Connection timed out',
  EHOSTUNREACH: '(113)No route to host',
  ENETUNREACH: '(101)Network is unreachable',
}

function ask(
  x: Exchange,
  { ip, port, secure, name, limits }: { ip: string; port: number; secure: boolean; name: string; limits: Limits },
  text: string,
  done: (result: HttpAnswer | Failed) => void,
): void {
  const { process, host } = x
  const timeout = (limits.timeout ?? host.proxyTimeout ?? host.timeout) * 1000
  let over = false
  let giveUp = (): void => {}
  const finish = (result: HttpAnswer | Failed): void => {
    if (over) return
    over = true
    process.clock.cancel(timer)
    giveUp()
    done(result)
  }
  const reading = 'Error reading from remote server'
  let timer = process.clock.after(limits.connectiontimeout ? limits.connectiontimeout * 1000 : timeout, () =>
    finish({ failed: 503, number: '(70007)The timeout specified has expired' }),
  )
  giveUp = process.net.connect('TCP', ip, port, result => {
    if (over) return
    process.clock.cancel(timer)
    if ('failure' in result) return finish({ failed: 503, number: WORDS[result.failure]! })
    giveUp = () => result.connection.close()
    timer = process.clock.after(timeout, () =>
      finish({ failed: 502, number: '(70007)The timeout specified has expired', text: reading }),
    )
    const reader = responseReader(answer =>
      finish(
        answer ?? { failed: 502, number: '(20014)Internal error (specific information not available)', text: reading },
      ),
    )
    const converse = (connection: typeof result.connection): void => {
      connection.onData(reader.data)
      connection.onClose(reader.end)
      connection.send(text)
    }
    if (!secure) return converse(result.connection)
    startTls(result.connection, name, secured =>
      secured && 'connection' in secured
        ? converse(secured.connection)
        : finish({ failed: 502, number: '(103)Software caused connection abort', text: reading }),
    )
  })
}

function requestText(x: Exchange, place: string, path: string): string {
  const { request } = x
  const lines = [`Host: ${x.scope.preserveHost ? (request.headers.get('host') ?? place) : place}`]
  for (const [name, value] of x.headers)
    if (!OWN.has(name) && !name.startsWith('x-forwarded-')) lines.push(`${titled(name)}: ${value}`)
  const onward = (name: string, own: string): string => [x.headers.get(name), own].filter(Boolean).join(', ')
  lines.push(`X-Forwarded-For: ${onward('x-forwarded-for', request.remote.ip)}`)
  if (request.headers.has('host'))
    lines.push(`X-Forwarded-Host: ${onward('x-forwarded-host', request.headers.get('host')!)}`)
  lines.push(`X-Forwarded-Server: ${onward('x-forwarded-server', x.host.name ?? hostName(x))}`)
  if (x.headers.has('x-forwarded-proto')) lines.push(`X-Forwarded-Proto: ${x.headers.get('x-forwarded-proto')}`)
  if (request.body) lines.push(`Content-Length: ${byteLength(request.body)}`)
  lines.push('Connection: Keep-Alive')
  return `${x.method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${request.body}`
}

/** Of what the server behind has sent; places on it become places here where ProxyPassReverse says so. */
function answerOf(x: Exchange, answer: HttpAnswer, origin: string): Answer {
  const rest: [string, string][] = []
  for (const [name, value] of answer.headers) {
    if (OWN.has(name) && name !== 'content-length') continue
    rest.push([titled(name), name === 'location' || name === 'content-location' ? reversed(x, value, origin) : value])
  }
  return { status: answer.status, body: answer.body, headers: rest, whole: true }
}

function reversed(x: Exchange, location: string, origin: string): string {
  for (const [from, to] of x.scope.reverse) {
    const base = to.startsWith('balancer:') ? origin : to
    if (!location.startsWith(base)) continue
    const host = x.request.headers.get('host') ?? hostName(x)
    const path = `${from.replace(/\/$/, base.endsWith('/') ? '/' : '')}${location.slice(base.length)}`
    return `http${x.ssl ? 's' : ''}://${host}${path.startsWith('/') ? path : `/${path}`}`
  }
  return location
}
