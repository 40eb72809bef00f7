/** `kubectl create priorityclass`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  aliases: ['pc'],
  long: `Create a priority class with the specified name, value, globalDefault and description.`,
  examples: `  # Create a priority class named high-priority
  kubectl create priorityclass high-priority --value=1000 --description="high priority"
  
  # Create a priority class named default-priority that is considered as the global default priority
  kubectl create priorityclass default-priority --value=1000 --global-default=true --description="default priority"
  
  # Create a priority class named high-priority that cannot preempt pods with lower priority
  kubectl create priorityclass high-priority --value=1000 --description="high priority" --preemption-policy="Never"`,
  flags: [
    'allow-missing-template-keys',
    [
      'description',
      '',
      'string',
      '',
      'description is an arbitrary string that usually provides guidelines on when this priority class should be used.',
    ],
    'dry-run',
    'field-manager',
    [
      'global-default',
      '',
      'bool',
      'false',
      'global-default specifies whether this PriorityClass should be considered as the default priority.',
    ],
    'output',
    [
      'preemption-policy',
      '',
      'string',
      'PreemptLowerPriority',
      'preemption-policy is the policy for preempting pods with lower priority.',
    ],
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
    ['value', '', 'int', '0', 'the value of this priority class.'],
  ],
}
