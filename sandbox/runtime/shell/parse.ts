/** From text to a tree, by unbash; and its complaints in the shells' own words. */
import { type ParsedScript, parse } from 'unbash'
import type { Dialect } from './dialect.ts'

export interface Parsed {
  tree: ParsedScript
  source: string
  /** The first thing wrong, and where. */
  error?: { message: string; pos: number; incomplete: boolean }
}

const cache = new Map<string, Parsed>()

export function parseScript(source: string): Parsed {
  const known = cache.get(source)
  if (known) return known
  const tree = parse(source)
  const first = tree.errors?.[0]
  const parsed: Parsed = { tree, source }
  if (first) {
    parsed.error = {
      message: first.message,
      pos: first.pos,
      incomplete: first.pos >= source.trimEnd().length || /unterminated|unclosed/.test(first.message),
    }
  } else if (/(?:^|[^\\])(?:\\\\)*\\\n?$/.test(source)) {
    parsed.error = { message: 'continued', pos: source.length, incomplete: true }
  } else {
    const open = openHereDoc(source)
    if (open) parsed.error = { message: 'here-document', pos: source.length, incomplete: true }
  }
  if (cache.size > 200) cache.clear()
  cache.set(source, parsed)
  return parsed
}

/** Whether the last here-document still waits for its end; not an error in a script, where the file's end closes it. */
function openHereDoc(source: string): boolean {
  if (!source.includes('<<')) return false
  const start = /<<(-?)\s*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([A-Za-z_]\w*))[^\n]*(?:\n|$)/g
  for (let match = start.exec(source); match; match = start.exec(source)) {
    const end = match[2] ?? match[3] ?? match[4]!
    const rest = source.slice(start.lastIndex).split('\n')
    const at = rest.findIndex(line => (match![1] ? line.replace(/^\t+/, '') : line) === end)
    if (at < 0) return true
    start.lastIndex += rest.slice(0, at + 1).join('\n').length
  }
  return false
}

const CLOSER = /expected '(\w+|[)}]+)' to close/

/** The complaint of `sh` about a script. */
export function syntaxError(parsed: Parsed, dialect: Dialect): string {
  const { message, pos } = parsed.error!
  const token = /^\s*(\S\w*)/.exec(parsed.source.slice(pos))?.[1]
  const unterminated = /unterminated (single|double) quote/.exec(message)
  if (dialect.name === 'ash') {
    if (unterminated) return 'syntax error: unterminated quoted string'
    if (/\$\{|parameter expansion/.test(message)) return "syntax error: missing '}'"
    if (/'for'/.test(message) && /name|variable/.test(message)) return 'syntax error: bad for loop variable'
    const closer = CLOSER.exec(message)
    if (!token) return `syntax error: unexpected end of file${closer ? ` (expecting "${closer[1]}")` : ''}`
    return `syntax error: unexpected "${token}"${closer ? ` (expecting "${closer[1]}")` : ''}`
  }
  if (dialect.name === 'dash') {
    if (unterminated) return 'Syntax error: Unterminated quoted string'
    const closer = CLOSER.exec(message)
    return token
      ? `Syntax error: "${token}" unexpected`
      : `Syntax error: end of file unexpected${closer ? ` (expecting "${closer[1]}")` : ''}`
  }
  if (unterminated) return `unexpected EOF while looking for matching \`${unterminated[1] === 'single' ? "'" : '"'}'`
  return token ? `syntax error near unexpected token \`${token}'` : 'syntax error: unexpected end of file'
}
