/** Where a shell's own parser would stop, and what it would wait for there, from the errors of the one that is used here. */

export interface ParserError {
  message: string
  pos: number
}

export interface FirstError extends ParserError {
  /** What is waited for: a word of the language, or `word` for any. */
  closer?: string | undefined
}

const CLOSER = /expected '(\w+|[)}]+)' to close/

/** What follows the words after which a command is missing. */
const AFTER: ReadonlyMap<string, string> = new Map([
  ['if', 'then'],
  ['elif', 'then'],
  ['then', 'fi'],
  ['else', 'fi'],
  ['while', 'do'],
  ['until', 'do'],
  ['do', 'done'],
])

/** A `case` waits for the end of a pattern, or of the commands that belong to it. */
function closerOfCase(before: string): string {
  const rest = before.slice(Math.max(before.lastIndexOf(';;') + 2, /.*\bin\b/s.exec(before)?.[0].length ?? 0)).trim()
  if (rest.includes(')')) return ';;'
  return rest || /\bin\s*$/.test(before) ? ')' : 'esac'
}

const closerOf = ({ message, pos }: ParserError, source: string): string | undefined => {
  const closer = CLOSER.exec(message)?.[1]
  return closer === 'esac' ? closerOfCase(source.slice(0, pos)) : closer
}

/** The first of the parser's errors as the shells see it. */
export function firstError(errors: readonly ParserError[], source: string): FirstError | undefined {
  const [first, second] = errors
  if (!first) return undefined
  const atEnd = !source.slice(first.pos).trim()
  // Nothing within brackets: it is their end that is missed.
  if (/^expected command in /.test(first.message) && second && !source.slice(second.pos).trim())
    return { ...second, closer: closerOf(second, source) }
  if (/^unexpected token/.test(first.message)) return { ...first, closer: second && closerOf(second, source) }
  const after = /^expected command after '(\w+)'/.exec(first.message)?.[1]
  if (after && atEnd && AFTER.has(after)) return { ...first, closer: AFTER.get(after) }
  const wanted = /^expected '(then|do)'$/.exec(first.message)?.[1]
  if (wanted) {
    // The parser has gone past the word that stands there instead.
    const instead = /\b(?:done|fi|esac|then|else|elif)\s*$/.exec(source.slice(0, first.pos))
    return { ...first, pos: instead && atEnd ? instead.index : first.pos, closer: wanted }
  }
  if (/^expected 'in'/.test(first.message)) return { ...first, closer: /\bcase\s*$/.test(source) ? 'word' : 'in' }
  return { ...first, closer: closerOf(first, source) }
}
