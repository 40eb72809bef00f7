/** `kubectl certificate approve`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'certificate approve (-f FILENAME | NAME)',
  long: `Approve a certificate signing request.

 kubectl certificate approve allows a cluster admin to approve a certificate signing request (CSR). This action tells a certificate signing controller to issue a certificate to the requester with the attributes requested in the CSR.

 SECURITY NOTICE: Depending on the requested attributes, the issued certificate can potentially grant a requester access to cluster resources or to authenticate as a requested identity. Before approving a CSR, ensure you understand what the signed certificate can do.`,
  examples: `  # Approve CSR 'csr-sqgzp'
  kubectl certificate approve csr-sqgzp`,
  flags: [
    'allow-missing-template-keys',
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files identifying the resource to update'],
    ['force', '', 'bool', 'false', 'Update the CSR even if it is already approved.'],
    'kustomize',
    'output',
    'recursive',
    'show-managed-fields',
    'template',
  ],
}
