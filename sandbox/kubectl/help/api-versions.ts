/** `kubectl api-versions`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'api-versions',
  long: `Print the supported API versions on the server, in the form of "group/version".`,
  examples: `  # Print the supported API versions
  kubectl api-versions`,
}
