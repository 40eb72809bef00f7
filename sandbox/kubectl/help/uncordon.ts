/** `kubectl uncordon`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'uncordon NODE',
  long: `Mark node as schedulable.`,
  examples: `  # Mark node "foo" as schedulable
  kubectl uncordon foo`,
  flags: ['dry-run', 'selector'],
}
