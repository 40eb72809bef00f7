/** `kubectl create clusterrole`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  long: `Create a cluster role.`,
  examples: `  # Create a cluster role named "pod-reader" that allows user to perform "get", "watch" and "list" on pods
  kubectl create clusterrole pod-reader --verb=get,list,watch --resource=pods
  
  # Create a cluster role named "pod-reader" with ResourceName specified
  kubectl create clusterrole pod-reader --verb=get --resource=pods --resource-name=readablepod --resource-name=anotherpod
  
  # Create a cluster role named "foo" with API Group specified
  kubectl create clusterrole foo --verb=get,list,watch --resource=rs.apps
  
  # Create a cluster role named "foo" with SubResource specified
  kubectl create clusterrole foo --verb=get,list,watch --resource=pods,pods/status
  
  # Create a cluster role name "foo" with NonResourceURL specified
  kubectl create clusterrole "foo" --verb=get --non-resource-url=/logs/*
  
  # Create a cluster role name "monitoring" with AggregationRule specified
  kubectl create clusterrole monitoring --aggregation-rule="rbac.example.com/aggregate-to-monitoring=true"`,
  flags: [
    ['aggregation-rule', '', 'plainmap', '', 'An aggregation label selector for combining ClusterRoles.'],
    'allow-missing-template-keys',
    'dry-run',
    'field-manager',
    ['non-resource-url', '', 'slice', '[]', 'A partial url that user should have access to.'],
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
