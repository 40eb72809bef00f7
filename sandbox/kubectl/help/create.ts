/** `kubectl create`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'create -f FILENAME',
  long: `Create a resource from a file or from stdin.

 JSON and YAML formats are accepted.`,
  examples: `  # Create a pod using the data in pod.json
  kubectl create -f ./pod.json
  
  # Create a pod based on the JSON passed into stdin
  cat pod.json | kubectl create -f -
  
  # Edit the data in registry.yaml in JSON then create the resource using the edited data
  kubectl create -f registry.yaml --edit -o json`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    ['edit', '', 'bool', 'false', 'Edit the API resource before creating'],
    'field-manager',
    ['filename', 'f', 'slice', '[]', 'Filename, directory, or URL to files to use to create the resource'],
    'kustomize',
    'output',
    ['raw', '', 'string', '', 'Raw URI to POST to the server.  Uses the transport specified by the kubeconfig file.'],
    'recursive',
    'save-config',
    'selector',
    'show-managed-fields',
    'template',
    'validate',
    [
      'windows-line-endings',
      '',
      'bool',
      'false',
      'Only relevant if --edit=true. Defaults to the line ending native to your platform.',
    ],
  ],
}
