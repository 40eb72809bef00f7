/** `kubectl config get-users`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config get-users [flags]',
  long: `Display users defined in the kubeconfig.`,
  examples: `  # List the users that kubectl knows about
  kubectl config get-users`,
}
