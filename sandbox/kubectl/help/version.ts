/** `kubectl version`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'version [flags]',
  long: `Print the client and server version information for the current context.`,
  examples: `  # Print the client and server versions for the current context
  kubectl version`,
  flags: [
    ['client', '', 'bool', 'false', 'If true, shows client version only (no server required).'],
    ['output', 'o', 'string', '', "One of 'yaml' or 'json'."],
  ],
}
