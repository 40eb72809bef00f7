/** Builds the fields of an expanded word: what is quoted stays whole, what is not is split by IFS. */
import { escapePattern } from './pattern.ts'

export interface Field {
  text: string
  /** The same, with a backslash before what must not act as a pattern. */
  pattern: string
}

export class Fields {
  readonly done: Field[] = []
  #current: Field | undefined
  #endedByBlank = false
  readonly #ifs: string
  readonly #blanks: string

  readonly #escape: (text: string) => string

  /** @param quoting makes a quoted text literal in the kind of pattern that is asked for */
  constructor(ifs: string | undefined, quoting = escapePattern) {
    this.#escape = quoting
    this.#ifs = ifs ?? ' \t\n'
    this.#blanks = [...this.#ifs].filter(c => c === ' ' || c === '\t' || c === '\n').join('')
  }

  #field(): Field {
    this.#endedByBlank = false
    this.#current ??= { text: '', pattern: '' }
    return this.#current
  }

  /** Text that is not split; `quoted` text is no pattern either. */
  add(text: string, quoted: boolean): void {
    const field = this.#field()
    field.text += text
    field.pattern += quoted ? this.#escape(text) : text
  }

  split(text: string): void {
    if (!this.#ifs) {
      if (text) this.add(text, false)
      return
    }
    let run = ''
    const flush = (): void => {
      if (run) this.add(run, false)
      run = ''
    }
    for (const c of text) {
      if (!this.#ifs.includes(c)) {
        run += c
        continue
      }
      flush()
      if (this.#blanks.includes(c)) {
        if (this.#current) {
          this.end()
          this.#endedByBlank = true
        }
      } else if (this.#current || !this.#endedByBlank) {
        this.#field()
        this.end()
      } else this.#endedByBlank = false
    }
    flush()
  }

  end(): void {
    if (this.#current) this.done.push(this.#current)
    this.#current = undefined
  }

  finish(): Field[] {
    this.end()
    return this.done
  }
}
