/** Commands that work on what a motion passes: `c d y < >`. */
import { isPunctuation, isSpace } from './buffer.ts'
import type { Editor, Extent } from './editor.ts'
import type { Key } from './keys.ts'
import type { Command } from './motions.ts'
import { type as typeKey } from './typing.ts'
import type { Keeping } from './undo.ts'

interface Range {
  from: number
  /** The last character of it. */
  to: number
  extent: Extent
}

const WITHIN_LINE = new Set<Key>([...'^%$0bBeEfFtThnN/?|{}\b\x7f'])
const BY_PATTERN = new Set<Key>([...'nN/?'])
const BY_LINES = new Set<Key>([..."GHL+-gjk'\r\n"])
/** The character that such a motion goes to is not part of what it passes. */
const EXCLUSIVE = new Set<Key>([...'^0bBFThnN/?|\b\x7f'])

/** The key of a motion, whose own number multiplies that of the command. */
async function motionKey(editor: Editor): Promise<Key> {
  let key = await editor.key()
  if (key === '0') editor.count = 0
  else if (isDigit(key)) {
    let count = 0
    for (; isDigit(key); key = await editor.key()) count = withDigit(count, key)
    editor.count = Math.min((editor.count || 1) * count, LARGEST_COUNT)
  }
  return key
}

export const isDigit = (key: Key): boolean => /^\d$/.test(key)

/** The largest int of C. */
const LARGEST_COUNT = 2 ** 31 - 1

/** A number before a command, and one more digit of it. */
export const withDigit = (count: number, digit: Key): number => Math.min(count * 10 + Number(digit), LARGEST_COUNT)

/** Whether a place is the last one of the text but for a newline. */
function atEnd(editor: Editor, place: number): boolean {
  const { buffer } = editor
  return place === buffer.end - 1 || (place === buffer.end - 2 && buffer.at(place + 1) === '\n')
}

/** Reads a motion and makes it. @returns what it has passed; undefined where it could not be made */
async function range(editor: Editor, command: Key): Promise<Range | undefined> {
  const start = editor.dot
  const key = command === 'Y' ? 'y' : await motionKey(editor)
  const extent = await pass(editor, command, key, start)
  if (!extent) {
    if (key !== '\x1b') await editor.fail()
    return undefined
  }
  const from = Math.min(start, editor.dot)
  const to = Math.max(start, editor.dot)
  if (to <= from) return { from, to, extent }
  if (EXCLUSIVE.has(key)) return { from, to: to - 1, extent }
  return key === '{' || key === '}' ? paragraphs(editor, from, to) : { from, to, extent }
}

/** Makes the motion of a key; undefined where it leads nowhere. */
async function pass(editor: Editor, command: Key, key: Key, start: number): Promise<Extent | undefined> {
  if (command === 'Y' || (command === key && 'cdy><'.includes(key))) {
    if (--editor.count > 0) {
      await editor.perform('j')
      if (editor.failed) return undefined
    }
    return 'lines'
  }
  if (WITHIN_LINE.has(key)) {
    await editor.perform(key)
    if (editor.dot === start) return undefined
    return BY_PATTERN.has(key) ? 'pieces' : 'part'
  }
  if (key === 'w' || key === 'W') {
    await editor.perform(key)
    beforeNextWord(editor, command, key, start)
    return 'pieces'
  }
  if (BY_LINES.has(key)) {
    await editor.perform(key)
    return editor.failed ? undefined : 'lines'
  }
  if (key === ' ' || key === 'l') {
    const wanted = editor.count || 1
    await editor.perform(key)
    // It stops at the last character of a line, which then belongs to what is passed.
    if (editor.dot - start === wanted) editor.dot--
    return 'part'
  }
  return undefined
}

/** Back from the word that `w` went to, and for `c` from the blanks before it. */
function beforeNextWord(editor: Editor, command: Key, key: Key, start: number): void {
  const { buffer } = editor
  if (editor.dot > start && (!atEnd(editor, editor.dot) || (key === 'w' && isPunctuation(buffer.at(editor.dot)))))
    editor.dot--
  let withBlanks = editor.dot
  while (editor.dot > start && isSpace(buffer.at(editor.dot))) {
    const wasNewline = buffer.at(editor.dot) === '\n'
    editor.dot--
    if (wasNewline) withBlanks = editor.dot
  }
  if (command !== 'c' && editor.dot !== withBlanks && buffer.at(editor.dot) !== '\n') editor.dot = withBlanks
}

/** What `{` and `}` pass is lines, where it begins and ends with them. */
function paragraphs(editor: Editor, from: number, to: number): Range {
  const { buffer } = editor
  const begins = from === buffer.lineStart(from)
  const extent = begins && (buffer.at(to) === '\n' || atEnd(editor, to)) ? 'lines' : 'pieces'
  if (atEnd(editor, to)) return { from, to, extent }
  const before = to - 1
  return { from, to: before > from && !begins ? before - 1 : before, extent }
}

/** `c d y Y` */
export const operate: Command = async (editor, key) => {
  const { buffer } = editor
  const found = await range(editor, key)
  if (!found) return editor.recorded()
  let { from, to } = found
  const { extent } = found
  const start = from
  if (extent === 'lines') {
    from = buffer.lineStart(from)
    if (key === 'c') editor.nextIndent = buffer.column(from + buffer.indent(from))
    to = buffer.lineEnd(to)
  }
  const before = editor.registers.get(editor.register)
  const yanks = key === 'y' || key === 'Y'
  if (yanks) {
    editor.copy(from, to, extent)
    editor.dot = Math.min(from, to)
  } else editor.dot = editor.take(from, to, extent)
  if (extent === 'lines') {
    if (key === 'c') await openInstead(editor)
    else if (key === 'd') {
      editor.toLineStart()
      editor.skipBlanks()
    } else editor.dot = start
  }
  if (key === 'c') return startInsert(editor)
  const register = editor.registers.get(editor.register)
  if (register !== before) tell(editor, key === 'd' ? 'Delete' : 'Yank', register?.text ?? '', 1)
  editor.recorded()
}

/** An empty line where lines are changed. */
async function openInstead(editor: Editor): Promise<void> {
  editor.mode = 'insert'
  editor.dot = await typeKey(editor, editor.dot, '\n', 'chained')
  if (editor.dot !== editor.buffer.end - 1 && !editor.options.autoindent) editor.toPreviousLine()
}

export function startInsert(editor: Editor): void {
  editor.nextIndent = undefined
  editor.mode = 'insert'
  editor.changes.settle()
}

/** What was done with a register. */
export function tell(editor: Editor, done: string, text: string, times: number): void {
  const lines = text.split('\n').length - 1
  editor.say(`${done} ${lines * times} lines (${text.length * times} chars) from [${registerName(editor)}]`)
}

export const registerName = (editor: Editor): string => editor.register

/** `<` and `>` */
export const shift: Command = async (editor, key) => {
  const { buffer, changes } = editor
  const line = buffer.lineNumber(editor.dot)
  const found = await range(editor, key)
  if (!found) return editor.recorded()
  let keeping: Keeping = 'alone'
  let at = buffer.lineStart(found.from)
  for (let left = buffer.linesBetween(found.from, found.to); left > 0; left--) {
    await editor.work()
    if (key === '>') {
      if (at !== buffer.lineEnd(at)) await typeKey(editor, at, '\t', keeping)
    } else if (buffer.at(at) === '\t') changes.remove(at, at, keeping)
    else
      for (let i = 0; buffer.at(at) === ' ' && i < buffer.tabstop; i++) {
        changes.remove(at, at, keeping)
        keeping = 'chained'
      }
    keeping = 'chained'
    at = buffer.nextLine(at)
  }
  editor.dot = buffer.line(line)
  editor.skipBlanks()
  editor.recorded()
}
