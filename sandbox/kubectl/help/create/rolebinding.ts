/** `kubectl create rolebinding`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  long: `Create a role binding for a particular role or cluster role.`,
  examples: `  # Create a role binding for user1, user2, and group1 using the admin cluster role
  kubectl create rolebinding admin --clusterrole=admin --user=user1 --user=user2 --group=group1
  
  # Create a role binding for service account monitoring:sa-dev using the admin role
  kubectl create rolebinding admin-binding --role=admin --serviceaccount=monitoring:sa-dev`,
  flags: [
    'allow-missing-template-keys',
    ['clusterrole', '', 'string', '', 'ClusterRole this RoleBinding should reference'],
    'dry-run',
    'field-manager',
    ['group', '', 'array', '[]', 'Groups to bind to the role. The flag can be repeated to add multiple groups.'],
    'output',
    ['role', '', 'string', '', 'Role this RoleBinding should reference'],
    'save-config',
    [
      'serviceaccount',
      '',
      'array',
      '[]',
      'Service accounts to bind to the role, in the format <namespace>:<name>. The flag can be repeated to add multiple service accounts.',
    ],
    'show-managed-fields',
    'template',
    ['user', '', 'array', '[]', 'Usernames to bind to the role. The flag can be repeated to add multiple users.'],
    'validate',
  ],
}
