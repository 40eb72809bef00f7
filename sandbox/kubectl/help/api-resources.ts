/** `kubectl api-resources`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'api-resources [flags]',
  long: `Print the supported API resources on the server.`,
  examples: `  # Print the supported API resources
  kubectl api-resources
  
  # Print the supported API resources with more information
  kubectl api-resources -o wide
  
  # Print the supported API resources sorted by a column
  kubectl api-resources --sort-by=name
  
  # Print the supported namespaced resources
  kubectl api-resources --namespaced=true
  
  # Print the supported non-namespaced resources
  kubectl api-resources --namespaced=false
  
  # Print the supported API resources with a specific APIGroup
  kubectl api-resources --api-group=rbac.authorization.k8s.io`,
  flags: [
    ['api-group', '', 'string', '', 'Limit to resources in the specified API group.'],
    ['cached', '', 'bool', 'false', 'Use the cached list of resources if available.'],
    ['categories', '', 'slice', '[]', 'Limit to resources that belong to the specified categories.'],
    [
      'namespaced',
      '',
      'bool',
      'true',
      'If false, non-namespaced resources will be returned, otherwise returning namespaced resources by default.',
    ],
    'no-headers',
    ['output', 'o', 'string', '', 'Output format. One of: (wide, name).'],
    [
      'sort-by',
      '',
      'string',
      '',
      "If non-empty, sort list of resources using specified field. The field can be either 'name' or 'kind'.",
    ],
    ['verbs', '', 'slice', '[]', 'Limit to resources that support the specified verbs.'],
  ],
}
