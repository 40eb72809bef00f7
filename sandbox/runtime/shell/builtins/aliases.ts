/** `alias` and `unalias`. */

import { singleQuoted } from '../expansion/quoting.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out, quote } from './builtin.ts'

export const unalias: Builtin = async (shell, args) => {
  let code = 0
  for (const name of args) {
    if (name === '-a') shell.aliases.clear()
    else if (!shell.aliases.delete(name)) {
      code = 1
      if (shell.dialect.name === 'bash') await shell.complain(`unalias: ${name}: not found`)
      else await shell.process.write(2, `unalias: ${name} not found\n`)
    }
  }
  return code
}

const aliasText = ({ dialect }: Shell, name: string, value: string): string =>
  dialect.name === 'bash' ? `alias ${name}=${singleQuoted(value)}` : `${name}=${quote(value)}`

export const alias: Builtin = async (shell, args) => {
  if (!args.length)
    await out(shell, [...shell.aliases].map(([name, value]) => `${aliasText(shell, name, value)}\n`).join(''))
  for (const word of args) {
    const at = word.indexOf('=')
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1))
    else if (shell.aliases.has(word)) await out(shell, `${aliasText(shell, word, shell.aliases.get(word)!)}\n`)
    else {
      if (shell.dialect.name === 'bash') await shell.complain(`alias: ${word}: not found`)
      else await shell.process.write(2, `alias: ${word} not found\n`)
      return 1
    }
  }
  return 0
}
