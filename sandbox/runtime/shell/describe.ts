/** What a word would run: `type`, `command -v`. */
import { which } from '../exec.ts'
import { out, quote } from './builtin.ts'
import type { Shell } from './shell.ts'

const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  '{',
  '}',
  '!',
  'in',
])

/** `command -v`, `-V` and `type`. @param kind of a builtin; undefined when there is none of that name */
export async function describe(
  shell: Shell,
  names: readonly string[],
  wordy: boolean,
  kind: (name: string) => 'special' | 'plain' | undefined,
): Promise<number> {
  let code = 0
  for (const name of names) {
    const alias = shell.aliases.get(name)
    let line: string | undefined
    if (alias !== undefined) line = wordy ? `${name} is an alias for ${alias}` : `alias ${name}=${quote(alias)}`
    else if (RESERVED.has(name)) line = wordy ? `${name} is a shell keyword` : name
    else if (shell.functions.has(name))
      line = wordy ? `${name} is a ${shell.dialect.name === 'dash' ? 'shell ' : ''}function` : name
    else if (kind(name))
      line = wordy
        ? `${name} is a ${kind(name) === 'special' && shell.dialect.name !== 'bash' ? 'special ' : ''}shell builtin`
        : name
    else {
      try {
        const path = which(shell.process, name)
        line = wordy ? `${name} is ${path}` : path
      } catch {
        code = shell.dialect.name === 'bash' ? 1 : 127
        if (wordy)
          await (shell.dialect.name === 'bash'
            ? shell.complain(`type: ${name}: not found`)
            : out(shell, `${name}: not found\n`))
      }
    }
    if (line) await out(shell, `${line}\n`)
  }
  return code
}
