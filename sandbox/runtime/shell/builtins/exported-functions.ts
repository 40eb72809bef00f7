/** bash's `export -f`: functions in the environment, from which another bash takes them. */
import { parseScript } from '../parse.ts'
import type { Shell } from '../shell.ts'
import { printFunction } from './print-function.ts'

const variableOf = (name: string): string => `BASH_FUNC_${name}%%`

/** `export -f` and, with `unexport`, `export -nf`. */
export async function exportFunctions(shell: Shell, names: readonly string[], unexport: boolean): Promise<number> {
  let code = 0
  for (const name of names) {
    const body = shell.functions.get(name)
    if (!body) {
      await shell.complain(`export: ${name}: not a function`)
      code = 1
      continue
    }
    const text = printFunction(name, body, shell.sources.get(name)?.source ?? '').trimEnd()
    // As bash hands it on: without the name, and its first command on the first line.
    const value = text.replace(/^.*\n\{ \n\s*/, '() {  ')
    shell.exportToProcess(variableOf(name), unexport ? undefined : value)
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
