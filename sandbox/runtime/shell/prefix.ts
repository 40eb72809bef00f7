/** The assignments before a command, or without one. */
import type { Assignment, Command, Redirection, Word } from 'unbash'
import { appended } from './builtins/declare.ts'
import { ShellError } from './control.ts'
import { expandAssigned } from './expansion/expand.ts'
import { keyIn } from './expansion/parameters.ts'
import type { Shell } from './shell.ts'
import { trace, traced } from './trace.ts'
import { assignArray } from './variables/array-assignment.ts'
import { elementAt } from './variables/arrays.ts'

/** An assignment before a command, with its value. */
export interface Given {
  name: string
  value: string
}

const isAssignment = (x: Word | Assignment | Redirection): x is Assignment => x.type === 'Assignment'

/** `a[1]=x` and `a+=x` are words to the shells of sh; from the first of them on, what stands there is a command. */
export function partedPrefix(
  shell: Shell,
  node: Command,
): { assignments: readonly Assignment[]; first: readonly Assignment[] } {
  const assignments = node.prefix.filter(isAssignment)
  if (shell.dialect.name === 'bash') return { assignments, first: [] }
  const at = assignments.findIndex(({ index, append }) => index || append)
  return at < 0 ? { assignments, first: [] } : { assignments: assignments.slice(0, at), first: assignments.slice(at) }
}

/** What looks like an assignment and is a word of a command. */
export const asWord = async (shell: Shell, { name, index, append, value }: Assignment): Promise<string> =>
  `${name}${index ? `[${index.text}]` : ''}${append ? '+' : ''}=${await expandAssigned(shell, value)}`

/** The assignments before a command, expanded once and one after the other: each sees those before it. */
export async function expanded(shell: Shell, assignments: readonly Assignment[]): Promise<readonly Given[]> {
  const before = assignments.map(({ name }) => [name, shell.variables.get(name)] as const)
  const given: Given[] = []
  try {
    for (const assignment of assignments) {
      const { name, index } = assignment
      if (index) {
        // Only bash comes here: it runs the command without it.
        await shell.complain(`\`${name}[${index.text}]': not a valid identifier`)
        continue
      }
      const value = await assigned(shell, assignment)
      given.push({ name, value })
      const variable = shell.variables.get(name)
      if (!variable?.readonly) shell.variables.set(name, { ...variable, value })
    }
  } finally {
    for (const [name, variable] of before) putBack(shell, name, variable)
  }
  return given
}

function putBack(shell: Shell, name: string, variable: ReturnType<Shell['variables']['get']>): void {
  if (variable) shell.variables.set(name, variable)
  else shell.variables.delete(name)
}

/** What `set -x` shows of assignments that have been made. */
export async function traceAssignments(shell: Shell, assignments: readonly Assignment[]): Promise<void> {
  const shown = assignments.map(({ name, index, value, append, text }) => {
    if (value.type === 'ArrayValue') return text
    const key = index && `[${index.text}]`
    const held = key ? elementAt(shell, name, keyIn(shell, name, index.text)) : shell.get(name)
    return `${name}${key ?? ''}${append ? '+' : ''}=${held ? traced(shell, held) : ''}`
  })
  if (shell.dialect.name === 'bash') for (const each of shown) await trace(shell, [each])
  else await trace(shell, shown)
}

/** The value that an assignment gives. */
export async function assigned(shell: Shell, assignment: Assignment): Promise<string> {
  const value = await expandAssigned(shell, assignment.value)
  return assignment.append ? appended(shell, assignment.name, value) : value
}

export async function assign(shell: Shell, assignment: Assignment): Promise<void> {
  if (await assignArray(shell, assignment)) return
  shell.set(assignment.name, await assigned(shell, assignment))
}

/** Those that may be made: bash complains of the others, and runs the command without them. @throws ShellError in a shell of sh */
export async function writable(shell: Shell, given: readonly Given[]): Promise<readonly Given[]> {
  const may: Given[] = []
  for (const each of given) {
    if (!shell.variables.get(each.name)?.readonly) may.push(each)
    else if (shell.dialect.name === 'bash') await shell.complain(shell.dialect.readOnly(each.name))
    else throw new ShellError(shell.dialect.readOnly(each.name))
  }
  return may
}

/** `A=1 command`: for its time only. */
export async function withAssignments(shell: Shell, given: readonly Given[], run: () => Promise<void>): Promise<void> {
  const made = await writable(shell, given)
  const before = made.map(({ name }) => [name, shell.variables.get(name), shell.process.env[name]] as const)
  for (const { name, value } of made) {
    shell.variables.set(name, { value, exported: true })
    shell.exportToProcess(name, value)
  }
  try {
    await run()
  } finally {
    for (const [name, variable, value] of before) {
      putBack(shell, name, variable)
      shell.exportToProcess(name, value)
    }
  }
}
