/** The shell at the learner's prompt: bash, with kubectl's completion and the short names that people use. */
import type { Process } from '../../runtime/processes/process.ts'
import { completePath } from '../../runtime/shell/interactive/complete.ts'
import { type InteractiveOptions, interact } from '../../runtime/shell/interactive/interactive.ts'
import { interpreter } from '../../runtime/shell/run.ts'
import { Shell } from '../../runtime/shell/shell.ts'
import { completeKubectl } from './completion.ts'

export function learnerShell(process: Process, person: InteractiveOptions): Promise<number> {
  const shell = new Shell(process, { dialect: 'bash', interpreter, name: 'bash' })
  shell.set('PS1', '\\[\\e[32m\\]\\w\\[\\e[0m\\] $ ')
  shell.aliases.set('k', 'kubectl')
  shell.aliases.set('ll', 'ls -l')
  return interact(shell, {
    ...person,
    complete: async (line, cursor) => (await completeKubectl(shell, line, cursor)) ?? completePath(shell, line, cursor),
  })
}
