/** `kubectl set subject`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  long: `Update the user, group, or service account in a role binding or cluster role binding.`,
  examples: `  # Update a cluster role binding for serviceaccount1
  kubectl set subject clusterrolebinding admin --serviceaccount=namespace:serviceaccount1
  
  # Update a role binding for user1, user2, and group1
  kubectl set subject rolebinding admin --user=user1 --user=user2 --group=group1
  
  # Print the result (in YAML format) of updating rolebinding subjects from a local, without hitting the server
  kubectl create rolebinding admin --role=admin --user=admin -o yaml --dry-run=client | kubectl set subject --local -f - --user=foo -o yaml`,
  flags: [
    'all',
    'allow-missing-template-keys',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-set', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files the resource to update the subjects'],
    ['group', '', 'array', '[]', 'Groups to bind to the role'],
    'kustomize',
    ['local', '', 'bool', 'false', 'If true, set subject will NOT contact api-server but run locally.'],
    'output',
    'recursive',
    'selector',
    ['serviceaccount', '', 'array', '[]', 'Service accounts to bind to the role'],
    'show-managed-fields',
    'template',
    ['user', '', 'array', '[]', 'Usernames to bind to the role'],
  ],
}
