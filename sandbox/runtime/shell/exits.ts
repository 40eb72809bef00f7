/** What a command that has failed leads to: the ERR trap and `set -e`, and where neither counts. */
import { ExitShell } from './control.ts'
import type { Shell } from './shell.ts'

/** After a command that has failed: the ERR trap, and `set -e`. */
export async function checkExit(shell: Shell): Promise<void> {
  if (!shell.status || shell.guarded) return
  const { status } = shell
  if (!shell.functionDepth) await runTrap(shell, 'ERR')
  if (shell.has('e')) throw new ExitShell(status)
}

/** A trap of what is no signal. It does not come upon itself; the status is as before. */
export async function runTrap(shell: Shell, name: 'ERR' | 'RETURN' | 'DEBUG'): Promise<void> {
  const action = shell.traps.get(name)
  if (!action || shell.trapped.has(name)) return
  shell.trapped.add(name)
  try {
    await shell.runTrap(action)
  } finally {
    shell.trapped.delete(name)
  }
}

export async function guarded<T>(shell: Shell, run: () => Promise<T>): Promise<T> {
  shell.guarded++
  try {
    return await run()
  } finally {
    shell.guarded--
  }
}
