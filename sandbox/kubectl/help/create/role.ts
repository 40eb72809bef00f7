/** `kubectl create role`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  long: `Create a role with single rule.`,
  examples: `  # Create a role named "pod-reader" that allows user to perform "get", "watch" and "list" on pods
  kubectl create role pod-reader --verb=get --verb=list --verb=watch --resource=pods
  
  # Create a role named "pod-reader" with ResourceName specified
  kubectl create role pod-reader --verb=get --resource=pods --resource-name=readablepod --resource-name=anotherpod
  
  # Create a role named "foo" with API Group specified
  kubectl create role foo --verb=get,list,watch --resource=rs.apps
  
  # Create a role named "foo" with SubResource specified
  kubectl create role foo --verb=get,list,watch --resource=pods,pods/status`,
  flags: [
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    'output',
    ['resource', '', 'slice', '[]', 'Resource that the rule applies to'],
    [
      'resource-name',
      '',
      'array',
      '[]',
      'Resource in the white list that the rule applies to, repeat this flag for multiple items',
    ],
    'save-config',
    'show-managed-fields',
    'template',
    'validate',
    ['verb', '', 'slice', '[]', 'Verb that applies to the resources contained in the rule'],
  ],
}
