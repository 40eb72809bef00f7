/**
 * Approves nodes' requests for certificates by which their kubelets are clients: those for themselves of who may renew, and
 * those for any node of who may bring nodes. Certificates to serve with are left to people.
 */
import { decide } from '../../api/authorization/authorizer.ts'
import { certificateSigningRequest } from '../../api/kinds/certificatesigningrequest.ts'
import type { ApiServer } from '../../api/server.ts'
import type { CertificateSigningRequest } from '../../api/types.ts'
import { type Request, readRequest } from '../../crypto/certificate.ts'
import { fieldsOf } from '../../crypto/issue.ts'
import type { Controller } from '../controller.ts'
import { REQUIREMENTS } from './requirements.ts'
import { CONTROLLER_USER } from './signer.ts'

const KUBELETS = 'kubernetes.io/kube-apiserver-client-kubelet'

interface Reason {
  recognizes(request: CertificateSigningRequest, asked: Request): boolean
  /** What who asks must be allowed to create. */
  subresource: string
  message: string
}

const isForKubelet: Reason['recognizes'] = ({ spec }, asked) =>
  spec.signerName === KUBELETS && REQUIREMENTS[KUBELETS]!(asked, spec.usages ?? []) === undefined

const REASONS: readonly Reason[] = [
  {
    recognizes: (request, asked) =>
      isForKubelet(request, asked) && fieldsOf(asked.subject).get('CN')?.at(-1) === request.spec.username,
    subresource: 'selfnodeclient',
    message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
  },
  {
    recognizes: isForKubelet,
    subresource: 'nodeclient',
    message: 'Auto approving kubelet client certificate after SubjectAccessReview.',
  },
]

/** @param server decides who may what */
export const approvingController = (server: ApiServer): Controller => ({
  name: 'csrapproving',
  for: certificateSigningRequest,
  reconcile({ name }, { client }) {
    const request = client.find(certificateSigningRequest, '', name)
    const conditions = request?.status.conditions ?? []
    if (!request || request.status.certificate || conditions.some(c => c.type === 'Approved' || c.type === 'Denied'))
      return
    const asked = readRequest(atob(request.spec.request))
    if (!asked) return
    const { username = '', groups } = request.spec
    const reason = REASONS.find(
      one =>
        one.recognizes(request, asked) &&
        decide(
          server,
          { username, groups: groups ?? [] },
          {
            verb: 'create',
            group: 'certificates.k8s.io',
            resource: 'certificatesigningrequests',
            subresource: one.subresource,
          },
        ).allowed,
    )
    if (!reason) return
    const approval = { type: 'Approved', status: 'True', reason: 'AutoApproved', message: reason.message }
    const status = { conditions: [...conditions, approval] }
    client.as(CONTROLLER_USER).patch(certificateSigningRequest, '', name, { status }, 'approval')
  },
})
