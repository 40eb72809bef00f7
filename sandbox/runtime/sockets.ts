/** A process's own part of its network namespace: what it opened is closed when it ends. */
import type { Connection, Listener, NetworkNamespace } from '../network/network.ts'

type Closable = { close(): void }

export class OwnSockets implements NetworkNamespace {
  readonly #net: NetworkNamespace
  readonly #held = new Set<Closable>()

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

  listen(...[protocol, port, accept, address]: Parameters<NetworkNamespace['listen']>): Listener {
    const held = this.#held
    const listener = this.#net.listen(protocol, port, connection => accept(ownConnection(held, connection)), address)
    held.add(listener)
    return {
      port: listener.port,
      close() {
        held.delete(listener)
        listener.close()
      },
    }
  }

  connect(...[protocol, ip, port, done]: Parameters<NetworkNamespace['connect']>): () => void {
    const held = this.#held
    const attempt = {
      close: this.#net.connect(protocol, ip, port, result => {
        held.delete(attempt)
        done('connection' in result ? { connection: ownConnection(held, result.connection) } : result)
      }),
    }
    held.add(attempt)
    return () => {
      held.delete(attempt)
      attempt.close()
    }
  }

  listeners(): ReturnType<NetworkNamespace['listeners']> {
    return this.#net.listeners()
  }

  resolve(...[name, type, server]: Parameters<NetworkNamespace['resolve']>): ReturnType<NetworkNamespace['resolve']> {
    return this.#net.resolve(name, type, server)
  }

  /** The process has ended. */
  drop(): void {
    for (const socket of [...this.#held]) socket.close()
  }
}

function ownConnection(held: Set<Closable>, connection: Connection): Connection {
  held.add(connection)
  return {
    local: connection.local,
    remote: connection.remote,
    send: data => connection.send(data),
    onData: handler => connection.onData(handler),
    onClose: handler => connection.onClose(handler),
    close() {
      held.delete(connection)
      connection.close()
    },
  }
}
