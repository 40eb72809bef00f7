/** `kubectl create service clusterip`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create service clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
  long: `Create a ClusterIP service with the specified name.`,
  examples: `  # Create a new ClusterIP service named my-cs
  kubectl create service clusterip my-cs --tcp=5678:8080
  
  # Create a new ClusterIP service named my-cs (in headless mode)
  kubectl create service clusterip my-cs --clusterip="None"`,
  flags: [
    'allow-missing-template-keys',
    [
      'clusterip',
      '',
      'string',
      '',
      "Assign your own ClusterIP or set to 'None' for a 'headless' service (no loadbalancing).",
    ],
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
