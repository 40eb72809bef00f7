/** `%` and `#` in the words of a command: the file's name, and that of the one before. */
import type { Editor } from './editor.ts'

/** @returns undefined where there is no such name, which is told */
export function expandNames(editor: Editor, text: string): string | undefined {
  let missing = false
  const expanded = text.replace(/\\([\s\S])|[%#]/g, (sign, literal: string | undefined) => {
    if (literal !== undefined) return literal
    const name = sign === '%' ? editor.fileName : editor.otherFileName
    if (name === undefined) missing = true
    return name ?? ''
  })
  if (!missing) return expanded
  editor.warn('No previous filename')
  return undefined
}
