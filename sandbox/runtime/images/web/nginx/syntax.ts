/** The grammar of nginx's configuration: words that end with `;` or open a block, quotes, comments. */

export interface Directive {
  name: string
  args: readonly string[]
  /** The line on which it ends, which is the one that complaints name. */
  line: number
  file: string
  block?: Directive[]
  /** In place of a directive: why nothing more could be read here. It counts only when everything before it is right. */
  fault?: string
}

/** What nginx refuses to start with: `unknown directive "x" in /etc/nginx/nginx.conf:3`. */
export class ConfigError extends Error {}

export const at = (text: string, { file, line }: { file: string; line: number }): ConfigError =>
  new ConfigError(file ? `${text} in ${file}:${line}` : `${text} in command line`)

const ESCAPED: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' }

class Words {
  readonly #text: string
  #at = 0
  line = 1
  constructor(text: string) {
    this.#text = text
  }

  /** The next word or sign; undefined at the end. */
  next(): { word: string } | { sign: '{' | '}' | ';' } | { unexpected: string } | undefined {
    const text = this.#text
    for (;;) {
      const c = text[this.#at]
      if (c === undefined) return undefined
      if (c === '\n') this.line++
      else if (c === '#') {
        const end = text.indexOf('\n', this.#at)
        this.#at = end < 0 ? text.length : end
        continue
      } else if (!/\s/.test(c)) break
      this.#at++
    }
    const c = text[this.#at]!
    if (c === '{' || c === '}' || c === ';') {
      this.#at++
      return { sign: c }
    }
    return c === '"' || c === "'" ? this.#quoted(c) : { word: this.#plain() }
  }

  #plain(): string {
    const text = this.#text
    let word = ''
    for (; this.#at < text.length; this.#at++) {
      const c = text[this.#at]!
      if (/\s/.test(c) || c === ';' || (c === '{' && !word.endsWith('$'))) break
      word += c === '\\' ? this.#escape() : c
    }
    return word
  }

  #quoted(quote: string): { word: string } | { unexpected: string } | undefined {
    const text = this.#text
    let word = ''
    for (this.#at++; text[this.#at] !== quote; this.#at++) {
      const c = text[this.#at]
      if (c === undefined) return undefined
      if (c === '\n') this.line++
      word += c === '\\' ? this.#escape() : c
    }
    const after = text[++this.#at]
    return after === undefined || /[\s;{)]/.test(after) ? { word } : { unexpected: after }
  }

  /** A backslash stays unless it makes something of what follows. */
  #escape(): string {
    const next = this.#text[this.#at + 1]
    if (next === undefined) return '\\'
    this.#at++
    return ESCAPED[next] ?? `\\${next}`
  }
}

/** All directives up to the first fault of grammar, which stands at the end of the list. */
export function parse(text: string, file: string): Directive[] {
  const words = new Words(text)
  let over = false
  const read = (nested: boolean): Directive[] => {
    const found: Directive[] = []
    let said: string[] = []
    const fail = (fault: string): Directive[] => {
      over = true
      return [...found, { name: '', args: [], line: words.line, file, fault }]
    }
    for (;;) {
      const next = words.next()
      if (next === undefined) {
        if (said.length) return fail('unexpected end of file, expecting ";" or "}"')
        return nested ? fail('unexpected end of file, expecting "}"') : found
      }
      if ('unexpected' in next) return fail(`unexpected "${next.unexpected}"`)
      if ('word' in next) {
        said.push(next.word)
        continue
      }
      const { sign } = next
      if (sign === '}') return said.length || !nested ? fail('unexpected "}"') : found
      const [name, ...args] = said
      if (name === undefined) return fail(`unexpected "${sign}"`)
      said = []
      const directive: Directive = { name, args, line: words.line, file }
      found.push(directive)
      if (sign === '{') directive.block = read(true)
      if (over) return found
    }
  }
  return read(false)
}
