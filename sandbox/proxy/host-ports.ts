/** Ports of Pods that are open on their node (hostPort), and whose node an address is. */
import type { Client } from '../api/client.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import type { Pod } from '../api/types.ts'

interface Destination {
  ip: string
  port: number
}

const isGone = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'

export class HostPorts {
  readonly #nodeByIP = new Map<string, string>()
  readonly #byPort = new Map<string, Destination & { uid: string }>()

  /** @returns how to stop */
  watch(client: Client): () => void {
    const stops = [
      client.watch(nodeKind, {}, ({ type, object, old }) => {
        for (const { address } of old?.status.addresses ?? []) this.#nodeByIP.delete(address)
        if (type === 'DELETED') return
        for (const { type: of, address } of object.status.addresses ?? []) {
          if (of === 'InternalIP' || of === 'ExternalIP') this.#nodeByIP.set(address, object.metadata.name)
        }
      }),
      client.watch(podKind, {}, ({ type, object }) => {
        for (const [key, destination] of portsOf(object)) {
          const present = this.#byPort.get(key)
          if (type === 'DELETED' || isGone(object)) {
            if (present?.uid === destination.uid) this.#byPort.delete(key)
          } else this.#byPort.set(key, destination)
        }
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  nodeAt(ip: string): string | undefined {
    return this.#nodeByIP.get(ip)
  }

  at(protocol: string, ip: string, port: number): Destination | undefined {
    const node = this.#nodeByIP.get(ip)
    const found = this.#byPort.get(`${node}/${protocol}/${port}`)
    return found && { ip: found.ip, port: found.port }
  }
}

function* portsOf(pod: Pod): Iterable<[string, Destination & { uid: string }]> {
  const { nodeName, hostNetwork, containers, initContainers = [] } = pod.spec
  const { podIP } = pod.status
  if (hostNetwork || !nodeName || !podIP) return
  for (const { ports } of [...initContainers, ...containers]) {
    for (const { hostPort, containerPort, protocol } of ports ?? []) {
      if (hostPort)
        yield [
          `${nodeName}/${protocol ?? 'TCP'}/${hostPort}`,
          { ip: podIP, port: containerPort, uid: pod.metadata.uid },
        ]
    }
  }
}
