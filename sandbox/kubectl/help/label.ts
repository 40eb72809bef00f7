/** `kubectl label`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  long: `Update the labels on a resource.

  *  A label key and value must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 63 characters each.
  *  Optionally, the key can begin with a DNS subdomain prefix and a single '/', like example.com/my-app.
  *  If --overwrite is true, then existing labels can be overwritten, otherwise attempting to overwrite a label will result in an error.
  *  If --resource-version is specified, then updates will use this resource version, otherwise the existing resource-version will be used.`,
  examples: `  # Update pod 'foo' with the label 'unhealthy' and the value 'true'
  kubectl label pods foo unhealthy=true
  
  # Update pod 'foo' with the label 'status' and the value 'unhealthy', overwriting any existing value
  kubectl label --overwrite pods foo status=unhealthy
  
  # Update all pods in the namespace
  kubectl label pods --all status=unhealthy
  
  # Update a pod identified by the type and name in "pod.json"
  kubectl label -f pod.json status=unhealthy
  
  # Update pod 'foo' only if the resource is unchanged from version 1
  kubectl label pods foo status=unhealthy --resource-version=1
  
  # Update pod 'foo' by removing a label named 'bar' if it exists
  # Does not require the --overwrite flag
  kubectl label pods foo bar-`,
  flags: [
    'all',
    ['all-namespaces', 'A', 'bool', 'false', 'If true, check the specified action in all namespaces.'],
    'allow-missing-template-keys',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-label', 'Name of the manager used to track field ownership.'],
    'field-selector',
    [
      'filename',
      'f',
      'slice',
      '[]',
      'Filename, directory, or URL to files identifying the resource to update the labels',
    ],
    'kustomize',
    ['list', '', 'bool', 'false', 'If true, display the labels for a given resource.'],
    ['local', '', 'bool', 'false', 'If true, label will NOT contact api-server but run locally.'],
    'output',
    [
      'overwrite',
      '',
      'bool',
      'false',
      'If true, allow labels to be overwritten, otherwise reject label updates that overwrite existing labels.',
    ],
    'recursive',
    [
      'resource-version',
      '',
      'string',
      '',
      'If non-empty, the labels update will only succeed if this is the current resource-version for the object. Only valid when specifying a single resource.',
    ],
    'selector',
    'show-managed-fields',
    'template',
  ],
}
