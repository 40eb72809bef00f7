/**
 * Ports of a node's own daemons: the health and the API of the kubelet, the health of kube-proxy, and those at which load balancers
 * ask whether a Service has Pods on the node (`healthCheckNodePort`).
 */
import type { Client } from '../api/client.ts'
import { service as serviceKind } from '../api/kinds/service/index.ts'
import type { Service } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Connection, Listener, NetworkNamespace } from '../network/network.ts'
import { part } from '../parts.ts'

/** Few look at the health of daemons. */
const conversation = part('the daemons of nodes, over the simulated network', () => import('./node-daemons.ts'))

export interface NodePortsOptions {
  clock: Clock
  client: Client
  /** The node's own network. */
  host: NetworkNamespace
  node: { name: string; ip: string }
  /** When kube-proxy has last changed its rules. */
  rulesChangedAt(): number
}

/** Who answers: a daemon's port, or the Service that has a port for its health. */
export type Daemon = 'kubelet health' | 'kubelet' | 'proxy metrics' | 'proxy health' | { service: Service }

type Port = [daemon: Daemon, port: number, address?: string]

function open(options: NodePortsOptions, ports: readonly Port[]): () => void {
  const { clock, host } = options
  const answer = (daemon: Daemon) => (connection: Connection) =>
    clock.soon(async () => {
      await conversation.load()
      conversation.now.converse(options, daemon, connection)
    })
  const listeners = ports.map(([daemon, port, address = '::']) => host.listen('TCP', port, answer(daemon), address))
  return () => {
    for (const listener of listeners) listener.close()
  }
}

/** @returns how to close them, as when the kubelet stops */
export const openKubeletPorts = (options: NodePortsOptions): (() => void) =>
  open(options, [
    ['kubelet health', 10_248, '127.0.0.1'],
    ['kubelet', 10_250],
  ])

/** kube-proxy's ports, for as long as there is a node. */
export function openProxyPorts(options: NodePortsOptions): void {
  open(options, [
    ['proxy metrics', 10_249, '127.0.0.1'],
    ['proxy health', 10_256],
  ])
  const ofServices = new Map<string, Pick<Listener, 'close'>>()
  options.client.watch(serviceKind, {}, ({ type, object }) => {
    const { uid } = object.metadata
    const { healthCheckNodePort: port } = object.spec
    if (!port && !ofServices.has(uid)) return
    ofServices.get(uid)?.close()
    ofServices.delete(uid)
    if (port && type !== 'DELETED') ofServices.set(uid, { close: open(options, [[{ service: object }, port]]) })
  })
}
