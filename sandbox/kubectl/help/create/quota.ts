/** `kubectl create quota`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  aliases: ['resourcequota'],
  long: `Create a resource quota with the specified name, hard limits, and optional scopes.`,
  examples: `  # Create a new resource quota named my-quota
  kubectl create quota my-quota --hard=cpu=1,memory=1G,pods=2,services=3,replicationcontrollers=2,resourcequotas=1,secrets=5,persistentvolumeclaims=10
  
  # Create a new resource quota named best-effort
  kubectl create quota best-effort --hard=pods=100 --scopes=BestEffort`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['hard', '', 'string', '', 'A comma-delimited set of resource=quantity pairs that define a hard limit.'],
    'output',
    'save-config',
    [
      'scopes',
      '',
      'string',
      '',
      'A comma-delimited set of quota scopes that must all match each object tracked by the quota.',
    ],
    'show-managed-fields',
    'template',
    'validate',
  ],
}
