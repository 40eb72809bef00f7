/** The API server's port on its node: where Pods, by way of the Service `kubernetes`, and the learner's curl find the API. */
import type { Clock } from '../clock/clock.ts'
import type { Api } from '../http/api.ts'
import type { Connection, NetworkNamespace } from '../network/network.ts'
import type { Certificate } from '../network/tls.ts'
import { part } from '../parts.ts'
import { API_PORT, API_SERVICE_IP } from './bootstrap.ts'

/** Few clusters hold a program that asks the API. */
const conversation = part('the API over the simulated network', () => import('./api-connection.ts'))

export interface EndpointOptions {
  clock: Clock
  api: Api
  /** Of the node that runs the API server. */
  host: NetworkNamespace
  certificate: Certificate
}

/** @returns how to stop it: its port is closed and whoever is connected hears no more */
export function serveApi({ clock, api, host, certificate }: EndpointOptions): () => void {
  const open = new Set<Connection>()
  const accept = (connection: Connection): void => {
    open.add(connection)
    clock.soon(async () => {
      await conversation.load()
      conversation.now.converse({ clock, api, certificate }, connection, () => open.delete(connection))
    })
  }
  const listener = host.listen('TCP', API_PORT, accept, '::')
  return () => {
    listener.close()
    for (const connection of open) connection.close()
    open.clear()
  }
}

/** As kubeadm makes it for the API server. */
export const apiServerCertificate = (issuer: string, node: { name: string; ip: string } | undefined): Certificate => ({
  issuer,
  names: [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
    API_SERVICE_IP,
    ...(node ? [node.name, node.ip] : []),
  ],
})
