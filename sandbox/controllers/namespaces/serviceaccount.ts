/** Every namespace has a ServiceAccount `default`. */
import { namespace as namespaceKind } from '../../api/kinds/namespace.ts'
import { serviceAccount as accountKind } from '../../api/kinds/serviceaccount.ts'
import { isAlreadyExists } from '../../api/status.ts'
import { type Controller, watch } from '../controller.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'

export const serviceAccountController: Controller = {
  name: 'service-account-controller',
  for: namespaceKind,
  watches: [
    watch(accountKind, ({ type, object: { metadata } }) =>
      type === 'DELETED' && metadata.name === 'default' ? [{ namespace: '', name: metadata.namespace ?? '' }] : [],
    ),
  ],
  reconcile({ name: namespace }, { client }) {
    const ns = client.find(namespaceKind, '', namespace)
    if (ns?.status.phase !== 'Active' || client.find(accountKind, namespace, 'default')) return
    try {
      client.create(accountKind, { metadata: { name: 'default', namespace } })
    } catch (error) {
      if (!isAlreadyExists(error) && !isNamespaceTerminating(error)) throw error
    }
  },
}
