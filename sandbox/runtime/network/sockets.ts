/** A process's own part of its network namespace: what it opened is closed when it ends. */
import type { Connection, Listener, NetworkNamespace, Protocol } from '../../network/network.ts'

type Closable = { close(): void } | Connection
type Own = { protocol: Protocol; port: number }

export class OwnSockets implements NetworkNamespace {
  readonly #net: NetworkNamespace
  readonly #held: Closable[] = []
  readonly #listening: Own[] = []

  constructor(net: NetworkNamespace) {
    this.#net = net
  }

  get ips(): readonly string[] {
    return this.#net.ips
  }
  get hostname(): string {
    return this.#net.hostname
  }
  get nodeName(): string {
    return this.#net.nodeName
  }
  get loopbackUp(): boolean {
    return this.#net.loopbackUp
  }
  set loopbackUp(up: boolean) {
    this.#net.loopbackUp = up
  }

  apart(): NetworkNamespace {
    return this.#net.apart()
  }

  listen(...[protocol, port, accept, address]: Parameters<NetworkNamespace['listen']>): Listener {
    const held = this.#held
    const listener = this.#net.listen(
      protocol,
      port,
      connection => accept(new OwnConnection(held, connection)),
      address,
    )
    held.push(listener)
    const own: Own = { protocol, port: listener.port }
    const listening = this.#listening
    listening.push(own)
    return {
      port: listener.port,
      close() {
        drop(held, listener)
        const at = listening.indexOf(own)
        if (at >= 0) listening.splice(at, 1)
        listener.close()
      },
    }
  }

  connect(...[protocol, ip, port, done]: Parameters<NetworkNamespace['connect']>): () => void {
    const held = this.#held
    const attempt = {
      close: this.#net.connect(protocol, ip, port, result => {
        drop(held, attempt)
        done('connection' in result ? { connection: new OwnConnection(held, result.connection) } : result)
      }),
    }
    held.push(attempt)
    return () => {
      drop(held, attempt)
      attempt.close()
    }
  }

  /** The ports on which this process listens itself. */
  own(): readonly Own[] {
    return this.#listening
  }

  listeners(): ReturnType<NetworkNamespace['listeners']> {
    return this.#net.listeners()
  }

  resolve(...[name, type, server]: Parameters<NetworkNamespace['resolve']>): ReturnType<NetworkNamespace['resolve']> {
    return this.#net.resolve(name, type, server)
  }

  connections(): ReturnType<NetworkNamespace['connections']> {
    return this.#net.connections()
  }

  /** Whether this process holds it itself. */
  holds({ local, remote }: Pick<Connection, 'local' | 'remote'>): boolean {
    return this.#held.some(one => 'remote' in one && one.local === local && one.remote === remote)
  }

  /** The process has ended. */
  drop(): void {
    for (const socket of [...this.#held]) socket.close()
  }
}

/** A list and no Set: see the switch. */
function drop(held: Closable[], one: Closable): void {
  const at = held.lastIndexOf(one)
  if (at >= 0) held.splice(at, 1)
}

/** A connection that its process holds until it closes it. */
class OwnConnection implements Connection {
  readonly local: Connection['local']
  readonly remote: Connection['remote']
  readonly #held: Closable[]
  readonly #connection: Connection

  constructor(held: Closable[], connection: Connection) {
    this.local = connection.local
    this.remote = connection.remote
    this.#held = held
    this.#connection = connection
    held.push(connection)
  }

  send(data: string): void {
    this.#connection.send(data)
  }

  onData(handler: (data: string) => void): void {
    this.#connection.onData(handler)
  }

  onClose(handler: () => void): void {
    this.#connection.onClose(handler)
  }

  close(): void {
    drop(this.#held, this.#connection)
    this.#connection.close()
  }
}
