/** `kubectl create service`: its words and flags, as kubectl 1.33 has them. */
import type { Help } from '../../command/command.ts'

export const help: Help = {
  use: 'create service [flags]',
  aliases: ['svc'],
  long: `Create a service using a specified subcommand.`,
}
