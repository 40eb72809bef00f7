/** `kubectl cordon`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'cordon NODE',
  long: `Mark node as unschedulable.`,
  examples: `  # Mark node "foo" as unschedulable
  kubectl cordon foo`,
  flags: ['dry-run', 'selector'],
}
