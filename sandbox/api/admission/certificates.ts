/** The requester of certificates, and CertificateApproval, CertificateSigning and CertificateSubjectRestriction; their rules come with the checks of the kind. */
import { rare } from '../kinds/validation/parts.ts'
import type { AdmissionPlugin } from './admission.ts'

const of = ['*.certificates.k8s.io']

export const certificates: readonly AdmissionPlugin[] = [
  { of, admit: request => rare.now.setRequestor(request) },
  { name: 'CertificateApproval', of, validate: (request, server) => rare.now.checkApproval(request, server) },
  { name: 'CertificateSigning', of, validate: (request, server) => rare.now.checkSigning(request, server) },
  { name: 'CertificateSubjectRestriction', of, validate: request => rare.now.checkSubject(request) },
]
