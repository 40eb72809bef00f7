/** A connection that is asked for: the first packet is sent again until there is an answer, or the system gives up. */
import type { Clock, Timer } from '../clock/clock.ts'
import type { ConnectResult, Namespace, Socket } from './namespace.ts'
import type { ConnectFailure, Connection, Protocol } from './network.ts'

/** One way; never zero, so that a loop of requests makes time pass. */
export const LATENCY_MS = 1
/** When an unanswered first packet is sent again, and when the system gives up (tcp_syn_retries = 6). */
const SYN_RETRIES_MS = [1_000, 3_000, 7_000, 15_000, 31_000, 63_000]
const SYN_TIMEOUT_MS = 127_000

/** What comes of one attempt: an answer, nothing at all, or somebody who listens. */
export type Attempt = { failure: ConnectFailure; afterMs: number } | 'silence' | { to: Namespace; socket: Socket }

/** The network, to who dials. */
export interface Exchange {
  readonly clock: Clock
  /** What comes of a first packet that is sent now. */
  attempt(from: Namespace, protocol: Protocol, ip: string, port: number): Attempt
  /** The two ends of a new connection: of who has dialled, and of who listens. */
  join(from: Namespace, to: Namespace, ip: string, port: number, socket: Socket): [Connection, Connection]
}

/** One who wants to be connected. */
export class Dialling {
  readonly #net: Exchange
  readonly #from: Namespace
  readonly #protocol: Protocol
  readonly #ip: string
  readonly #port: number
  readonly #done: (result: ConnectResult) => void
  readonly #began: number
  #timer: Timer
  #over = false

  constructor(
    net: Exchange,
    from: Namespace,
    protocol: Protocol,
    ip: string,
    port: number,
    done: (result: ConnectResult) => void,
  ) {
    this.#net = net
    this.#from = from
    this.#protocol = protocol
    this.#ip = ip
    this.#port = port
    this.#done = done
    this.#began = net.clock.now()
    this.#timer = net.clock.after(LATENCY_MS, () => this.#attempt(0))
  }

  giveUp(): void {
    this.#over = true
    this.#net.clock.cancel(this.#timer)
  }

  #attempt(n: number): void {
    if (this.#over) return
    const answer = this.#net.attempt(this.#from, this.#protocol, this.#ip, this.#port)
    if (answer === 'silence') {
      const next = SYN_RETRIES_MS[n]
      if (next === undefined) this.#later(SYN_TIMEOUT_MS, () => this.#fail('ETIMEDOUT'))
      else this.#later(next, () => this.#attempt(n + 1))
    } else if ('failure' in answer) {
      const { failure, afterMs } = answer
      this.#later(this.#net.clock.now() - this.#began + afterMs, () => this.#fail(failure))
    } else {
      const { to, socket } = answer
      const [mine, theirs] = this.#net.join(this.#from, to, this.#ip, this.#port, socket)
      this.#over = true
      socket.accept(theirs)
      this.#done({ connection: mine })
    }
  }

  /** @param ms since it began */
  #later(ms: number, task: () => void): void {
    this.#timer = this.#net.clock.after(this.#began + ms - this.#net.clock.now(), task)
  }

  #fail(failure: ConnectFailure): void {
    if (this.#over) return
    this.#over = true
    this.#done({ failure })
  }
}
