/** A process's own part of its network namespace: what it opened is closed when it ends. */
import type { Connection, NetworkNamespace } from '../network/network.ts'

export function ownSockets(net: NetworkNamespace): { net: NetworkNamespace; drop: () => void } {
  const held = new Set<{ close(): void }>()
  const own = <T extends { close(): void }>(socket: T): T => {
    held.add(socket)
    return socket
  }
  const ownConnection = (connection: Connection): Connection => {
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
  const owned: NetworkNamespace = Object.create(net)
  owned.listen = (protocol, port, accept, address) => {
    const listener = own(net.listen(protocol, port, connection => accept(ownConnection(connection)), address))
    return {
      port: listener.port,
      close() {
        held.delete(listener)
        listener.close()
      },
    }
  }
  owned.connect = (protocol, ip, port, done) => {
    const attempt = {
      close: net.connect(protocol, ip, port, result => {
        held.delete(attempt)
        done('connection' in result ? { connection: ownConnection(result.connection) } : result)
      }),
    }
    held.add(attempt)
    return () => {
      held.delete(attempt)
      attempt.close()
    }
  }
  owned.listeners = () => net.listeners()
  owned.resolve = (name, type, server) => net.resolve(name, type, server)
  Object.defineProperty(owned, 'ips', { get: () => net.ips })
  Object.defineProperty(owned, 'hostname', { get: () => net.hostname })
  Object.defineProperty(owned, 'nodeName', { get: () => net.nodeName })
  return {
    net: owned,
    drop: () => {
      for (const socket of [...held]) socket.close()
    },
  }
}
