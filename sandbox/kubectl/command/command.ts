/** A command: its words, its flags, its place in the tree; and its help, laid out as kubectl lays it out. */

import { shared } from '../help/shared.ts'
import type { Kubectl } from '../kubectl.ts'
import { type FlagRow, printFlag } from './flags.ts'

/** What `--help` says of a command, with its flags: the one table behind parsing, help and completion. */
export interface Help {
  /** The usage line, without `kubectl` and without `[options]`. */
  use: string
  aliases?: readonly string[]
  long: string
  examples?: string
  /** A name alone stands for a flag of help/shared.ts. */
  flags?: readonly (string | FlagRow)[]
  required?: readonly string[]
}

/** Does a command's work; the exit code is 0 where none is returned. Failures are thrown. */
// biome-ignore lint/suspicious/noConfusingVoidType: a verb that ends without a word has succeeded
export type Run = (k: Kubectl) => Promise<number | void>

export interface Command {
  name: string
  /** The heading of the root's help under which it stands. */
  group?: string
  short: string
  aliases?: readonly string[]
  suggestFor?: readonly string[]
  help: () => Promise<{ help: Help }>
  /** Absent where only the subcommands do something. */
  code?: () => Promise<{ run: Run }>
  commands?: readonly Command[]
}

export const flagsOf = (help: Help): FlagRow[] => (help.flags ?? []).map(f => (typeof f === 'string' ? shared[f]! : f))

const list = (commands: readonly Command[]): string => {
  const padding = Math.max(11, ...commands.map(c => c.name.length))
  return commands.map(c => `  ${c.name.padEnd(padding)}   ${c.short}\n`).join('')
}

/** @param path of the command's names from the root on, without `kubectl` */
export function helpText(command: Command, help: Help, path: readonly string[]): string {
  const flags = flagsOf(help)
  const names = ['kubectl', ...path].join(' ')
  return [
    `${help.long}\n\n`,
    help.aliases ? `Aliases:\n${[command.name, ...help.aliases].join(', ')}\n\n` : '',
    help.examples ? `Examples:\n${help.examples}\n\n` : '',
    command.commands ? `Available Commands:\n${list(command.commands)}\n` : '',
    flags.length ? `Options:\n${flags.map(printFlag).join('')}` : '',
    `Usage:\n  kubectl ${help.use}${help.use.includes('[options]') ? '' : ' [options]'}\n\n`,
    command.commands ? `Use "${names} <command> --help" for more information about a given command.\n` : '',
    'Use "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ].join('')
}

/** The root's help: the commands under their headings. */
export function rootHelp(commands: readonly Command[], withIntroduction: boolean): string {
  const padding = Math.max(11, ...commands.map(c => c.name.length))
  const groups = new Map<string, Command[]>()
  for (const c of commands) {
    if (c.group === 'Other Commands' && !groups.has(c.group)) groups.set('Subcommands provided by plugins', [])
    groups.set(c.group!, [...(groups.get(c.group!) ?? []), c])
  }
  const body = [...groups].map(
    ([title, members]) => `${title}:\n${members.map(c => `  ${c.name.padEnd(padding)}   ${c.short}\n`).join('')}\n`,
  )
  return [
    withIntroduction
      ? 'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n'
      : '\n\n',
    ...body,
    'Usage:\n  kubectl [flags] [options]\n\n',
    'Use "kubectl <command> --help" for more information about a given command.\n',
    'Use "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ].join('')
}
