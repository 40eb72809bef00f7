/** bash's arrays: elements by number, or by name once they are declared so. */

import { ShellError } from '../control.ts'
import type { Shell, Variable } from '../shell.ts'
import { inBuckets } from './buckets.ts'
import { ownArray } from './own-variables.ts'

export interface ArrayVariable extends Variable {
  array: Map<string, string>
}

const isArray = (variable: Variable | undefined): variable is ArrayVariable => variable?.array !== undefined

/** The variable as an array; what was a plain value becomes its first element. */
export function arrayOf(shell: Shell, asked: string): ArrayVariable {
  const name = shell.resolve(asked)
  const variable = shell.variables.get(name)
  if (variable?.readonly) throw new ShellError(shell.dialect.readOnly(name), shell.dialect.fatalStatus)
  if (isArray(variable)) return variable
  const made: ArrayVariable = { value: undefined, array: new Map() }
  if (variable?.value !== undefined) made.array.set('0', variable.value)
  shell.variables.set(name, made)
  return made
}

/** Keys with their values, numbers in order. */
export function entries(shell: Shell, asked: string): [string, string][] {
  const name = shell.resolve(asked)
  const variable = shell.variables.get(name)
  if (!isArray(variable)) {
    const own = shell.dialect.name === 'bash' ? ownArray(shell, name) : undefined
    if (own) return own.map((value, i) => [String(i), value])
    const value = shell.get(name)
    return value === undefined ? [] : [['0', value]]
  }
  return variable.associative
    ? inBuckets(variable.array)
    : [...variable.array].sort(([a], [b]) => Number(a) - Number(b))
}

/** One element. */
export function elementAt(shell: Shell, asked: string, key: string): string | undefined {
  const name = shell.resolve(asked)
  const variable = shell.variables.get(name)
  if (isArray(variable)) return variable.array.get(key)
  return entries(shell, name).find(([k]) => k === key)?.[1]
}

export const setArray = (shell: Shell, name: string, values: readonly string[]): void =>
  void shell.variables.set(name, { value: undefined, array: new Map(values.map((value, i) => [String(i), value])) })
