/** `kubectl set selector`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  long: `Set the selector on a resource. Note that the new selector will overwrite the old selector if the resource had one prior to the invocation of 'set selector'.

 A selector must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 63 characters. If --resource-version is specified, then updates will use this resource version, otherwise the existing resource-version will be used. Note: currently selectors can only be set on Service objects.`,
  examples: `  # Set the labels and selector before creating a deployment/service pair
  kubectl create service clusterip my-svc --clusterip="None" -o yaml --dry-run=client | kubectl set selector --local -f - 'environment=qa' -o yaml | kubectl create -f -
  kubectl create deployment my-dep -o yaml --dry-run=client | kubectl label --local -f - environment=qa -o yaml | kubectl create -f -`,
  flags: [
    ['all', '', 'bool', 'false', 'Select all resources in the namespace of the specified resource types'],
    'allow-missing-template-keys',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-set', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'identifying the resource.'],
    'local',
    'output',
    [
      'recursive',
      'R',
      'bool',
      'true',
      'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same directory.',
    ],
    [
      'resource-version',
      '',
      'string',
      '',
      'If non-empty, the selectors update will only succeed if this is the current resource-version for the object. Only valid when specifying a single resource.',
    ],
    'show-managed-fields',
    'template',
  ],
}
