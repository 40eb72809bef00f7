/** `kubectl top`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'top [flags]',
  long: `Display resource (CPU/memory) usage.

 The top command allows you to see the resource consumption for nodes or pods.

 This command requires Metrics Server to be correctly configured and working on the server.`,
}
