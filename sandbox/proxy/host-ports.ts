/** Ports of Pods that are open on their node (hostPort), whose node an address is, and in what zone a node is. */
import type { Client } from '../api/client.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import type { Pod } from '../api/types.ts'

interface Destination {
  ip: string
  port: number
}

interface HostPort extends Destination {
  uid: string
  /** The address of the node at which it is open; '' at all of them. */
  hostIP: string
}

const isGone = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'

export class HostPorts {
  readonly #nodeByIP = new Map<string, string>()
  readonly #zones = new Map<string, string>()
  readonly #byPort = new Map<string, readonly HostPort[]>()

  /** @returns how to stop */
  watch(client: Client): () => void {
    const stops = [
      client.watch(nodeKind, {}, ({ type, object, old }) => {
        for (const { address } of old?.status.addresses ?? []) this.#nodeByIP.delete(address)
        const { name, labels } = object.metadata
        const zone = labels?.['topology.kubernetes.io/zone']
        if (zone && type !== 'DELETED') this.#zones.set(name, zone)
        else this.#zones.delete(name)
        if (type === 'DELETED') return
        for (const { type: of, address } of object.status.addresses ?? []) {
          if (of === 'InternalIP' || of === 'ExternalIP') this.#nodeByIP.set(address, name)
        }
      }),
      client.watch(podKind, {}, ({ type, object }) => {
        if (mayHavePorts(object))
          for (const [key, opened] of portsOf(object)) {
            const others = (this.#byPort.get(key) ?? []).filter(o => o.uid !== opened.uid || o.hostIP !== opened.hostIP)
            const gone = type === 'DELETED' || isGone(object)
            const all = gone ? others : [...others, opened]
            if (all.length) this.#byPort.set(key, all)
            else this.#byPort.delete(key)
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

  zoneOf(node: string): string | undefined {
    return this.#zones.get(node)
  }

  /** @param ip as it was asked for: one of the node's, or the loopback address of the node itself */
  at(node: string, protocol: string, ip: string, port: number): Destination | undefined {
    const found = this.#byPort.get(`${node}/${protocol}/${port}`)?.find(o => !o.hostIP || o.hostIP === ip)
    return found && { ip: found.ip, port: found.port }
  }
}

/** Nearly no Pod has any, and all are asked at every change. */
function mayHavePorts({ spec }: Pod): boolean {
  if (spec.initContainers?.length) return true
  for (let i = 0; i < spec.containers.length; i++) if (spec.containers[i]!.ports) return true
  return false
}

function* portsOf(pod: Pod): Iterable<[string, HostPort]> {
  const { nodeName, hostNetwork, containers, initContainers = [] } = pod.spec
  const { podIP } = pod.status
  if (hostNetwork || !nodeName || !podIP) return
  for (const { ports } of [...initContainers, ...containers]) {
    for (const { hostPort, hostIP = '', containerPort, protocol } of ports ?? []) {
      if (hostPort)
        yield [
          `${nodeName}/${protocol ?? 'TCP'}/${hostPort}`,
          { ip: podIP, port: containerPort, uid: pod.metadata.uid, hostIP: hostIP === '0.0.0.0' ? '' : hostIP },
        ]
    }
  }
}
