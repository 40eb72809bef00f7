/** `kubectl set serviceaccount`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  aliases: ['sa'],
  long: `Update the service account of pod template resources.

 Possible resources (case insensitive) can be:

 replicationcontroller (rc), deployment (deploy), daemonset (ds), job, replicaset (rs), statefulset`,
  examples: `  # Set deployment nginx-deployment's service account to serviceaccount1
  kubectl set serviceaccount deployment nginx-deployment serviceaccount1
  
  # Print the result (in YAML format) of updated nginx deployment with the service account from local file, without hitting the API server
  kubectl set sa -f nginx-deployment.yaml serviceaccount1 --local --dry-run=client -o yaml`,
  flags: [
    'all',
    'allow-missing-template-keys',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-set', 'Name of the manager used to track field ownership.'],
    'filename',
    'kustomize',
    ['local', '', 'bool', 'false', 'If true, set serviceaccount will NOT contact api-server but run locally.'],
    'output',
    'recursive',
    'show-managed-fields',
    'template',
  ],
}
