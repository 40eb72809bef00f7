/** From the text of a script of sed to its instructions; what is wrong with it, in the words of busybox and of GNU. */
import { type Flavour, Refusal, Usage } from '../command.ts'
import { regexp } from '../regexp.ts'
import type { Address, Instruction } from './instruction.ts'

export class Parser {
  #at = 0
  readonly #text: string
  readonly #flavour: Flavour
  readonly #kind: 'basic' | 'extended'
  #last: RegExp | undefined

  constructor(text: string, extended: boolean, flavour: Flavour) {
    this.#text = text
    this.#flavour = flavour
    this.#kind = extended ? 'extended' : 'basic'
  }

  /** What is wrong, in the words of both. */
  #wrong(gnu: string, busybox: string): Refusal {
    return new Refusal(this.#flavour === 'gnu' ? `-e expression #1, char ${this.#at}: ${gnu}` : busybox)
  }

  parse(nested = false): Instruction[] {
    const out: Instruction[] = []
    for (;;) {
      this.#skip(/[\s;]/)
      if (this.#at >= this.#text.length) {
        if (nested) throw new Usage("unmatched `{'")
        return out
      }
      if (this.#text[this.#at] === '}') {
        this.#at++
        if (!nested) throw new Usage("unexpected `}'")
        return out
      }
      if (this.#text[this.#at] === '#') {
        this.#until('\n')
        continue
      }
      out.push(this.#instruction())
    }
  }

  #skip(what: RegExp): void {
    while (this.#at < this.#text.length && what.test(this.#text[this.#at]!)) this.#at++
  }

  #until(end: string): string {
    const at = this.#text.indexOf(end, this.#at)
    const stop = at < 0 ? this.#text.length : at
    const text = this.#text.slice(this.#at, stop)
    this.#at = stop
    return text
  }

  #delimited(delimiter: string, isPattern: boolean): string {
    let out = ''
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]!
      if (c === '\\') {
        const next = this.#text[++this.#at] ?? ''
        out +=
          next === delimiter && !/[()|{}+?.*^$[\]&\d]/.test(next)
            ? next
            : next === delimiter && isPattern
              ? next
              : `\\${next}`
      } else if (isPattern && c === '[') {
        const end = this.#text.indexOf(']', this.#at + 2)
        if (end < 0) {
          out += c
          continue
        }
        out += this.#text.slice(this.#at, end + 1)
        this.#at = end
      } else if (c === delimiter) {
        this.#at++
        return out
      } else out += c
    }
    throw this.#wrong("unterminated `s' command", "unmatched '/'".replace('/', delimiter))
  }

  #regexp(source: string, flags = ''): RegExp {
    if (!source) return this.#last ?? /(?:)/
    this.#last = regexp(source.replaceAll('\\n', '\n'), this.#kind, flags)
    return this.#last
  }

  #address(): Address | undefined {
    const rest = this.#text.slice(this.#at)
    const step = /^(\d+)~(\d+)/.exec(rest)
    const number = /^\+?\d+/.exec(rest)
    if (step) {
      this.#at += step[0].length
      return { kind: 'step', first: Number(step[1]), step: Number(step[2]) }
    }
    if (number) {
      this.#at += number[0].length
      return rest[0] === '+' ? { kind: 'plus', n: Number(number[0]) } : { kind: 'line', n: Number(number[0]) }
    }
    if (rest[0] === '$') {
      this.#at++
      return { kind: 'last' }
    }
    if (rest[0] === '/' || rest[0] === '\\') {
      const delimiter = rest[0] === '/' ? '/' : rest[1]!
      this.#at += rest[0] === '/' ? 1 : 2
      const source = this.#delimited(delimiter, true)
      const insensitive = this.#text[this.#at] === 'I'
      if (insensitive) this.#at++
      return { kind: 'match', regexp: this.#regexp(source, insensitive ? 'i' : '') }
    }
    return undefined
  }

  #instruction(): Instruction {
    const out: Instruction = { negated: false, command: '' }
    const from = this.#address()
    if (from) out.from = from
    this.#skip(/ /)
    if (from && this.#text[this.#at] === ',') {
      this.#at++
      this.#skip(/ /)
      const to = this.#address()
      if (!to) throw new Usage("unexpected `,'")
      out.to = to
    }
    this.#skip(/ /)
    while (this.#text[this.#at] === '!') {
      out.negated = true
      this.#at++
      this.#skip(/ /)
    }
    const command = this.#text[this.#at++] ?? ''
    out.command = command
    switch (command) {
      case '{':
        out.block = this.parse(true)
        break
      case 's': {
        const delimiter = this.#text[this.#at++]!
        const source = this.#delimited(delimiter, true)
        out.replacement = this.#delimited(delimiter, false)
        const flags = /^[gpiIme\d]*/.exec(this.#text.slice(this.#at))![0]
        this.#at += flags.length
        out.flags = flags
        if (this.#text[this.#at] === 'w') {
          this.#at++
          out.file = this.#until('\n').trim()
        }
        out.regexp = this.#regexp(source, /i/i.test(flags) ? 'i' : '')
        break
      }
      case 'y': {
        const delimiter = this.#text[this.#at++]!
        out.text = this.#delimited(delimiter, false)
        out.replacement = this.#delimited(delimiter, false)
        break
      }
      case 'a':
      case 'i':
      case 'c': {
        this.#skip(/[ \t]/)
        if (this.#text[this.#at] === '\\') {
          this.#at++
          this.#skip(/[ \t]/)
          if (this.#text[this.#at] === '\n') this.#at++
        }
        let text = this.#until('\n')
        while (text.endsWith('\\')) {
          this.#at++
          text = `${text.slice(0, -1)}\n${this.#until('\n')}`
        }
        out.text = text
        break
      }
      case 'b':
      case 't':
      case ':':
        out.label = /^[^;\n}]*/.exec(this.#text.slice(this.#at))![0].trim()
        this.#at += /^[^;\n}]*/.exec(this.#text.slice(this.#at))![0].length
        break
      case 'r':
      case 'w':
        out.file = this.#until('\n').trim()
        break
      case 'q':
      case 'Q': {
        const code = /^\s*(\d*)/.exec(this.#text.slice(this.#at))!
        out.text = code[1]!
        this.#at += code[0].length
        break
      }
      default:
        if (!'pdDnNgGhHxPl='.includes(command) || !command)
          throw this.#wrong(`unknown command: \`${command}'`, `unsupported command ${command}`)
    }
    return out
  }
}
