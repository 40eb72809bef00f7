/** `kubectl config delete-user`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config delete-user NAME',
  long: `Delete the specified user from the kubeconfig.`,
  examples: `  # Delete the minikube user
  kubectl config delete-user minikube`,
}
