/** String literals: their escapes, and the expressions within f-strings. */
import { PyBytes } from '../objects/values.ts'
import type { Token } from './lexer.ts'
import { BadSyntax, type Expression, type Formatted, type Place, type Warning } from './tree.ts'

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}

function unescaped(text: string, bytes: boolean, at: Place, odd: (what: string) => void): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{0,2})|u([0-9a-fA-F]{0,4})|U([0-9a-fA-F]{0,8})|N\{([^}]*)\}|([\s\S]))/g,
    (all, octal?: string, hex?: string, short?: string, long?: string, named?: string, other?: string) => {
      if (octal !== undefined) {
        const code = Number.parseInt(octal, 8)
        if (code > 0o377) odd(`octal escape sequence '${all}'`)
        return String.fromCharCode(code)
      }
      const plain = other !== undefined ? SIMPLE[other] : undefined
      if (plain !== undefined) return plain
      if (other !== undefined || (bytes && hex === undefined)) {
        odd(`escape sequence '${all.slice(0, 2)}'`)
        return all
      }
      if (named !== undefined) throw new BadSyntax(`not simulated: the character's name in \\N{${named}}`, at)
      const digits = hex ?? short ?? long ?? ''
      if (digits.length < (hex !== undefined ? 2 : short !== undefined ? 4 : 8))
        throw new BadSyntax(
          `(unicode error) 'unicodeescape' codec can't decode bytes in position 0-${all.length - 1}: truncated \\x${'X'.repeat(hex !== undefined ? 2 : 4)} escape`,
          at,
        )
      return String.fromCodePoint(Number.parseInt(digits, 16))
    },
  )
}

/**
 * One literal after the other stands for one text.
 * @param parse reads an expression out of a piece of source, at its place
 * @param warn is told of the first escape of each literal that is none
 */
export function literal(
  tokens: Token[],
  parse: (source: string, at: Place) => Expression,
  warn: (warning: Warning) => void,
): Expression {
  const first = tokens[0]!
  const last = tokens.at(-1)!
  const place: Place = { line: first.line, column: first.column, endLine: last.endLine, endColumn: last.endColumn }
  const parts: (string | Formatted)[] = []
  let bytes = false
  let joined = false
  for (const token of tokens) {
    const [, prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(token.text)!
    const raw = /r/i.test(prefix)
    const body = token.text.slice(prefix.length + quote.length, token.text.length - quote.length)
    if (/b/i.test(prefix)) bytes = true
    let seen = false
    const odd = (what: string): void => {
      if (!seen) warn({ line: token.line, message: `invalid ${what}` })
      seen = true
    }
    const text = (piece: string): string => {
      // The pieces of an f-string are literals of their own.
      if (joined) seen = false
      return raw ? piece : unescaped(piece, bytes, token, odd)
    }
    if (/f/i.test(prefix)) {
      joined = true
      parts.push(
        ...pieces(body, text, { ...token, column: token.column + prefix.length + quote.length }, parse, false).parts,
      )
    } else parts.push(text(body))
  }
  if (!joined) {
    const value = parts.join('')
    return { kind: 'constant', value: bytes ? new PyBytes(value) : value, ...place }
  }
  return { kind: 'joined', parts, ...place }
}

interface Reading {
  parts: (string | Formatted)[]
  /** Where it ended. */
  at: number
}

function pieces(
  body: string,
  text: (piece: string) => string,
  place: Place,
  parse: (source: string, at: Place) => Expression,
  nested: boolean,
  from = 0,
): Reading {
  const parts: (string | Formatted)[] = []
  let plain = ''
  let i = from
  const flush = (): void => {
    if (plain) parts.push(text(plain))
    plain = ''
  }
  while (i < body.length) {
    const c = body[i]!
    if (nested && c === '}') break
    if (!nested && (c === '{' || c === '}') && body[i + 1] === c) {
      plain += c
      i += 2
    } else if (c === '}') throw new BadSyntax("f-string: single '}' is not allowed", place)
    else if (c === '{') {
      flush()
      const end = endOfExpression(body, i + 1, place)
      let source = body.slice(i + 1, end)
      const field: Omit<Formatted, 'value'> = { place }
      const shown = /^(.*[^=!<>])=\s*$/s.exec(source)
      if (shown) {
        field.shown = source
        source = shown[1]!
        field.conversion = 'r'
      }
      if (!source.trim()) throw new BadSyntax("f-string: valid expression required before '}'", place)
      const before = body.slice(0, i + 1)
      const rows = before.split('\n')
      const column = rows.length > 1 ? rows.at(-1)!.length : place.column + before.length
      const line = place.line + rows.length - 1
      const value = parse(source, { line, column, endLine: line, endColumn: column })
      i = end
      if (body[i] === '!') {
        field.conversion = body[i + 1]!
        i += 2
      }
      if (body[i] === ':') {
        const spec = pieces(body, text, place, parse, true, i + 1)
        field.spec = { kind: 'joined', parts: spec.parts, ...place }
        if (shown) delete field.conversion
        i = spec.at
      }
      if (body[i] !== '}') throw new BadSyntax("f-string: expecting '}'", place)
      i++
      const passed = body.slice(end, i).split('\n')
      const last = source.includes('\n') || passed.length > 1
      if (!last) field.place = { line, column: column - 1, endLine: line, endColumn: column + i - before.length }
      parts.push({ value, ...field })
    } else {
      plain += c
      i++
    }
  }
  flush()
  return { parts, at: i }
}

/** Where an expression within braces ends: at `}`, `:`, or `!` that is not `!=`. */
function endOfExpression(body: string, from: number, place: Place): number {
  let depth = 0
  for (let i = from; i < body.length; i++) {
    const c = body[i]!
    if (c === '"' || c === "'") {
      const quote = body.startsWith(c.repeat(3), i) ? c.repeat(3) : c
      const end = body.indexOf(quote, i + quote.length)
      if (end < 0) throw new BadSyntax("f-string: expecting '}'", place)
      i = end + quote.length - 1
    } else if ('([{'.includes(c)) depth++
    else if (depth && ')]}'.includes(c)) depth--
    else if (!depth && (c === '}' || c === ':' || (c === '!' && body[i + 1] !== '='))) return i
  }
  throw new BadSyntax("f-string: expecting '}'", place)
}
