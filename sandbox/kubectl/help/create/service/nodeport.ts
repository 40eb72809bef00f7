/** `kubectl create service nodeport`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create service nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  long: `Create a NodePort service with the specified name.`,
  examples: `  # Create a new NodePort service named my-ns
  kubectl create service nodeport my-ns --tcp=5678:8080`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['node-port', '', 'int', '0', 'Port used to expose the service on each node in a cluster.'],
    'output',
    'save-config',
    'show-managed-fields',
    'tcp',
    'template',
    'validate',
  ],
}
