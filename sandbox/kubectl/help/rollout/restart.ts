/** `kubectl rollout restart`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'rollout restart RESOURCE',
  long: `Restart a resource.

        Resource rollout will be restarted.`,
  examples: `  # Restart all deployments in the test-namespace namespace
  kubectl rollout restart deployment -n test-namespace
  
  # Restart a deployment
  kubectl rollout restart deployment/nginx
  
  # Restart a daemon set
  kubectl rollout restart daemonset/abc
  
  # Restart deployments with the app=nginx label
  kubectl rollout restart deployment --selector=app=nginx`,
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
