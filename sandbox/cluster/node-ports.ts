/**
 * Ports of a node's own daemons: the health and the API of the kubelet, the health of kube-proxy, and those at which load balancers
 * ask whether a Service has Pods on the node (`healthCheckNodePort`).
 */
import type { Client } from '../api/client.ts'
import { service as serviceKind } from '../api/kinds/service/index.ts'
import type { Service } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Connection, NetworkNamespace } from '../network/network.ts'
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
export type Daemon = 'kubelet health' | 'kubelet' | 'proxy metrics' | 'proxy health' | ServiceName

export type ServiceName = Pick<Service['metadata'], 'namespace' | 'name'>

type Port = [daemon: Daemon, port: number, address?: string]

/** @returns how to close it; undefined where somebody on the node's network has it already */
function open(options: NodePortsOptions, [daemon, port, address = '::']: Port): (() => void) | undefined {
  const { clock, host } = options
  const accept = (connection: Connection): void =>
    clock.soon(async () => {
      await conversation.load()
      conversation.now.converse(options, daemon, connection)
    })
  try {
    return host.listen('TCP', port, accept, address).close
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    return undefined
  }
}

function openAll(options: NodePortsOptions, ports: readonly Port[]): () => void {
  const closes = ports.map(port => open(options, port))
  return () => {
    for (const close of closes) close?.()
  }
}

/**
 * A port that a Pod has taken while the kubelet was down stays the Pod's.
 * @returns how to close them, as when the kubelet stops
 */
export const openKubeletPorts = (options: NodePortsOptions): (() => void) =>
  openAll(options, [
    ['kubelet health', 10_248, '127.0.0.1'],
    ['kubelet', 10_250],
  ])

/** kube-proxy's ports, for as long as there is a node. */
export function openProxyPorts(options: NodePortsOptions): void {
  openAll(options, [
    ['proxy metrics', 10_249, '127.0.0.1'],
    ['proxy health', 10_256],
  ])
  /** By uid; undefined where the port could not be had, which is tried again when the Service changes. */
  const ofServices = new Map<string, { port: number; close: (() => void) | undefined }>()
  options.client.watch(serviceKind, {}, ({ type, object: { metadata, spec } }) => {
    const { uid, namespace = '', name } = metadata
    const port = type === 'DELETED' ? undefined : spec.healthCheckNodePort
    const present = ofServices.get(uid)
    if (present?.close && present.port === port) return
    present?.close?.()
    ofServices.delete(uid)
    if (!port) return
    const close = open(options, [{ namespace, name }, port, '0.0.0.0'])
    ofServices.set(uid, { port, close })
    if (close) return
    options.clock.soon(async () => {
      await conversation.load()
      conversation.now.tellOfTaken(options, { namespace, name }, port)
    })
  })
}
