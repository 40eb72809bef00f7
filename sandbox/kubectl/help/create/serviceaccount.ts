/** `kubectl create serviceaccount`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create serviceaccount NAME [--dry-run=server|client|none]',
  aliases: ['sa'],
  long: `Create a service account with the specified name.`,
  examples: `  # Create a new service account named my-service-account
  kubectl create serviceaccount my-service-account`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    'output',
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
  ],
}
