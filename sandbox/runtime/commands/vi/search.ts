/** Looking for things in the text: a pattern, a character of the line, the other bracket of a pair. */
import type { Buffer } from './buffer.ts'
import type { Editor } from './editor.ts'
import type { Key } from './keys.ts'

/** Whether a text stands at a place. */
function standsAt(editor: Editor, place: number, text: string): boolean {
  const { buffer, options } = editor
  if (!options.ignorecase) return buffer.text.startsWith(text, place)
  return lower(buffer.text.slice(place, place + text.length)) === lower(text)
}

const lower = (text: string): string => text.replace(/[A-Z]+/g, letters => letters.toLowerCase())

/** The first place from one on, and before another, where a text stands. */
export function findAhead(
  editor: Editor,
  text: string,
  from: number,
  until = editor.buffer.end - 1,
): number | undefined {
  for (let at = from; at < until; at++) if (standsAt(editor, at, text)) return at
  return undefined
}

/** The last place where a text stands that ends before another. */
export function findBack(editor: Editor, text: string, before: number): number | undefined {
  for (let at = before - text.length; at >= 0; at--) if (standsAt(editor, at, text)) return at
  return undefined
}

export const find = (editor: Editor, text: string, from: number, ahead: boolean): number | undefined =>
  ahead ? findAhead(editor, text, from) : findBack(editor, text, from)

/** From where the text begins when one looks ahead, and its end when one looks back. */
export const findAnew = (editor: Editor, text: string, ahead: boolean): number | undefined =>
  find(editor, text, ahead ? 0 : editor.buffer.end - 1, ahead)

/** `/` and `?`: asks for a pattern and goes to it. */
export async function search(editor: Editor, key: Key): Promise<void> {
  const typed = await editor.line(key)
  if (!typed) return
  if (typed.length > 1) editor.pattern = typed
  else if (editor.pattern) editor.pattern = key + editor.pattern.slice(1)
  return searchAgain(editor, false)
}

/** `n` and `N`. */
export async function searchAgain(editor: Editor, back: boolean): Promise<void> {
  const ahead = editor.pattern.startsWith('/') !== back
  const text = editor.pattern.slice(1)
  if (!text) {
    editor.warn('No previous search')
    return
  }
  do {
    await editor.work()
    let found = find(editor, text, editor.dot + (ahead ? 1 : -1), ahead)
    if (found === undefined) {
      found = findAnew(editor, text, ahead)
      if (found === undefined) {
        editor.count = 0
        editor.warn('Pattern not found')
      } else editor.warn(`search hit ${ahead ? 'BOTTOM' : 'TOP'}, continuing at ${ahead ? 'TOP' : 'BOTTOM'}`)
    }
    if (found !== undefined) editor.dot = found
  } while (--editor.count > 0)
}

/** `f F t T ; ,`: the next such character of the line. @param command the letter that says how */
export async function findCharacter(editor: Editor, command: string): Promise<void> {
  const { buffer } = editor
  const { character } = editor.sought
  if (!character) return
  const ahead = command >= 'a'
  let at = editor.dot
  do {
    do {
      at += ahead ? 1 : -1
      if ((ahead ? at > buffer.end - 1 : at < 0) || buffer.at(at) === '\n') return editor.fail()
    } while (buffer.at(at) !== character)
  } while (--editor.count > 0)
  editor.dot = at
  if (command === 't') editor.left()
  else if (command === 'T') editor.right()
}

export const BRACKETS = '()[]{}'

/** Where the bracket is that belongs to the one at a place. */
export function pairOf(buffer: Buffer, place: number): number | undefined {
  const own = buffer.at(place)
  const index = BRACKETS.indexOf(own)
  const other = BRACKETS[index ^ 1]!
  const step = index % 2 ? -1 : 1
  let depth = 1
  for (let at = place + step; at >= 0 && at < buffer.end; at += step) {
    const c = buffer.at(at)
    if (c === own) depth++
    else if (c === other && --depth === 0) return at
  }
  return undefined
}
