/** Reads regular expressions as Go does, and says in Go's words what is none. */
import { CelError } from '../values.ts'
import { accepting, perlClass, posixClass, unicodeClass, written } from './characters.ts'
import { character, choice, countsFit, excess, group, type Node, place, repeat, sequence } from './tree.ts'

const fault = (words: string, part: string): CelError => new CelError(`error parsing regexp: ${words}: \`${part}\``)

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }
const LAST = 0x10ffff
const MAX_REPEAT = 1000
const NEWLINE = 10

const isWord = (code: number): boolean => code >= 0 && /\w/.test(String.fromCodePoint(code))
const isEdge = (before: number, after: number): boolean => isWord(before) !== isWord(after)
const BEGIN = place(before => before < 0)
const END = place((_, after) => after < 0)
const LINE_BEGIN = place(before => before < 0 || before === NEWLINE)
const LINE_END = place((_, after) => after < 0 || after === NEWLINE)
const EDGE = place(isEdge)
const NO_EDGE = place((before, after) => !isEdge(before, after))
const PLACES: Readonly<Record<string, Node>> = { A: BEGIN, z: END, b: EDGE, B: NO_EDGE }
const ANY = character(() => true)
const ANY_IN_LINE = character(code => code !== NEWLINE)
const SIMPLE: Readonly<Record<string, readonly [min: number, max: number]>> = {
  '*': [0, Infinity],
  '+': [1, Infinity],
  '?': [0, 1],
}

interface Flags {
  /** Any case, many lines, a dot for line ends too, as little as possible. */
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
  readonly U: boolean
}
const isFlag = (c: string): c is keyof Flags => c === 'i' || c === 'm' || c === 's' || c === 'U'

/** What is being read within parentheses, or outside of all. */
interface Level {
  alternatives: Node[]
  parts: Node[]
  captures: boolean
  /** Those that hold again after it. */
  outside: Flags
}

class Reader {
  readonly #text: string
  #at = 0
  #flags: Flags = { i: false, m: false, s: false, U: false }
  readonly #outer: Level[] = []
  #level: Level = this.#opened(false)

  constructor(text: string) {
    this.#text = text
  }

  read(): Node {
    /** Where the repetition before begins. */
    let repeatedFrom: number | undefined
    while (this.#at < this.#text.length) {
      const from = this.#at
      const isRepeat = this.#repeat(from, repeatedFrom)
      repeatedFrom = isRepeat ? from : undefined
      if (!isRepeat) this.#one(from)
    }
    if (this.#outer.length) throw fault('missing closing )', this.#text)
    return this.#closed()
  }

  #one(from: number): void {
    const c = this.#next()
    switch (c) {
      case '(':
        this.#open(from)
        break
      case ')':
        this.#close()
        break
      case '|':
        this.#level.alternatives.push(this.#checked(sequence(this.#level.parts)))
        this.#level.parts = []
        break
      case '^':
        this.#add(this.#flags.m ? LINE_BEGIN : BEGIN)
        break
      case '$':
        this.#add(this.#flags.m ? LINE_END : END)
        break
      case '.':
        this.#add(this.#flags.s ? ANY : ANY_IN_LINE)
        break
      case '[':
        this.#add(this.#bracketed(this.#class(from)))
        break
      case '\\':
        this.#escaped(from)
        break
      default:
        this.#literal(c.codePointAt(0)!)
    }
  }

  #next(): string {
    if (this.#at >= this.#text.length) return ''
    const c = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += c.length
    return c
  }
  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text) ?? undefined
  }
  #since = (from: number): string => this.#text.slice(from, this.#at)

  #checked(node: Node): Node {
    const words = excess(node)
    if (words) throw fault(words, this.#text)
    return node
  }
  #add(node: Node): void {
    this.#level.parts.push(this.#checked(node))
  }
  #bracketed = (content: string): Node => character(accepting(content, this.#flags.i))
  #literal(code: number): void {
    if (this.#flags.i) this.#add(this.#bracketed(written(code, code)))
    else this.#add(character(given => given === code))
  }

  #opened(captures: boolean): Level {
    return { alternatives: [], parts: [], captures, outside: this.#flags }
  }
  #closed(): Node {
    const { alternatives, parts, captures } = this.#level
    const made = choice([...alternatives, sequence(parts)])
    return this.#checked(captures ? group(made) : made)
  }
  #push(captures: boolean): void {
    this.#outer.push(this.#level)
    this.#level = this.#opened(captures)
  }
  #close(): void {
    const outer = this.#outer.pop()
    if (!outer) throw fault('unexpected )', this.#text)
    const made = this.#closed()
    this.#flags = this.#level.outside
    this.#level = outer
    this.#add(made)
  }

  #open(from: number): void {
    if (!this.#take('?')) {
      this.#push(true)
      return
    }
    if (!this.#match(/P?</y)) {
      this.#setFlags(from)
      return
    }
    const name = this.#match(/P?<([^>]*)>/y)
    if (!name) throw fault('invalid named capture', this.#text.slice(from))
    this.#at += name[0].length
    if (!/^\w+$/.test(name[1]!)) throw fault('invalid named capture', this.#since(from))
    this.#push(true)
  }

  /** For what follows, or for a group that captures nothing. */
  #setFlags(from: number): void {
    const flags: Flags = { ...this.#flags }
    const made: { -readonly [F in keyof Flags]: boolean } = flags
    let on = true
    let isComplete = true
    for (;;) {
      const c = this.#next()
      if (isFlag(c)) {
        made[c] = on
        isComplete = true
      } else if (c === '-' && on) {
        on = false
        isComplete = false
      } else if ((c === ':' || c === ')') && isComplete) {
        if (c === ':') this.#push(false)
        this.#flags = flags
        return
      } else throw fault('invalid or unsupported Perl syntax', this.#since(from))
    }
  }

  /** @returns whether there is one */
  #repeat(from: number, before: number | undefined): boolean {
    const c = this.#text[from]!
    const count = c === '{' ? this.#match(/\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/y) : undefined
    const simple = SIMPLE[c]
    if (!simple && !count) return false
    this.#at += count?.[0].length ?? 1
    const [min, max] = simple ?? countOf(count!)
    if (count && (min > MAX_REPEAT || (max !== Infinity && (max > MAX_REPEAT || max < min))))
      throw fault('invalid repeat count', count[0])
    const greedy = this.#take('?') === this.#flags.U
    if (before !== undefined) throw fault('invalid nested repetition operator', this.#since(before))
    const { parts } = this.#level
    const of = parts.pop()
    if (!of) throw fault('missing argument to repetition operator', this.#since(from))
    const made = repeat(of, min, max, greedy)
    if (count && (min > 1 || max > 1) && !countsFit(made, MAX_REPEAT))
      throw fault('invalid repeat count', this.#since(from))
    this.#add(made)
    return true
  }

  #escaped(from: number): void {
    const c = this.#text[this.#at] ?? ''
    const known = PLACES[c]
    if (known) {
      this.#at++
      this.#add(known)
    } else if (this.#take('Q')) {
      const end = this.#text.indexOf('\\E', this.#at)
      const quoted = this.#text.slice(this.#at, end < 0 ? undefined : end)
      this.#at = end < 0 ? this.#text.length : end + 2
      for (const own of quoted) this.#literal(own.codePointAt(0)!)
    } else {
      const content = this.#set(from)
      if (content === undefined) this.#literal(this.#code(from))
      else this.#add(this.#bracketed(content))
    }
  }

  /** What stands for several characters after a backslash. */
  #set(from: number): string | undefined {
    const c = this.#text[this.#at] ?? ''
    if (/[pP]/.test(c)) {
      this.#at++
      return this.#unicode(from, c === 'P')
    }
    const perl = perlClass(c)
    if (perl !== undefined) this.#at++
    return perl
  }

  #unicode(from: number, negative: boolean): string {
    const name = this.#match(/\{(\^?)([^}]*)\}|([^{])/uy)
    if (!name) throw fault('invalid character class range', this.#text.slice(from))
    this.#at += name[0].length
    const found = unicodeClass(name[2] ?? name[3]!, negative !== (name[1] === '^'))
    if (found === undefined) throw fault('invalid character class range', this.#since(from))
    return found
  }

  /** One character, after its backslash. */
  #code(from: number): number {
    const c = this.#next()
    if (!c) throw fault('trailing backslash at end of expression', '')
    const control = CONTROL[c]
    if (control !== undefined) return control
    const refused = (): CelError => fault('invalid escape sequence', this.#since(from))
    if (c === 'x') return this.#hexadecimal(refused)
    if (c === '0' || (/[1-7]/.test(c) && /[0-7]/.test(this.#text[this.#at] ?? ''))) {
      const [digits = ''] = this.#match(/[0-7]{0,2}/y) ?? []
      this.#at += digits.length
      return Number.parseInt(c + digits, 8)
    }
    if (/[0-9A-Za-z]/.test(c) || c.codePointAt(0)! > 0x7f) throw refused()
    return c.codePointAt(0)!
  }

  #hexadecimal(refused: () => CelError): number {
    const digit = /^[\da-fA-F]$/
    const first = this.#next()
    if (first !== '{') {
      const second = first && this.#next()
      if (!digit.test(first) || !digit.test(second)) throw refused()
      return Number.parseInt(first + second, 16)
    }
    let code: number | undefined
    for (let c = this.#next(); c !== '}'; c = this.#next()) {
      if (!digit.test(c)) throw refused()
      code = (code ?? 0) * 16 + Number.parseInt(c, 16)
      if (code > LAST) throw refused()
    }
    if (code === undefined) throw refused()
    return code
  }

  /** @returns the content of the brackets, as JavaScript writes it */
  #class(from: number): string {
    let out = this.#take('^') ? '^' : ''
    for (let isFirst = true; isFirst || !this.#take(']'); isFirst = false) out += this.#item(from)
    return out
  }

  #item(classFrom: number): string {
    const from = this.#at
    const named = this.#match(/\[:(.*?):\]/sy)
    if (named) {
      const set = posixClass(named[1]!)
      if (set === undefined) throw fault('invalid character class range', named[0])
      this.#at += named[0].length
      return set
    }
    if (this.#take('\\')) {
      const set = this.#set(from)
      if (set !== undefined) return set
      this.#at = from
    }
    const low = this.#member(classFrom)
    const isRange = this.#match(/-[^\]]/suy) !== undefined
    if (!isRange) return written(low, low)
    this.#at++
    const high = this.#member(classFrom)
    if (high < low) throw fault('invalid character class range', this.#since(from))
    return written(low, high)
  }

  #member(classFrom: number): number {
    const from = this.#at
    const c = this.#next()
    if (!c) throw fault('missing closing ]', this.#text.slice(classFrom))
    return c === '\\' ? this.#code(from) : c.codePointAt(0)!
  }
}

function countOf([, min, more, max]: RegExpExecArray): readonly [min: number, max: number] {
  return [Number(min), more === undefined ? Number(min) : max === undefined ? Infinity : Number(max)]
}

/** @throws CelError */
export const parseRegex = (pattern: string): Node => new Reader(pattern).read()
