/** `kubectl apply view-last-applied`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  long: `View the latest last-applied-configuration annotations by type/name or file.

 The default output will be printed to stdout in YAML format. You can use the -o option to change the output format.`,
  examples: `  # View the last-applied-configuration annotations by type/name in YAML
  kubectl apply view-last-applied deployment/nginx
  
  # View the last-applied-configuration annotations by file in JSON
  kubectl apply view-last-applied -f deploy.yaml -o json`,
  flags: [
    ['all', '', 'bool', 'false', 'Select all resources in the namespace of the specified resource types'],
    [
      'filename',
      'f',
      'slice',
      '[]',
      'Filename, directory, or URL to files that contains the last-applied-configuration annotations',
    ],
    'kustomize',
    ['output', 'o', 'string', 'yaml', 'Output format. Must be one of (yaml, json)'],
    'recursive',
    'selector',
  ],
}
