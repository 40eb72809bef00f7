/** MD5, SHA-1, SHA-224 and SHA-256 of bytes, one character each. */
import * as digests from '../../../crypto/digests.ts'

type Words = number[]

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** The message in blocks of sixteen words, the low byte first. */
function blocks(bytes: string): Words[] {
  const size = Math.ceil((bytes.length + 9) / 64) * 64
  const all: Words[] = []
  const at = (i: number): number => (i < bytes.length ? bytes.charCodeAt(i) : i === bytes.length ? 0x80 : 0)
  for (let from = 0; from < size; from += 64) {
    const words: Words = []
    for (let i = 0; i < 64; i += 4) {
      words.push([3, 2, 1, 0].reduce((word, j) => (word << 8) | at(from + i + j), 0))
    }
    all.push(words)
  }
  const last = all.at(-1)!
  last[14] = bytes.length << 3
  last[15] = Math.floor(bytes.length / 2 ** 29)
  return all
}

const hex = (bytes: readonly number[]): string => bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
const codes = (bytes: string): number[] => Array.from(bytes, character => character.charCodeAt(0))

export const sha1 = (bytes: string): string => hex(digests.sha1(codes(bytes)))
export const sha224 = (bytes: string): string => hex(digests.sha224(codes(bytes)))
export const sha256 = (bytes: string): string => hex(digests.sha256(codes(bytes)))

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

export function md5(bytes: string): string {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (const words of blocks(bytes)) {
    let [a, b, c, d] = state as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const f =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const word =
        words[round === 0 ? i : round === 1 ? (5 * i + 1) % 16 : round === 2 ? (3 * i + 5) % 16 : (7 * i) % 16]!
      const sum = (a + f + Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) + word) | 0
      ;[a, d, c, b] = [d, c, b, (b + turn(sum, SHIFTS[round * 4 + (i % 4)]!)) | 0]
    }
    for (const [i, value] of [a, b, c, d].entries()) state[i] = (state[i]! + value) | 0
  }
  return hex(state.flatMap(word => [0, 8, 16, 24].map(shift => (word >>> shift) & 255)))
}
