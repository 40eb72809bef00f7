/** `kubectl create cronjob`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  aliases: ['cj'],
  long: `Create a cron job with the specified name.`,
  examples: `  # Create a cron job
  kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *"
  
  # Create a cron job with a command
  kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['image', '', 'string', '', 'Image name to run.'],
    'output',
    ['restart', '', 'string', '', "job's restart policy. supported values: OnFailure, Never"],
    'save-config',
    ['schedule', '', 'string', '', 'A schedule in the Cron format the job should be run with.'],
    'show-managed-fields',
    'template',
    'validate',
  ],
  required: ['image', 'schedule'],
}
