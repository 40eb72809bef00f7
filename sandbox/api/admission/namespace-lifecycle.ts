/** NamespaceLifecycle: nothing is made in a namespace that is missing or going; the system's own stay. */
import { forbidden, notFound } from '../status.ts'
import type { Namespace } from '../types.ts'
import type { AdmissionPlugin } from './admission.ts'

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public'])
/** Reviews answer a question and store nothing. */
const REVIEWS = new Set(['localsubjectaccessreviews'])

export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit({ operation, kind, namespace, name }, server) {
    if (kind.plural === 'namespaces' && kind.group === '') {
      if (operation === 'DELETE' && IMMORTAL.has(name)) throw forbidden(kind, name, 'this namespace may not be deleted')
      return
    }
    if (!namespace || operation === 'DELETE' || operation === 'CONNECT' || REVIEWS.has(kind.plural)) return
    const found = server.store.get<Namespace>('namespaces', '', namespace)
    if (!found) throw notFound({ plural: 'namespaces', group: '' }, namespace)
    if (operation !== 'CREATE' || found.status?.phase !== 'Terminating') return
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`
    const error = forbidden(kind, name, why)
    error.status.details!.causes = [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ]
    throw error
  },
}
