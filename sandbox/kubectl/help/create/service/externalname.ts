/** `kubectl create service externalname`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create service externalname NAME --external-name external.name [--dry-run=server|client|none]',
  long: `Create an ExternalName service with the specified name.

 ExternalName service references to an external DNS address instead of only pods, which will allow application authors to reference services that exist off platform, on other clusters, or locally.`,
  examples: `  # Create a new ExternalName service named my-ns
  kubectl create service externalname my-ns --external-name bar.com`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    ['external-name', '', 'string', '', 'External name of service'],
    'field-manager',
    'output',
    'save-config',
    'show-managed-fields',
    'tcp',
    'template',
    'validate',
  ],
  required: ['external-name'],
}
