/** A network namespace: its addresses, who listens on which of its ports, and the open connections that end there. */
import type { Clock } from '../clock/clock.ts'
import type { AddressPool } from './addresses.ts'
import type { End } from './connection.ts'
import type {
  ConnectFailure,
  Connection,
  Listener,
  NameAnswer,
  NetworkNamespace,
  OpenConnection,
  Protocol,
  RecordType,
  Resolver,
} from './network.ts'

const WILDCARDS = new Set(['', '0.0.0.0', '::', '*'])

const EPHEMERAL = { first: 32_768, last: 60_999 }

/** How long the kernel keeps what this side has finished first, and how much of it is kept here. */
const TIME_WAIT_MS = 60_000
const MOST_LATE = 500

class SocketError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A node, with the range that its Pods' addresses are taken from. */
export interface Machine {
  name: string
  pool: AddressPool
  partitioned: boolean
  host: Namespace
}

export interface Socket {
  protocol: Protocol
  port: number
  address: string
  /** Bound to every address of both versions by way of version 6, as most servers are. */
  six: boolean
  accept: (connection: Connection) => void
}

export type ConnectResult = { connection: Connection } | { failure: ConnectFailure }

/** What a namespace needs of the network that it is in. */
export interface Surroundings {
  readonly clock: Clock
  readonly resolver: Resolver
  connect(
    from: Namespace,
    protocol: Protocol,
    ip: string,
    port: number,
    done: (result: ConnectResult) => void,
  ): () => void
}

export class Namespace implements NetworkNamespace {
  readonly ips: readonly string[]
  readonly hostname: string
  readonly machine: Machine | undefined
  /** A list, for the tables of a Set that is always changing keep one another, and what was in them, from being collected. */
  readonly #ends: End[] = []
  /** Those that are over, the newest last. */
  readonly #late: OpenConnection[] = []
  readonly #net: Surroundings
  /** By `doorOf`. */
  #sockets: Map<number, Socket[]> | undefined
  #ephemeral = EPHEMERAL.first
  removed = false
  loopbackUp = true

  constructor(net: Surroundings, hostname: string, ips: readonly string[], machine?: Machine) {
    this.#net = net
    this.hostname = hostname
    this.ips = ips
    this.machine = machine
  }

  apart(): Namespace {
    const alone = new Namespace(this.#net, this.hostname, [], this.machine)
    alone.loopbackUp = false
    return alone
  }

  /** Of open connections. */
  get ends(): Iterable<End> {
    return this.#ends
  }

  join(end: End): void {
    this.#ends.push(end)
  }

  /** @param now milliseconds of virtual time */
  leave(end: End, now: number): void {
    const at = this.#ends.lastIndexOf(end)
    if (at < 0) return
    this.#ends.splice(at, 1)
    const { local, remote, protocol } = end
    if (!end.isFirst || protocol === 'UDP') return
    this.#late.push({ local, remote, protocol, state: 'TIME_WAIT', until: now + TIME_WAIT_MS })
    while (this.#late.length > MOST_LATE || this.#late[0]!.until! <= now) this.#late.shift()
  }

  connections(): readonly OpenConnection[] {
    // A socket of UDP that is closed here is gone, whatever the other side does.
    const open = this.#ends.filter(end => end.protocol === 'TCP' || !end.isClosing)
    return [...open, ...this.#late.filter(({ until }) => until! > this.#net.clock.now())]
  }

  get nodeName(): string {
    return this.machine?.name ?? this.hostname
  }

  listen(protocol: Protocol, port: number, accept: (connection: Connection) => void, address = '0.0.0.0'): Listener {
    const bound = WILDCARDS.has(address)
      ? '0.0.0.0'
      : address === 'localhost' || address === '::1'
        ? '127.0.0.1'
        : address
    if (bound !== '0.0.0.0' && !isLoopback(bound) && !this.ips.includes(bound)) {
      throw new SocketError('EADDRNOTAVAIL', 'Cannot assign requested address')
    }
    const chosen = port || this.ephemeralPort()
    const key = doorOf(protocol, chosen)
    const sockets = (this.#sockets ??= new Map<number, Socket[]>())
    const here: readonly Socket[] = sockets.get(key) ?? []
    if (here.some(s => s.address === bound || s.address === '0.0.0.0' || bound === '0.0.0.0')) {
      throw new SocketError('EADDRINUSE', 'Address already in use')
    }
    const socket: Socket = { protocol, port: chosen, address: bound, six: address === '::', accept }
    sockets.set(key, [...here, socket])
    return {
      port: chosen,
      close: () => {
        const rest = (sockets.get(key) ?? []).filter(s => s !== socket)
        if (rest.length) sockets.set(key, rest)
        else sockets.delete(key)
      },
    }
  }

  connect(protocol: Protocol, ip: string, port: number, done: (result: ConnectResult) => void): () => void {
    return this.#net.connect(this, protocol, ip, port, done)
  }

  resolve(name: string, type: RecordType, server?: string): NameAnswer {
    return this.#net.resolver(name, type, this, server)
  }

  listeners(): ReturnType<NetworkNamespace['listeners']> {
    return [...(this.#sockets?.values() ?? [])]
      .flat()
      .map(({ protocol, port, address, six }) => ({ protocol, port, address, six }))
      .sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0))
  }

  socketFor(protocol: Protocol, ip: string, port: number): Socket | undefined {
    const sockets = this.#sockets?.get(doorOf(protocol, port))
    if (sockets) for (const s of sockets) if (s.address === '0.0.0.0' || s.address === ip) return s
    return undefined
  }

  ephemeralPort(): number {
    const { first, last } = EPHEMERAL
    for (;;) {
      const port = this.#ephemeral
      this.#ephemeral = port === last ? first : port + 1
      if (!this.#sockets?.has(doorOf('TCP', port)) && !this.#sockets?.has(doorOf('UDP', port))) return port
    }
  }

  closeAll(): void {
    this.removed = true
    this.#sockets?.clear()
    for (const end of [...this.ends]) end.abort()
    this.#ends.length = 0
  }
}

/** A port of a protocol, as one number. */
const doorOf = (protocol: Protocol, port: number): number => port * 2 + (protocol === 'UDP' ? 1 : 0)

export const isLoopback = (ip: string): boolean =>
  ip.startsWith('127.') || ip === '::1' || ip === 'localhost' || ip === '0.0.0.0'
