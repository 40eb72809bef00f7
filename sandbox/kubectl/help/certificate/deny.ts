/** `kubectl certificate deny`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'certificate deny (-f FILENAME | NAME)',
  long: `Deny a certificate signing request.

 kubectl certificate deny allows a cluster admin to deny a certificate signing request (CSR). This action tells a certificate signing controller to not to issue a certificate to the requester.`,
  examples: `  # Deny CSR 'csr-sqgzp'
  kubectl certificate deny csr-sqgzp`,
  flags: [
    'allow-missing-template-keys',
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files identifying the resource to update'],
    ['force', '', 'bool', 'false', 'Update the CSR even if it is already denied.'],
    'kustomize',
    'output',
    'recursive',
    'show-managed-fields',
    'template',
  ],
}
