/**
 * The switch that joins every Pod and node: it hands out addresses, keeps who listens where, and carries connections
 * over the virtual clock. Services, DNS and policies are put in from outside, as router, resolver and filter.
 */
import type { Clock } from '../clock/clock.ts'
import { AddressPool, contains, parseIPv4 } from './addresses.ts'
import { End, type Wire } from './connection.ts'
import { type Attempt, Dialling, type Exchange, LATENCY_MS } from './dialling.ts'
import { type ConnectResult, isLoopback, type Machine, Namespace, type Socket, type Surroundings } from './namespace.ts'
import type { Filter, Network, NetworkNamespace, Protocol, Resolver, Router } from './network.ts'

/** How long the neighbour of an address that nobody has is asked for. */
const NEIGHBOUR_TIMEOUT_MS = 3_000
/** tcp_retries2 = 15: how long unacknowledged data is sent again. */
const RETRANSMIT_TIMEOUT_MS = 924_600

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
    const now = this.clock.now()
    this.#from.leave(this.#mine, now)
    this.#to.leave(this.#theirs, now)
  }
}

export class Switch implements Network, Surroundings, Exchange {
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

  join(from: Namespace, to: Namespace, ip: string, port: number, { port: listening, protocol }: Socket): [End, End] {
    const source = { ip: sourceAddress(from, to, ip), port: from.ephemeralPort() }
    const cable = new Cable(this.clock, from, to)
    const mine = new End(cable, source, { ip, port }, protocol)
    const theirs = new End(cable, { ip: isLoopback(ip) ? ip : to.ips[0]!, port: listening }, source, protocol)
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
