/** Proxies at work: by HTTP and TCP, with their rules, logs and pages. */
import type { Connection } from '../../../../network/network.ts'
import { certificateOf } from '../../../../network/tls.ts'
import { MONTHS } from '../../../calendar.ts'
import { byteLength } from '../../../files/tree.ts'
import { responseReader } from '../../../network/http-client.ts'
import { type HttpRequest, type HttpResponse, serveHttp } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { contains } from '../nginx/addresses.ts'
import { cookieOf, type Seen } from './acl.ts'
import { page } from './pages.ts'
import type { Config, Rule, Proxy as Section } from './section.ts'
import { type BackendState, choose, type ServerState, usableCount } from './state.ts'
import { type Counted, csvOf, pageOf } from './stats.ts'

export class Running {
  readonly #process: Process
  readonly #config: Config
  readonly #backends: ReadonlyMap<string, BackendState>
  readonly #frontends: readonly Counted[]
  readonly #version: string
  worker = 0

  constructor(process: Process, config: Config, states: readonly BackendState[], version: string) {
    this.#process = process
    this.#config = config
    this.#backends = new Map(states.map(state => [state.section.name, state]))
    this.#frontends = config.proxies
      .filter(({ kind }) => kind !== 'backend')
      .map(section => ({ section, sessions: 0, requests: 0 }))
    this.#version = version
  }

  /** @returns why it cannot */
  listen(): string | undefined {
    for (const counted of this.#frontends) {
      const { section } = counted
      for (const { address, port, certificate } of section.binds) {
        const where = `${section.kind === 'listen' ? 'proxy' : 'frontend'} ${section.name}`
        let shown: ReturnType<typeof certificateOf>
        if (certificate !== undefined) {
          const { fs } = this.#process
          if (!fs.exists(certificate))
            return `config : Proxy '${section.name}': unable to stat SSL certificate from file '${certificate}' : No such file or directory.`
          const pem = fs.readFile(certificate)
          shown = certificateOf(pem) ?? { issuer: pem.trim(), names: [] }
        }
        try {
          if (section.mode === 'tcp')
            this.#process.net.listen('TCP', port, client => this.#relay(counted, client), address)
          else
            serveHttp(this.#process, {
              address,
              port,
              ...(shown && { certificate: shown }),
              handle: (request, respond) =>
                this.#handle(counted, request, { port, secure: shown !== undefined }, respond),
            })
        } catch (error) {
          const inUse = (error as { code?: string }).code === 'EADDRINUSE'
          return `Binding [${section.name}] for ${where}: ${inUse ? 'cannot bind socket (Address already in use)' : 'cannot bind socket (Permission denied)'} for [${address}:${port}]`
        }
      }
    }
    return undefined
  }

  #seen(request: HttpRequest | undefined, ip: string, port: number, secure: boolean): Seen {
    return {
      ip,
      port,
      secure,
      usable: name => {
        const backend = this.#backends.get(name)
        return backend ? usableCount(backend) : 0
      },
      ...(request && {
        request: {
          method: request.method,
          path: request.path,
          query: request.target.split('?')[1] ?? '',
          headers: request.headers,
        },
      }),
    }
  }

  /** A frontend's own servers, or those of the backend that its rules name. */
  #backendFor({ section }: Counted, seen: Seen): BackendState | undefined {
    const named = section.switches.find(({ when }) => when(seen))?.backend ?? section.defaultBackend?.name
    return this.#backends.get(named ?? section.name)
  }

  #log(text: string): void {
    const { logTo } = this.#config
    if (logTo) void this.#process.fds[logTo]?.write(this.#process, `${text}\n`)
  }

  #relay(counted: Counted, client: Connection): void {
    counted.sessions++
    const { section } = counted
    const began = this.#process.clock.now()
    const backend = this.#backendFor(counted, this.#seen(undefined, client.remote.ip, client.local.port, false))
    const chosen = backend && choose(backend, this.#process, { ip: client.remote.ip, uri: '' })
    const done = (server: string, bytes: number, flags: string): void => {
      if (!section.logs) return
      if (!section.options.has('tcplog')) {
        this.#log(this.#connected(section, client.remote))
        return
      }
      const took = this.#process.clock.now() - began
      this.#log(
        `${client.remote.ip}:${client.remote.port} [${stamp(began)}] ${section.name} ${backend?.section.name ?? '<NOSRV>'}/${server} 0/0/${took} ${bytes} ${flags} 1/1/0/0/0 0/0`,
      )
    }
    if (!backend || !chosen) {
      done('<NOSRV>', 0, 'SC')
      client.close()
      return
    }
    enter(backend, chosen)
    let bytes = 0
    const waiting: string[] = []
    let upstream: Connection | undefined
    let over = false
    const end = (flags: string): void => {
      if (over) return
      over = true
      chosen.active--
      upstream?.close()
      client.close()
      done(chosen.server.name, bytes, flags)
    }
    client.onData(data => (upstream ? upstream.send(data) : void waiting.push(data)))
    client.onClose(() => end('--'))
    this.#process.net.connect('TCP', chosen.ip, chosen.server.port, result => {
      if ('failure' in result) return end('SC')
      upstream = result.connection
      if (over) return upstream.close()
      upstream.onData(data => {
        bytes += byteLength(data)
        client.send(data)
      })
      upstream.onClose(() => end('--'))
      for (const data of waiting.splice(0)) upstream.send(data)
    })
  }

  #handle(
    counted: Counted,
    request: HttpRequest,
    at: { port: number; secure: boolean },
    respond: (response: HttpResponse) => void,
  ): undefined {
    counted.sessions++
    counted.requests++
    const { section } = counted
    const began = this.#process.clock.now()
    const seen = this.#seen(request, request.remote.ip, at.port, at.secure)
    const finish = (response: HttpResponse, backend = section.name, server = '<NOSRV>', flags = '----'): undefined => {
      if (section.logs) this.#log(this.#line(section, request, began, response, backend, server, flags))
      respond(response)
    }
    const statistics = this.#statistics(section, request)
    if (statistics) return finish(statistics, section.name, '<STATS>', 'LR--')
    const headers = new Map(request.headers)
    const first = this.#obey(section.requestRules, seen, headers)
    if ('status' in first) return finish(first, section.name, '<NOSRV>', first.status >= 400 ? 'PR--' : 'LR--')
    const backend = this.#backendFor(counted, seen)
    if (!backend) return finish(this.#errorPage(section, 503), section.name, '<NOSRV>', 'SC--')
    const own = backend.section === section ? first : this.#obey(backend.section.requestRules, seen, headers)
    if ('status' in own) return finish(own, backend.section.name, '<NOSRV>', 'PR--')
    const ofBackend = backend.section !== section && this.#statistics(backend.section, request)
    if (ofBackend) return finish(ofBackend, backend.section.name, '<STATS>', 'LR--')
    const { options, cookie } = backend.section
    forward(backend.section.forwardFor ?? section.forwardFor, headers, request.remote.ip)
    const sent = cookie && cookieOf(headers, cookie.name)
    if (cookie?.indirect && sent !== undefined) withoutCookie(headers, cookie.name)
    const target = own.path ?? first.path
    const attempt = (tries: number): undefined => {
      const chosen = choose(backend, this.#process, {
        ip: request.remote.ip,
        uri: request.path,
        ...(sent !== undefined && { cookie: sent }),
      })
      if (!chosen) return finish(this.#errorPage(backend.section, 503), backend.section.name, '<NOSRV>', 'SC--')
      enter(backend, chosen)
      this.#ask(backend.section, chosen, request, headers, target, answer => {
        chosen.active--
        if (typeof answer !== 'number') {
          const rules = [
            ...backend.section.responseRules,
            ...(backend.section === section ? [] : section.responseRules),
          ]
          const named =
            cookie?.insert && chosen.server.cookie !== sent && chosen.server.cookie !== undefined
              ? `${cookie.name}=${chosen.server.cookie}; path=/${cookie.attributes}`
              : undefined
          return finish(changed(answer, rules, seen, named, cookie?.private), backend.section.name, chosen.server.name)
        }
        // A server that cannot be reached is tried again, after a second, and at last another one.
        if (answer === 503 && tries < backend.section.retries) {
          this.#process.clock.after(options.has('redispatch') ? 0 : 1000, () => attempt(tries + 1))
          return undefined
        }
        finish(
          this.#errorPage(backend.section, answer),
          backend.section.name,
          chosen.server.name,
          answer === 503 ? 'SC--' : answer === 504 ? 'sH--' : 'SH--',
        )
      })
    }
    attempt(0)
  }

  #errorPage({ errorFiles }: Section, status: number): HttpResponse {
    const file = errorFiles[status]
    if (file === undefined || !this.#process.fs.exists(file)) return page(status)
    const [, body = ''] = this.#process.fs.readFile(file).split(/\r?\n\r?\n(.*)/s)
    return { ...page(status), body }
  }

  /** Rules of one section, in their order. */
  #obey(rules: readonly Rule[], seen: Seen, headers: Map<string, string>): HttpResponse | { path?: string } {
    let path: string | undefined
    for (const rule of rules) {
      if (!rule.when(seen)) continue
      if ('deny' in rule) return page(rule.deny)
      if ('redirect' in rule) return { status: rule.code, headers: { location: rule.redirect(seen) }, body: '' }
      if ('answer' in rule) {
        const { status, type, body } = rule.answer
        return { status, headers: type ? { 'content-type': type } : {}, body: body(seen) }
      }
      if ('path' in rule) path = rule.path(seen)
      else {
        const name = rule.name.toLowerCase()
        if (rule.header === 'del') headers.delete(name)
        else
          headers.set(name, rule.header === 'add' ? added(name, headers.get(name), rule.value(seen)) : rule.value(seen))
      }
    }
    return path === undefined ? {} : { path }
  }

  #statistics({ stats }: Section, request: HttpRequest): HttpResponse | undefined {
    if (!stats) return undefined
    const [target = '', part] = request.target.split(';')
    if (target !== stats.uri && !target.startsWith(`${stats.uri}?`)) return undefined
    const [, code] = /^Basic (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
    if (stats.auth.length && !(code && stats.auth.includes(atob(code))))
      return { ...page(401), headers: { ...page(401).headers, 'www-authenticate': `Basic realm="${stats.realm}"` } }
    const states = [...this.#backends.values()]
    const headers = {
      'cache-control': 'no-cache',
      'content-type': part === 'csv' ? 'text/plain' : 'text/html',
      ...(stats.refresh && part !== 'csv' && { refresh: stats.refresh }),
    }
    const body =
      part === 'csv'
        ? csvOf(this.#frontends, states)
        : pageOf(this.#frontends, states, stats.hideVersion ? '' : this.#version, this.worker)
    return { status: 200, headers, body }
  }

  #ask(
    section: Section,
    { ip, server }: ServerState,
    request: HttpRequest,
    headers: ReadonlyMap<string, string>,
    path: string | undefined,
    done: (answer: HttpResponse | 502 | 503 | 504) => void,
  ): void {
    let over = false
    let giveUp = (): void => {}
    const finish = (answer: HttpResponse | 502 | 503 | 504): void => {
      if (over) return
      over = true
      this.#process.clock.cancel(timer)
      giveUp()
      done(answer)
    }
    const { clock, net } = this.#process
    let timer = clock.after(section.timeouts.connect ?? 60_000, () => finish(503))
    giveUp = net.connect('TCP', ip, server.port, result => {
      if (over) return
      clock.cancel(timer)
      if ('failure' in result) return finish(503)
      giveUp = () => result.connection.close()
      timer = clock.after(section.timeouts.server ?? 60_000, () => finish(504))
      const reader = responseReader(answer => {
        if (!answer) return finish(502)
        const kept = [...answer.headers].filter(
          ([name]) => !/^(connection|keep-alive|content-length|transfer-encoding|date)$/.test(name),
        )
        const date = answer.headers.get('date')
        const reason = /^\S+ \d+ ([^\r\n]*)/.exec(answer.head)?.[1]
        finish({
          status: answer.status,
          ...(reason && { reason }),
          headers: { ...Object.fromEntries(kept), ...(date && { Date: date }) },
          body: answer.body,
        })
      })
      result.connection.onData(reader.data)
      result.connection.onClose(reader.end)
      const query = request.target.split('?')[1]
      const target = path === undefined ? request.target : path + (query === undefined ? '' : `?${query}`)
      const lines = [...headers]
        .filter(([name]) => name !== 'connection')
        .map(([name, value]) => `${name}: ${value}\r\n`)
      result.connection.send(
        `${request.method} ${target} HTTP/1.1\r\n${lines.join('')}connection: close\r\n\r\n${request.body}`,
      )
    })
  }

  /** What is logged where no format is asked for. */
  #connected({ name, mode, binds }: Section, { ip, port }: { ip: string; port: number }): string {
    return `Connect from ${ip}:${port} to ${this.#process.net.ips[0]}:${binds[0]?.port ?? 0} (${name}/${mode.toUpperCase()})`
  }

  #line(
    section: Section,
    request: HttpRequest,
    began: number,
    { status, body = '' }: HttpResponse,
    backend: string,
    server: string,
    flags: string,
  ): string {
    const took = this.#process.clock.now() - began
    if (!section.options.has('httplog')) return this.#connected(section, request.remote)
    return `${request.remote.ip}:${request.remote.port} [${stamp(began)}] ${section.name} ${backend}/${server} 0/0/0/${took}/${took} ${status} ${byteLength(body)} - - ${flags} 1/1/0/0/0 0/0 "${request.method} ${request.target} HTTP/1.1"`
  }
}

function enter(backend: BackendState, chosen: ServerState): void {
  backend.sessions++
  chosen.sessions++
  chosen.active++
}

/** Two headers of one name are two lines. */
const added = (name: string, before: string | undefined, value: string): string =>
  before === undefined ? value : `${before}\r\n${name}: ${value}`

/** `option forwardfor`: tells the server whom it is for. */
function forward(wanted: Section['forwardFor'], headers: Map<string, string>, ip: string): void {
  if (!wanted || (wanted.except !== undefined && contains(wanted.except, ip))) return
  const before = headers.get(wanted.header)
  if (before !== undefined && wanted.ifNone) return
  headers.set(wanted.header, before === undefined ? ip : `${before}, ${ip}`)
}

/** A cookie that the server need not know of. */
function withoutCookie(headers: Map<string, string>, name: string): void {
  const rest = (headers.get('cookie') ?? '').split(/;\s*/).filter(one => !one.startsWith(`${name}=`))
  if (rest.length) headers.set('cookie', rest.join('; '))
  else headers.delete('cookie')
}

function changed(
  answer: HttpResponse,
  rules: readonly Rule[],
  seen: Seen,
  cookie: string | undefined,
  uncached = false,
): HttpResponse {
  const headers: Record<string, string> = { ...answer.headers }
  for (const rule of rules) {
    if (!('header' in rule) || !rule.when(seen)) continue
    const name = rule.name.toLowerCase()
    if (rule.header === 'del') delete headers[name]
    else headers[name] = rule.header === 'add' ? added(name, headers[name], rule.value(seen)) : rule.value(seen)
  }
  if (cookie !== undefined) {
    headers['set-cookie'] = added('set-cookie', headers['set-cookie'], cookie)
    if (uncached) headers['cache-control'] = 'private'
  }
  return { ...answer, headers }
}

/** `05/Jan/2026:09:00:00.000` */
function stamp(ms: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\S+)Z$/.exec(new Date(ms).toISOString())!
  return `${day}/${MONTHS[Number(month) - 1]!.slice(0, 3)}/${year}:${time}`
}
