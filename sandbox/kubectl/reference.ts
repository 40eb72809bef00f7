/** The reference of all verbs and flags as a page, made of the same tables as help, parsing and completion. */

import { RECORDERS } from './changes/record.ts'
import { type Command, flagsOf } from './command/command.ts'
import type { FlagRow } from './command/flags.ts'
import { globalFlags } from './command/globalflags.ts'
import { commands } from './verbs.ts'

const HEAD = `# kubectl

Every verb and flag of our kubectl, as of kubectl 1.33. This page is made of the tables behind \`--help\`, parsing and completion
(\`sandbox/kubectl/verbs.ts\`, \`sandbox/kubectl/help/\`), and a test keeps it true. What is refused or simpler is in
[fidelity.md](fidelity.md#kubectl).

    npx podlab kubectl get pods        with any KUBECONFIG
    kubectl get pods                   in the workbench's terminal, where k is short for it
`

const inTable = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').replace(/</g, '&lt;')

const sentence = (text: string): string => /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text

function row([name, shorthand, type, initial, help]: FlagRow): string {
  const value = type === 'bool' && initial === 'false' ? '' : `\`${initial || "''"}\``
  return `| \`--${name}\`${shorthand ? ` \`-${shorthand}\`` : ''} | ${value} | ${inTable(sentence(help))} |\n`
}

const table = (rows: readonly FlagRow[]): string =>
  rows.length ? `\n| flag | default | |\n|---|---|---|\n${rows.map(row).join('')}` : ''

async function* sections(list: readonly Command[], path: readonly string[]): AsyncGenerator<string> {
  for (const command of list) {
    const names = [...path, command.name]
    const { help } = await command.help()
    const also = command.aliases?.length ? ` Also: ${command.aliases.map(a => `\`${a}\``).join(', ')}.` : ''
    const hidden = RECORDERS.has(names.join(' ')) ? '\nHidden and deprecated: `--record`.\n' : ''
    yield `\n## kubectl ${names.join(' ')}\n\n${inTable(command.short)}.${also}\n\n    kubectl ${help.use}\n${table(flagsOf(help))}${hidden}`
    if (command.commands) yield* sections(command.commands, names)
  }
}

export async function reference(): Promise<string> {
  let text = HEAD
  for await (const section of sections(commands, [])) text += section
  return `${text}\n## Flags of all verbs\n${table(globalFlags('$HOME'))}`
}
