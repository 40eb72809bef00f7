/** `kubectl rollout undo`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'rollout undo (TYPE NAME | TYPE/NAME) [flags]',
  long: `Roll back to a previous rollout.`,
  examples: `  # Roll back to the previous deployment
  kubectl rollout undo deployment/abc
  
  # Roll back to daemonset revision 3
  kubectl rollout undo daemonset/abc --to-revision=3
  
  # Roll back to the previous deployment with dry-run
  kubectl rollout undo --dry-run=server deployment/abc`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'filename',
    'kustomize',
    'output',
    'recursive',
    'selector',
    'show-managed-fields',
    'template',
    ['to-revision', '', 'int', '0', 'The revision to rollback to. Default to 0 (last revision).'],
  ],
}
