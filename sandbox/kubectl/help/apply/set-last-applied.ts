/** `kubectl apply set-last-applied`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'apply set-last-applied -f FILENAME',
  long: `Set the latest last-applied-configuration annotations by setting it to match the contents of a file. This results in the last-applied-configuration being updated as though 'kubectl apply -f<file> ' was run, without updating any other parts of the object.`,
  examples: `  # Set the last-applied-configuration of a resource to match the contents of a file
  kubectl apply set-last-applied -f deploy.yaml
  
  # Execute set-last-applied against each configuration file in a directory
  kubectl apply set-last-applied -f path/
  
  # Set the last-applied-configuration of a resource to match the contents of a file; will create the annotation if it does not already exist
  kubectl apply set-last-applied -f deploy.yaml --create-annotation=true`,
  flags: [
    'allow-missing-template-keys',
    [
      'create-annotation',
      '',
      'bool',
      'false',
      "Will create 'last-applied-configuration' annotations if current objects doesn't have one",
    ],
    'dry-run',
    [
      'filename',
      'f',
      'slice',
      '[]',
      'Filename, directory, or URL to files that contains the last-applied-configuration annotations',
    ],
    'output',
    'show-managed-fields',
    'template',
  ],
}
