/** Every namespace has the ConfigMap kube-root-ca.crt, by which Pods know the API server. */
import { configMap as configMapKind } from '../../api/kinds/configmap.ts'
import { namespace as namespaceKind } from '../../api/kinds/namespace.ts'
import { type Controller, watch } from '../controller.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'

const NAME = 'kube-root-ca.crt'
const DESCRIPTION = 'kubernetes.io/description'
const TEXT =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'

/** @param certificate in PEM */
export const rootCAController = (certificate: string): Controller => ({
  name: 'root-ca-cert-publisher',
  for: namespaceKind,
  watches: [
    watch(configMapKind, ({ type, object: { metadata } }) =>
      metadata.name === NAME && type !== 'ADDED' ? [{ namespace: '', name: metadata.namespace ?? '' }] : [],
    ),
  ],
  reconcile({ name: namespace }, { client }) {
    const ns = client.find(namespaceKind, '', namespace)
    if (!ns || ns.metadata.deletionTimestamp) return
    const data = { 'ca.crt': certificate }
    const present = client.find(configMapKind, namespace, NAME)
    try {
      if (!present) {
        client.create(configMapKind, {
          metadata: { name: NAME, namespace, annotations: { [DESCRIPTION]: TEXT } },
          data,
        })
      } else if (
        JSON.stringify(present.data) !== JSON.stringify(data) ||
        present.binaryData ||
        !present.metadata.annotations?.[DESCRIPTION]
      ) {
        const { binaryData: _, ...rest } = present
        const annotations = { ...present.metadata.annotations, [DESCRIPTION]: TEXT }
        client.update(configMapKind, { ...rest, metadata: { ...present.metadata, annotations }, data })
      }
    } catch (error) {
      if (!isNamespaceTerminating(error)) throw error
    }
  },
})
