/** `kubectl rollout resume`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'rollout resume RESOURCE',
  long: `Resume a paused resource.

 Paused resources will not be reconciled by a controller. By resuming a resource, we allow it to be reconciled again. Currently only deployments support being resumed.`,
  examples: `  # Resume an already paused deployment
  kubectl rollout resume deployment/nginx`,
  flags: [
    'allow-missing-template-keys',
    ['field-manager', '', 'string', 'kubectl-rollout', 'Name of the manager used to track field ownership.'],
    'filename',
    'kustomize',
    'output',
    'recursive',
    'selector',
    'show-managed-fields',
    'template',
  ],
}
