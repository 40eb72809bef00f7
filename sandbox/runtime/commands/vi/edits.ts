/** Commands that change the text by themselves: inserting, deleting, replacing, joining, putting back, undoing. */
import { isLetter } from './buffer.ts'
import { LINE_AS_IT_WAS } from './editor.ts'
import { writeBuffer } from './files.ts'
import type { Key } from './keys.ts'
import { type Command, letter } from './motions.ts'
import { operate, registerName, shift, startInsert, tell } from './operators.ts'
import { type as typeKey, undo } from './typing.ts'
import type { Keeping } from './undo.ts'

const append: Command = editor => {
  if (editor.buffer.at(editor.dot) !== '\n') editor.dot++
  startInsert(editor)
}

/** `o` and `O`: an empty line below or above. */
const open: Command = async (editor, key) => {
  const { buffer } = editor
  if (key === 'O') {
    editor.toLineStart()
    editor.nextIndent = buffer.column(editor.dot + buffer.indent(editor.dot))
  } else editor.toLineEnd()
  editor.mode = 'insert'
  editor.dot = await typeKey(editor, editor.dot, '\n', 'alone')
  if (key === 'O' && !editor.options.autoindent) editor.toPreviousLine()
  startInsert(editor)
}

export const startReplace: Command = editor => {
  editor.mode = 'replace'
  editor.changes.settle()
  editor.replacedFrom = editor.dot
}

/** `x`, `X` and `s`: characters of the line. */
const deleteCharacters: Command = async (editor, key) => {
  const before = key === 'X' ? 1 : 0
  let keeping: Keeping = 'alone'
  do {
    await editor.work()
    if (editor.buffer.at(editor.dot - before) === '\n') break
    editor.dot = editor.take(editor.dot - before, editor.dot - before, 'part', keeping)
    keeping = 'chained'
  } while (--editor.count > 0)
  editor.recorded()
  if (key === 's') startInsert(editor)
}

/** `C` and `D`: the rest of the line. */
const deleteRest: Command = (editor, key) => {
  editor.dot = editor.take(editor.dot, editor.buffer.lineLast(editor.dot), 'part')
  if (key === 'C') return startInsert(editor)
  editor.recorded()
}

const join: Command = async editor => {
  const { buffer, changes } = editor
  do {
    await editor.work()
    editor.toLineEnd()
    if (editor.dot >= buffer.end - 1) break
    changes.keep('removed', editor.dot, 1, false)
    changes.overwrite(editor.dot, ' ')
    changes.keep('inserted', editor.dot, 1, true)
    editor.dot++
    while (buffer.at(editor.dot) === ' ' || buffer.at(editor.dot) === '\t')
      changes.remove(editor.dot, editor.dot, 'chained')
  } while (--editor.count > 0)
  editor.recorded()
}

const replaceCharacters: Command = async editor => {
  const { buffer, changes } = editor
  const key = await editor.key()
  if (key !== '\x1b') {
    if (buffer.lineEnd(editor.dot) - editor.dot < (editor.count || 1)) {
      await editor.fail()
      return editor.recorded()
    }
    let keeping: Keeping = 'alone'
    do {
      await editor.work()
      editor.dot = changes.remove(editor.dot, editor.dot, keeping)
      keeping = 'chained'
      editor.dot = await typeKey(editor, editor.dot, key, keeping)
    } while (--editor.count > 0)
    editor.left()
  }
  editor.recorded()
}

/** `~` */
const changeCase: Command = async editor => {
  const { buffer, changes } = editor
  let chained = false
  do {
    await editor.work()
    const c = buffer.at(editor.dot)
    if (isLetter(c)) {
      changes.keep('removed', editor.dot, 1, chained)
      changes.overwrite(editor.dot, c > 'Z' ? c.toUpperCase() : c.toLowerCase())
      changes.keep('inserted', editor.dot, 1, true)
      chained = true
    } else if (c === '\n') break
    editor.right()
  } while (--editor.count > 0)
  editor.recorded()
}

/** `p` and `P`: what the register holds, after or before. */
const put: Command = (editor, key) => {
  const { buffer, changes } = editor
  const register = editor.registers.get(editor.register)
  if (!register) return editor.warn(`Nothing in register ${registerName(editor)}`)
  const { text, extent } = register
  const times = editor.count || 1
  let ahead = 0
  if (extent === 'lines') {
    if (key === 'P') editor.toLineStart()
    else if (buffer.lineEnd(editor.dot) === buffer.end - 1) editor.dot = buffer.end
    else editor.toNextLine()
  } else {
    if (key === 'p') editor.right()
    if (!text.includes('\n')) ahead = times * text.length - 1
  }
  changes.insert(editor.dot, text, 'alone', times)
  editor.dot += ahead
  editor.skipBlanks()
  tell(editor, 'Put', text, times)
  editor.recorded()
}

/** `U`: the line as it was when the cursor came to it. */
const restoreLine: Command = editor => {
  const { buffer, changes } = editor
  const line = editor.registers.get(LINE_AS_IT_WAS)
  if (!line) return
  const place = changes.remove(buffer.lineStart(editor.dot), buffer.lineEnd(editor.dot), 'alone')
  changes.insert(place, line.text, 'chained')
  editor.dot = place
  editor.skipBlanks()
  tell(editor, 'Undo', line.text, 1)
}

const nameRegister: Command = async editor => {
  const name = letter(await editor.key())
  if (!name) return editor.fail()
  editor.register = name
}

/** `ZZ` writes what has changed and ends, `ZQ` ends. */
const leave: Command = async editor => {
  const key = await editor.key()
  if (key === 'Q') {
    editor.editing = false
    editor.fileIndex = editor.files.length
    return
  }
  if (key !== 'Z') return editor.fail()
  if (!editor.changes.modified) editor.editing = false
  else if (editor.isReadOnly && editor.fileName !== undefined) return editor.warn(`'${editor.fileName}' is read only`)
  else {
    const written = writeBuffer(editor, editor.fileName, 0, editor.buffer.end - 1)
    if (written.error !== undefined)
      editor.warn(written.error === 'no name' ? 'No current filename' : `Write error: ${written.error}`)
    else if (written.bytes === editor.buffer.end) editor.editing = false
  }
  const left = editor.files.length - editor.fileIndex - 1
  if (editor.editing || left <= 0) return
  editor.editing = true
  editor.unmodified()
  editor.warn(`${left} more file(s) to edit`)
}

const insert: Command = editor => startInsert(editor)

export const EDITS: Readonly<Record<Key, Command>> = {
  i: insert,
  Insert: insert,
  I: editor => {
    editor.toLineStart()
    editor.skipBlanks()
    startInsert(editor)
  },
  a: append,
  A: (editor, key) => {
    editor.toLineEnd()
    return append(editor, key)
  },
  o: open,
  O: open,
  R: startReplace,
  x: deleteCharacters,
  X: deleteCharacters,
  s: deleteCharacters,
  Delete: editor => {
    if (editor.dot < editor.buffer.end - 1) editor.dot = editor.take(editor.dot, editor.dot, 'part')
  },
  C: deleteRest,
  D: deleteRest,
  c: operate,
  d: operate,
  y: operate,
  Y: operate,
  '<': shift,
  '>': shift,
  J: join,
  r: replaceCharacters,
  '~': changeCase,
  p: put,
  P: put,
  u: editor => undo(editor),
  U: restoreLine,
  '"': nameRegister,
  Z: leave,
}
