/** Assignments to arrays and their elements. */
import type { Assignment, Word } from 'unbash'
import { parse } from 'unbash'
import { extended } from '../builtins/declare.ts'
import { ShellError } from '../control.ts'
import { expandString, expandWord, keyOf } from '../expansion/expand.ts'
import type { Shell } from '../shell.ts'
import { arrayOf, entries } from './arrays.ts'

/** `name[key]=value`, `name+=(…)`, `name=(…)`. @returns false when it is an assignment to a plain variable */
export async function assignArray(shell: Shell, assignment: Assignment): Promise<boolean> {
  const { name, value, index, append } = assignment
  if (shell.dialect.name !== 'bash') {
    if (index || value?.type === 'ArrayValue')
      throw new ShellError(`syntax error: unexpected "${value?.type === 'ArrayValue' ? '(' : '['}"`)
    return false
  }
  if (index) {
    const key = await keyOf(shell, name, index)
    const variable = arrayOf(shell, name)
    const text = await expandString(shell, value)
    const whole = append ? extended(variable, variable.array.get(key), text) : text
    variable.array.set(key, shell.kept(variable, whole))
    return true
  }
  if (value?.type !== 'ArrayValue') return false
  const variable = arrayOf(shell, name)
  const made = append ? variable.array : new Map<string, string>()
  let next = append ? Number(entries(shell, name).at(-1)?.[0] ?? -1) + 1 : 0
  for (const element of value.elements) {
    const [, key, rest] = /^\[([^\]]*)\]=(.*)$/s.exec(element.text) ?? []
    if (key === undefined) {
      for (const word of await expandWord(shell, element)) made.set(String(next++), shell.kept(variable, word))
      continue
    }
    const at = await keyOf(shell, name, wordOf(key))
    made.set(at, shell.kept(variable, await expandString(shell, wordOf(rest!))))
    next = Number(at) + 1
  }
  variable.array = made
  return true
}

/** To `name` or `name[key]`, as builtins are told where to put something. */
export async function assignTo(shell: Shell, target: string, value: string): Promise<void> {
  const [, name, key] = /^(\w+)\[(.+)\]$/.exec(target) ?? []
  if (name === undefined) shell.set(target, value)
  else {
    const variable = arrayOf(shell, name)
    variable.array.set(await keyOf(shell, name, wordOf(key!)), shell.kept(variable, value))
  }
}

/** Text of a script as one word of it. */
function wordOf(text: string): Word {
  const command = parse(`: ${text || "''"}`).commands[0]?.command
  const word = command?.type === 'Command' ? command.args[0] : undefined
  if (word?.type !== 'Word') throw new ShellError(`${text}: bad array subscript`)
  return word
}
