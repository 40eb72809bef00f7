/** From the text of a script of sed to its instructions; what is wrong with it, in the words of busybox and of GNU. */
import { type Flavour, Refusal } from '../command.ts'
import { BadRegexp, regexp } from '../text/regexp.ts'
import type { Address, Instruction } from './instruction.ts'

const all = (list: readonly Instruction[]): Instruction[] => list.flatMap(i => [i, ...all(i.block ?? [])])

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
  #wrong(gnu: string, busybox: string, at = this.#at): Refusal {
    return new Refusal(this.#flavour === 'gnu' ? `-e expression #1, char ${at}: ${gnu}` : busybox)
  }

  /** @throws Refusal */
  script(): Instruction[] {
    const out = this.#parse(false)
    const labels = new Set(all(out).map(i => (i.command === ':' ? i.label : undefined)))
    const lost = all(out).find(i => 'btT'.includes(i.command) && i.label && !labels.has(i.label))
    if (lost && this.#flavour === 'gnu') throw new Refusal(`can't find label for jump to \`${lost.label}'`, 4)
    // busybox looks for it only when it jumps.
    if (lost?.command === 'b') throw new Refusal(`can't find label for jump to '${lost.label}'`)
    return out
  }

  #parse(nested: boolean): Instruction[] {
    const out: Instruction[] = []
    for (;;) {
      this.#skip(/[\s;]/)
      if (this.#at >= this.#text.length) {
        if (nested && this.#flavour === 'gnu') throw this.#wrong("unmatched `{'", '', 0)
        return out
      }
      if (this.#text[this.#at] === '}') {
        this.#at++
        if (!nested && this.#flavour === 'gnu') throw this.#wrong("unexpected `}'", '')
        if (!nested) continue
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

  #delimited(delimiter: string, isPattern: boolean, isAddress = false): string {
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
    const what = isAddress ? 'unterminated address regex' : "unterminated `s' command"
    throw this.#wrong(what, `unmatched '${delimiter}'`)
  }

  #regexp(source: string, flags = ''): RegExp {
    if (!source) return this.#last ?? /(?:)/
    try {
      this.#last = regexp(source.replaceAll('\\n', '\n'), this.#kind, flags)
    } catch (error) {
      if (!(error instanceof BadRegexp)) throw error
      throw this.#wrong(error.message, `bad regex '${source}': ${error.message}`)
    }
    return this.#last
  }

  #address(): Address | undefined {
    const rest = this.#text.slice(this.#at)
    const step = /^(\d+)~(\d+)/.exec(rest)
    const number = /^\+?\d+/.exec(rest)
    const multiple = /^~(\d+)/.exec(rest)
    if (multiple && this.#flavour === 'gnu') {
      this.#at += multiple[0].length
      return { kind: 'multiple', n: Number(multiple[1]) }
    }
    if (step && this.#flavour === 'gnu') {
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
      const source = this.#delimited(delimiter, true, true)
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
      if (!to) throw this.#wrong("unexpected `,'", 'no address after comma', Math.min(this.#at + 1, this.#text.length))
      out.to = to
    }
    this.#skip(/ /)
    while (this.#text[this.#at] === '!') {
      out.negated = true
      this.#at++
      this.#skip(/ /)
    }
    out.command = this.#text[this.#at++] ?? ''
    this.#operands(out)
    return out
  }

  /** What stands after the letter of a command. */
  #operands(out: Instruction): void {
    const { command } = out
    switch (command) {
      case '{':
        out.block = this.#parse(true)
        return
      case 's':
        this.#substitution(out)
        return
      case 'y':
        this.#transliteration(out)
        return
      case 'a':
      case 'i':
      case 'c':
        out.text = this.#lines()
        return
      case 'b':
      case 't':
      case 'T':
      case ':': {
        const [label] = /^[^;\n}]*/.exec(this.#text.slice(this.#at))!
        out.label = label.trim()
        this.#at += label.length
        return
      }
      case 'r':
      case 'w':
        out.file = this.#file()
        return
      case 'v':
        if (this.#flavour !== 'gnu') throw this.#wrong('', 'unsupported command v')
        this.#until('\n')
        return
      case 'q':
      case 'Q':
      case 'l':
        this.#number(out)
        return
    }
    const gnu = this.#flavour === 'gnu'
    if (gnu && command === 'W') out.file = this.#file()
    else if (gnu && command === 'e') throw new Refusal("not simulated: the command `e'")
    else if (!command || !(gnu ? 'pdDnNgGhHxP=Fz' : 'pdDnNgGhHxP=').includes(command))
      throw this.#wrong(
        `unknown command: \`${command}'`,
        command && command !== ' ' ? `unsupported command ${command}` : 'missing command',
      )
  }

  /** The name behind `r` and `w`, which goes to the end of the line. */
  #file(): string {
    const name = this.#until('\n').trim()
    if (!name) throw this.#wrong('missing filename in r/R/w/W commands', 'empty filename')
    return name
  }

  /** `s/PATTERN/REPLACEMENT/FLAGS` */
  #substitution(out: Instruction): void {
    const gnu = this.#flavour === 'gnu'
    const delimiter = this.#text[this.#at++]!
    const source = this.#delimited(delimiter, true)
    out.replacement = this.#delimited(delimiter, false)
    const flags = (gnu ? /^[gpiImMe\d]*/ : /^[gpiI\d]*/).exec(this.#text.slice(this.#at))![0]
    if (flags.includes('e')) throw new Refusal("not simulated: the flag `e' of `s'")
    this.#at += flags.length
    out.flags = flags
    if (this.#text[this.#at] === 'w') {
      this.#at++
      out.file = this.#file()
    }
    if (!out.file && /^[^\s;}#]/.test(this.#text.slice(this.#at))) {
      this.#at++
      throw this.#wrong("unknown option to `s'", 'bad option in substitution expression')
    }
    out.regexp = this.#regexp(source, /i/i.test(flags) ? 'i' : '')
    const groups = new RegExp(`${out.regexp.source}|`).exec('')!.length - 1
    const reference = Math.max(0, ...[...out.replacement.matchAll(/\\(\d)/g)].map(([, n]) => Number(n)))
    if (reference > groups && gnu) throw this.#wrong(`invalid reference \\${reference} on \`s' command's RHS`, '')
  }

  /** `y/LETTERS/LETTERS/` */
  #transliteration(out: Instruction): void {
    const delimiter = this.#text[this.#at++]!
    const letters = (): string => this.#delimited(delimiter, false).replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
    out.text = letters()
    out.replacement = letters()
    if (this.#flavour === 'gnu' && [...out.text].length !== [...out.replacement].length)
      throw this.#wrong("strings for `y' command are different lengths", "unmatched 'y'")
  }

  /** The text of `a`, `i` and `c`, which goes on after a backslash at the end of a line. */
  #lines(): string {
    this.#skip(/[ \t]/)
    if (this.#text[this.#at] === '\\') {
      this.#at++
      // Blanks after the backslash are the text's own, unless the line ends with them.
      const blank = /^[ \t]*\n/.exec(this.#text.slice(this.#at))
      if (blank) this.#at += blank[0].length
    } else if (this.#at >= this.#text.length && this.#flavour === 'gnu')
      throw this.#wrong("expected \\ after `a', `c' or `i'", '')
    let text = this.#until('\n')
    while (text.endsWith('\\')) {
      this.#at++
      text = `${text.slice(0, -1)}\n${this.#until('\n')}`
    }
    return text
  }

  /** The exit code of `q` and `Q`, the length of lines of `l`; busybox has neither. */
  #number(out: Instruction): void {
    const { command } = out
    if (this.#flavour !== 'gnu') {
      if (command === 'Q') throw this.#wrong('', 'unsupported command Q')
      if (/^\s*\d/.test(this.#text.slice(this.#at))) throw this.#wrong('', 'missing command')
      if (command === 'l') return
    }
    const code = /^\s*(\d*)/.exec(this.#text.slice(this.#at))!
    out.text = code[1]!
    this.#at += code[0].length
  }
}
