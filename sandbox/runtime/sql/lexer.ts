/** SQL as words, quoted names, texts, numbers and signs, each with its place. */
import type { Dialect } from './dialect.ts'

export interface Token {
  kind: 'word' | 'name' | 'text' | 'number' | 'variable' | 'sign' | 'end'
  /** Without quotes; words as they are written. */
  value: string
  at: number
  end: number
}

const TOKEN =
  /\s+|--[ \t][^\n]*|--(?=\n|$)|#[^\n]*|\/\*[\s\S]*?\*\/|(?<variable>@@?(?:(?:global|session)\.)?[\w$]+)|(?<number>\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+)|(?<word>[\p{L}_$][\p{L}\w$]*)|(?<quoted>'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`)|(?<sign><=>|->>|->|::|\|\||&&|<>|!=|<=|>=|:=|[-+*/%(),.;=<>!~&|^:[\]])|[\s\S]/giuy

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' }

function unquoted(quoted: string, dialect: Dialect): string {
  const mark = quoted[0]!
  const inner = quoted.slice(1, -1).replaceAll(mark + mark, mark)
  return dialect === 'mysql' && mark !== '`'
    ? inner.replace(/\\([\s\S])/g, (_, c: string) => ESCAPES[c] ?? (c === '%' || c === '_' ? `\\${c}` : c))
    : inner
}

export function tokens(sql: string, dialect: Dialect): Token[] {
  const found: Token[] = []
  const lexer = new RegExp(TOKEN)
  for (let match = lexer.exec(sql); match; match = lexer.exec(sql)) {
    const at = match.index
    const end = at + match[0].length
    const { variable, number, word, quoted, sign } = match.groups!
    const add = (kind: Token['kind'], value: string): unknown => found.push({ kind, value, at, end })
    if (variable !== undefined) add('variable', variable)
    else if (number !== undefined) add('number', number)
    else if (word !== undefined) add('word', word)
    else if (quoted !== undefined)
      add(quoted[0] === "'" || (quoted[0] === '"' && dialect === 'mysql') ? 'text' : 'name', unquoted(quoted, dialect))
    else if (sign !== undefined) add('sign', sign)
    else if (!/^(\s|--|#|\/\*)/.test(match[0])) add('sign', match[0])
  }
  found.push({ kind: 'end', value: '', at: sql.length, end: sql.length })
  return found
}

/** Whether there is nothing but spaces and comments. */
export const isBlank = (sql: string): boolean => tokens(sql, 'postgres').length === 1

/** What stands before each semicolon that ends a statement, and what is left after the last. */
export function statements(sql: string): { whole: string[]; rest: string } {
  const whole: string[] = []
  let from = 0
  const lexer = new RegExp(TOKEN)
  for (let match = lexer.exec(sql); match; match = lexer.exec(sql)) {
    // An opening quote alone: the text goes on beyond what has come so far.
    if (/^['"`]$/.test(match[0])) break
    if (match.groups!.sign !== ';') continue
    whole.push(sql.slice(from, match.index))
    from = match.index + 1
  }
  return { whole, rest: sql.slice(from) }
}
