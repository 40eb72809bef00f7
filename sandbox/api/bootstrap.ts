/** What an API server makes for itself before anybody comes: the system's namespaces and the Service `kubernetes`. */
import type { ApiServer } from './server.ts'
import { isAlreadyExists } from './status.ts'
import { systemUser } from './user.ts'

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

interface Starter {
  resource: string
  namespace: string
  object: object
}

const PRIORITY_CLASSES: readonly Starter[] = [
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
].map(({ name, ...facts }) => ({
  resource: 'priorityclasses.scheduling.k8s.io',
  namespace: '',
  object: { metadata: { name }, ...facts },
}))

const KUBERNETES_SERVICE: Starter = {
  resource: 'services',
  namespace: 'default',
  object: {
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }] },
  },
}

export function bootstrap(server: ApiServer): void {
  const user = systemUser('system:apiserver')
  const starters: Starter[] = [
    ...NAMESPACES.map(name => ({ resource: 'namespaces', namespace: '', object: { metadata: { name } } })),
    ...PRIORITY_CLASSES,
    KUBERNETES_SERVICE,
  ]
  for (const { resource, namespace, object } of starters) {
    const kind = server.registry.resource(resource)
    if (!kind) continue
    try {
      server.create(kind, namespace, object, { user })
    } catch (error) {
      if (!isAlreadyExists(error)) throw error
    }
  }
}
