/** `kubectl replace`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'replace -f FILENAME',
  long: `Replace a resource by file name or stdin.

 JSON and YAML formats are accepted. If replacing an existing resource, the complete resource spec must be provided. This can be obtained by

        $ kubectl get TYPE NAME -o yaml`,
  examples: `  # Replace a pod using the data in pod.json
  kubectl replace -f ./pod.json
  
  # Replace a pod based on the JSON passed into stdin
  cat pod.json | kubectl replace -f -
  
  # Update a single-container pod's image version (tag) to v4
  kubectl get pod mypod -o yaml | sed 's/\\(image: myimage\\):.*$/\\1:v4/' | kubectl replace -f -
  
  # Force replace, delete and then re-create the resource
  kubectl replace --force -f ./pod.json`,
  flags: [
    'allow-missing-template-keys',
    'cascade',
    'dry-run',
    ['field-manager', '', 'string', 'kubectl-replace', 'Name of the manager used to track field ownership.'],
    ['filename', 'f', 'slice', '[]', 'The files that contain the configurations to replace.'],
    'force',
    'grace-period',
    [
      'kustomize',
      'k',
      'string',
      '',
      "Process a kustomization directory. This flag can't be used together with -f or -R.",
    ],
    'output',
    ['raw', '', 'string', '', 'Raw URI to PUT to the server.  Uses the transport specified by the kubeconfig file.'],
    'recursive',
    'save-config',
    'show-managed-fields',
    ['subresource', '', 'string', '', 'If specified, replace will operate on the subresource of the requested object.'],
    'template',
    'timeout',
    'validate',
    'wait',
  ],
}
