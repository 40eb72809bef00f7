/** What a word would run: `type`, `command -v`. */
import { which } from '../../processes/exec.ts'
import type { Shell } from '../shell.ts'
import { out, quote } from './builtin.ts'
import { printFunction } from './print-function.ts'

type Kind = (name: string) => 'special' | 'plain' | undefined

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

const BASH_RESERVED: ReadonlySet<string> = new Set([...RESERVED, '[[', ']]', 'function', 'select', 'time', 'coproc'])

/** `command -v`, `-V` and `type`. @param kind of a builtin; undefined when there is none of that name */
export async function describe(shell: Shell, names: readonly string[], wordy: boolean, kind: Kind): Promise<number> {
  const reserved = shell.dialect.name === 'bash' ? BASH_RESERVED : RESERVED
  let code = 0
  let found = false
  for (const name of names) {
    const alias = shell.aliases.get(name)
    let line: string | undefined
    if (alias !== undefined) line = wordy ? `${name} is an alias for ${alias}` : `alias ${name}=${quote(alias)}`
    else if (reserved.has(name)) line = wordy ? `${name} is a shell keyword` : name
    else if (shell.functions.has(name))
      line = wordy ? `${name} is a ${shell.dialect.name === 'dash' ? 'shell ' : ''}function` : name
    else if (kind(name))
      line = wordy
        ? `${name} is a ${kind(name) === 'special' && shell.dialect.name !== 'bash' ? 'special ' : ''}shell builtin`
        : name
    else {
      try {
        const path = which(shell.process, name, shell.get('PATH') ?? '')
        line = wordy ? `${name} is ${path}` : path
      } catch {
        code = shell.dialect.name === 'bash' ? 1 : 127
        if (wordy)
          await (shell.dialect.name === 'bash'
            ? shell.complain(`command: ${name}: not found`)
            : out(shell, `${name}: not found\n`))
      }
    }
    if (line) {
      found = true
      await out(shell, `${line}\n`)
    }
  }
  // To bash one that is found is enough.
  return shell.dialect.name === 'bash' && !wordy && found ? 0 : code
}

/** Everywhere on PATH that a program of this name lies. */
function onPath(shell: Shell, name: string, all: boolean): string[] {
  const dirs = name.includes('/') ? [''] : (shell.get('PATH') ?? '').split(':')
  const paths: string[] = []
  for (const dir of dirs) {
    try {
      const found = which(shell.process, name, dir)
      paths.push(name.includes('/') ? name : found)
      if (!all) break
    } catch {
      // Not there.
    }
  }
  return paths
}

/** bash's `type`, with `-t` for one word, `-p` for the program, `-a` for all that there are. */
export async function describeAll(shell: Shell, args: readonly string[], kind: Kind): Promise<number> {
  const flags = args.filter(arg => /^-[afptP]+$/.test(arg)).join('')
  const names = args.filter(arg => !/^-[afptP]+$/.test(arg) && arg !== '--')
  let code = 0
  for (const name of names) {
    const found: [word: string, text: string][] = []
    const alias = shell.aliases.get(name)
    const body = flags.includes('f') ? undefined : shell.functions.get(name)
    if (alias !== undefined) found.push(['alias', `${name} is aliased to \`${alias}'`])
    if (BASH_RESERVED.has(name)) found.push(['keyword', `${name} is a shell keyword`])
    if (body)
      found.push([
        'function',
        `${name} is a function\n${printFunction(name, body, shell.sources.get(name)?.source ?? '').trimEnd()}`,
      ])
    if (kind(name)) found.push(['builtin', `${name} is a shell builtin`])
    const before = found.length
    const paths = before && !/[aP]/.test(flags) ? [] : onPath(shell, name, flags.includes('a'))
    for (const path of paths) found.push(['file', `${name} is ${path}`])
    if (!found.length || (flags.includes('P') && !paths.length)) {
      code = 1
      if (!/[tpP]/.test(flags)) await shell.complain(`type: ${name}: not found`)
      continue
    }
    const lines = flags.includes('t')
      ? found.map(([word]) => word)
      : /[pP]/.test(flags)
        ? paths
        : found.map(([, text]) => text)
    for (const line of flags.includes('a') ? lines : lines.slice(0, 1)) await out(shell, `${line}\n`)
  }
  return code
}
