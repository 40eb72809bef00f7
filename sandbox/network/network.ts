/** The cluster's network as sockets see it. (The interface; the switch is in `switch.ts`.) Nothing leaves the simulation. */

export type Protocol = 'TCP' | 'UDP'

/** One end of a connection. Data is text. */
export interface Connection {
  readonly local: { ip: string; port: number }
  readonly remote: { ip: string; port: number }
  send(data: string): void
  onData(handler: (data: string) => void): void
  /** The other side has finished sending or has gone. */
  onClose(handler: () => void): void
  close(): void
}

export type ConnectFailure = 'ECONNREFUSED' | 'ETIMEDOUT' | 'EHOSTUNREACH' | 'ENETUNREACH'

/** Of a connection, as seen from one end. */
export type TcpState = 'ESTABLISHED' | 'FIN_WAIT2' | 'CLOSE_WAIT' | 'TIME_WAIT'

export interface OpenConnection extends Pick<Connection, 'local' | 'remote'> {
  protocol: Protocol
  state: TcpState
  /** When one in TIME_WAIT is forgotten, in milliseconds of virtual time. */
  until?: number
}

export interface Listener {
  readonly port: number
  close(): void
}

/** What the containers of one Pod share: its addresses and ports. */
export interface NetworkNamespace {
  readonly ips: readonly string[]
  readonly hostname: string
  readonly nodeName: string
  /** @throws an Error with code EADDRINUSE or EACCES */
  listen(protocol: Protocol, port: number, accept: (connection: Connection) => void, address?: string): Listener
  /** Calls back with a connection, or with the failure after the time that it takes to be noticed. Returns how to give up. */
  connect(
    protocol: Protocol,
    ip: string,
    port: number,
    done: (result: { connection: Connection } | { failure: ConnectFailure }) => void,
  ): () => void
  listeners(): readonly { protocol: Protocol; port: number; address: string; six: boolean }[]
  /** Those that are open, and those of TCP that this side has finished first, for a minute more. */
  connections(): readonly OpenConnection[]
  /** What a name server answers this namespace to a full name; that of the cluster when none is named. */
  resolve(name: string, type: RecordType, server?: string): NameAnswer
  /** Whether its own address answers, as it does not in one that is new. */
  loopbackUp: boolean
  /** A new one on the same machine, which leads nowhere. */
  apart(): NetworkNamespace
}

export type RecordType = 'A' | 'AAAA' | 'SRV' | 'CNAME' | 'PTR' | 'NS' | 'SOA'

/** Records; undefined where the name does not exist; 'silence' where nobody answers. */
export type NameAnswer = readonly string[] | undefined | 'silence'

/** Answers a name the way the name server of an address does. */
export type Resolver = (name: string, type: RecordType, from: NetworkNamespace, server?: string) => NameAnswer

/**
 * Decides where a connection to a virtual address goes (Services, node ports): an address to use instead, a refusal,
 * a silent drop, or undefined for "not a virtual address".
 */
export type Router = (
  to: { protocol: Protocol; ip: string; port: number },
  from: NetworkNamespace,
) => { ip: string; port: number } | 'refuse' | 'drop' | undefined

/** Whether policy lets this connection through. */
export type Filter = (connection: {
  from: NetworkNamespace
  to: NetworkNamespace
  protocol: Protocol
  port: number
}) => boolean

export interface Network {
  /** @param nodeName whose Pod range the address is taken from; hostNetwork Pods get the node's own namespace */
  createNamespace(options: { nodeName: string; hostname: string; hostNetwork: boolean }): NetworkNamespace
  removeNamespace(namespace: NetworkNamespace): void
  addNode(name: string, options: { ip: string; podCIDR: string }): void
  /** Whether an address is one of this network's: of a node, in a Pod range, or virtual. */
  holds(ip: string, port: number, from: NetworkNamespace): boolean
  /** A node cut off from the others: nothing passes until it is joined again. */
  setPartitioned(nodeName: string, partitioned: boolean): void
  resolver: Resolver
  router: Router
  filter: Filter
}
