/** `kubectl top pod`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'top pod [NAME | -l label]',
  aliases: ['pods', 'po'],
  long: `Display resource (CPU/memory) usage of pods.

 The 'top pod' command allows you to see the resource consumption of pods.

 Due to the metrics pipeline delay, they may be unavailable for a few minutes since pod creation.`,
  examples: `  # Show metrics for all pods in the default namespace
  kubectl top pod
  
  # Show metrics for all pods in the given namespace
  kubectl top pod --namespace=NAMESPACE
  
  # Show metrics for a given pod and its containers
  kubectl top pod POD_NAME --containers
  
  # Show metrics for the pods defined by label name=myLabel
  kubectl top pod -l name=myLabel`,
  flags: [
    'all-namespaces',
    ['containers', '', 'bool', 'false', 'If present, print usage of containers within a pod.'],
    'field-selector',
    ['no-headers', '', 'bool', 'false', 'If present, print output without headers.'],
    'selector',
    [
      'sort-by',
      '',
      'string',
      '',
      "If non-empty, sort pods list using specified field. The field can be either 'cpu' or 'memory'.",
    ],
    ['sum', '', 'bool', 'false', 'Print the sum of the resource usage'],
    ['use-protocol-buffers', '', 'bool', 'true', 'Enables using protocol-buffers to access Metrics API.'],
  ],
}
