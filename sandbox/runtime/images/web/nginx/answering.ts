/** A request's way: the server's rules, its location, that one's rules, limits, access, and what answers it. */

import { byteLength } from '../../../files/tree.ts'
import type { HttpResponse } from '../../../network/serving.ts'
import { refusalOf } from './access.ts'
import { contains } from './addresses.ts'
import type { Server } from './config.ts'
import type { Exchange } from './exchange.ts'
import type { Limits } from './limits.ts'
import { find, type Location, namedLocation } from './locations.ts'
import { proxy } from './proxy.ts'
import { pageReply, type Reply, responseOf } from './reply.ts'
import { type Outcome, run } from './rewrite.ts'
import { serveFile, tryFiles, typeOf } from './static.ts'
import type { Peers, UpstreamGroup } from './upstreams.ts'

/** What all requests of a server share. */
export interface Shared {
  limits: Limits
  peersOf(group: UpstreamGroup): Peers
  /** What stub_status tells. */
  connections: { accepted: number; active: number; requests: number }
}

type Result = Reply | { page: number; location?: string; realm?: string; text?: string }

/** So often a request may be sent to another path before nginx calls it a cycle. */
const MOST_REDIRECTS = 10

export function answer(x: Exchange, shared: Shared, respond: (response: HttpResponse) => void): void {
  let redirects = 0
  /** A page of errors is being made; its own errors are not led elsewhere. */
  let forced: { status?: number } | undefined
  let leave: (() => void) | undefined

  // What ends a request or hands it on returns nothing; `undefined` lets its last word be a call of the next.
  const send = (reply: Reply): undefined => {
    leave?.()
    respond(responseOf(x, forced?.status === undefined ? reply : { ...reply, status: forced.status }))
  }

  const finish = (result: Result): undefined => {
    if (!('page' in result)) {
      const { intercept } = x.scope.passing
      const page = intercept && x.upstream.began !== undefined && result.status >= 300 && pageOf(result.status)
      return page ? lead(result.status, page) : send(result)
    }
    const { page: status, location, realm } = result
    // The connection is closed without a word.
    if (status === 444) {
      leave?.()
      x.once = true
      x.status = 444
      respond({ status: 0 })
      return undefined
    }
    const page = pageOf(status)
    if (page) return lead(status, page)
    const reply = pageReply(x, status, location)
    send(realm === undefined ? reply : { ...reply, rest: [['WWW-Authenticate', `Basic realm="${realm}"`]] })
  }

  const pageOf = (status: number) =>
    forced ? undefined : x.scope.errorPages.find(({ statuses }) => statuses.includes(status))

  const lead = (status: number, { as, page }: NonNullable<ReturnType<typeof pageOf>>): undefined => {
    const target = page.of(x)
    if (/^https?:\/\//.test(target)) return finish({ page: as || 302, location: target })
    forced = as === 0 ? {} : { status: as ?? status }
    x.method = x.method === 'HEAD' ? 'HEAD' : 'GET'
    if (!target.startsWith('@')) return redirect(target)
    const named = namedLocation(x.server.locations, target)
    if (named) return enter(named, true)
    x.note('error', `could not find named location "${target}"`)
    finish({ page: 500 })
  }

  const redirect = (target: string): undefined => {
    const [path = '', args = ''] = target.split(/\?(.*)/s)
    x.uri = path
    x.args = args
    locate(true)
  }

  const locate = (inside: boolean): undefined => {
    if (redirects++ > MOST_REDIRECTS) {
      x.note('error', `rewrite or internal redirection cycle while processing "${x.uri}"`)
      return send(pageReply(x, 500))
    }
    const slashed = x.server.locations.slashed.get(x.uri)
    if (slashed) {
      x.location = slashed
      x.scope = slashed.scope
      return finish({ page: 301, location: `${slashed.path}${x.args && `?${x.args}`}` })
    }
    const location = find(x.server.locations, x)
    if (location) return enter(location, inside)
    delete x.location
    x.scope = x.server.scope
    proceed()
  }

  const enter = (location: Location, inside: boolean): undefined => {
    x.location = location
    x.located = x.uri
    x.scope = location.scope
    if (x.scope.internal && !inside) return finish({ page: 404 })
    const outcome = run(location.script, x)
    if (outcome === 'last') return locate(true)
    // Rules without a flag that have changed the path lead to another location, too.
    if (outcome === undefined && x.uri !== x.located && !location.path.startsWith('@')) return locate(true)
    settle(outcome, proceed)
  }

  const settle = (outcome: Outcome, next: () => undefined): undefined => {
    if (outcome === undefined || typeof outcome === 'string') return next()
    const { status, text } = outcome
    if (status >= 300 && status < 400 && text !== undefined) return send(pageReply(x, status, text))
    if (text === undefined && status >= 400) return finish({ page: status })
    send({ status, type: typeOf(x, x.uri), body: text ?? '', rest: [] })
  }

  const proceed = (): undefined => {
    const length = byteLength(x.request.body)
    if (length > x.scope.maxBody) {
      x.note('error', `client intended to send too large body: ${length} bytes`)
      return finish({ page: 413 })
    }
    if (leave) return admit()
    if (x.scope.connectionLimits.length || x.scope.limits.length) x.once = true
    leave = shared.limits.enter(x)
    if (!leave) return finish({ page: x.scope.connectionLimitStatus })
    const wait = shared.limits.delayOf(x)
    if (wait === undefined) return finish({ page: x.scope.limitStatus })
    if (wait > 0) x.process.clock.after(wait, admit)
    else admit()
  }

  const admit = (): undefined => {
    const refusal = refusalOf(x)
    if (refusal) return finish(refusal)
    const fallback = tryFiles(x)
    if (!fallback) return content()
    const [, status] = /^=(\d+)$/.exec(fallback.last) ?? []
    if (status) return finish({ page: Number(status) })
    if (!fallback.last.startsWith('@')) return redirect(fallback.last)
    const named = namedLocation(x.server.locations, fallback.last)
    if (named) return enter(named, true)
    x.note('error', `could not find named location "${fallback.last}"`)
    finish({ page: 500 })
  }

  const content = (): undefined => {
    const by = x.scope.content
    if (!by) {
      const found = serveFile(x)
      return 'again' in found ? redirect(found.again + (x.args && `?${x.args}`)) : finish(found)
    }
    x.once = true
    if ('proxy' in by) return proxy(x, by.proxy, shared.peersOf, finish)
    if ('status' in by) return send({ status: 200, type: 'text/plain', body: statusText(shared), rest: [] })
    x.note('error', `${by.missing} is not simulated`)
    finish({ page: 501 })
  }

  const outcome = run(x.server.script, x)
  settle(outcome, () => locate(false))
}

const statusText = ({ connections: { accepted, active, requests } }: Shared): string =>
  `Active connections: ${active} \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \nReading: 0 Writing: 1 Waiting: ${active - 1} \n`

/** Whom a trusted proxy names as the client. */
export function clientOf(server: Server, ip: string, header: string | undefined): string {
  const { from, recursive } = server.scope.realIp
  const trusted = (one: string): boolean => from.some(range => contains(range, one))
  if (!header || !trusted(ip)) return ip
  const named = header.split(',').map(one => one.trim())
  // Trusted proxies may stand behind one another: the last that is none is the client.
  return (recursive ? (named.findLast(one => !trusted(one)) ?? named[0]) : named.at(-1)) || ip
}
