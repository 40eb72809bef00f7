/** Kinds of characters, as Python knows them: letters and digits of all scripts, spaces, and which letters are one in two cases. */

/** How letters are compared: as they are, without regard to case in all scripts, or in A to Z alone. */
export type Case = 'exact' | 'any' | 'ascii'

export type Kind = 'd' | 'D' | 's' | 'S' | 'w' | 'W'

const between = (code: number, first: number, last: number): boolean => code >= first && code <= last

const asciiDigit = (code: number): boolean => between(code, 48, 57)
const asciiWord = (code: number): boolean =>
  asciiDigit(code) || between(code, 97, 122) || between(code, 65, 90) || code === 95
const asciiSpace = (code: number): boolean => code === 32 || between(code, 9, 13)

const DIGIT = /\p{Nd}/u
const WORD = /[\p{L}\p{N}]/u

/** What `str.isspace` holds of. */
export const SPACES = '\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'
const SPACE = new RegExp(`[${SPACES}]`)

const beyondAscii = (test: RegExp, ascii: (code: number) => boolean) => (code: number) =>
  code < 128 ? ascii(code) : test.test(String.fromCodePoint(code))

const unicodeDigit = beyondAscii(DIGIT, asciiDigit)
const unicodeWord = beyondAscii(WORD, asciiWord)
const unicodeSpace = (code: number): boolean => SPACE.test(String.fromCodePoint(code))

export function isOf(kind: Kind, ascii: boolean): (code: number) => boolean {
  switch (kind) {
    case 'd':
      return ascii ? asciiDigit : unicodeDigit
    case 's':
      return ascii ? asciiSpace : unicodeSpace
    case 'w':
      return ascii ? asciiWord : unicodeWord
    default: {
      const other = isOf(kind.toLowerCase() as Kind, ascii)
      return code => !other(code)
    }
  }
}

export const isWord = (code: number, ascii: boolean): boolean => (ascii ? asciiWord(code) : unicodeWord(code))

/** One letter for one: a change of case that makes two of it is none. */
function single(code: number, change: 'toLowerCase' | 'toUpperCase'): number {
  if (code === 0x130 && change === 'toLowerCase') return 105
  const text = String.fromCodePoint(code)[change]()
  const first = text.codePointAt(0)!
  return text.length === (first > 0xffff ? 2 : 1) ? first : code
}

const folded = new Map<number, number>()

/** The letter that stands for all which are the same but for their case. */
export function fold(code: number, letters: Case): number {
  if (letters === 'exact') return code
  if (code < 128) return between(code, 65, 90) ? code + 32 : code
  if (letters === 'ascii') return code
  let found = folded.get(code)
  if (found === undefined) {
    found = single(single(single(code, 'toLowerCase'), 'toUpperCase'), 'toLowerCase')
    folded.set(code, found)
  }
  return found
}

/** A letter, and what it is in other cases. */
export function cases(code: number, letters: Case): number[] {
  if (letters === 'exact') return [code]
  if (letters === 'ascii')
    return between(code, 65, 90) ? [code, code + 32] : between(code, 97, 122) ? [code, code - 32] : [code]
  return [code, single(code, 'toLowerCase'), single(code, 'toUpperCase'), fold(code, letters)]
}
