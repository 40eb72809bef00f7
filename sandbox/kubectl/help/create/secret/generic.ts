/** `kubectl create secret generic`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../../command/command.ts'

export const help: Help = {
  use: 'create secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  long: `Create a secret based on a file, directory, or specified literal value.

 A single secret may package one or more key/value pairs.

 When creating a secret based on a file, the key will default to the basename of the file, and the value will default to the file content. If the basename is an invalid key or you wish to chose your own, you may specify an alternate key.

 When creating a secret based on a directory, each file whose basename is a valid key in the directory will be packaged into the secret. Any directory entries except regular files are ignored (e.g. subdirectories, symlinks, devices, pipes, etc).`,
  examples: `  # Create a new secret named my-secret with keys for each file in folder bar
  kubectl create secret generic my-secret --from-file=path/to/bar
  
  # Create a new secret named my-secret with specified keys instead of names on disk
  kubectl create secret generic my-secret --from-file=ssh-privatekey=path/to/id_rsa --from-file=ssh-publickey=path/to/id_rsa.pub
  
  # Create a new secret named my-secret with key1=supersecret and key2=topsecret
  kubectl create secret generic my-secret --from-literal=key1=supersecret --from-literal=key2=topsecret
  
  # Create a new secret named my-secret using a combination of a file and a literal
  kubectl create secret generic my-secret --from-file=ssh-privatekey=path/to/id_rsa --from-literal=passphrase=topsecret
  
  # Create a new secret named my-secret from env files
  kubectl create secret generic my-secret --from-env-file=path/to/foo.env --from-env-file=path/to/bar.env`,
  flags: [
    'allow-missing-template-keys',
    'append-hash',
    'dry-run',
    'field-manager',
    [
      'from-env-file',
      '',
      'slice',
      '[]',
      'Specify the path to a file to read lines of key=val pairs to create a secret.',
    ],
    [
      'from-file',
      '',
      'slice',
      '[]',
      'Key files can be specified using their file path, in which case a default name will be given to them, or optionally with a name and file path, in which case the given name will be used.  Specifying a directory will iterate each named file in the directory that is a valid secret key.',
    ],
    ['from-literal', '', 'array', '[]', 'Specify a key and literal value to insert in secret (i.e. mykey=somevalue)'],
    'output',
    'save-config',
    'show-managed-fields',
    'template',
    ['type', '', 'string', '', 'The type of secret to create'],
    'validate',
  ],
}
