/** `kubectl create clusterrolebinding`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  long: `Create a cluster role binding for a particular cluster role.`,
  examples: `  # Create a cluster role binding for user1, user2, and group1 using the cluster-admin cluster role
  kubectl create clusterrolebinding cluster-admin --clusterrole=cluster-admin --user=user1 --user=user2 --group=group1`,
  flags: [
    'allow-missing-template-keys',
    ['clusterrole', '', 'string', '', 'ClusterRole this ClusterRoleBinding should reference'],
    'dry-run',
    'field-manager',
    ['group', '', 'array', '[]', 'Groups to bind to the clusterrole. The flag can be repeated to add multiple groups.'],
    'output',
    'save-config',
    [
      'serviceaccount',
      '',
      'array',
      '[]',
      'Service accounts to bind to the clusterrole, in the format <namespace>:<name>. The flag can be repeated to add multiple service accounts.',
    ],
    'show-managed-fields',
    'template',
    [
      'user',
      '',
      'array',
      '[]',
      'Usernames to bind to the clusterrole. The flag can be repeated to add multiple users.',
    ],
    'validate',
  ],
  required: ['clusterrole'],
}
