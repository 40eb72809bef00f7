/** What names stand for: parameters, elements of arrays, and expressions over them. */

import { FatalError, ShellError } from '../control.ts'
import { flagsOf } from '../options.ts'
import type { Shell } from '../shell.ts'
import { arrayOf, elementAt, entries } from '../variables/arrays.ts'
import { ArithmeticError, evaluate } from './arithmetic.ts'

/** The key of an element in which nothing is left to expand: reckoned, unless the array goes by names. */
export const keyIn = (shell: Shell, name: string, key: string): string =>
  shell.variables.get(shell.resolve(name))?.associative ? key : elementNumber(shell, name, reckon(shell, key))

/** An expression in which nothing is left to expand. */
export function reckon(shell: Shell, source: string): string {
  const variables = {
    get: (name: string, key?: string) => {
      const value = key === undefined ? shell.get(name) : elementAt(shell, name, keyIn(shell, name, key))
      // The shells of sh take what is not set for 0 all the same.
      if (value === undefined && shell.has('u') && shell.dialect.name === 'bash') throw unbound(shell, name)
      return value
    },
    set: (name: string, value: string, key?: string) => {
      if (key === undefined) shell.set(name, value)
      else arrayOf(shell, name).array.set(keyIn(shell, name, key), value)
    },
  }
  try {
    return String(evaluate(source, variables, shell.dialect.name))
  } catch (error) {
    if (error instanceof ArithmeticError)
      throw new ShellError(shell.dialect.arithmetic(error, source), shell.dialect.fatalStatus)
    throw error
  }
}

/** `set -u`: what bash has read with `-c` ends as if a command had not been found. */
export function unbound(shell: Shell, name: string): ShellError {
  const bash = shell.dialect.name === 'bash'
  const shown = bash && /^\d+$/.test(name) ? `$${name}` : name
  return new FatalError(
    shell.dialect.unset(shown),
    bash && shell.from === 'argument' && !shell.has('e') ? 127 : shell.dialect.fatalStatus,
  )
}

/** The value of anything that can stand after `$`; undefined when unset. */
export function parameter(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status)
    case '$':
      return String(shell.pid)
    case '!':
      return shell.lastBackground || undefined
    case '#':
      return String(shell.params.length)
    case '-':
      return flagsOf(shell)
    case '0':
      return shell.name
    case '@':
    case '*':
      return shell.params.length
        ? shell.params.join(name === '@' ? ' ' : (shell.get('IFS') ?? ' ').slice(0, 1))
        : undefined
    default:
      return /^\d+$/.test(name) ? shell.params[Number(name) - 1] : shell.get(name)
  }
}

/** The name that a variable holds, for `${!x}`. */
export function meantBy(shell: Shell, name: string): string {
  const meant = parameter(shell, name)
  if (meant === undefined) throw new ShellError(`${name}: invalid indirect expansion`, shell.dialect.fatalStatus)
  if (!/^(?:[A-Za-z_]\w*(?:\[.*\])?|\d+|[@*#?$!-])$/.test(meant))
    throw new ShellError(`${meant}: invalid variable name`, shell.dialect.fatalStatus)
  return meant
}

/** Numbers below zero count from the end. */
export function elementNumber(shell: Shell, name: string, text: string): string {
  const number = Number(text)
  return number >= 0 ? text : String(Number(entries(shell, name).at(-1)?.[0] ?? -1) + 1 + number)
}
