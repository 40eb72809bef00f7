/** `kubectl create namespace`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create namespace NAME [--dry-run=server|client|none]',
  aliases: ['ns'],
  long: `Create a namespace with the specified name.`,
  examples: `  # Create a new namespace named my-namespace
  kubectl create namespace my-namespace`,
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
