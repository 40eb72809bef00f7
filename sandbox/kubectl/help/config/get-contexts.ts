/** `kubectl config get-contexts`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config get-contexts [(-o|--output=)name)]',
  long: `Display one or many contexts from the kubeconfig file.`,
  examples: `  # List all the contexts in your kubeconfig file
  kubectl config get-contexts
  
  # Describe one context in your kubeconfig file
  kubectl config get-contexts my-context`,
  flags: ['no-headers', ['output', 'o', 'string', '', 'Output format. One of: (name).']],
}
