/** `kubectl set`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'set SUBCOMMAND',
  long: `Configure application resources.

 These commands help you make changes to existing application resources.`,
}
