/** A pattern's characters, one after the other; a backslash and what follows it are one. */
import { BadPattern } from './tree.ts'

export class PatternReader {
  readonly #characters: readonly string[]
  /** Where the next one stands. */
  at = 0

  constructor(text: string) {
    this.#characters = [...text]
  }

  /** The next one; undefined at the end. */
  get next(): string | undefined {
    const first = this.#characters[this.at]
    if (first !== '\\') return first
    const second = this.#characters[this.at + 1]
    if (second === undefined) throw new BadPattern('bad escape (end of pattern)', this.#characters.length - 1)
    return first + second
  }

  take(): string | undefined {
    const { next } = this
    if (next !== undefined) this.at += next[0] === '\\' ? 2 : 1
    return next
  }

  accept(text: string): boolean {
    if (this.next !== text) return false
    this.take()
    return true
  }

  /** At most so many of some characters. */
  while(allowed: RegExp, most: number): string {
    let text = ''
    while (text.length < most && this.next !== undefined && allowed.test(this.next)) text += this.take()
    return text
  }

  /** A name, up to its end mark. */
  until(end: string, name: string): string {
    const start = this.at
    let text = ''
    for (;;) {
      const next = this.take()
      if (next === undefined)
        throw text
          ? new BadPattern(`missing ${end}, unterminated name`, start)
          : new BadPattern(`missing ${name}`, this.at)
      if (next === end) break
      text += next
    }
    if (!text) throw new BadPattern(`missing ${name}`, this.at - 1)
    return text
  }

  /** @param back how many characters before here it stands */
  error(message: string, back = 0): BadPattern {
    return new BadPattern(message, this.at - back)
  }
}
