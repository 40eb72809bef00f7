/** `kubectl events`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'events [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  long: `Display events.

 Prints a table of the most important information about events. You can request events for a namespace, for all namespace, or filtered to only those pertaining to a specified resource.`,
  examples: `  # List recent events in the default namespace
  kubectl events
  
  # List recent events in all namespaces
  kubectl events --all-namespaces
  
  # List recent events for the specified pod, then wait for more events and list them as they arrive
  kubectl events --for pod/web-pod-13je7 --watch
  
  # List recent events in YAML format
  kubectl events -oyaml
  
  # List recent only events of type 'Warning' or 'Normal'
  kubectl events --types=Warning,Normal`,
  flags: [
    'all-namespaces',
    'allow-missing-template-keys',
    'chunk-size',
    ['for', '', 'string', '', 'Filter events to only those pertaining to the specified resource.'],
    ['no-headers', '', 'bool', 'false', "When using the default output format, don't print headers."],
    'output',
    'show-managed-fields',
    'template',
    ['types', '', 'slice', '[]', 'Output only events of given types.'],
    ['watch', 'w', 'bool', 'false', 'After listing the requested events, watch for more events.'],
  ],
}
