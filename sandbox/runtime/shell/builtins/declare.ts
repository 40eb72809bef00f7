/** Builtins that say what a variable is: export, readonly, local, declare. */

import { ShellError } from '../control.ts'
import { attributes, declaration } from '../expansion/quoting.ts'
import type { Shell, Variable } from '../shell.ts'
import { trace, traced } from '../trace.ts'
import { arrayOf } from '../variables/arrays.ts'
import { type Builtin, out, quote } from './builtin.ts'
import { exportFunctions, isExportedFunction } from './exported-functions.ts'
import { printFunction } from './print-function.ts'

const NAME = /^[A-Za-z_]\w*$/

/** `export` and `readonly`. */
export const declare =
  (mark: 'exported' | 'readonly'): Builtin =>
  async (shell, args, name) => {
    if (mark === 'exported' && shell.dialect.name === 'bash') {
      const { given, names } = marksOf(args)
      if (/^[fnp]*f[fnp]*$/.test(given)) return exportFunctions(shell, names, { unexport: given.includes('n') })
    }
    const names = args.filter(arg => arg !== '-p' && arg !== '--')
    if (!names.length) {
      const lines = [...shell.variables]
        .filter(([, v]) => v[mark])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, v]) =>
          shell.dialect.name === 'bash'
            ? `${declaration(key, v)}\n`
            : `${name} ${key}${v.value === undefined ? '' : `=${quote(v.value)}`}\n`,
        )
      await out(shell, lines.join(''))
      return 0
    }
    let code = 0
    const unexport = mark === 'exported' && names[0] === '-n'
    for (const word of unexport ? names.slice(1) : names) {
      const at = word.indexOf('=')
      const append = at > 0 && word[at - 1] === '+'
      const key = at < 0 ? word : word.slice(0, append ? at - 1 : at)
      if (!NAME.test(key)) {
        if (shell.dialect.name !== 'bash') throw new ShellError(shell.of(name, `${key}: bad variable name`))
        await shell.complain(`${name}: \`${word}': not a valid identifier`)
        code = 1
        continue
      }
      if (at >= 0) {
        shell.set(key, append ? (shell.get(key) ?? '') + word.slice(at + 1) : word.slice(at + 1))
        // bash shows the assignment once more.
        if (shell.has('x') && shell.dialect.name === 'bash')
          await trace(shell, [`${key}=${traced(shell, shell.get(key) ?? '')}`])
      }
      const variable = shell.variables.get(key) ?? { value: undefined }
      variable[mark] = !unexport
      shell.variables.set(key, variable)
      if (mark === 'exported') shell.exportToProcess(key, unexport ? undefined : variable.value)
    }
    return code
  }

export const local: Builtin = async (shell, args, name) => {
  const scope = shell.locals.at(-1)
  if (!scope) {
    if (shell.dialect.name !== 'bash') throw new ShellError(shell.of(name, 'not in a function'))
    await shell.complain(`${name}: can only be used in a function`)
    return 1
  }
  if (shell.dialect.name === 'bash') return args.length ? declareVariables(shell, args, name) : 0
  for (const word of args) {
    if (word.startsWith('-')) continue
    const [key, ...value] = word.split('=')
    if (!scope.has(key!)) scope.set(key!, copyOf(shell.variables.get(key!)))
    if (value.length) shell.set(key!, value.join('='))
    else if (shell.dialect.name !== 'dash') shell.variables.set(key!, { value: undefined })
  }
  return 0
}

const copyOf = (variable: Variable | undefined): Variable | undefined =>
  variable && { ...variable, ...(variable.array && { array: new Map(variable.array) }) }

/** The words of `declare` that begin with a sign: letters that are given and taken away. */
interface Marks {
  given: string
  taken: string
  names: readonly string[]
}

function marksOf(args: readonly string[]): Marks {
  const at = args.findIndex(arg => !/^[-+]\w/.test(arg))
  const signs = at < 0 ? args : args.slice(0, at)
  const letters = (sign: string): string =>
    signs
      .filter(arg => arg[0] === sign)
      .map(arg => arg.slice(1))
      .join('')
  return { given: letters('-'), taken: letters('+'), names: at < 0 ? [] : args.slice(args[at] === '--' ? at + 1 : at) }
}

/** `declare -p`: variables, each as what would make it. */
async function list(shell: Shell, { given, names }: Marks, name: string): Promise<number> {
  const wanted = given.replace(/[pg]/g, '')
  const all = names.length ? names : [...shell.variables.keys()].sort()
  let code = 0
  for (const each of all) {
    const variable = shell.variables.get(each)
    if (!variable) {
      await shell.complain(`${name}: ${each}: not found`)
      code = 1
    } else if (names.length || [...wanted].every(letter => attributes(variable).includes(letter)))
      await out(shell, `${declaration(each, variable)}\n`)
  }
  return code
}

/** `declare -f` and `-F`: the functions there are. */
async function listFunctions(shell: Shell, { given, names }: Marks): Promise<number> {
  const missing = names.filter(name => !shell.functions.has(name))
  for (const name of names.length ? names : [...shell.functions.keys()].sort()) {
    const body = shell.functions.get(name)
    if (!body) continue
    if (given.includes('F'))
      await out(shell, names.length ? `${name}\n` : `declare -f${isExportedFunction(shell, name) ? 'x' : ''} ${name}\n`)
    else await out(shell, printFunction(name, body, shell.sources.get(name)?.source ?? ''))
  }
  return missing.length ? 1 : 0
}

function mark(shell: Shell, name: string, { given, taken }: Marks): void {
  if (given.includes('A')) {
    if (!shell.variables.get(name)?.associative)
      shell.variables.set(name, { ...shell.variables.get(name), value: undefined, array: new Map(), associative: true })
  } else if (given.includes('a')) arrayOf(shell, name)
  const variable = shell.variables.get(name) ?? { value: undefined }
  shell.variables.set(name, variable)
  if (given.includes('i')) variable.integer = true
  if (given.includes('l')) variable.letters = 'lower'
  if (given.includes('u')) variable.letters = 'upper'
  if (given.includes('x')) {
    variable.exported = true
    shell.exportToProcess(name, variable.value)
  }
  if (taken.includes('i')) delete variable.integer
  if (/[lu]/.test(taken)) delete variable.letters
  if (taken.includes('x')) {
    variable.exported = false
    shell.exportToProcess(name, undefined)
  }
}

/** bash's `declare`: what a variable is and holds; within a function it is the function's own. */
export async function declareVariables(shell: Shell, args: readonly string[], name = 'declare'): Promise<number> {
  const marks = marksOf(args)
  const { given, names } = marks
  if (given.includes('f') && given.includes('x')) return exportFunctions(shell, names, { silent: true })
  if (/[fF]/.test(given)) return listFunctions(shell, marks)
  if (given.includes('p') || !names.length) return list(shell, marks, name)
  let code = 0
  for (const word of names) {
    const [, key = '', append, value] = /^(.*?)(?:(\+)?=(.*))?$/s.exec(word)!
    if (!NAME.test(key)) {
      await shell.complain(`${name}: \`${word}': not a valid identifier`)
      code = 1
      continue
    }
    if (shell.locals.length && !given.includes('g')) own(shell, key)
    if (given.includes('n')) {
      shell.variables.set(key, { value: undefined, ...(value !== undefined && { reference: value }) })
      continue
    }
    mark(shell, key, marks)
    if (value !== undefined) shell.set(key, append ? appended(shell, key, value) : value)
    if (given.includes('r')) shell.variables.get(key)!.readonly = true
  }
  return code
}

/** What `+=value` makes of what a variable, or an element of it, held: a longer text, or a greater number. */
export const extended = (variable: Variable | undefined, before: string | undefined, value: string): string =>
  variable?.integer ? `(${before || 0})+(${value || 0})` : (before ?? '') + value

export const appended = (shell: Shell, name: string, value: string): string =>
  extended(shell.variables.get(shell.resolve(name)), shell.get(name), value)

/** A function's own variable from here on; what was there comes back after it. */
function own(shell: Shell, key: string): void {
  const scope = shell.locals.at(-1)!
  if (scope.has(key)) return
  scope.set(key, copyOf(shell.variables.get(key)))
  shell.variables.set(key, { value: undefined })
}
