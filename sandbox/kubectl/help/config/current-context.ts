/** `kubectl config current-context`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config current-context [flags]',
  long: `Display the current-context.`,
  examples: `  # Display the current-context
  kubectl config current-context`,
}
