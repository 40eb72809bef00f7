/** `kubectl config delete-context`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config delete-context NAME',
  long: `Delete the specified context from the kubeconfig.`,
  examples: `  # Delete the context for the minikube cluster
  kubectl config delete-context minikube`,
}
