/** `:!program`: a line for the shell, run on the terminal as it was before the editor. */
import { isErrno } from '../../errno.ts'
import { SIGNAL_NUMBER } from '../../processes/process.ts'
import type { Editor } from './editor.ts'
import { expandNames } from './names.ts'
import { cooked, raw } from './terminal-mode.ts'

export async function runShell(editor: Editor, line: string): Promise<void> {
  const expanded = expandNames(editor, line)
  if (expanded === undefined) return
  const { process } = editor
  editor.screen.clearBottom()
  await editor.flush()
  cooked(editor)
  const child = process.spawn({ argv: ['/bin/sh', '-c', expanded], signals: new Map() })
  let status: number | undefined
  while (status === undefined)
    try {
      const ended = (await process.wait(child.pid)).status
      status = ended.signal ? SIGNAL_NUMBER[ended.signal] : ended.code * 256
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error
    }
  // Keys that are signals were the program's.
  editor.happened.interrupt = editor.happened.stop = false
  if (status) editor.write(`\nshell returned ${status}\n\n`)
  await editor.flush()
  raw(editor)
  await editor.waitForReturn()
}
