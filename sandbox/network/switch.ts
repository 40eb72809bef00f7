/**
 * The switch that joins every Pod and node: it hands out addresses, keeps who listens where, and carries connections
 * over the virtual clock. Services, DNS and policies are put in from outside, as router, resolver and filter.
 */
import type { Clock, Timer } from '../clock/clock.ts'
import { AddressPool, contains, parseIPv4 } from './addresses.ts'
import { End, type Wire } from './connection.ts'
import type {
  ConnectFailure,
  Connection,
  Filter,
  Listener,
  NameAnswer,
  Network,
  NetworkNamespace,
  Protocol,
  RecordType,
  Resolver,
  Router,
} from './network.ts'

/** One way; never zero, so that a loop of requests makes time pass. */
const LATENCY_MS = 1
/** When an unanswered first packet is sent again, and when the system gives up (tcp_syn_retries = 6). */
const SYN_RETRIES_MS = [1_000, 3_000, 7_000, 15_000, 31_000, 63_000]
const SYN_TIMEOUT_MS = 127_000
/** How long the neighbour of an address that nobody has is asked for. */
const NEIGHBOUR_TIMEOUT_MS = 3_000
/** tcp_retries2 = 15: how long unacknowledged data is sent again. */
const RETRANSMIT_TIMEOUT_MS = 924_600
const EPHEMERAL = { first: 32_768, last: 60_999 }

const WILDCARDS = new Set(['', '0.0.0.0', '::', '*'])

class SocketError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

interface Machine {
  name: string
  pool: AddressPool
  partitioned: boolean
  host: Namespace
}

interface Socket {
  protocol: Protocol
  port: number
  address: string
  accept: (connection: Connection) => void
}

type ConnectResult = { connection: Connection } | { failure: ConnectFailure }
/** What comes of one attempt: an answer, nothing at all, or somebody who listens. */
type Attempt = { failure: ConnectFailure; afterMs: number } | 'silence' | { to: Namespace; socket: Socket }

class Namespace implements NetworkNamespace {
  readonly ips: readonly string[]
  readonly hostname: string
  readonly machine: Machine | undefined
  /** A list, for the tables of a Set that is always changing keep one another, and what was in them, from being collected. */
  readonly #ends: End[] = []
  readonly #net: Switch
  /** By `doorOf`. */
  #sockets: Map<number, Socket[]> | undefined
  #ephemeral = EPHEMERAL.first
  removed = false
  loopbackUp = true

  constructor(net: Switch, hostname: string, ips: readonly string[], machine?: Machine) {
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

  leave(end: End): void {
    const at = this.#ends.lastIndexOf(end)
    if (at >= 0) this.#ends.splice(at, 1)
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
    const socket: Socket = { protocol, port: chosen, address: bound, accept }
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

  listeners(): readonly { protocol: Protocol; port: number; address: string }[] {
    return [...(this.#sockets?.values() ?? [])]
      .flat()
      .map(({ protocol, port, address }) => ({ protocol, port, address }))
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

const isLoopback = (ip: string): boolean =>
  ip.startsWith('127.') || ip === '::1' || ip === 'localhost' || ip === '0.0.0.0'

/** Whether anything gets from one to the other. */
const passes = (a: Namespace, b: Namespace): boolean =>
  a.machine === b.machine || !(a.machine?.partitioned || b.machine?.partitioned)

/**
 * What joins two ends. Not a literal with closures: the engine makes those that often live long at once in the old part of its
 * heap, where each that is dead keeps the handlers of its ends, and all that they lead to, until the next great collection.
 */
class Cable implements Wire {
  readonly clock: Clock
  readonly latencyMs = LATENCY_MS
  readonly #from: Namespace
  readonly #to: Namespace
  #mine!: End
  #theirs!: End

  constructor(clock: Clock, from: Namespace, to: Namespace) {
    this.clock = clock
    this.#from = from
    this.#to = to
  }

  join(mine: End, theirs: End): void {
    this.#mine = mine
    this.#theirs = theirs
    mine.peer = theirs
    theirs.peer = mine
    this.#from.join(mine)
    this.#to.join(theirs)
  }

  open(): boolean {
    if (passes(this.#from, this.#to)) return true
    this.clock.after(RETRANSMIT_TIMEOUT_MS, () => this.#giveUp(), { quiet: true })
    return false
  }

  #giveUp(): void {
    for (const end of [this.#mine, this.#theirs]) if (end.waiting && !passes(this.#from, this.#to)) end.giveUp()
  }

  finished(): void {
    this.#from.leave(this.#mine)
    this.#to.leave(this.#theirs)
  }
}

/** One who wants to be connected. */
class Dialling {
  readonly #net: Switch
  readonly #from: Namespace
  readonly #protocol: Protocol
  readonly #ip: string
  readonly #port: number
  readonly #done: (result: ConnectResult) => void
  readonly #began: number
  #timer: Timer
  #over = false

  constructor(
    net: Switch,
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
      const [mine, theirs] = this.#net.join(this.#from, to, this.#ip, this.#port, socket.port)
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

export class Switch implements Network {
  readonly clock: Clock
  resolver: Resolver = () => undefined
  router: Router = () => undefined
  filter: Filter = () => true
  readonly #machines = new Map<string, Machine>()
  readonly #byAddress = new Map<string, Namespace>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  addNode(name: string, options: { ip: string; podCIDR: string }): void {
    if (this.#machines.has(name)) throw new Error(`node ${name} is on the network already`)
    const machine = { name, pool: new AddressPool(options.podCIDR), partitioned: false } as Machine
    machine.host = new Namespace(this, name, [options.ip], machine)
    this.#machines.set(name, machine)
    this.#byAddress.set(options.ip, machine.host)
  }

  /** A machine outside the cluster, such as the learner's workstation. */
  addOutsider(hostname: string, ip: string): NetworkNamespace {
    const namespace = new Namespace(this, hostname, [ip])
    this.#byAddress.set(ip, namespace)
    return namespace
  }

  /** @throws when the node has no address left */
  createNamespace(options: { nodeName: string; hostname: string; hostNetwork: boolean }): NetworkNamespace {
    const machine = this.#machine(options.nodeName)
    if (options.hostNetwork) return machine.host
    const namespace = new Namespace(this, options.hostname, [machine.pool.take()], machine)
    this.#byAddress.set(namespace.ips[0]!, namespace)
    return namespace
  }

  removeNamespace(namespace: NetworkNamespace): void {
    const gone = namespace as Namespace
    if (gone.machine?.host === gone || gone.removed) return
    gone.closeAll()
    for (const ip of gone.ips) {
      this.#byAddress.delete(ip)
      gone.machine?.pool.free(ip)
    }
  }

  setPartitioned(nodeName: string, partitioned: boolean): void {
    this.#machine(nodeName).partitioned = partitioned
    if (partitioned) return
    for (const namespace of this.#byAddress.values()) {
      for (const end of namespace.ends) if (end.waiting) this.clock.soon(() => end.flush())
    }
  }

  holds(ip: string, port: number, from: NetworkNamespace): boolean {
    const n = parseIPv4(ip)
    return (
      isLoopback(ip) ||
      this.#byAddress.has(ip) ||
      this.router({ protocol: 'TCP', ip, port }, from) !== undefined ||
      [...this.#machines.values()].some(machine => n !== undefined && contains(machine.pool.range, n))
    )
  }

  connect(
    from: Namespace,
    protocol: Protocol,
    ip: string,
    port: number,
    done: (result: ConnectResult) => void,
  ): () => void {
    const dialling = new Dialling(this, from, protocol, ip, port, done)
    return () => dialling.giveUp()
  }

  /** What comes of a first packet that is sent now. */
  attempt(from: Namespace, protocol: Protocol, ip: string, port: number): Attempt {
    if (from.removed || !(isLoopback(ip) ? from.loopbackUp : from.ips.length))
      return { failure: 'ENETUNREACH', afterMs: 0 }
    if (isLoopback(ip)) {
      const socket = from.socketFor(protocol, '127.0.0.1', port)
      if (socket) return { to: from, socket }
      // Ports of Pods may be open at a node's own loopback address.
      if (from !== from.machine?.host) return { failure: 'ECONNREFUSED', afterMs: 0 }
    }
    const route = this.router({ protocol, ip, port }, from)
    if (route === 'refuse') return { failure: 'ECONNREFUSED', afterMs: 0 }
    if (route === 'drop') return 'silence'
    if (!route && isLoopback(ip)) return { failure: 'ECONNREFUSED', afterMs: 0 }
    const target = route ?? { ip, port }
    const to = this.#byAddress.get(target.ip)
    if (!to) return this.#nobody(from, target.ip)
    if (!passes(from, to)) return 'silence'
    if (from !== to && !this.filter({ from, to, protocol, port: target.port })) return 'silence'
    const socket = to.socketFor(protocol, target.ip, target.port)
    return socket ? { to, socket } : { failure: 'ECONNREFUSED', afterMs: 0 }
  }

  /** An address of a Pod range that nobody has now: its node answers for it, unless it is cut off. */
  #nobody(from: Namespace, ip: string): Attempt {
    const n = parseIPv4(ip)
    if (n === undefined) return { failure: 'ENETUNREACH', afterMs: 0 }
    for (const machine of this.#machines.values()) {
      if (!contains(machine.pool.range, n)) continue
      return passes(from, machine.host) ? { failure: 'EHOSTUNREACH', afterMs: NEIGHBOUR_TIMEOUT_MS } : 'silence'
    }
    return 'silence'
  }

  join(from: Namespace, to: Namespace, ip: string, port: number, listening: number): [End, End] {
    const source = { ip: sourceAddress(from, to, ip), port: from.ephemeralPort() }
    const cable = new Cable(this.clock, from, to)
    const mine = new End(cable, source, { ip, port })
    const theirs = new End(cable, { ip: isLoopback(ip) ? ip : to.ips[0]!, port: listening }, source)
    cable.join(mine, theirs)
    return [mine, theirs]
  }

  #machine(name: string): Machine {
    const machine = this.#machines.get(name)
    if (!machine) throw new Error(`no node ${name} on the network`)
    return machine
  }
}

/** A node speaks to its own Pods from the bridge's address. */
function sourceAddress(from: Namespace, to: Namespace, ip: string): string {
  if (isLoopback(ip)) return '127.0.0.1'
  const { machine } = from
  return machine && machine.host === from && to !== from && to.machine === machine ? machine.pool.gateway : from.ips[0]!
}
