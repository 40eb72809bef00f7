/** Literals of strings, bytes and numbers, as they are written. */
import { GO_ESCAPES } from '../../formats/go-escapes.ts'

export class LiteralFault extends Error {}

const SIMPLE: Readonly<Record<string, string>> = {
  ...GO_ESCAPES,
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
}
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, X: 2, u: 4, U: 8 }
const UNABLE = 'unable to unescape string'

/** Text, or a byte that stands for itself. */
type Piece = string | number

function escapeAt(text: string, at: number, bytes: boolean): { piece: Piece; length: number } {
  const c = text[at + 1]
  if (c === undefined) throw new LiteralFault(`${UNABLE}, found '\\' as last character`)
  const simple = SIMPLE[c]
  if (simple !== undefined) return { piece: simple, length: 2 }
  const digits = HEX_DIGITS[c]
  if (digits) {
    const hex = text.slice(at + 2, at + 2 + digits)
    if (hex.length < digits || !/^[\da-fA-F]+$/.test(hex) || (bytes && digits > 2)) throw new LiteralFault(UNABLE)
    return { piece: codePoint(Number.parseInt(hex, 16), bytes), length: 2 + digits }
  }
  if (c >= '0' && c <= '3') {
    const octal = text.slice(at + 1, at + 4)
    if (!/^[0-3][0-7][0-7]$/.test(octal)) throw new LiteralFault('unable to unescape octal sequence in string')
    return { piece: codePoint(Number.parseInt(octal, 8), bytes), length: 4 }
  }
  throw new LiteralFault(UNABLE)
}

function codePoint(code: number, bytes: boolean): Piece {
  if (bytes) return code
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new LiteralFault('invalid unicode code point')
  return String.fromCodePoint(code)
}

function pieces(literal: string, bytes: boolean): Piece[] {
  let text = literal.replace(/\r\n?/g, '\n')
  const raw = /^[rR]/.test(text)
  if (raw) text = text.slice(1)
  const quotes = /^("""|'''|"|')/.exec(text)?.[0] ?? ''
  const body = text.slice(quotes.length, text.length - quotes.length)
  if (raw || !body.includes('\\')) return [body]
  const found: Piece[] = []
  for (let i = 0; i < body.length; ) {
    if (body[i] !== '\\') {
      const next = body.indexOf('\\', i)
      const end = next < 0 ? body.length : next
      found.push(body.slice(i, end))
      i = end
    } else {
      const { piece, length } = escapeAt(body, i, bytes)
      found.push(piece)
      i += length
    }
  }
  return found
}

/** @throws LiteralFault */
export const stringLiteral = (literal: string): string => pieces(literal, false).join('')

/** Without the letter in front. @throws LiteralFault */
export function bytesLiteral(literal: string): Uint8Array {
  const encoder = new TextEncoder()
  return Uint8Array.from(pieces(literal, true).flatMap(p => (typeof p === 'number' ? [p] : [...encoder.encode(p)])))
}

const fits = (value: bigint, min: bigint, max: bigint): bigint | undefined =>
  value >= min && value <= max ? value : undefined

export function intLiteral(text: string, negative: boolean): bigint | undefined {
  const value = BigInt(text)
  return fits(negative ? -value : value, -(2n ** 63n), 2n ** 63n - 1n)
}

/** Without the letter behind. */
export const uintLiteral = (text: string): bigint | undefined => fits(BigInt(text), 0n, 2n ** 64n - 1n)
