/** The objects of a new cluster, as kubeadm and the API server's post-start hooks create them. */
import type { Client } from '../api/client.ts'
import type { KindDef } from '../api/kind.ts'
import { endpoints } from '../api/kinds/endpoints.ts'
import { endpointSlice } from '../api/kinds/endpointslice.ts'
import { namespace } from '../api/kinds/namespace.ts'
import { priorityClass } from '../api/kinds/priorityclass.ts'
import { service } from '../api/kinds/service/index.ts'
import { isAlreadyExists } from '../api/status.ts'
import type { KubeObject, Unsaved } from '../api/types.ts'

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

const PRIORITY_CLASSES = [
  {
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
  {
    name: 'system-node-critical',
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
]

/** Address of the API server inside the cluster, and of its host. */
export const API_SERVICE_IP = '10.96.0.1'
export const DNS_SERVICE_IP = '10.96.0.10'
export const API_PORT = 6443

/** @param apiServerIP address of the node that runs the control plane */
export function bootstrap(client: Client, apiServerIP: string): void {
  for (const name of NAMESPACES) ensure(client, namespace, { metadata: { name }, spec: {} })
  for (const { name, ...rest } of PRIORITY_CLASSES) {
    ensure(client, priorityClass, { metadata: { name }, ...rest })
  }
  ensure(client, service, {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: API_SERVICE_IP,
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: API_PORT }],
    },
  })
  ensure(client, endpoints, {
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [{ addresses: [{ ip: apiServerIP }], ports: [{ name: 'https', port: API_PORT, protocol: 'TCP' }] }],
  })
  ensure(client, endpointSlice, {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [apiServerIP], conditions: { ready: true } }],
    ports: [{ name: 'https', port: API_PORT, protocol: 'TCP' }],
  })
}

function ensure<T extends KubeObject>(client: Client, kind: KindDef<T>, object: Unsaved<T>): void {
  try {
    client.create(kind, object)
  } catch (error) {
    if (!isAlreadyExists(error)) throw error
  }
}
