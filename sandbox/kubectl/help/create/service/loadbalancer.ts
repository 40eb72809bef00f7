/** `kubectl create service loadbalancer`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create service loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  long: `Create a LoadBalancer service with the specified name.`,
  examples: `  # Create a new LoadBalancer service named my-lbs
  kubectl create service loadbalancer my-lbs --tcp=5678:8080`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    'output',
    'save-config',
    'show-managed-fields',
    'tcp',
    'template',
    'validate',
  ],
}
