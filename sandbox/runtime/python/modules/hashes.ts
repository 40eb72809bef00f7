/** MD5, SHA-1 and SHA-256 of bytes, one character each. */
type Words = number[]

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** The message in blocks of sixteen words. */
function blocks(bytes: string, little: boolean): Words[] {
  const size = Math.ceil((bytes.length + 9) / 64) * 64
  const all: Words[] = []
  const at = (i: number): number => (i < bytes.length ? bytes.charCodeAt(i) : i === bytes.length ? 0x80 : 0)
  for (let from = 0; from < size; from += 64) {
    const words: Words = []
    for (let i = 0; i < 64; i += 4) {
      const four = [0, 1, 2, 3].map(j => at(from + i + j))
      if (little) four.reverse()
      words.push(four.reduce((word, byte) => (word << 8) | byte, 0))
    }
    all.push(words)
  }
  const last = all.at(-1)!
  const [high, low] = [Math.floor(bytes.length / 2 ** 29), bytes.length << 3]
  last[14] = little ? low : high
  last[15] = little ? high : low
  return all
}

const hex = (words: Words, little: boolean): string =>
  words
    .map(word => {
      const text = (word >>> 0).toString(16).padStart(8, '0')
      return little ? text.match(/../g)!.reverse().join('') : text
    })
    .join('')

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

export function md5(bytes: string): string {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (const words of blocks(bytes, true)) {
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
  return hex(state, true)
}

export function sha1(bytes: string): string {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (const block of blocks(bytes, false)) {
    const w = [...block]
    for (let i = 16; i < 80; i++) w.push(turn(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1))
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6]
      const next = (turn(a, 5) + f + e + k + w[i]!) | 0
      ;[e, d, c, b, a] = [d, c, turn(b, 30), a, next]
    }
    for (const [i, value] of [a, b, c, d, e].entries()) state[i] = (state[i]! + value) | 0
  }
  return hex(state, false)
}

const PRIMES = (() => {
  const found: number[] = []
  for (let n = 2; found.length < 64; n++) if (found.every(p => n % p)) found.push(n)
  return found
})()
const fraction = (n: number): number => Math.floor((n - Math.floor(n)) * 2 ** 32) | 0
const K = PRIMES.map(p => fraction(Math.cbrt(p)))

export function sha256(bytes: string): string {
  const state = PRIMES.slice(0, 8).map(p => fraction(Math.sqrt(p)))
  for (const block of blocks(bytes, false)) {
    const w = [...block]
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      const s0 = turn(x, 25) ^ turn(x, 14) ^ (x >>> 3)
      const s1 = turn(y, 15) ^ turn(y, 13) ^ (y >>> 10)
      w.push((w[i - 16]! + s0 + w[i - 7]! + s1) | 0)
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 26) ^ turn(e, 21) ^ turn(e, 7)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
      const two = ((turn(a, 30) ^ turn(a, 19) ^ turn(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) | 0
  }
  return hex(state, false)
}
