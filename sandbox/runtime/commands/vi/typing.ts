/** Characters as they are typed into the text: indents, tabs, backspace, and the end of it. */
import type { Editor } from './editor.ts'
import { byteOf, isErasing, type Key } from './keys.ts'
import { pairOf } from './search.ts'
import type { Keeping } from './undo.ts'

const SHOWN_MATCH_MS = 400

/** Types a key before a place. @returns where the next one goes */
export async function type(editor: Editor, place: number, key: Key, keeping: Keeping): Promise<number> {
  const { options } = editor
  if (key === '\x16') return without(editor, await literally(editor, place, keeping))
  if (key === '\x1b') return without(editor, stop(editor, place, keeping))
  if (key === '\x04') return outdent(editor, place)
  if (key === '\t' && options.expandtab) return without(editor, blanks(editor, place, keeping))
  if (isErasing(key)) return without(editor, await erase(editor, place))
  return character(editor, place, key === '\r' ? '\n' : byteOf(key), keeping)
}

/** An indent that was made is none any more. */
function without(editor: Editor, place: number): number {
  editor.indented = 0
  return place
}

/** After Ctrl-V: the next key, whatever it would do. */
async function literally(editor: Editor, place: number, keeping: Keeping): Promise<number> {
  editor.changes.putUnkept(place, '^')
  editor.draw()
  editor.changes.overwrite(place, byteOf(await editor.key()))
  editor.changes.keepInserted(place, 1, keeping)
  return place + 1
}

/** Escape. */
function stop(editor: Editor, place: number, keeping: Keeping): number {
  const { buffer, changes } = editor
  const line = buffer.lineStart(place)
  editor.mode = 'command'
  changes.settle()
  editor.count = 0
  editor.recorded()
  editor.touchStatus()
  const at = editor.dot > 0 && buffer.at(place - 1) !== '\n' ? place - 1 : place
  if (!editor.options.autoindent) return at
  const length = buffer.indent(line)
  // A line in which nothing was typed but for the indent that came by itself is left empty.
  if (!length || buffer.column(line + length) !== editor.indented || buffer.at(line + length) !== '\n') return at
  changes.remove(line, line + length - 1, keeping)
  return line
}

/** Ctrl-D: back to the stop before. */
function outdent(editor: Editor, place: number): number {
  const { buffer, changes } = editor
  const line = buffer.lineStart(place)
  let at = place
  let end = line + buffer.indent(line)
  const column = buffer.column(end)
  const wanted = column - (column % buffer.tabstop || buffer.tabstop)
  while (end > line && buffer.column(end) > wanted) {
    if (at > line) at--
    end = changes.remove(end - 1, end - 1, 'typed')
  }
  const keeps = editor.options.autoindent && editor.indented && end === buffer.lineEnd(at)
  editor.indented = keeps ? buffer.column(at) : 0
  return at
}

function blanks(editor: Editor, place: number, keeping: Keeping): number {
  const column = editor.buffer.column(place)
  const count = editor.buffer.nextTabstop(column) - column + 1
  for (let i = 0; i < count; i++) editor.changes.insert(place + i, ' ', keeping)
  return place + count
}

async function erase(editor: Editor, place: number): Promise<number> {
  const { changes, mode } = editor
  if (mode !== 'replace') return place > 0 ? changes.remove(place - 1, place - 1, 'typed') : place
  // What was replaced comes back.
  if (place <= editor.replacedFrom) return place
  await undo(editor)
  return place - 1
}

/** Takes back the last change, with those that it is chained to, and tells of the first of them. */
export async function undo(editor: Editor): Promise<void> {
  let undone = editor.changes.undo()
  while (undone?.chained) {
    await editor.work()
    undone = editor.changes.undo()
  }
  if (!undone) return editor.say('Already at oldest change')
  editor.say(undone.message)
  editor.dot = undone.place
  editor.draw()
}

async function character(editor: Editor, place: number, typed: string, keeping: Keeping): Promise<number> {
  const { changes, options } = editor
  if (typed === '\n') changes.settle()
  changes.insert(place, typed, keeping)
  if (options.showmatch && ')]}'.includes(typed)) await showMatch(editor, place)
  if (options.autoindent && typed === '\n') return indent(editor, place + 1, keeping)
  editor.indented = 0
  return place + 1
}

/** The indent of a line that has just begun. */
function indent(editor: Editor, place: number, keeping: Keeping): number {
  const { buffer, changes } = editor
  let at = place
  let columns = editor.nextIndent
  if (columns === undefined) {
    const line = buffer.previousLine(at)
    const length = buffer.indent(line)
    columns = buffer.column(line + length)
    if (length && columns === editor.indented) {
      // Nothing was typed in the line before: its indent goes on to the next.
      changes.overwrite(line, `\n${buffer.text.slice(line, line + length)}`)
      return at
    }
  } else if (at !== buffer.end - 1) at--
  if (!columns) return without(editor, at)
  editor.indented = editor.mode === 'command' ? 0 : columns
  const tabs = editor.options.expandtab ? 0 : Math.floor(columns / buffer.tabstop)
  const text = '\t'.repeat(tabs) + ' '.repeat(columns - tabs * buffer.tabstop)
  changes.putUnkept(at, text)
  changes.keepInserted(at, text.length, keeping)
  return at + text.length
}

/** Puts the cursor for a moment on the bracket that one closes. */
async function showMatch(editor: Editor, place: number): Promise<void> {
  const match = pairOf(editor.buffer, place)
  if (match === undefined) return editor.fail()
  const { dot } = editor
  editor.dot = match
  editor.draw()
  if (!editor.keyboard.pending) await editor.pause(SHOWN_MATCH_MS)
  editor.dot = dot
  editor.draw()
}
