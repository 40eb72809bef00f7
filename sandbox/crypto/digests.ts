/** SHA-1 and SHA-256 of bytes. */
type Bytes = readonly number[]

/** The first of them: SHA-2 takes its constants from their roots. */
export const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every(p => n % p)) found.push(n)
  return found
}

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** In blocks of 16 words, filled up as both want it. */
function blocks(message: Bytes): number[][] {
  const padded = [...message, 0x80]
  while (padded.length % 64 !== 56) padded.push(0)
  const length = message.length * 8
  for (let shift = 56; shift >= 0; shift -= 8) padded.push(Math.floor(length / 2 ** shift) & 255)
  const words: number[] = []
  for (let i = 0; i < padded.length; i += 4)
    words.push((padded[i]! << 24) | (padded[i + 1]! << 16) | (padded[i + 2]! << 8) | padded[i + 3]!)
  return Array.from({ length: words.length / 16 }, (_, i) => words.slice(16 * i, 16 * i + 16))
}

const bytesOfWords = (words: readonly number[]): Bytes =>
  words.flatMap(word => [24, 16, 8, 0].map(shift => (word >>> shift) & 255))

export function sha1(message: Bytes): Bytes {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (const block of blocks(message)) {
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
  return bytesOfWords(state)
}

const fraction = (x: number): number => Math.floor((x % 1) * 2 ** 32) | 0
const K = primes(64).map(prime => fraction(Math.cbrt(prime)))
const START = primes(8).map(prime => fraction(Math.sqrt(prime)))

/** The second halves of the first 64 bits of the roots of the ninth to the sixteenth prime: FIPS 180-4 gives them as numbers. */
const START_224 = [0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4]

export const sha224 = (message: Bytes): Bytes => compressed(message, START_224).slice(0, 28)

export const sha256 = (message: Bytes): Bytes => compressed(message, START)

function compressed(message: Bytes, start: readonly number[]): Bytes {
  const state = [...start]
  for (const block of blocks(message)) {
    const w = [...block]
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      const s0 = turn(x, 25) ^ turn(x, 14) ^ (x >>> 3)
      const s1 = turn(y, 15) ^ turn(y, 13) ^ (y >>> 10)
      w.push((w[i - 16]! + s0 + w[i - 7]! + s1) | 0)
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 26) ^ turn(e, 21) ^ turn(e, 7)
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
      const s0 = turn(a, 30) ^ turn(a, 19) ^ turn(a, 10)
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) | 0
  }
  return bytesOfWords(state)
}
