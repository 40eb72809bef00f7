/** From text to a tree, by unbash; and its complaints in the shells' own words. */
import { type HereDoc, type ParsedScript, parse } from 'unbash'
import { beyondSh } from './beyond-sh.ts'
import type { Dialect } from './dialect.ts'
import { firstError } from './first-error.ts'
import { readByDash } from './read-by-dash.ts'

export interface Parsed {
  tree: ParsedScript
  /** The text that the tree's places are in. */
  source: string
  /** The first thing wrong, and where. */
  error?: { message: string; pos: number; incomplete: boolean; inItsWords?: boolean; closer?: string | undefined }
  /** A here-document that the text's end has closed: the word it waited for, and where it begins. */
  openDocument?: { word: string; pos: number }
}

const cache = new Map<string, Parsed>()

/** @param dialect whose scripts it is one of; a shell of `sh` stumbles over what only bash has */
export function parseScript(given: string, dialect: Dialect['name'] = 'bash'): Parsed {
  const key = `${dialect} ${given}`
  const known = cache.get(key)
  if (known) return known
  const source = dialect === 'dash' ? readByDash(given) : given
  const tree = parse(source)
  const first = firstError(tree.errors ?? [], source)
  const parsed: Parsed = { tree, source }
  if (first) {
    parsed.error = {
      message: first.message,
      pos: first.pos,
      closer: first.closer,
      incomplete: first.pos >= source.trimEnd().length || /unterminated|unclosed/.test(first.message),
    }
  } else if (/(?:^|[^\\])(?:\\\\)*\\\n?$/.test(source)) {
    parsed.error = { message: 'continued', pos: source.length, incomplete: true }
  } else {
    const open = source.includes('<<') ? openHereDoc(tree) : undefined
    if (open) {
      parsed.error = { message: 'here-document', pos: source.length, incomplete: true }
      parsed.openDocument = { word: open.delimiter?.value ?? '', pos: open.pos }
    }
  }
  const beyond = dialect === 'bash' ? undefined : beyondSh(tree, dialect, source)
  if (beyond && beyond.pos < (parsed.error?.pos ?? source.length))
    parsed.error = { ...beyond, incomplete: false, inItsWords: true }
  if (cache.size > 200) cache.clear()
  cache.set(key, parsed)
  return parsed
}

/** The first here-document that still waits for its end; not an error in a script, where the file's end closes it. */
function openHereDoc(node: unknown): HereDoc | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  if ((node as HereDoc).type === 'HereDoc' && !(node as HereDoc).closing) return node as HereDoc
  for (const [key, child] of Object.entries(node)) {
    // What stands in a substitution has a text of its own.
    const open = key === 'script' ? undefined : openHereDoc(child)
    if (open) return open
  }
  return undefined
}

/** The commands on the lines before the first mistake. */
export function upToError(parsed: Parsed): Parsed['tree']['commands'] {
  const { pos } = parsed.error!
  const good = parsed.tree.commands.filter(command => {
    const newline = parsed.source.indexOf('\n', command.end)
    return (
      newline >= 0 &&
      newline < pos &&
      !parsed.tree.errors?.some(error => error.pos >= command.pos && error.pos < command.end)
    )
  })
  // An unclosed construct begins where its text begins: nothing from there on has been read yet.
  const last = parsed.tree.commands.at(-1)
  return good.filter(command => command !== last || command.end < pos)
}

/** Words that mean something to the language; any other is a word among words. */
const RESERVED = /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|!|\{|\})$/

/** A token as the shells of sh name it. */
function shownToken(token: string | undefined): string {
  if (!token) return 'end of file'
  return /^\w/.test(token) && !RESERVED.test(token) ? 'word' : `"${token}"`
}

const expecting = (closer: string | undefined): string =>
  closer ? ` (expecting ${closer === 'word' ? closer : `"${closer}"`})` : ''

/** The complaint of `sh` about a script. */
export function syntaxError(parsed: Parsed, dialect: Dialect): string {
  const { message, pos, inItsWords, closer } = parsed.error!
  if (inItsWords) return message
  const token = /^\s*(&&|\|\||;;|[;&|()<>]|\S\w*)/.exec(parsed.source.slice(pos))?.[1]
  const unterminated = /unterminated (single|double) quote/.exec(message)
  const opened = /^\s*\$([({])/.exec(parsed.source.slice(pos))?.[1]
  const unclosed = opened && !parsed.source.slice(pos).includes(CLOSED_BY[opened]!) ? opened : undefined
  if (unclosed === '(' && dialect.name === 'ash') return 'syntax error: unexpected end of file (expecting ")")'
  if (unclosed === '(' && dialect.name === 'dash') return 'Syntax error: end of file unexpected (expecting ")")'
  if (unclosed === '{' && dialect.name === 'dash') return "Syntax error: Missing '}'"
  if (dialect.name === 'ash') {
    if (unterminated) return 'syntax error: unterminated quoted string'
    if (/\$\{|parameter expansion/.test(message)) return "syntax error: missing '}'"
    if (/'for'/.test(message) && /name|variable/.test(message)) return 'syntax error: bad for loop variable'
    return `syntax error: unexpected ${shownToken(token)}${expecting(closer)}`
  }
  if (dialect.name === 'dash') {
    if (unterminated) return 'Syntax error: Unterminated quoted string'
    return `Syntax error: ${shownToken(token)} unexpected${expecting(closer)}`
  }
  if (unterminated) return `unexpected EOF while looking for matching \`${unterminated[1] === 'single' ? "'" : '"'}'`
  const open = /^\$([({])/.exec(parsed.source.slice(pos))?.[1]
  if (open && !parsed.source.slice(pos).includes(CLOSED_BY[open]!))
    return `unexpected EOF while looking for matching \`${CLOSED_BY[open]}'`
  return token ? `syntax error near unexpected token \`${token}'` : 'syntax error: unexpected end of file'
}

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '{': '}' }

/** bash's warning of a here-document that is closed by the end of the text. */
export function documentWarning({ source, openDocument }: Parsed): string | undefined {
  if (!openDocument) return undefined
  const first = source.slice(0, openDocument.pos).split('\n').length
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0)
  return `line ${lines}: warning: here-document at line ${first} delimited by end-of-file (wanted \`${openDocument.word}')`
}

/** How bash tells of it: where the script came from, the line, and what stands there. */
export function syntaxComplaint(parsed: Parsed, dialect: Dialect, from: string): string {
  const message = syntaxError(parsed, dialect)
  const { source } = parsed
  const { pos } = parsed.error!
  const lines = source.split('\n')
  const lineOf = (at: number): number => source.slice(0, at).split('\n').length
  const atEnd = /end of file|matching `\)'/.test(message)
  // The end of a text is one line further than its last.
  const line = atEnd
    ? source.endsWith('\n')
      ? lines.length
      : lines.length + 1
    : lineOf(pos + /^\s*/.exec(source.slice(pos))![0].length)
  const said = `${from}line ${line}: ${message}`
  return message.includes('unexpected token') ? `${said}\n${from}line ${line}: \`${lines[line - 1]}'` : said
}
