/** CertificateSigningRequests say truly who made them, are approved and signed only by those who may, and make nobody an administrator. */
import { readRequest } from '../../crypto/certificate.ts'
import { fieldsOf } from '../../crypto/issue.ts'
import { authorize } from '../authorization/rbac.ts'
import { deepEqual } from '../formats/json.ts'
import type { Draft } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import { forbidden } from '../status.ts'
import type { AdmissionRequest } from './admission.ts'

const GROUP = 'certificates.k8s.io'
const CLIENTS = 'kubernetes.io/kube-apiserver-client'
const MASTERS = 'system:masters'

/** The organizations in a request's subject, which are groups to the API server. */
function organizations({ spec }: Draft): readonly string[] {
  const request = readRequest(atob(spec.request))
  return request ? (fieldsOf(request.subject).get('O') ?? []) : []
}

export function setRequestor({ operation, object, user }: AdmissionRequest): void {
  if (operation !== 'CREATE') return
  const { username: _claimed, uid: _id, groups: _groups, extra: _extra, ...spec } = object.spec ?? {}
  const { username, uid, groups, extra } = user
  object.spec = { ...spec, username, ...(uid && { uid }), groups, ...(extra && { extra }) }
}

/** @throws Forbidden */
export function checkSubject({ operation, kind, name, object }: AdmissionRequest): void {
  if (operation === 'CREATE' && object?.spec.signerName === CLIENTS && organizations(object).includes(MASTERS))
    throw forbidden(kind, name, `use of ${CLIENTS} signer with ${MASTERS} group is not allowed`)
}

/** @throws Forbidden */
function checkSigner(
  { kind, name, object, user }: AdmissionRequest,
  server: ApiServer,
  verb: 'approve' | 'sign',
): void {
  const signer: string = object?.spec.signerName
  const may = [signer, `${signer.split('/')[0]}/*`].some(of =>
    authorize(server, user, { verb, group: GROUP, resource: 'signers', name: of }),
  )
  const why = `user not permitted to ${verb} requests with signerName ${JSON.stringify(signer)}`
  if (!may) throw forbidden(kind, name, why)
}

/** @throws Forbidden */
export function checkApproval(request: AdmissionRequest, server: ApiServer): void {
  if (request.operation === 'UPDATE' && request.subresource === 'approval') checkSigner(request, server, 'approve')
}

/** @throws Forbidden */
export function checkSigning(request: AdmissionRequest, server: ApiServer): void {
  const { operation, subresource, object, old } = request
  if (operation !== 'UPDATE' || subresource !== 'status') return
  const [now, was]: Draft[] = [object?.status ?? {}, (old as Draft).status ?? {}]
  if (now.certificate !== was.certificate || !deepEqual(now.conditions, was.conditions))
    checkSigner(request, server, 'sign')
}
