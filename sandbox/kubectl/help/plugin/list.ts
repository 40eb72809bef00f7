/** `kubectl plugin list`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'plugin list [flags]',
  long: `List all available plugin files on a user's PATH. To see plugins binary names without the full path use --name-only flag.

 Available plugin files are those that are: - executable - anywhere on the user's PATH - begin with "kubectl-"`,
  examples: `  # List all available plugins
  kubectl plugin list
  
  # List only binary names of available plugins without paths
  kubectl plugin list --name-only`,
  flags: [
    [
      'name-only',
      '',
      'bool',
      'false',
      'If true, display only the binary name of each plugin, rather than its full path',
    ],
  ],
}
