/** Signs approved requests for certificates, for the signers that are Kubernetes' own. */
import { certificateSigningRequest } from '../../api/kinds/certificatesigningrequest.ts'
import type { CertificateSigningRequest } from '../../api/types.ts'
import { readRequest } from '../../crypto/certificate.ts'
import { numberOf } from '../../crypto/der-writer.ts'
import { issue } from '../../crypto/issue.ts'
import { rootAuthority } from '../../crypto/root-key.ts'
import { randomBytes } from '../../crypto/rsa.ts'
import type { Controller } from '../controller.ts'
import { REQUIREMENTS } from './requirements.ts'

/** As it signs when nobody asks for less. */
const YEAR_S = 365 * 24 * 3600
const LEAST_S = 600
/** Clocks that are behind believe a certificate at once. */
const BACKDATED_S = 300
/** A request for less than this has its whole duration from now on: backdating does not shorten it. */
const SHORT_S = 8 * 3600

/** The user that signs in a cluster made by kubeadm. */
export const CONTROLLER_USER = 'system:serviceaccount:kube-system:certificate-controller'

const has = ({ status }: CertificateSigningRequest, type: string): boolean =>
  status.conditions?.some(c => c.type === type && c.status === 'True') ?? false

/** From when until when, in milliseconds. */
function validity(now: number, asked: number | undefined, end: number): { from: number; until: number } {
  const seconds = Math.min(YEAR_S, Math.max(LEAST_S, asked ?? YEAR_S))
  const from = now - BACKDATED_S * 1000
  return { from, until: Math.min(end, (seconds < SHORT_S ? now : from) + seconds * 1000) }
}

export const signingController: Controller = {
  name: 'csrsigning',
  for: certificateSigningRequest,
  reconcile({ name }, { client, clock, random }) {
    const request = client.find(certificateSigningRequest, '', name)
    if (!request || !has(request, 'Approved') || has(request, 'Failed') || request.status.certificate) return
    const { spec, status } = request
    const requirement = REQUIREMENTS[spec.signerName]
    const asked = requirement && readRequest(atob(spec.request))
    if (!asked) return
    const writer = client.as(CONTROLLER_USER)
    const usages = spec.usages ?? []
    const why = requirement(asked, usages)
    if (why) {
      const failed = {
        type: 'Failed',
        status: 'True',
        reason: 'SignerValidationFailure',
        message: why,
        lastUpdateTime: clock.timestamp(),
      }
      const conditions = [...(status.conditions ?? []), failed]
      writer.updateStatus(certificateSigningRequest, { ...request, status: { ...status, conditions } })
      return
    }
    // Of a request that its own key has not signed only a log tells.
    if (!asked.isGenuine()) return
    const authority = rootAuthority()
    const now = Math.floor(clock.now() / 1000) * 1000
    const certificate = issue(asked, authority, {
      usages,
      ...validity(now, spec.expirationSeconds, authority.certificate.until),
      serial: numberOf(randomBytes(random, 16)),
    })
    writer.updateStatus(certificateSigningRequest, {
      ...request,
      status: { ...status, certificate: btoa(certificate) },
    })
  },
}
