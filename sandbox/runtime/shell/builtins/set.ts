/** `set`: options and parameters, or a list of all variables. */

import { ShellError } from '../control.ts'
import { elementsText, shownValue } from '../expansion/quoting.ts'
import { listOptions, optionCommands, setOption } from '../options.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out, quote } from './builtin.ts'
import { printFunction } from './print-function.ts'

/** New parameters, of which the shells of sh begin to get options anew. */
function setParameters(shell: Shell, words: string[]): void {
  shell.params = words
  if (shell.dialect.name !== 'bash' && !shell.variables.get('OPTIND')?.readonly) shell.set('OPTIND', '1')
}

/** `set` alone: the variables, and in bash the functions behind them. */
async function listVariables(shell: Shell): Promise<void> {
  const bash = shell.dialect.name === 'bash'
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
  for (const [name, variable] of [...shell.variables].sort(byName)) {
    const { value, array } = variable
    if (array && bash) await out(shell, `${name}=${elementsText(variable, array)}\n`)
    else if (value !== undefined) await out(shell, `${name}=${bash ? shownValue(value) : quote(value)}\n`)
  }
  if (!bash) return
  for (const [name, body] of [...shell.functions].sort(byName))
    await out(shell, printFunction(name, body, shell.sources.get(name)?.source ?? ''))
}

export const set: Builtin = async (shell, args) => {
  if (!args.length) return listVariables(shell)
  const words = [...args]
  while (words.length) {
    const word = words[0]!
    if (word === '--') {
      setParameters(shell, words.slice(1))
      return 0
    }
    if (word === '-') {
      // What follows are parameters; nothing is shown any more.
      setOption(shell, 'x', false)
      setOption(shell, 'v', false)
      words.shift()
      break
    }
    if (!/^[-+]./.test(word)) break
    words.shift()
    const on = word[0] === '-'
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? words.shift() : letter
      if (name === undefined) await out(shell, on ? listOptions(shell) : optionCommands(shell))
      else if (on && (name === 'm' || name === 'monitor') && shell.dialect.name !== 'bash' && !shell.interactive)
        await shell.complainOf('set', "can't access tty; job control turned off")
      else if (!setOption(shell, name, on)) {
        const option = `${word[0]}${letter}${letter === 'o' ? ` ${name}` : ''}`
        if (shell.dialect.name !== 'bash') {
          const illegal = shell.of('set', `${shell.dialect.name === 'ash' ? 'illegal' : 'Illegal'} option ${option}`)
          if (shell.dialect.name === 'dash' || letter !== 'o') throw new ShellError(illegal)
          await shell.complain(illegal)
          return 1
        }
        if (letter === 'o') {
          await shell.complain(`set: ${name}: invalid option name`)
          return 2
        }
        await shell.complain(`set: ${option}: invalid option`)
        await shell.process.write(2, 'set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n')
        return 2
      }
    }
  }
  if (words.length) setParameters(shell, words)
  return 0
}
