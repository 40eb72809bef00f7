/** Regular expressions as Go reads them (RE2), made into JavaScript's; and Go's words for those that are none. */
import { CelError } from './values.ts'

const known = new Map<string, RegExp>()

/** @throws CelError */
export function regex(pattern: string): RegExp {
  let found = known.get(pattern)
  if (!found) {
    found = compile(pattern)
    if (known.size > 500) known.clear()
    known.set(pattern, found)
  }
  return found
}

function compile(pattern: string): RegExp {
  const { source, flags } = new Reader(pattern).read()
  try {
    return new RegExp(source, `u${flags}`)
  } catch {
    throw fault('invalid or unsupported Perl syntax', pattern)
  }
}

const fault = (words: string, part: string): CelError =>
  new CelError(`error parsing regexp: ${words}${part ? `: \`${part}\`` : ''}`)

const SYNTAX = /[\^$\\.*+?()[\]{}|/]/
const literal = (c: string): string => (SYNTAX.test(c) ? `\\${c}` : c)
/** Within a class. */
const classLiteral = (c: string): string => (/[\^\\\]\-[]/.test(c) ? `\\${c}` : c)
const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
}
/** Of ASCII only, in Go. */
const PERL: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r ',
  w: '0-9A-Za-z_',
}
const CONTROL: Readonly<Record<string, string>> = { a: '\\x07', f: '\\f', n: '\\n', r: '\\r', t: '\\t', v: '\\v' }
const MAX_REPEAT = 1000

class Reader {
  readonly #text: string
  #at = 0
  #flags = ''
  #depth = 0
  constructor(text: string) {
    this.#text = text
  }

  read(): { source: string; flags: string } {
    let out = ''
    /** Where what may be repeated begins; undefined where nothing may. */
    let atom: string | undefined
    let repeatedFrom: number | undefined
    const starts: number[] = []
    while (this.#at < this.#text.length) {
      const from = this.#at
      const c = this.#next()
      const quantifier = '*+?'.includes(c) || (c === '{' && /^\d+(,\d*)?\}/.test(this.#text.slice(this.#at)))
      if (quantifier) {
        const operator = c === '{' ? this.#count() : c
        const lazy = this.#take('?') ? '?' : ''
        const whole = this.#text.slice(from, this.#at)
        if (repeatedFrom !== undefined)
          throw fault('invalid nested repetition operator', this.#text.slice(repeatedFrom, this.#at))
        if (atom === undefined) throw fault('missing argument to repetition operator', whole)
        out += operator + lazy
        repeatedFrom = from
        continue
      }
      repeatedFrom = undefined
      if (c === '(') {
        starts.push(from)
        this.#depth++
        out += this.#group(from)
        if (out.endsWith('\0')) {
          // Flags by themselves.
          out = out.slice(0, -1)
          starts.pop()
          this.#depth--
        }
        atom = undefined
      } else if (c === ')') {
        if (!this.#depth) throw fault('unexpected )', this.#text)
        this.#depth--
        starts.pop()
        out += ')'
        atom = ')'
      } else if (c === '|') {
        out += '|'
        atom = undefined
      } else {
        atom = this.#atom(c, from)
        out += atom
      }
    }
    if (this.#depth) throw fault('missing closing )', this.#text)
    return { source: out, flags: this.#flags }
  }

  #next(): string {
    const c = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += c.length
    return c
  }
  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #count(): string {
    const [whole, low, , high] = /^(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#at))!
    this.#at += whole.length
    const [min, max] = [Number(low), high ? Number(high) : Number(low)]
    if (min > MAX_REPEAT || max > MAX_REPEAT || max < min) throw fault('invalid repeat count', `{${whole}`)
    return `{${whole}`
  }

  #group(from: number): string {
    if (!this.#take('?')) return '('
    const name = /^P?<(\w+)>/.exec(this.#text.slice(this.#at))
    if (name) {
      this.#at += name[0].length
      return `(?<${name[1]}>`
    }
    const flags = /^([ims U]*(?:-[imsU]+)?)([:)])/.exec(this.#text.slice(this.#at))
    if (!flags) throw fault('invalid or unsupported Perl syntax', this.#text.slice(from, this.#at + 1))
    this.#at += flags[0].length
    const on = flags[1]!.split('-')[0]!
    for (const flag of on) if ('ims'.includes(flag) && !this.#flags.includes(flag)) this.#flags += flag
    return flags[2] === ':' ? '(?:' : '\0'
  }

  #atom(c: string, from: number): string {
    if (c === '[') return this.#class(from)
    if (c === '\\') return this.#escape(from, false)
    if (c === '$') return this.#flags.includes('m') ? '$' : '(?![\\s\\S])'
    if (c === '.' || c === '^') return c
    return literal(c)
  }

  #escape(from: number, inClass: boolean): string {
    if (this.#at >= this.#text.length) throw fault('trailing backslash at end of expression', '')
    const c = this.#next()
    const lower = c.toLowerCase()
    const perl = PERL[lower]
    if (perl) {
      if (c === lower) return inClass ? perl : `[${perl}]`
      if (!inClass) return `[^${perl}]`
      return `\\${c}`
    }
    if (lower === 'p') {
      const name = /^(?:\{(\^?)(\w+)\}|(\w))/.exec(this.#text.slice(this.#at))
      if (!name) throw fault('invalid character class range', this.#text.slice(from, this.#at))
      this.#at += name[0].length
      const negated = (c === 'P') !== (name[1] === '^')
      const own = name[2] ?? name[3]!
      return `\\${negated ? 'P' : 'p'}{${own.length > 2 ? `Script=${own}` : own}}`
    }
    const control = CONTROL[c]
    if (control) return control
    if (!inClass) {
      if (c === 'b' || c === 'B') return `\\${c}`
      if (c === 'A') return '(?<![\\s\\S])'
      if (c === 'z') return '(?![\\s\\S])'
      if (c === 'Q') {
        const end = this.#text.indexOf('\\E', this.#at)
        const quoted = this.#text.slice(this.#at, end < 0 ? undefined : end)
        this.#at = end < 0 ? this.#text.length : end + 2
        return [...quoted].map(literal).join('')
      }
    }
    if (c === 'x') {
      const hex = /^(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})/.exec(this.#text.slice(this.#at))
      if (hex) {
        this.#at += hex[0].length
        return `\\u{${hex[1] ?? hex[2]}}`
      }
    }
    const octal = c === '0' || /^[1-7][0-7]/.test(this.#text.slice(this.#at - 1))
    if (octal) {
      const digits = /^[0-7]{0,2}/.exec(this.#text.slice(this.#at))![0]
      this.#at += digits.length
      return `\\u{${Number.parseInt(c + digits, 8).toString(16)}}`
    }
    if (/[0-9A-Za-z]/.test(c) || c.codePointAt(0)! > 0x7f)
      throw fault('invalid escape sequence', this.#text.slice(from, this.#at))
    return inClass ? classLiteral(c) : literal(c)
  }

  #class(from: number): string {
    let out = '['
    if (this.#take('^')) out += '^'
    let isFirst = true
    for (;;) {
      if (this.#at >= this.#text.length) throw fault('missing closing ]', this.#text.slice(from))
      if (!isFirst && this.#take(']')) return `${out}]`
      isFirst = false
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at))
      if (posix) {
        const set = POSIX[posix[2]!]
        if (!set || posix[1]) throw fault('invalid character class range', posix[0])
        out += set
        this.#at += posix[0].length
        continue
      }
      const start = this.#at
      const low = this.#member()
      const isRange =
        this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']' && this.#at + 1 < this.#text.length
      if (!isRange) {
        out += low
        continue
      }
      this.#at++
      const high = this.#member()
      if (codeOf(low) > codeOf(high)) throw fault('invalid character class range', this.#text.slice(start, this.#at))
      out += `${low}-${high}`
    }
  }

  #member(): string {
    const from = this.#at
    const c = this.#next()
    return c === '\\' ? this.#escape(from, true) : classLiteral(c)
  }
}

function codeOf(member: string): number {
  const hex = /^\\u\{(.+)\}$/.exec(member)
  if (hex) return Number.parseInt(hex[1]!, 16)
  return (member.length > 1 && member.startsWith('\\') ? member.slice(1) : member).codePointAt(0)!
}
