/** CertificateSigningRequests say truly who made them, and are approved only by those who may. */
import { authorize } from '../authorization/rbac.ts'
import { forbidden } from '../status.ts'
import type { AdmissionPlugin } from './admission.ts'

const GROUP = 'certificates.k8s.io'

export const certificates: AdmissionPlugin = {
  name: 'CertificateApproval',
  of: [`*.${GROUP}`],
  admit({ operation, object, user }) {
    if (operation !== 'CREATE') return
    const { username: _claimed, uid: _id, groups: _groups, extra: _extra, ...spec } = object.spec ?? {}
    const { username, uid, groups, extra } = user
    object.spec = { ...spec, username, ...(uid && { uid }), groups, ...(extra && { extra }) }
  },
  validate({ kind, subresource, name, object, user }, server) {
    if (subresource !== 'approval') return
    const signer: string = object.spec.signerName
    const may = [signer, `${signer.split('/')[0]}/*`].some(of =>
      authorize(server, user, { verb: 'approve', group: GROUP, resource: 'signers', name: of }),
    )
    const why = `user not permitted to approve requests with signerName ${JSON.stringify(signer)}`
    if (!may) throw forbidden(kind, name, why)
  },
}
