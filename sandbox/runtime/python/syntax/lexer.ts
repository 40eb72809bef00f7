/** From text to tokens, with the indentation's own. */
import { BadSyntax, type Place } from './tree.ts'

export interface Token extends Place {
  type: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end'
  text: string
}

const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|[-+*/%&|^@=<>!:]=|->|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>()[\]{},:.;=]/y
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d+)?[jJ]?/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy
const STRING_START = /([rRbBuUfF]{0,2})('''|"""|'|")/y
const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

export function tokenize(source: string): Token[] {
  return new Lexer(source).run()
}

class Lexer {
  readonly #lines: string[]
  readonly #tokens: Token[] = []
  readonly #indents = [0]
  readonly #open: { text: string; place: Place }[] = []
  #row = 0
  #column = 0

  constructor(source: string) {
    this.#lines = source
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .split('\n')
  }

  get #line(): string {
    return this.#lines[this.#row] ?? ''
  }

  #place(column = this.#column, endColumn = column + 1): Place {
    return { line: this.#row + 1, column, endLine: this.#row + 1, endColumn }
  }

  #push(type: Token['type'], text: string, place: Place): void {
    this.#tokens.push({ type, text, ...place })
  }

  run(): Token[] {
    for (; this.#row < this.#lines.length; this.#row++) {
      this.#column = 0
      if (!this.#open.length && !this.#indentation()) continue
      this.#restOfLine()
    }
    const open = this.#open.pop()
    if (open) throw new BadSyntax(`'${open.text}' was never closed`, open.place)
    this.#row = this.#lines.length - 1
    const end = this.#place(this.#line.length)
    if (this.#tokens.length && this.#tokens.at(-1)!.type !== 'newline') this.#push('newline', '', end)
    for (; this.#indents.length > 1; this.#indents.pop()) this.#push('dedent', '', end)
    this.#push('end', '', end)
    return this.#tokens
  }

  /** @returns whether something stands in the line */
  #indentation(): boolean {
    const blank = /^[ \t\f]*/.exec(this.#line)![0]
    const rest = this.#line.slice(blank.length)
    if (!rest || rest[0] === '#') return false
    let width = 0
    for (const c of blank) width = c === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1
    this.#column = blank.length
    if (width > this.#indents.at(-1)!) {
      this.#indents.push(width)
      this.#push('indent', blank, this.#place(0, blank.length))
    }
    while (width < this.#indents.at(-1)!) {
      this.#indents.pop()
      if (width > this.#indents.at(-1)!)
        throw new BadSyntax(
          'unindent does not match any outer indentation level',
          this.#place(this.#line.length),
          'IndentationError',
        )
      this.#push('dedent', '', this.#place())
    }
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#column
    return pattern.exec(this.#line)?.[0]
  }

  #restOfLine(): void {
    for (;;) {
      const line = this.#line
      while (/[ \t\f]/.test(line[this.#column] ?? '')) this.#column++
      const next = line[this.#column]
      if (next === undefined || next === '#') break
      if (next === '\\' && this.#column === line.length - 1) {
        this.#row++
        this.#column = 0
        continue
      }
      this.#token()
    }
    if (!this.#open.length) this.#push('newline', '', this.#place(this.#column))
  }

  #token(): void {
    const start = this.#column
    const quoted = this.#match(STRING_START)
    if (quoted !== undefined) {
      this.#string(quoted)
      return
    }
    const name = this.#match(NAME)
    const type = name ? 'name' : 'number'
    const text = name ?? (/[\d.]/.test(this.#line[start]!) ? this.#match(NUMBER) : undefined)
    if (text) {
      this.#column += text.length
      if (
        type === 'number' &&
        /[\p{L}_]/u.test(this.#line[this.#column] ?? '') &&
        !/^(and|or|if|else|in|is|for|not)\b/.test(this.#line.slice(this.#column))
      )
        throw new BadSyntax('invalid decimal literal', this.#place(this.#column - 1))
      if (type === 'number' && /^0\d/.test(text) && !/[.eEjJ]/.test(text) && Number(text) !== 0)
        throw new BadSyntax(
          'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
          this.#place(start, start + /^0+/.exec(text)![0].length),
        )
      this.#push(type, text, this.#place(start, this.#column))
      return
    }
    const op = this.#match(OPERATOR)
    if (!op) throw new BadSyntax(this.#strange(this.#line[start]!), this.#place(start))
    this.#bracket(op)
    this.#column += op.length
    this.#push('op', op, this.#place(start, this.#column))
  }

  #strange(c: string): string {
    if (c === '!' || c === '$' || c === '?' || c === '`') return 'invalid syntax'
    if (c === '\\') return 'unexpected character after line continuation character'
    const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    return `invalid character '${c}' (U+${code})`
  }

  #bracket(op: string): void {
    if (op in CLOSES) {
      this.#open.push({ text: op, place: this.#place() })
      if (this.#open.length > 100) throw new BadSyntax('too many nested parentheses', this.#place())
    } else if (op === ')' || op === ']' || op === '}') {
      const open = this.#open.pop()
      if (!open) throw new BadSyntax(`unmatched '${op}'`, this.#place())
      if (CLOSES[open.text] !== op)
        throw new BadSyntax(
          `closing parenthesis '${op}' does not match opening parenthesis '${open.text}'${open.place.line === this.#row + 1 ? '' : ` on line ${open.place.line}`}`,
          this.#place(),
        )
    }
  }

  #string(opening: string): void {
    const [, prefix = '', quote = ''] = /^([a-zA-Z]*)(.*)$/s.exec(opening)!
    const start = { line: this.#row + 1, column: this.#column }
    const formatted = /f/i.test(prefix)
    const fail = (): never => {
      this.#row = start.line - 1
      const kind = `${formatted ? 'f-string' : 'string'} literal`
      throw quote.length === 3
        ? new BadSyntax(
            `unterminated triple-quoted ${kind} (detected at line ${this.#lines.length})`,
            this.#place(start.column),
          )
        : new BadSyntax(`unterminated ${kind} (detected at line ${start.line})`, this.#place(start.column))
    }
    let text = opening
    this.#column += opening.length
    let depth = 0
    for (;;) {
      const line = this.#line
      const c = line[this.#column]
      if (c === undefined) {
        if (quote.length === 1 && !text.endsWith('\\')) fail()
        if (this.#row + 1 >= this.#lines.length) fail()
        text += '\n'
        this.#row++
        this.#column = 0
      } else if (c === '\\') {
        const both = line.slice(this.#column, this.#column + 2)
        text += both
        this.#column += both.length
        if (both.length === 1) {
          if (this.#row + 1 >= this.#lines.length) fail()
          text += '\n'
          this.#row++
          this.#column = 0
        }
      } else if (line.startsWith(quote, this.#column) && !depth) {
        this.#column += quote.length
        text += quote
        break
      } else {
        if (formatted && !depth && c === '{' && line[this.#column + 1] === '{') {
          text += c
          this.#column++
        } else if (formatted && c === '{') depth++
        else if (formatted && c === '}' && depth) depth--
        text += c
        this.#column++
      }
    }
    this.#tokens.push({ type: 'string', text, ...start, endLine: this.#row + 1, endColumn: this.#column })
  }
}
