/** The terminal as the editor needs it, and as it was before. */
import { RAW, type TerminalMode, terminalOf } from '../../processes/terminal.ts'
import type { Editor } from './editor.ts'

const before = new WeakMap<Editor, TerminalMode>()

/** Keys come one by one; Ctrl-C and Ctrl-Z are still signals. */
export function raw(editor: Editor): void {
  const terminal = terminalOf(editor.process.fds[0])
  if (!terminal) return
  if (!before.has(editor)) before.set(editor, terminal.mode)
  terminal.mode = { ...RAW, signals: true }
}

export function cooked(editor: Editor): void {
  const terminal = terminalOf(editor.process.fds[0])
  const mode = before.get(editor)
  before.delete(editor)
  if (terminal && mode) terminal.mode = mode
}
