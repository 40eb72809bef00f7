/** What a command that has failed leads to: the ERR trap and `set -e`, and where neither counts. */
import { ExitShell, type Shell } from './shell.ts'

/** After a command that has failed: the ERR trap, and `set -e`. */
export async function checkExit(shell: Shell): Promise<void> {
  if (!shell.status || shell.guarded) return
  const { status } = shell
  const action = shell.functionDepth ? undefined : shell.traps.get('ERR')
  if (action) {
    shell.traps.delete('ERR')
    await shell.evaluate(action)
    shell.traps.set('ERR', action)
    shell.status = status
  }
  if (shell.has('e')) throw new ExitShell(status)
}

export async function guarded<T>(shell: Shell, run: () => Promise<T>): Promise<T> {
  shell.guarded++
  try {
    return await run()
  } finally {
    shell.guarded--
  }
}
