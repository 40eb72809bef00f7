/** `kubectl patch`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  long: `Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.

 JSON and YAML formats are accepted.

 Note: Strategic merge patch is not supported for custom resources.`,
  examples: `  # Partially update a node using a strategic merge patch, specifying the patch as JSON
  kubectl patch node k8s-node-1 -p '{"spec":{"unschedulable":true}}'
  
  # Partially update a node using a strategic merge patch, specifying the patch as YAML
  kubectl patch node k8s-node-1 -p $'spec:\\n unschedulable: true'
  
  # Partially update a node identified by the type and name specified in "node.json" using strategic merge patch
  kubectl patch -f node.json -p '{"spec":{"unschedulable":true}}'
  
  # Update a container's image; spec.containers[*].name is required because it's a merge key
  kubectl patch pod valid-pod -p '{"spec":{"containers":[{"name":"kubernetes-serve-hostname","image":"new image"}]}}'
  
  # Update a container's image using a JSON patch with positional arrays
  kubectl patch pod valid-pod --type='json' -p='[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]'
  
  # Update a deployment's replicas through the 'scale' subresource using a merge patch
  kubectl patch deployment nginx-deployment --subresource='scale' --type='merge' -p '{"spec":{"replicas":2}}'`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-patch', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files identifying the resource to update'],
    'kustomize',
    [
      'local',
      '',
      'bool',
      'false',
      'If true, patch will operate on the content of the file, not the server-side resource.',
    ],
    'output',
    ['patch', 'p', 'string', '', 'The patch to be applied to the resource JSON file.'],
    ['patch-file', '', 'string', '', 'A file containing a patch to be applied to the resource.'],
    'recursive',
    'show-managed-fields',
    ['subresource', '', 'string', '', 'If specified, patch will operate on the subresource of the requested object.'],
    'template',
    ['type', '', 'string', 'strategic', 'The type of patch being provided; one of [json merge strategic]'],
  ],
}
