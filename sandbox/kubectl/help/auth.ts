/** `kubectl auth`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../command/command.ts'

export const help: Help = {
  use: 'auth [flags]',
  long: `Inspect authorization.`,
}
