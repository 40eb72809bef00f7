/** The parser of patterns: Python's syntax, and CPython's words and positions for what is wrong. */
import { type Case, fold, isOf } from './characters.ts'
import { escapeOf } from './escapes.ts'
import { PatternReader } from './reader.ts'
import { setMembers } from './set-members.ts'
import { setOf } from './sets.ts'
import { BadPattern, FLAG, type Node, type Pattern, widthOf } from './tree.ts'

const LETTERS: Readonly<Record<string, number>> = {
  i: FLAG.ignoreCase,
  L: FLAG.locale,
  m: FLAG.multiLine,
  s: FLAG.dotAll,
  x: FLAG.verbose,
  a: FLAG.ascii,
  u: FLAG.unicode,
}
/** Of these a pattern has one at most. */
const TYPES = FLAG.ascii | FLAG.locale | FLAG.unicode
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
/** As many repetitions as there may be. */
const MOST_REPEATS = 4294967295

export interface Language {
  bytes: boolean
  /** As `repr` shows a text. */
  quote: (text: string) => string
}

/** @throws BadPattern */
export function parsePattern(text: string, flags: number, language: Language): Pattern {
  return new Parser(text, flags, language).pattern()
}

/** A repetition's count is beyond all bounds. */
export class TooLarge extends Error {}

class Parser {
  readonly #reader: PatternReader
  readonly #language: Language
  readonly #groups: Node[] = []
  readonly #names = new Map<string, number>()
  readonly #open = new Set<number>()
  /** References that may stand before their group. */
  readonly #asked: { group: number; position: number }[] = []
  /** Groups that there were when the lookbehind began which is being read. */
  #behind: number | undefined
  #flags: number
  #count = 0

  constructor(text: string, flags: number, language: Language) {
    this.#reader = new PatternReader(text)
    this.#language = language
    this.#flags = flags
  }

  pattern(): Pattern {
    const body = this.#choice(undefined, true)
    if (this.#reader.next !== undefined) throw this.#reader.error('unbalanced parenthesis')
    for (const { group, position } of this.#asked)
      if (group > this.#count) throw new BadPattern(`invalid group reference ${group}`, position)
    if (!this.#language.bytes && !(this.#flags & FLAG.ascii)) this.#flags |= FLAG.unicode
    return { body, flags: this.#flags, groups: this.#count, names: this.#names }
  }

  /** @param own flags of the group it stands in; undefined for the pattern's */
  #choice(own: number | undefined, outermost: boolean): Node {
    const ways = [this.#sequence(own, outermost)]
    while (this.#reader.accept('|')) ways.push(this.#sequence(own, false))
    return ways.length === 1 ? ways[0]! : { kind: 'choice', ways }
  }

  #sequence(own: number | undefined, first: boolean): Node {
    const reader = this.#reader
    const items: Node[] = []
    for (;;) {
      const flags = own ?? this.#flags
      const { next } = reader
      if (next === undefined || next === '|' || next === ')') break
      const start = reader.at
      reader.take()
      if (flags & FLAG.verbose) {
        if (/^\s$/.test(next)) continue
        if (next === '#') {
          while (reader.next !== undefined && reader.take() !== '\n');
          continue
        }
      }
      if (/^[*+?{]$/.test(next)) {
        const repeated = this.#repeat(next, start, items.at(-1))
        if (repeated) items[items.length - 1] = repeated
        else items.push(this.#character('{', flags))
      } else if (next === '(') {
        const group = this.#group(start, flags, first && !items.length && own === undefined)
        if (group) items.push(group)
      } else items.push(this.#one(next, start, flags))
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items }
  }

  #cases(flags: number): Case {
    if (!(flags & FLAG.ignoreCase)) return 'exact'
    return this.#language.bytes || flags & FLAG.ascii ? 'ascii' : 'any'
  }

  #character(text: string, flags: number): Node {
    const letters = this.#cases(flags)
    return { kind: 'character', code: fold(text.codePointAt(0)!, letters), letters }
  }

  #one(next: string, start: number, flags: number): Node {
    const ascii = isAscii(flags, this.#language.bytes)
    switch (next) {
      case '.':
        return { kind: 'any', lines: !!(flags & FLAG.dotAll) }
      case '^':
        return { kind: 'place', place: flags & FLAG.multiLine ? 'line start' : 'text start', ascii }
      case '$':
        return { kind: 'place', place: flags & FLAG.multiLine ? 'line end' : 'last line end', ascii }
      case '[':
        return this.#set(start, flags)
    }
    if (next[0] !== '\\') return this.#character(next, flags)
    const found = this.#escape(next, 'pattern')
    if ('code' in found) return this.#character(String.fromCodePoint(found.code), flags)
    if ('kind' in found) return { kind: 'set', set: setOf([isOf(found.kind, ascii)], false, 'exact') }
    if ('place' in found) {
      const place = ({ A: 'text start', Z: 'text end', b: 'boundary', B: 'no boundary' } as const)[found.place]!
      return { kind: 'place', place, ascii }
    }
    return this.#same(found.group, String(found.group).length, flags)
  }

  #escape(next: string, within: 'set' | 'pattern') {
    const { bytes } = this.#language
    if (next === '\\N' && !bytes) throw this.#namedCharacter()
    return escapeOf(this.#reader, next, within, bytes)
  }

  #namedCharacter(): Error {
    const reader = this.#reader
    if (!reader.accept('{')) return reader.error('missing {')
    return new UnknownName(reader.until('}', 'character name'))
  }

  /** @param back the length of what names the group, without its backslash */
  #same(group: number, back: number, flags: number): Node {
    const reader = this.#reader
    if (group > this.#count) throw reader.error(`invalid group reference ${group}`, back)
    if (this.#open.has(group)) throw reader.error('cannot refer to an open group', back + 1)
    this.#mayRefer(group)
    return { kind: 'same', group, letters: this.#cases(flags) }
  }

  #mayRefer(group: number): void {
    if (this.#behind !== undefined && group > this.#behind)
      throw this.#reader.error('cannot refer to group defined in the same lookbehind subpattern')
  }

  /** @returns undefined where the brace stands for itself */
  #repeat(sign: string, start: number, item: Node | undefined): Node | undefined {
    const reader = this.#reader
    let [least, most] = sign === '*' ? [0, Infinity] : sign === '+' ? [1, Infinity] : [0, 1]
    if (sign === '{') {
      if (reader.next === '}') return undefined
      const begin = reader.at
      const low = reader.while(/^\d$/, Infinity)
      const high = reader.accept(',') ? reader.while(/^\d$/, Infinity) : low
      if (!reader.accept('}')) {
        reader.at = begin
        return undefined
      }
      least = low ? Number(low) : 0
      most = high ? Number(high) : Infinity
      if (least >= MOST_REPEATS || (high && most >= MOST_REPEATS)) throw new TooLarge()
      if (most < least) throw new BadPattern('min repeat greater than max repeat', begin)
    }
    if (!item || item.kind === 'place') throw new BadPattern('nothing to repeat', start)
    if (item.kind === 'repeat') throw new BadPattern('multiple repeat', start)
    const how = reader.accept('?') ? 'lazy' : reader.accept('+') ? 'possessive' : 'greedy'
    return { kind: 'repeat', least, most, how, body: item }
  }

  #set(start: number, flags: number): Node {
    const ascii = isAscii(flags, this.#language.bytes)
    const { not, members } = setMembers(this.#reader, start, ascii, next => this.#escape(next, 'set'))
    return { kind: 'set', set: setOf(members, not, this.#cases(flags)) }
  }

  /** @returns undefined for what matches nothing, not even the empty text: a comment, flags */
  #group(start: number, flags: number, first: boolean): Node | undefined {
    const reader = this.#reader
    if (!reader.accept('?')) return this.#remembered(start, flags, undefined)
    const sign = reader.take()
    switch (sign) {
      case undefined:
        throw reader.error('unexpected end of pattern')
      case 'P':
        if (reader.accept('<')) {
          const name = this.#name('>')
          return this.#remembered(start, flags, name)
        }
        if (reader.accept('=')) {
          const name = this.#name(')')
          const group = this.#names.get(name)
          if (group === undefined)
            throw reader.error(`unknown group name ${this.#language.quote(name)}`, length(name) + 1)
          if (this.#open.has(group)) throw reader.error('cannot refer to an open group', length(name) + 1)
          this.#mayRefer(group)
          return { kind: 'same', group, letters: this.#cases(flags) }
        }
        {
          const other = reader.take()
          if (other === undefined) throw reader.error('unexpected end of pattern')
          throw reader.error(`unknown extension ?P${other}`, length(other) + 2)
        }
      case ':':
        return { kind: 'group', number: undefined, body: this.#inner(start, flags) }
      case '#':
        for (;;) {
          if (reader.next === undefined) throw new BadPattern('missing ), unterminated comment', start)
          if (reader.take() === ')') return undefined
        }
      case '=':
      case '!':
        return { kind: 'look', behind: false, not: sign === '!', body: this.#inner(start, flags) }
      case '<': {
        const other = reader.take()
        if (other === undefined) throw reader.error('unexpected end of pattern')
        if (other !== '=' && other !== '!') throw reader.error(`unknown extension ?<${other}`, length(other) + 2)
        const before = this.#behind
        this.#behind ??= this.#count
        const body = this.#inner(start, flags)
        this.#behind = before
        const [least, most] = widthOf(body, this.#groups)
        if (least !== most) throw new BadPattern('look-behind requires fixed-width pattern')
        return { kind: 'look', behind: true, not: other === '!', body }
      }
      case '>':
        return { kind: 'atomic', body: this.#inner(start, flags) }
      case '(':
        return this.#conditional(start, flags)
    }
    if (sign === '-' || Object.hasOwn(LETTERS, sign)) return this.#flagged(sign, start, flags, first)
    throw reader.error(`unknown extension ?${sign}`, length(sign) + 1)
  }

  /** What stands in brackets, up to the closing one. */
  #inner(start: number, flags: number): Node {
    const body = this.#choice(flags, false)
    if (!this.#reader.accept(')')) throw new BadPattern('missing ), unterminated subpattern', start)
    return body
  }

  #name(end: string): string {
    const name = this.#reader.until(end, 'group name')
    const { bytes, quote } = this.#language
    const shown = bytes ? `b${quote(name)}` : quote(name)
    if (!NAME.test(name) || (bytes && /[^\0-\x7f]/.test(name)))
      throw this.#reader.error(`bad character in group name ${NAME.test(name) ? shown : quote(name)}`, length(name) + 1)
    return name
  }

  #remembered(start: number, flags: number, name: string | undefined): Node {
    const number = ++this.#count
    if (name !== undefined) {
      const before = this.#names.get(name)
      if (before !== undefined)
        throw this.#reader.error(
          `redefinition of group name ${this.#language.quote(name)} as group ${number}; was group ${before}`,
          length(name) + 1,
        )
      this.#names.set(name, number)
    }
    this.#open.add(number)
    const body = this.#inner(start, flags)
    this.#open.delete(number)
    const group: Node = { kind: 'group', number, body }
    this.#groups[number] = group
    return group
  }

  #conditional(start: number, flags: number): Node {
    const reader = this.#reader
    const name = reader.until(')', 'group name')
    const back = length(name) + 1
    let group: number | undefined
    if (NAME.test(name)) {
      group = this.#names.get(name)
      if (group === undefined) throw reader.error(`unknown group name ${this.#language.quote(name)}`, back)
    } else {
      if (!/^\d+$/.test(name)) throw reader.error(`bad character in group name ${this.#language.quote(name)}`, back)
      group = Number(name)
      if (!group) throw reader.error('bad group number', back)
      if (group >= MOST_GROUPS) throw reader.error(`invalid group reference ${group}`, back)
      this.#asked.push({ group, position: reader.at - back })
    }
    this.#mayRefer(group)
    const yes = this.#sequence(flags, false)
    const no: Node = reader.accept('|') ? this.#sequence(flags, false) : { kind: 'sequence', items: [] }
    if (reader.next === '|') {
      reader.take()
      throw reader.error('conditional backref with more than two branches', 1)
    }
    if (!reader.accept(')')) throw new BadPattern('missing ), unterminated subpattern', start)
    return { kind: 'if', group, yes, no }
  }

  /** `(?i)` for all that follows, `(?i:…)` for what is within. */
  #flagged(sign: string, start: number, flags: number, first: boolean): Node | undefined {
    const reader = this.#reader
    let [add, remove] = [0, 0]
    let letter: string | undefined = sign
    while (letter !== '-') {
      const flag: number = LETTERS[letter]!
      if (!this.#language.bytes && letter === 'L')
        throw reader.error("bad inline flags: cannot use 'L' flag with a str pattern")
      if (this.#language.bytes && letter === 'u')
        throw reader.error("bad inline flags: cannot use 'u' flag with a bytes pattern")
      if (flag & TYPES && add & TYPES & ~flag)
        throw reader.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible")
      add |= flag
      letter = reader.take()
      if (letter === undefined) throw reader.error('missing -, : or )')
      if (letter === ')' || letter === ':' || letter === '-') break
      if (!Object.hasOwn(LETTERS, letter))
        throw reader.error(/^\p{L}$/u.test(letter) ? 'unknown flag' : 'missing -, : or )', length(letter))
    }
    if (letter === ')') {
      if (!first) throw new BadPattern('global flags not at the start of the expression', start)
      this.#flags |= add
      return undefined
    }
    if (letter === '-') {
      letter = reader.take()
      if (letter === undefined) throw reader.error('missing flag')
      if (!Object.hasOwn(LETTERS, letter))
        throw reader.error(/^\p{L}$/u.test(letter) ? 'unknown flag' : 'missing flag', length(letter))
      for (;;) {
        const flag: number = LETTERS[letter]!
        if (flag & TYPES) throw reader.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
        remove |= flag
        letter = reader.take()
        if (letter === undefined) throw reader.error('missing :')
        if (letter === ':') break
        if (!Object.hasOwn(LETTERS, letter))
          throw reader.error(/^\p{L}$/u.test(letter) ? 'unknown flag' : 'missing :', length(letter))
      }
      if (add & remove) throw reader.error('bad inline flags: flag turned on and off', 1)
    }
    const kept = add & TYPES ? flags & ~TYPES : flags
    return { kind: 'group', number: undefined, body: this.#inner(start, (kept | add) & ~remove) }
  }
}

/** A character that is given by its name, of which we have no table. */
export class UnknownName extends Error {}

const MOST_GROUPS = 2 ** 30

const length = (text: string): number => [...text].length

const isAscii = (flags: number, bytes: boolean): boolean => bytes || !!(flags & FLAG.ascii)
