/** status.typeChecking of a policy: what is wrong with its expressions, for the kinds that it is about. */

import { systemUser } from '../../authentication/user.ts'
import type { ApiServer } from '../../server.ts'
import { isConflict, isNotFound } from '../../status.ts'
import type { ValidatingAdmissionPolicy } from '../../types.ts'
import type { AdmissionRequest } from '../admission.ts'
import { expressionWarnings } from './typed.ts'

/** As the controller manager does: soon after each change of the spec. */
export function noteTypes({ kind, subresource, operation, name }: AdmissionRequest, server: ApiServer): void {
  if (subresource || (operation !== 'CREATE' && operation !== 'UPDATE')) return
  server.clock.soon(() => {
    const policy = server.find(kind, '', name) as ValidatingAdmissionPolicy | undefined
    if (!policy || policy.status?.observedGeneration === policy.metadata.generation) return
    const warnings = expressionWarnings(server, policy)
    const status = {
      ...policy.status,
      observedGeneration: policy.metadata.generation,
      typeChecking: { ...(warnings.length && { expressionWarnings: warnings }) },
    }
    try {
      server.update(kind, '', name, old => ({ ...old, metadata: { ...old.metadata }, status }), {
        subresource: 'status',
        user: systemUser('system:kube-controller-manager'),
        fieldManager: 'kube-controller-manager',
      })
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error
    }
  })
}
