/** `kubectl rollout pause`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'rollout pause RESOURCE',
  long: `Mark the provided resource as paused.

 Paused resources will not be reconciled by a controller. Use "kubectl rollout resume" to resume a paused resource. Currently only deployments support being paused.`,
  examples: `  # Mark the nginx deployment as paused
  # Any current state of the deployment will continue its function; new updates
  # to the deployment will not have an effect as long as the deployment is paused
  kubectl rollout pause deployment/nginx`,
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
