/** `kubectl top node`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'top node [NAME | -l label]',
  aliases: ['nodes', 'no'],
  long: `Display resource (CPU/memory) usage of nodes.

 The top-node command allows you to see the resource consumption of nodes.`,
  examples: `  # Show metrics for all nodes
  kubectl top node
  
  # Show metrics for a given node
  kubectl top node NODE_NAME`,
  flags: [
    ['no-headers', '', 'bool', 'false', 'If present, print output without headers'],
    'selector',
    [
      'show-capacity',
      '',
      'bool',
      'false',
      'Print node resources based on Capacity instead of Allocatable(default) of the nodes.',
    ],
    [
      'sort-by',
      '',
      'string',
      '',
      "If non-empty, sort nodes list using specified field. The field can be either 'cpu' or 'memory'.",
    ],
    ['use-protocol-buffers', '', 'bool', 'true', 'Enables using protocol-buffers to access Metrics API.'],
  ],
}
