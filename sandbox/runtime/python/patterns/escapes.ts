/** What a backslash and a letter stand for, within a set and outside. */
import type { Kind } from './characters.ts'
import type { PatternReader } from './reader.ts'

const CHARACTERS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

export type Escape = { code: number } | { kind: Kind } | { group: number } | { place: string }

/** @param sign a backslash and the character after it, which have been taken @param bytes whether it stands for bytes, which know no `\u` */
export function escapeOf(reader: PatternReader, sign: string, within: 'set' | 'pattern', bytes: boolean): Escape {
  const letter = sign.slice(1)
  const back = (text: string): number => [...text].length
  if (/^[dDsSwW]$/.test(letter)) return { kind: letter as Kind }
  if (within === 'pattern' && /^[AZbB]$/.test(letter)) return { place: letter }
  if (Object.hasOwn(CHARACTERS, letter)) return { code: CHARACTERS[letter]! }
  const digits = bytes && letter !== 'x' ? undefined : HEX[letter]
  if (digits !== undefined) {
    const text = reader.while(/^[0-9a-fA-F]$/, digits)
    if (text.length < digits) throw reader.error(`incomplete escape ${sign}${text}`, back(sign + text))
    const code = Number.parseInt(text, 16)
    if (code > 0x10ffff) throw reader.error(`bad escape ${sign}${text}`, back(sign + text))
    return { code }
  }
  if (/^[0-7]$/.test(letter) && (letter === '0' || within === 'set')) {
    const text = letter + reader.while(/^[0-7]$/, 2)
    const code = Number.parseInt(text, 8)
    if (code > 0o377) throw tooBig(reader, text)
    return { code }
  }
  if (within === 'pattern' && /^[1-9]$/.test(letter)) {
    let text = letter
    if (reader.next !== undefined && /^\d$/.test(reader.next)) {
      text += reader.take()
      if (/^[0-3][0-7]$/.test(text) && reader.next !== undefined && /^[0-7]$/.test(reader.next))
        return { code: Number.parseInt(text + reader.take()!, 8) }
      if (/^[4-7][0-7]$/.test(text) && reader.next !== undefined && /^[0-7]$/.test(reader.next))
        throw tooBig(reader, text + reader.take()!)
    }
    return { group: Number(text) }
  }
  if (/^[a-zA-Z0-9]$/.test(letter)) throw reader.error(`bad escape ${sign}`, back(sign))
  return { code: letter.codePointAt(0)! }
}

const tooBig = (reader: PatternReader, digits: string) =>
  reader.error(`octal escape value \\${digits} outside of range 0-0o377`, digits.length + 1)
