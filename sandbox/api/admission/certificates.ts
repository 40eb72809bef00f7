/** CertificateApproval, CertificateSigning and CertificateSubjectRestriction; their rules come with the checks of the kind. */
import { rare } from '../kinds/validation/parts.ts'
import type { AdmissionPlugin } from './admission.ts'

export const certificates: AdmissionPlugin = {
  name: 'CertificateApproval',
  of: ['*.certificates.k8s.io'],
  admit: request => rare.now.setRequestor(request),
  validate: (request, server) => rare.now.checkSigner(request, server),
}
