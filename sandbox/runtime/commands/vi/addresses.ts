/** Lines as commands after a colon name them: `3`, `.`, `$`, `'a`, `/text/`, sums of these, `%`, and two of them. */
import type { Editor } from './editor.ts'
import { find, findAnew } from './search.ts'

export interface Addresses {
  /** The last two lines named. */
  first: number | undefined
  last: number | undefined
  /** How many lines were named. */
  count: number
  /** What follows. */
  rest: string
}

/** @returns undefined after something that is told already */
export function addresses(editor: Editor, text: string): Addresses | undefined {
  const { buffer, dot } = editor
  const found: Addresses = { first: undefined, last: undefined, count: 0, rest: text }
  const blanks = (): void => {
    found.rest = found.rest.replace(/^[ \t]+/, '')
  }
  const add = (line: number): void => {
    found.first = found.last
    found.last = line
    found.count++
  }
  try {
    for (;;) {
      blanks()
      if (found.rest.startsWith('%')) {
        found.first = 1
        found.last = buffer.lineCount
        found.count = 2
        found.rest = found.rest.slice(1)
      } else {
        const one = address(editor, found.rest)
        if (!one) return undefined
        found.rest = one.rest
        // `,$` and `1,` name the present line, too.
        if (!one.given && !/^[,;]/.test(found.rest) && !found.count) return found
        add(one.line)
      }
      blanks()
      if (!/^[,;]/.test(found.rest)) return found
      if (found.rest.startsWith(';')) editor.dot = buffer.line(found.last!)
      found.rest = found.rest.slice(1)
    }
  } finally {
    editor.dot = dot
  }
}

interface Address {
  line: number
  /** Whether there was one; else it is the present line. */
  given: boolean
  rest: string
}

function address(editor: Editor, text: string): Address | undefined {
  const { buffer } = editor
  let rest = text
  let line = buffer.lineNumber(editor.dot)
  let given = false
  let sign = 0
  for (;;) {
    const c = rest[0] ?? ''
    const digits = /^\d+/.exec(rest)?.[0]
    if (c === ' ' || c === '\t') {
      if (given) {
        line += sign
        sign = 0
      }
      rest = rest.slice(1)
    } else if (digits) {
      line = given ? line + (sign < 0 ? -1 : 1) * Number(digits) : Number(digits)
      given = true
      sign = 0
      rest = rest.slice(digits.length)
    } else if (c === '-' || c === '+') {
      if (given) line += sign
      given = true
      sign = c === '-' ? -1 : 1
      rest = rest.slice(1)
    } else if (!given && c && ".$'/?".includes(c)) {
      const named = namedLine(editor, rest)
      if (!named) return undefined
      ;({ line, rest } = named)
      given = true
    } else return { line: line + sign, given, rest }
  }
}

/** A line named by a sign, a mark or a pattern. */
function namedLine(editor: Editor, text: string): { line: number; rest: string } | undefined {
  const { buffer } = editor
  const rest = text.slice(1)
  if (text[0] === '.') return { line: buffer.lineNumber(editor.dot), rest }
  if (text[0] === '$') return { line: buffer.lineCount, rest }
  if (text[0] === "'") {
    const place = editor.marks.get((rest[0] ?? '').toLowerCase())
    if (place !== undefined) return { line: buffer.lineNumber(place), rest: rest.slice(1) }
    editor.warn('Mark not set')
    return undefined
  }
  const [delimiter] = text
  const end = text.indexOf(delimiter!, 1)
  const given = end < 0 ? text : text.slice(0, end)
  if (given.length > 1) editor.pattern = given
  const ahead = delimiter === '/'
  const wanted = editor.pattern.slice(1)
  const from = ahead ? buffer.nextLine(editor.dot) : buffer.lineStart(editor.dot)
  const found = find(editor, wanted, from, ahead) ?? findAnew(editor, wanted, ahead)
  if (found !== undefined) return { line: buffer.lineNumber(found), rest: end < 0 ? '' : text.slice(end + 1) }
  editor.warn('Pattern not found')
  return undefined
}
