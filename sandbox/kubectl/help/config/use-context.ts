/** `kubectl config use-context`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config use-context CONTEXT_NAME',
  aliases: ['use'],
  long: `Set the current-context in a kubeconfig file.`,
  examples: `  # Use the context for the minikube cluster
  kubectl config use-context minikube`,
}
