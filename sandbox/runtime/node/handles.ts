/** What keeps a program of the simulated Node going: its timers, its servers, and the requests that it waits for. */
import type { Timer } from '../../clock/clock.ts'
import { type Certificate, certificateOf } from '../../network/tls.ts'
import { type HttpResponse, serveHttp } from '../network/serving.ts'
import type { Process } from '../processes/process.ts'
import type { Calls } from './calls.ts'
import { type ClientRequest, sendRequest } from './client.ts'
import { NodeError } from './resolve.ts'

/** Requests that go to a server without the network, as kubectl's do on the learner's machine. */
export interface Shortcut {
  takes(request: ClientRequest): boolean
  send: (request: ClientRequest, events: Parameters<typeof sendRequest>[2]) => () => void
}

export class Handles {
  readonly #process: Process
  readonly #shortcut: Shortcut | undefined
  /** Tells the program what has happened. */
  readonly #push: (...event: unknown[]) => void
  readonly #timers = new Map<number, { handle: Timer; counts: boolean }>()
  readonly #servers = new Map<number, { close(): void }>()
  readonly #asked = new Map<number, () => void>()
  readonly #answering = new Map<number, (response: HttpResponse) => void>()
  #requests = 0

  constructor(process: Process, shortcut: Shortcut | undefined, push: (...event: unknown[]) => void) {
    this.#process = process
    this.#shortcut = shortcut
    this.#push = push
  }

  get any(): boolean {
    return this.#servers.size > 0 || this.#asked.size > 0 || [...this.#timers.values()].some(({ counts }) => counts)
  }

  /** The process has ended; what it listens at is closed by the kernel. */
  drop(): void {
    for (const { handle } of this.#timers.values()) this.#process.clock.cancel(handle)
    for (const giveUp of this.#asked.values()) giveUp()
  }

  readonly calls: Calls = {
    timer: (id: number, ms: number) => {
      const handle = this.#process.clock.after(ms, () => {
        this.#timers.delete(id)
        this.#push('timer', id)
      })
      this.#timers.set(id, { handle, counts: true })
    },
    cancel: (id: number) => {
      const timer = this.#timers.get(id)
      this.#timers.delete(id)
      this.#process.clock.cancel(timer?.handle)
    },
    ref: (id: number, counts: boolean) => {
      const timer = this.#timers.get(id)
      if (timer) timer.counts = counts
    },
    listen: (id: number, port: number, host: string, certificate?: Certificate) =>
      this.#listen(id, port, host, certificate),
    certificate: (pem: string, hasKey: boolean) => certificate(pem, hasKey),
    close: (id: number) => {
      this.#servers.get(id)?.close()
      this.#servers.delete(id)
    },
    respond: (id: number, response: HttpResponse) => {
      const respond = this.#answering.get(id)
      this.#answering.delete(id)
      respond?.(response)
    },
    request: (id: number, request: ClientRequest) => {
      const tell =
        (what: string, last = false) =>
        (data?: unknown): void => {
          if (last) this.#asked.delete(id)
          this.#push('client', id, what, data)
        }
      const events = { head: tell('head'), data: tell('data'), end: tell('end', true), error: tell('error', true) }
      this.#asked.set(id, () => {})
      const giveUp = this.#shortcut?.takes(request)
        ? this.#shortcut.send(request, events)
        : sendRequest(this.#process, request, events)
      if (this.#asked.has(id)) this.#asked.set(id, giveUp)
    },
    abort: (id: number) => {
      const giveUp = this.#asked.get(id)
      this.#asked.delete(id)
      giveUp?.()
    },
  }

  #listen(server: number, port: number, host: string, certificate: Certificate | undefined): unknown {
    const at = port || 32_768 + this.#process.random.int(28_000)
    try {
      const listener = serveHttp(this.#process, {
        port: at,
        ...(certificate && { certificate }),
        address: host === 'localhost' ? '127.0.0.1' : host,
        handle: (request, respond) => {
          // A connection that was kept outlives its server.
          if (!this.#servers.has(server)) return void respond({ status: 503, headers: { Connection: 'close' } })
          const id = ++this.#requests
          this.#answering.set(id, respond)
          this.#push('request', server, id, {
            method: request.method,
            url: request.target,
            headers: Object.fromEntries(request.headers),
            httpVersion: '1.1',
            body: request.body,
            remoteAddress: request.remote.ip,
            remotePort: request.remote.port,
          })
        },
      })
      this.#servers.set(server, listener)
      return { port: at }
    } catch (error) {
      const { code = 'EINVAL' } = error as { code?: string }
      const why = code === 'EADDRINUSE' ? 'address already in use' : code === 'EACCES' ? 'permission denied' : 'invalid'
      return {
        error: { code, message: `listen ${code}: ${why} ${host}:${port}`, syscall: 'listen', address: host, port },
      }
    }
  }
}

/** What a server shows that speaks TLS. @throws what OpenSSL says of a file that is none */
function certificate(pem: string, hasKey: boolean): Certificate {
  const found = certificateOf(pem)
  if (found && hasKey) return found
  if (found) throw new Error('not simulated: a server without a key')
  throw new NodeError('ERR_OSSL_PEM_NO_START_LINE', 'error:0480006C:PEM routines::no start line')
}
