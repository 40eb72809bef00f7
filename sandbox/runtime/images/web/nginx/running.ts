/** One nginx that runs: its sockets, its counters, the configuration that it has now. */
import type { Certificate } from '../../../../network/tls.ts'
import { type HttpRequest, type HttpResponse, type HttpServer, serveHttp } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { answer, clientOf, type Shared } from './answering.ts'
import type { Config, Server } from './config.ts'
import type { Exchange, Level } from './exchange.ts'
import { Limits } from './limits.ts'
import { PLAIN_TO_TLS, type Place, serverFor } from './listen.ts'
import { errorLine, type Logs, passes } from './logs.ts'
import type { Owner } from './paths.ts'
import { type Repeat, Repeats } from './repeats.ts'
import { relay } from './stream.ts'
import type { Peers, UpstreamGroup } from './upstreams.ts'
import type { Note } from './workers.ts'

/** A configuration that can be served: its names looked up, its certificates and logs there. */
export interface Ready {
  config: Config
  peers: ReadonlyMap<UpstreamGroup, Peers>
  certificates: ReadonlyMap<Server, Certificate>
  /** Whom its workers run as. */
  owner: Owner
}

export class Running {
  readonly #process: Process
  readonly #version: string
  readonly logs: Logs
  #ready: Ready
  #listeners: { close(): void }[] = []
  #shared!: Shared
  #repeats!: Repeats
  #last: { remote?: HttpRequest['remote']; number: number; requests: number } = { number: 0, requests: 0 }
  readonly #counts = { accepted: 0, active: 0, requests: 0 }

  constructor(process: Process, version: string, ready: Ready, logs: Logs) {
    this.#process = process
    this.#version = version
    this.#ready = ready
    this.logs = logs
    this.#take(ready)
  }

  #take(ready: Ready): void {
    this.#ready = ready
    this.#shared = {
      limits: new Limits(ready.config.zones),
      peersOf: group => ready.peers.get(group)!,
      connections: this.#counts,
    }
    this.#repeats = new Repeats(this.#process)
  }

  get config(): Config {
    return this.#ready.config
  }

  get owner(): Owner {
    return this.#ready.owner
  }

  note(level: Level, ...texts: readonly string[]): void {
    this.noteAs(this.#process, level, ...texts)
  }

  readonly noteAs: Note = (who, level, ...texts) => {
    const { path, level: least } = this.config.errorLog
    if (!passes(level, least)) return
    let lines = ''
    for (const text of texts) lines += errorLine(who, level, text)
    this.logs.write(path, lines)
  }

  /** @returns what could not be bound */
  listen(): string | undefined {
    const bind = (address: string, port: number, open: () => { close(): void }): string | undefined => {
      try {
        this.#listeners.push(open())
        return undefined
      } catch (error) {
        const inUse = (error as { code?: string }).code === 'EADDRINUSE'
        return `bind() to ${address}:${port} failed (${inUse ? '98: Address already in use' : '13: Permission denied'})`
      }
    }
    for (const place of this.config.places) {
      const failed = bind(place.address, place.port, () => this.#serve(place))
      if (failed !== undefined) return failed
    }
    for (const { listen, group } of this.config.stream) {
      for (const { address, port, protocol } of listen) {
        const failed = bind(address, port, () =>
          this.#process.net.listen(
            protocol,
            port,
            client =>
              relay(this.#process, client, protocol, this.#shared.peersOf(group), (level, text) =>
                this.note(level, `*1 ${text}`),
              ),
            address,
          ),
        )
        if (failed !== undefined) return failed
      }
    }
    return undefined
  }

  unlisten(): void {
    for (const listener of this.#listeners.splice(0)) listener.close()
  }

  /** Goes on with another configuration. */
  become(ready: Ready): void {
    for (const path of ready.config.logs) this.logs.open(path)
    this.unlisten()
    this.#take(ready)
    const failed = this.listen()
    if (failed !== undefined) this.note('emerg', failed)
  }

  #serve(place: Place): { close(): void } {
    const certificate = place.servers.map(server => this.#ready.certificates.get(server)).find(Boolean)
    const server: HttpServer = {
      address: place.address,
      port: place.port,
      server: `nginx/${this.#version}`,
      connections: this.#counts,
      handle: (request, respond) => this.#handle(place, request, respond),
    }
    if (place.ssl && certificate) {
      server.certificate = certificate
      server.plain = PLAIN_TO_TLS(this.#version)
    }
    return serveHttp(this.#process, server)
  }

  #handle(place: Place, request: HttpRequest, respond: (response: HttpResponse) => void): void {
    const last = this.#last
    if (last.remote !== request.remote) this.#last = { remote: request.remote, number: last.number + 1, requests: 1 }
    else last.requests++
    this.#counts.requests++
    const repeat = this.#repeats.find(request)
    if (repeat) {
      this.#repeat(repeat, request, respond)
      return
    }
    const { number, requests } = this.#last
    const x = this.#exchange(place, request, number, requests)
    answer(x, this.#shared, response => {
      const sent = this.#repeats.remember(x, response)
      this.#log(x)
      respond(sent)
    })
  }

  #repeat({ exchange: x, lines, response }: Repeat, request: HttpRequest, respond: (response: HttpResponse) => void) {
    x.request = request
    x.started = this.#process.clock.now()
    x.connection = this.#last.number
    x.requests = this.#last.requests
    for (const { path, of } of lines) this.logs.write(path, `${of(x)}\n`)
    respond(response)
  }

  #exchange(place: Place, request: HttpRequest, connection: number, requests: number): Exchange {
    const process = this.#process
    const query = request.target.indexOf('?')
    const x: Exchange = {
      process,
      version: this.#version,
      request,
      peer: request.remote.ip,
      connection,
      requests,
      port: place.port,
      ssl: place.ssl,
      started: process.clock.now(),
      server: place.first,
      scope: place.first.scope,
      method: request.method,
      uri: request.path,
      located: request.path,
      args: query < 0 ? '' : request.target.slice(query + 1),
      captures: [],
      set: new Map(),
      groups: this.config.named,
      upstream: { addresses: [], statuses: [], took: [] },
      once: false,
      looks: [],
      note: (level, message) => this.#complain(x, level, message),
    }
    x.server = serverFor(place, x)
    x.scope = x.server.scope
    const ip = clientOf(x.server, request.remote.ip, request.headers.get(x.scope.realIp.header))
    return ip === request.remote.ip
      ? x
      : Object.assign(x, {
          once: true,
          request: Object.assign(Object.create(request), { remote: { ...request.remote, ip } }),
        })
  }

  #log(x: Exchange): void {
    for (const { path, format, when } of x.scope.accessLogs)
      if (!when || !/^0?$/.test(when.of(x))) this.logs.write(path, `${format.of(x)}\n`)
  }

  #complain(x: Exchange, level: Level, message: string): void {
    x.once = true
    const { path, level: least } = x.scope.errorLog
    if (!passes(level, least)) return
    const [what, upstream] = message.split(', upstream: ')
    const { request, server } = x
    const host = request.headers.get('host')
    const referrer = request.headers.get('referer')
    this.logs.write(
      path,
      errorLine(
        x.process,
        level,
        `*${x.connection} ${what}, client: ${request.remote.ip}, server: ${server.names[0] ?? ''}, request: "${request.method} ${request.target} HTTP/1.1"${upstream ? `, upstream: ${upstream}` : ''}${host === undefined ? '' : `, host: "${host}"`}${referrer === undefined ? '' : `, referrer: "${referrer}"`}`,
      ),
    )
  }
}
