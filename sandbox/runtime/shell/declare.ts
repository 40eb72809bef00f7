/** Builtins that say what a variable is: export, readonly, local, declare. */
import { arrayOf } from './arrays.ts'
import { type Builtin, out, quote } from './builtin.ts'
import { type Shell, ShellError } from './shell.ts'

const NAME = /^[A-Za-z_]\w*$/

/** `export` and `readonly`. */
export const declare =
  (mark: 'exported' | 'readonly'): Builtin =>
  async (shell, args, name) => {
    const names = args.filter(arg => arg !== '-p' && arg !== '--')
    if (!names.length) {
      const lines = [...shell.variables]
        .filter(([, v]) => v[mark])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, v]) => `${name} ${key}${v.value === undefined ? '' : `=${quote(v.value)}`}\n`)
      await out(shell, lines.join(''))
      return 0
    }
    const unexport = mark === 'exported' && names[0] === '-n'
    for (const word of unexport ? names.slice(1) : names) {
      const at = word.indexOf('=')
      const append = at > 0 && word[at - 1] === '+'
      const key = at < 0 ? word : word.slice(0, append ? at - 1 : at)
      if (!NAME.test(key))
        throw shell.dialect.name === 'bash'
          ? new ShellError(`${name}: \`${word}': not a valid identifier`, 1)
          : new ShellError(shell.of(name, `${key}: bad variable name`))
      if (at >= 0) shell.set(key, append ? (shell.get(key) ?? '') + word.slice(at + 1) : word.slice(at + 1))
      const variable = shell.variables.get(key) ?? { value: undefined }
      variable[mark] = !unexport
      shell.variables.set(key, variable)
      if (mark === 'exported') shell.exportToProcess(key, unexport ? undefined : variable.value)
    }
    return 0
  }

export const local: Builtin = async (shell, args, name) => {
  const scope = shell.locals.at(-1)
  if (!scope) {
    if (shell.dialect.name !== 'bash') throw new ShellError(shell.of(name, 'not in a function'))
    await shell.complain(`${name}: can only be used in a function`)
    return 1
  }
  for (const word of args) {
    if (word.startsWith('-')) continue
    const [key, ...value] = word.split('=')
    if (!scope.has(key!)) {
      const old = shell.variables.get(key!)
      scope.set(key!, old && { ...old, ...(old.array && { array: new Map(old.array) }) })
    }
    if (value.length) shell.set(key!, value.join('='))
    else if (shell.dialect.name !== 'dash') shell.variables.set(key!, { value: undefined })
  }
  return 0
}

/** bash's `declare`: arrays, exported and readonly variables; within a function they are its own. */
export async function declareVariables(shell: Shell, args: readonly string[]): Promise<number> {
  const flags = args.filter(arg => /^-\w/.test(arg)).join('')
  const words = args.filter(arg => !/^-\w/.test(arg))
  if (flags.includes('p') || flags.includes('f') || flags.includes('F'))
    throw new ShellError('declare: listing is not simulated', 2)
  if (shell.locals.length && !flags.includes('g')) await local(shell, words, 'declare')
  else
    for (const word of words)
      if (word.includes('=')) shell.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1))
  for (const word of words) {
    const name = word.split('=')[0]!
    if (flags.includes('A')) shell.variables.set(name, { value: undefined, array: new Map(), associative: true })
    else if (flags.includes('a')) arrayOf(shell, name)
    const variable = shell.variables.get(name) ?? { value: undefined }
    shell.variables.set(name, variable)
    if (flags.includes('x')) {
      variable.exported = true
      shell.exportToProcess(name, variable.value)
    }
    if (flags.includes('r')) variable.readonly = true
  }
  return 0
}
