/** Reading tokens one after the other. */
import { type Dialect, fail } from './dialect.ts'
import { type Token, tokens } from './lexer.ts'

export class Cursor {
  readonly sql: string
  readonly dialect: Dialect
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(sql: string, dialect: Dialect) {
    this.sql = sql
    this.dialect = dialect
    this.#tokens = tokens(sql, dialect)
  }

  get next(): Token {
    return this.#tokens[this.#at]!
  }

  peek(ahead = 1): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#at++
    return token
  }

  /** Whether these words are next; sees and signs too. */
  sees(...words: string[]): boolean {
    return words.every((word, i) => {
      const token = this.peek(i)
      return token.kind === 'sign' ? token.value === word : token.kind === 'word' && token.value.toLowerCase() === word
    })
  }

  /** Takes these words when they are next. */
  eats(...words: string[]): boolean {
    if (!this.sees(...words)) return false
    this.#at += words.length
    return true
  }

  /** Takes one of these words when it is next. */
  eatsOneOf(...words: string[]): string | undefined {
    return words.find(word => this.eats(word))
  }

  expect(...words: string[]): void {
    for (const word of words) if (!this.eats(word)) this.refuse()
  }

  refuse(token = this.next): never {
    const atEnd = token.kind === 'end'
    return fail({ kind: 'syntax', near: this.sql.slice(token.at), at: token.at, atEnd })
  }

  /** A name of something. Without quotes PostgreSQL knows it in small letters. */
  name(): string {
    const token = this.take()
    if (token.kind === 'name' || token.kind === 'text') return token.value
    if (token.kind !== 'word') this.refuse(token)
    return this.dialect === 'postgres' ? token.value.toLowerCase() : token.value
  }

  text(): string {
    const token = this.take()
    if (token.kind !== 'text') this.refuse(token)
    return token.value
  }

  number(): number {
    const token = this.take()
    if (token.kind !== 'number') this.refuse(token)
    return Number(token.value)
  }

  /** In parentheses, with commas. */
  list<T>(one: () => T): T[] {
    this.expect('(')
    const all = this.several(one)
    this.expect(')')
    return all
  }

  several<T>(one: () => T): T[] {
    const all = [one()]
    while (this.eats(',')) all.push(one())
    return all
  }
}
