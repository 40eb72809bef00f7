/** The words of an awk program, read one after the other. */
import type { Flavour } from '../command.ts'
import { AwkSyntaxError, type Token, tokens } from './lexer.ts'

/** How deep parentheses and blocks may nest. */
const MAX_DEPTH = 200

export class TokenReader {
  protected readonly words: readonly Token[]
  protected at = 0
  /** In `print a > b` the sign is a redirection. */
  protected noGreater = false
  #depth = 0

  /** @throws AwkSyntaxError */
  constructor(source: string, flavour: Flavour) {
    this.words = tokens(source, flavour)
  }

  protected peek(): Token {
    return this.words[this.at]!
  }

  protected fail(): never {
    throw new AwkSyntaxError('Unexpected token', this.peek().line, this.peek().text)
  }

  protected is(text: string): boolean {
    const { type, text: here } = this.peek()
    return here === text && (type === 'sign' || type === 'word' || type === 'newline')
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  protected expect(text: string): void {
    if (!this.accept(text)) this.fail()
  }

  protected newlines(): void {
    while (this.accept('\n'));
  }

  /** Line ends and semicolons. */
  protected separators(): void {
    while (this.accept('\n') || this.accept(';'));
  }

  protected nameHere(): string {
    return this.peek().type === 'name' ? this.words[this.at++]!.text : this.fail()
  }

  /** Reads what lies a level deeper. */
  protected deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail()
    const result = read()
    this.#depth--
    return result
  }

  /** Within brackets of its own, where a sign of redirection is none. */
  protected nested<T>(read: () => T): T {
    return this.deeper(() => {
      const before = this.noGreater
      this.noGreater = false
      const result = read()
      this.noGreater = before
      return result
    })
  }
}
