/** Look-ups in the API of the objects that a Pod's spec names. */
import type { Client } from '../api/client.ts'
import { configMap } from '../api/kinds/configmap.ts'
import { node } from '../api/kinds/node.ts'
import { persistentVolume } from '../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../api/kinds/persistentvolumeclaim/index.ts'
import { runtimeClass } from '../api/kinds/runtimeclass.ts'
import { secret } from '../api/kinds/secret.ts'
import { service } from '../api/kinds/service/index.ts'
import { notFound } from '../api/status.ts'
import type { NodeContext } from './node-context.ts'

export const sourcesOf = (
  client: Client,
  nodeName: string,
  serviceAccountToken: NodeContext['sources']['serviceAccountToken'],
): NodeContext['sources'] => ({
  // The kubelet's caches speak of one object, not of the resource.
  configMap: (namespace, name) => client.find(configMap, namespace, name) ?? missing('configmap', name),
  secret: (namespace, name) => client.find(secret, namespace, name) ?? missing('secret', name),
  services: namespace => client.list(service, { namespace }),
  claim: (namespace, name) => client.get(persistentVolumeClaim, namespace, name),
  persistentVolume: name => client.get(persistentVolume, '', name),
  node: () => client.find(node, '', nodeName),
  serviceAccountToken,
  runtimeHandler: name =>
    (client.find(runtimeClass, '', name) ?? missing('runtimeclass', name, runtimeClass.group)).handler,
})

const missing = (kind: string, name: string, group = ''): never => {
  throw notFound({ plural: kind, group }, name)
}
