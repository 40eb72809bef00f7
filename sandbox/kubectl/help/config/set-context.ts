/** `kubectl config set-context`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'config set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  long: `Set a context entry in kubeconfig.

 Specifying a name that already exists will merge new fields on top of existing values for those fields.`,
  examples: `  # Set the user field on the gce context entry without touching other values
  kubectl config set-context gce --user=cluster-admin`,
  flags: [
    ['cluster', '', 'string', '', 'cluster for the context entry in kubeconfig'],
    ['current', '', 'tristate', 'false', 'Modify the current context'],
    ['namespace', '', 'string', '', 'namespace for the context entry in kubeconfig'],
    ['user', '', 'string', '', 'user for the context entry in kubeconfig'],
  ],
}
