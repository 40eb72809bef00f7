/** `kubectl config delete-cluster`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config delete-cluster NAME',
  long: `Delete the specified cluster from the kubeconfig.`,
  examples: `  # Delete the minikube cluster
  kubectl config delete-cluster minikube`,
}
