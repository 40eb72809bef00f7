/** `kubectl create secret tls`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  long: `Create a TLS secret from the given public/private key pair.

 The public/private key pair must exist beforehand. The public key certificate must be .PEM encoded and match the given private key.`,
  examples: `  # Create a new TLS secret named tls-secret with the given key pair
  kubectl create secret tls tls-secret --cert=path/to/tls.crt --key=path/to/tls.key`,
  flags: [
    'allow-missing-template-keys',
    'append-hash',
    ['cert', '', 'string', '', 'Path to PEM encoded public key certificate.'],
    'dry-run',
    'field-manager',
    ['key', '', 'string', '', 'Path to private key associated with given certificate.'],
    'output',
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
  ],
}
