/** The tokens of a program, one after the other: what a parser asks of the next, and what it says where that is wrong. */
import { type Token, tokenize } from './lexer.ts'
import { BadSyntax, type Name, type Place, type Warning } from './tree.ts'

export const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

export class TokenReader {
  protected readonly file: string
  /** Told while it is read, and once it has been read. */
  protected readonly warnings: Warning[] = []
  protected readonly later: Warning[] = []
  readonly #tokens: Token[]
  #at = 0

  constructor(source: string, file: string) {
    this.file = file
    this.#tokens = tokenize(source)
  }

  /** What was read alone stands within a bigger text. */
  standAt({ line, column }: Place): void {
    for (const token of this.#tokens) {
      const shift = token.line === 1 ? column - 1 : 0
      token.column += shift
      token.endColumn += token.endLine === 1 ? shift : 0
      token.line += line - 1
      token.endLine += line - 1
    }
  }

  protected get token(): Token {
    return this.#tokens[this.#at]!
  }

  protected ahead(n = 1): Token {
    return this.#tokens[Math.min(this.#at + n, this.#tokens.length - 1)]!
  }

  protected get position(): number {
    return this.#at
  }

  protected set position(at: number) {
    this.#at = at
  }

  protected nextIs(type: Token['type']): boolean {
    return this.token.type === type
  }

  protected is(text: string): boolean {
    const { type, text: found } = this.token
    return found === text && (type === 'op' || type === 'name')
  }

  protected take(): Token {
    return this.#tokens[this.#at++]!
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false
    this.#at++
    return true
  }

  protected expect(text: string): Token {
    if (this.is(text)) return this.take()
    throw text === ':' ? new BadSyntax("expected ':'", this.token) : this.wrong()
  }

  protected wrong(message = 'invalid syntax', place: Place = this.token): BadSyntax {
    const { type } = this.token
    if (message === 'invalid syntax' && type === 'indent')
      return new BadSyntax(
        'unexpected indent',
        { ...this.token, column: this.token.endColumn, endColumn: this.token.endColumn + 1 },
        'IndentationError',
      )
    return new BadSyntax(message, place)
  }

  protected from<T extends object>(start: Place, node: T): T & Place {
    const last = this.#tokens[this.#at - 1] ?? this.token
    return { ...node, line: start.line, column: start.column, endLine: last.endLine, endColumn: last.endColumn }
  }

  /** From there to the end of the statement that has been read, without its line's end. */
  protected upTo(start: Place): Place {
    const place = this.from(start, {})
    return { ...place, endColumn: place.endColumn - 1 }
  }

  protected identifier(): string {
    const { type, text } = this.token
    if (type !== 'name' || KEYWORDS.has(text)) throw this.wrong()
    return this.take().text
  }

  protected name(): Name {
    const start = this.token
    return this.from(start, { kind: 'name' as const, id: this.identifier(), home: undefined })
  }
}
