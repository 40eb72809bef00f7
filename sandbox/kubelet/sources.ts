/** Where a kubelet looks up what the spec of a Pod only names. */
import type { Client } from '../api/client.ts'
import {
  configMap,
  persistentVolume,
  persistentVolumeClaim,
  runtimeClass,
  secret,
  service,
} from '../api/kinds/index.ts'
import { notFound } from '../api/status.ts'
import type { NodeContext } from './node-context.ts'

export const sourcesOf = (
  client: Client,
  serviceAccountToken: NodeContext['sources']['serviceAccountToken'],
): NodeContext['sources'] => ({
  // The kubelet's caches speak of one object, not of the resource.
  configMap: (namespace, name) => client.find(configMap, namespace, name) ?? missing('configmap', name),
  secret: (namespace, name) => client.find(secret, namespace, name) ?? missing('secret', name),
  services: namespace => client.list(service, { namespace }),
  claim: (namespace, name) => client.get(persistentVolumeClaim, namespace, name) as never,
  persistentVolume: name => client.get(persistentVolume, '', name) as never,
  serviceAccountToken,
  runtimeHandler: name =>
    (client.find(runtimeClass, '', name) ?? missing('runtimeclass', name, runtimeClass.group)).handler,
})

const missing = (kind: string, name: string, group = ''): never => {
  throw notFound({ plural: kind, group }, name)
}
