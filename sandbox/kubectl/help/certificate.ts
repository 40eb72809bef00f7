/** `kubectl certificate`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'certificate SUBCOMMAND',
  long: `Modify certificate resources.`,
}
