/** `kubectl create poddisruptionbudget`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  aliases: ['pdb'],
  long: `Create a pod disruption budget with the specified name, selector, and desired minimum available pods.`,
  examples: `  # Create a pod disruption budget named my-pdb that will select all pods with the app=rails label
  # and require at least one of them being available at any point in time
  kubectl create poddisruptionbudget my-pdb --selector=app=rails --min-available=1
  
  # Create a pod disruption budget named my-pdb that will select all pods with the app=nginx label
  # and require at least half of the pods selected to be available at any point in time
  kubectl create pdb my-pdb --selector=app=nginx --min-available=50%`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['max-unavailable', '', 'string', '', 'The maximum number or percentage of unavailable pods this budget requires.'],
    ['min-available', '', 'string', '', 'The minimum number or percentage of available pods this budget requires.'],
    'output',
    'save-config',
    [
      'selector',
      '',
      'string',
      '',
      'A label selector to use for this budget. Only equality-based selector requirements are supported.',
    ],
    'show-managed-fields',
    'template',
    'validate',
  ],
}
