/** Calling a builtin: its errors become messages and a status. */
import { isErrno } from '../../errno.ts'
import type { Errno } from '../../processes/process.ts'
import { ShellError } from '../control.ts'
import type { Shell } from '../shell.ts'
import type { Builtin } from './builtin.ts'

export async function callBuiltin(shell: Shell, builtin: Builtin, words: readonly string[]): Promise<number> {
  const { within } = shell
  shell.within = undefined
  try {
    return (await builtin(shell, words.slice(1), words[0]!)) ?? 0
  } catch (error) {
    if (error instanceof ShellError) await shell.tell(error)
    if (!isErrno(error) || error.code === 'EINTR') {
      if (isErrno(error)) return 128 + 2
      throw error
    }
    await refuseOutput(shell, words[0]!, error)
    return 1
  } finally {
    shell.within = within
  }
}

/** What cannot be written, as each shell tells it: a builtin of busybox speaks by the name of the program. */
async function refuseOutput(shell: Shell, name: string, { code, message }: Errno): Promise<void> {
  const writing = ['EPIPE', 'EBADF', 'ENOSPC', 'EDQUOT', 'EIO'].includes(code)
  if (writing && shell.dialect.name === 'ash')
    await shell.process.write(2, `${shell.applet}: write error: ${message}\n`).catch(() => {})
  else if (writing && shell.dialect.name === 'dash') await shell.complain(`${name}: ${name}: I/O error`)
  else await shell.complain(`${name}: ${writing ? 'write error: ' : ''}${message}`)
}
