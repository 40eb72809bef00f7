/** `kubectl config get-clusters`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config get-clusters [flags]',
  long: `Display clusters defined in the kubeconfig.`,
  examples: `  # List the clusters that kubectl knows about
  kubectl config get-clusters`,
}
