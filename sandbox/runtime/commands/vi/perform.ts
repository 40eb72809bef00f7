/** One command: what a key does in the mode that the editor is in. */
import { colon } from './colon.ts'
import type { Editor } from './editor.ts'
import { EDITS, startReplace } from './edits.ts'
import { byteOf, isErasing, type Key } from './keys.ts'
import { type Command, MOTIONS, printable } from './motions.ts'
import { isDigit, startInsert, withDigit } from './operators.ts'
import { type as typeKey } from './typing.ts'

/** Keys that mean the same while one types. */
const ALWAYS = new Set<Key>(['Up', 'Down', 'Left', 'Right', 'Home', 'End', 'PageUp', 'PageDown', 'Delete'])
/** Motions that one can come back from. */
const JUMPS = new Set<Key>([...":%{}'GHLMz/?Nn"])

const redraw: Command = editor => editor.redraw()
const showStatus: Command = editor => editor.touchStatus()

const OTHERS: Readonly<Record<Key, Command>> = {
  '\0': () => {},
  '\x07': showStatus,
  '\x0c': redraw,
  '\x12': redraw,
  '\x1b': async editor => {
    if (editor.mode === 'command') await editor.fail()
    editor.mode = 'command'
    editor.changes.settle()
    editor.recorded()
    editor.touchStatus()
  },
  '.': editor => editor.replay(),
  ':': async editor => colon(editor, await editor.line(':')),
}

const unknown: Command = (editor, key) => {
  editor.warn(`'${printable(byteOf(key))}' is not implemented`)
  editor.recorded()
}

/** A digit is part of a number, and a 0 alone a motion. */
const digit: Command = (editor, key) => {
  if (key === '0' && editor.count < 1) editor.toLineStart()
  else editor.count = withDigit(editor.count, key)
}

const COMMANDS = new Map<Key, Command>(Object.entries({ ...MOTIONS, ...EDITS, ...OTHERS }))

/** Does what a key says. */
export async function perform(editor: Editor, key: Key): Promise<void> {
  const { buffer } = editor
  const outerOrigin = editor.origin
  editor.origin = editor.dot
  editor.keepsColumn = false
  editor.failed = false
  await editor.showStatus()
  if (editor.mode === 'command' || ALWAYS.has(key))
    await (isDigit(key) ? digit : (COMMANDS.get(key) ?? unknown))(editor, key)
  else await typed(editor, key)
  if (!buffer.end) {
    // A text has at least a line.
    editor.changes.settle()
    editor.changes.putUnkept(0, '\n')
    editor.dot = 0
  }
  if (editor.dot !== buffer.end) await editor.stayInside()
  if (editor.dot !== editor.origin && JUMPS.has(key)) editor.jumps = [editor.dot, editor.jumps[0]]
  editor.origin = outerOrigin
  if (!isDigit(key)) editor.count = 0
  // The cursor stays off the newline of a line that has characters.
  const onNewline = buffer.at(editor.dot) === '\n' && editor.dot > buffer.lineStart(editor.dot)
  if (onNewline && editor.mode === 'command') editor.dot--
}

/** A key while one types. */
async function typed(editor: Editor, key: Key): Promise<void> {
  const isCharacter = key.length === 1 && key !== '\0'
  if (editor.mode === 'replace') {
    if (key === 'Insert') return startInsert(editor)
    if (editor.buffer.at(editor.dot) !== '\n') {
      if (!isCharacter) return
      if (key !== '\x1b' && !isErasing(key)) editor.dot = editor.take(editor.dot, editor.dot, 'part')
      editor.dot = await typeKey(editor, editor.dot, key, 'chained')
      return
    }
    // The line ends here: from now on it is lengthened.
    editor.mode = 'insert'
    editor.changes.settle()
  }
  if (key === 'Insert') return startReplace(editor, key)
  if (isCharacter) editor.dot = await typeKey(editor, editor.dot, key, 'typed')
}
