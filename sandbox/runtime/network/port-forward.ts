/** Connections into a Pod from its node, as `kubectl port-forward` opens them. Errors are in containerd's words. */
import type { NetworkNamespace } from '../../network/network.ts'
import type { PortStream } from '../cri.ts'

export type Forwarded = { stream: PortStream } | { error: string }

/** @param id of the sandbox whose network it is */
export function forward(net: NetworkNamespace, id: string, port: number, done: (result: Forwarded) => void): void {
  net.connect('TCP', '127.0.0.1', port, result => {
    if ('failure' in result)
      return done({
        error: `failed to execute portforward in network namespace "/var/run/netns/cni-${id.slice(0, 8)}": failed to connect to localhost:${port} inside namespace "${id}", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `,
      })
    const { connection } = result
    done({
      stream: {
        send: data => connection.send(data),
        onData: handler => connection.onData(handler),
        onClose: handler => connection.onClose(handler),
        close: () => connection.close(),
      },
    })
  })
}
