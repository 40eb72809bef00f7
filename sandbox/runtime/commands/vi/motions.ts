/** Commands that only move the cursor. */
import { type Buffer, isPunctuation, isSpace, isWordPart } from './buffer.ts'
import type { Editor } from './editor.ts'
import type { Key } from './keys.ts'
import { BRACKETS, findCharacter, pairOf, search, searchAgain } from './search.ts'

export type Command = (editor: Editor, key: Key) => Promise<void> | void

/** As often as the number before the command says, and once without one; no longer than it leads anywhere. */
const times = (editor: Editor, step: () => void): void => {
  do {
    const before = editor.dot
    step()
    if (editor.dot === before) editor.count = 0
  } while (--editor.count > 0)
}

/** Down or up by lines, in the same column or to the first character that is no blank. */
const byLines =
  (direction: 'down' | 'up', toText: boolean): Command =>
  editor => {
    const { buffer } = editor
    let at = editor.dot
    do {
      const next = direction === 'down' ? buffer.nextLine(at) : buffer.previousLine(at)
      const none = direction === 'down' ? next === buffer.lineEnd(at) : next === buffer.lineStart(at)
      if (none) return editor.fail()
      at = next
    } while (--editor.count > 0)
    editor.dot = at
    if (toText) return editor.skipBlanks()
    editor.dot = editor.column === 'end' ? buffer.lineEnd(at) : buffer.placeOfColumn(at, editor.column)
    editor.keepsColumn = true
  }

/** Moves what is shown by lines, and the cursor along where it would be lost. */
export function scroll(editor: Editor, lines: number): void {
  const { buffer, screen, changes } = editor
  changes.settle()
  for (let i = 0; i < Math.abs(lines); i++)
    screen.top = lines < 0 ? buffer.previousLine(screen.top) : buffer.nextLine(screen.top)
  editor.dot = Math.max(editor.dot, screen.top)
  const { bottom } = screen
  if (editor.dot > bottom) editor.dot = buffer.lineStart(bottom)
  editor.skipBlanks()
}

const half = (editor: Editor): number => Math.trunc((editor.screen.rows - 2) / 2)

/** Goes on while a test holds, at most over some line ends. @param ahead whether the neighbour is tested instead */
function walk(
  buffer: Buffer,
  from: number,
  step: 1 | -1,
  lines: number,
  { test, ahead }: { test: (character: string) => boolean; ahead: boolean },
): number {
  let place = from
  let left = lines
  for (;;) {
    const c = buffer.at(ahead ? place + step : place)
    if (!test(c)) return place
    if (c === '\n' && --left < 1) return place
    if (step > 0 ? place >= buffer.end - 1 : place <= 0) return place
    place += step
  }
}

const notBlank = (c: string): boolean => !isSpace(c) || c === '\n'
const OVER_BLANKS = { test: isSpace, ahead: false }
const TO_BLANK = { test: notBlank, ahead: false }
const BEFORE_BLANK = { test: notBlank, ahead: true }
const WORD = { test: isWordPart, ahead: true }
const SIGNS = { test: isPunctuation, ahead: true }

/** To the end of the word or of the signs that one is on. */
function walkWord(editor: Editor, step: 1 | -1): void {
  const { buffer } = editor
  const c = buffer.at(editor.dot)
  const kind = isWordPart(c) ? WORD : isPunctuation(c) ? SIGNS : undefined
  if (kind) editor.dot = walk(buffer, editor.dot, step, 1, kind)
}

const nextWord: Command = editor => {
  const { buffer } = editor
  times(editor, () => {
    walkWord(editor, 1)
    if (editor.dot < buffer.end - 1) editor.dot++
    if (isSpace(buffer.at(editor.dot))) editor.dot = walk(buffer, editor.dot, 1, 2, OVER_BLANKS)
  })
}

/** `b` and `e`. */
const withinWords: Command = (editor, key) => {
  const { buffer } = editor
  const step = key === 'e' ? 1 : -1
  do {
    const next = editor.dot + step
    if (next < 0 || next > buffer.end - 1) return
    editor.dot = next
    if (isSpace(buffer.at(next))) editor.dot = walk(buffer, next, step, step > 0 ? 2 : 1, OVER_BLANKS)
    walkWord(editor, step)
  } while (--editor.count > 0)
}

/** `B`, `E` and `W`: words are what blanks divide. */
const byBigWords: Command = (editor, key) => {
  const { buffer } = editor
  const step = key === 'B' ? -1 : 1
  times(editor, () => {
    if (key === 'W' || isSpace(buffer.at(editor.dot + step))) {
      editor.dot = walk(buffer, editor.dot, step, 1, TO_BLANK)
      editor.dot = walk(buffer, editor.dot, step, 2, OVER_BLANKS)
    }
    if (key !== 'W') editor.dot = walk(buffer, editor.dot, step, 1, BEFORE_BLANK)
  })
}

/** `{` and `}`: to the next empty line after lines that are none. */
const byParagraphs: Command = (editor, key) => {
  const { buffer } = editor
  const step = key === '}' ? 1 : -1
  times(editor, () => {
    let seenText = false
    while (step > 0 ? editor.dot < buffer.end - 1 : editor.dot > 0) {
      if (buffer.at(editor.dot) !== '\n' || buffer.at(editor.dot + step) !== '\n') seenText = true
      else if (seenText) {
        if (step > 0) editor.dot++
        return
      }
      editor.dot += step
    }
    // At the end of the text.
    editor.count = 0
    editor.recorded()
  })
}

const toPair: Command = editor => {
  const { buffer } = editor
  let at = editor.dot
  while (at < buffer.end && buffer.at(at) !== '\n' && !BRACKETS.includes(buffer.at(at))) at++
  if (at >= buffer.end) return undefined
  const pair = buffer.at(at) === '\n' ? undefined : pairOf(buffer, at)
  if (pair === undefined) return editor.fail()
  editor.dot = pair
  return undefined
}

const toLine: Command = editor => {
  const { buffer } = editor
  editor.dot = editor.count > 0 ? buffer.line(editor.count) : buffer.end - 1
  editor.toLineStart()
  editor.skipBlanks()
}

/** `gg`; no other command begins with a `g`. */
const afterG: Command = async (editor, key) => {
  const next = await editor.key()
  if (next === 'g') {
    editor.count ||= 1
    return toLine(editor, key)
  }
  editor.warn(`'${printable(`g${next.length === 1 ? next : '*'}`)}' is not implemented`)
  editor.failed = true
}

/** `H` and `L`: lines of the screen, counted from its edge. */
const toEdge =
  (edge: 'top' | 'bottom'): Command =>
  editor => {
    const { screen } = editor
    editor.dot = screen[edge]
    editor.count = Math.min(editor.count, screen.rows - 1)
    while (--editor.count > 0) edge === 'top' ? editor.toNextLine() : editor.toPreviousLine()
    editor.toLineStart()
    editor.skipBlanks()
  }

const toMiddle: Command = editor => {
  editor.dot = editor.screen.top
  for (let i = 0; i < Math.floor((editor.screen.rows - 1) / 2); i++) editor.dot = editor.buffer.nextLine(editor.dot)
  editor.skipBlanks()
}

const toMark: Command = async editor => {
  const key = await editor.key()
  if (key === "'") {
    // Between here and where the last jump began.
    const [, before] = editor.jumps
    if (before !== undefined && before <= editor.buffer.end - 1) {
      editor.jumps = [before, editor.dot]
      editor.dot = before
    }
    editor.toLineStart()
    editor.skipBlanks()
    // That is no jump of its own.
    editor.origin = editor.dot
    return
  }
  const place = editor.marks.get(letter(key) ?? '')
  if (place === undefined || place >= editor.buffer.end) return editor.fail()
  editor.dot = place
  editor.toLineStart()
  editor.skipBlanks()
}

const setMark: Command = async editor => {
  const name = letter(await editor.key())
  if (!name) return editor.fail()
  editor.marks.set(name, editor.dot)
}

/** The small letter of a key that is one of either size. */
export const letter = (key: Key): string | undefined => (/^[a-z]$/i.test(key) ? key.toLowerCase() : undefined)

const toCharacter: Command = async (editor, key) => {
  const next = await editor.key()
  editor.sought = { character: next === '\0' ? '' : next, command: key }
  return findCharacter(editor, key)
}

const opposite = (command: string): string => (command >= 'a' ? command.toUpperCase() : command.toLowerCase())

/** As messages show keys. */
export const printable = (text: string): string =>
  text
    .replace(/[\x80-\xff]/g, '?')
    .replace(/[\x00-\x1f]/g, c => `^${String.fromCharCode(c.charCodeAt(0) + 64)}`)
    .replaceAll('\x7f', '^?')

/** `z`: the line of the cursor becomes the top, the middle or the bottom one. */
const placeLine: Command = async editor => {
  const where = await editor.key()
  const above = where === '.' ? half(editor) : where === '-' ? editor.screen.rows - 2 : 0
  editor.screen.top = editor.buffer.lineStart(editor.dot)
  scroll(editor, -above)
}

const left: Command = editor => times(editor, () => editor.left())
const right: Command = editor => times(editor, () => editor.right())
const toStart: Command = editor => editor.toLineStart()
const toFirst: Command = editor => {
  editor.toLineStart()
  editor.skipBlanks()
}
const toEnd: Command = editor => {
  const { buffer } = editor
  editor.dot = buffer.lineEnd(editor.dot)
  while (--editor.count > 0 && editor.dot < buffer.end - 1) {
    editor.toNextLine()
    editor.dot = buffer.lineEnd(editor.dot)
  }
  editor.column = 'end'
  editor.keepsColumn = true
}
const pageDown: Command = editor => scroll(editor, editor.screen.rows - 2)
const pageUp: Command = editor => scroll(editor, 2 - editor.screen.rows)

export const MOTIONS: Readonly<Record<Key, Command>> = {
  h: left,
  Left: left,
  '\b': left,
  '\x7f': left,
  l: right,
  ' ': right,
  Right: right,
  j: byLines('down', false),
  '\n': byLines('down', false),
  Down: byLines('down', false),
  '\r': byLines('down', true),
  '+': byLines('down', true),
  k: byLines('up', false),
  Up: byLines('up', false),
  '-': byLines('up', true),
  Home: toStart,
  '^': toFirst,
  $: toEnd,
  End: toEnd,
  '|': editor => {
    editor.dot = editor.buffer.placeOfColumn(editor.dot, editor.count - 1)
  },
  w: nextWord,
  b: withinWords,
  e: withinWords,
  B: byBigWords,
  E: byBigWords,
  W: byBigWords,
  '{': byParagraphs,
  '}': byParagraphs,
  '%': toPair,
  G: toLine,
  g: afterG,
  H: toEdge('top'),
  M: toMiddle,
  L: toEdge('bottom'),
  m: setMark,
  "'": toMark,
  f: toCharacter,
  F: toCharacter,
  t: toCharacter,
  T: toCharacter,
  ';': editor => findCharacter(editor, editor.sought.command),
  ',': editor => findCharacter(editor, opposite(editor.sought.command)),
  '/': search,
  '?': search,
  n: editor => searchAgain(editor, false),
  N: editor => searchAgain(editor, true),
  '\x02': pageUp,
  PageUp: pageUp,
  '\x06': pageDown,
  PageDown: pageDown,
  '\x04': editor => scroll(editor, half(editor)),
  '\x15': editor => scroll(editor, -half(editor)),
  '\x05': editor => scroll(editor, 1),
  '\x19': editor => scroll(editor, -1),
  z: placeLine,
}
