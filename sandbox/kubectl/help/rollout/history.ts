/** `kubectl rollout history`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'rollout history (TYPE NAME | TYPE/NAME) [flags]',
  long: `View previous rollout revisions and configurations.`,
  examples: `  # View the rollout history of a deployment
  kubectl rollout history deployment/abc
  
  # View the details of daemonset revision 3
  kubectl rollout history daemonset/abc --revision=3`,
  flags: [
    'allow-missing-template-keys',
    'filename',
    'kustomize',
    'output',
    'recursive',
    ['revision', '', 'int', '0', 'See the details, including podTemplate of the revision specified'],
    'selector',
    'show-managed-fields',
    'template',
  ],
}
