/** Blanks that a lesson leaves for its reader: something to be filled in, and no mistake; nor is what follows from them. */
import type { monaco } from './monaco.ts'

type Monaco = typeof monaco
type TextModel = ReturnType<Monaco['editor']['createModel']>

const BLANK = /(?<!\w)____(?!\w)/

export interface Said {
  line: number
  message: string
}

/** The numbers of the lines with a blank. */
export const blanksIn = (text: string): number[] =>
  text.split('\n').flatMap((line, i) => (BLANK.test(line) ? [i + 1] : []))

/** The server's word for an object that it cannot even read, which it does not say of any line. */
const UNREADABLE = /cannot be handled as a/

/** Tells what is said because of a blank: it stands on a line with one, speaks of one, or is that the whole cannot be read. */
export function becauseOfBlanks(text: string): (said: Said) => boolean {
  const blanks = blanksIn(text)
  return ({ line, message }) =>
    blanks.length > 0 && (blanks.includes(line) || BLANK.test(message) || UNREADABLE.test(message))
}

const OWNER = 'blanks'

/** Marks the blanks of a file. Returns how to stop. */
export function markBlanks(m: Monaco, file: TextModel, toDo: string): () => void {
  const mark = (): void =>
    m.editor.setModelMarkers(
      file,
      OWNER,
      blanksIn(file.getValue()).map(line => {
        const startColumn = file.getLineContent(line).search(BLANK) + 1
        const place = { startLineNumber: line, endLineNumber: line, startColumn, endColumn: startColumn + 4 }
        return { ...place, severity: m.MarkerSeverity.Info, message: toDo }
      }),
    )
  const changes = file.onDidChangeContent(mark)
  mark()
  return () => changes.dispose()
}

export const isBlank = (marker: { owner: string }): boolean => marker.owner === OWNER
