/** bash's `export -f`: functions in the environment, from which another bash takes them. That one is there marks its function as exported. */
import { parseScript } from '../parse.ts'
import type { Shell } from '../shell.ts'
import { out } from './builtin.ts'
import { printFunction } from './print-function.ts'

const variableOf = (name: string): string => `BASH_FUNC_${name}%%`

export const isExportedFunction = (shell: Shell, name: string): boolean =>
  shell.process.env[variableOf(name)] !== undefined

const shown = (shell: Shell, name: string): string =>
  printFunction(name, shell.functions.get(name)!, shell.sources.get(name)?.source ?? '')

function put(shell: Shell, name: string): void {
  // As bash hands it on: without the name, and its first command on the first line.
  const value = shown(shell, name)
    .trimEnd()
    .replace(/^.*\n\{ \n\s*/, '() {  ')
  shell.exportToProcess(variableOf(name), value)
}

/** After a function has been defined: one that is exported stays so, as it is now. */
export function refreshExported(shell: Shell, name: string): void {
  if (isExportedFunction(shell, name)) put(shell, name)
}

export function unsetFunction(shell: Shell, name: string): void {
  shell.functions.delete(name)
  shell.exportToProcess(variableOf(name), undefined)
}

/** `export -f`, with `unexport` `export -nf`, and `declare -fx`, which is silent of what is none; without names it lists what is exported. */
export async function exportFunctions(
  shell: Shell,
  names: readonly string[],
  { unexport = false, silent = false } = {},
): Promise<number> {
  if (!names.length) {
    const exported = [...shell.functions.keys()].filter(name => isExportedFunction(shell, name)).sort()
    await out(shell, exported.map(name => `${shown(shell, name)}declare -fx ${name}\n`).join(''))
    return 0
  }
  let code = 0
  for (const name of names) {
    if (!shell.functions.has(name)) {
      if (!silent) await shell.complain(`export: ${name}: not a function`)
      code = 1
    } else if (unexport) shell.exportToProcess(variableOf(name), undefined)
    else put(shell, name)
  }
  return code
}

/** Defines what the environment has. */
export function importFunctions(shell: Shell): void {
  for (const [variable, value] of Object.entries(shell.process.env)) {
    const name = /^BASH_FUNC_(.+)%%$/.exec(variable)?.[1]
    if (!name || !value.startsWith('() {')) continue
    const source = `${name} ${value}`
    const { tree, error } = parseScript(source, 'bash')
    const command = tree.commands[0]?.command
    if (error || tree.commands.length !== 1 || command?.type !== 'Function') continue
    shell.functions.set(name, command.body)
    shell.sources.set(name, { source, firstLine: 1 })
  }
}
