/** `kubectl create job`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  long: `Create a job with the specified name.`,
  examples: `  # Create a job
  kubectl create job my-job --image=busybox
  
  # Create a job with a command
  kubectl create job my-job --image=busybox -- date
  
  # Create a job from a cron job named "a-cronjob"
  kubectl create job test-job --from=cronjob/a-cronjob`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['from', '', 'string', '', 'The name of the resource to create a Job from (only cronjob is supported).'],
    ['image', '', 'string', '', 'Image name to run.'],
    'output',
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
  ],
}
