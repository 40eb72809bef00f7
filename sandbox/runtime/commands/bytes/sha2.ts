/** SHA-384 and SHA-512. */
import { bytesOfText } from '../../../bytes.ts'
import { primes } from '../../../crypto/digests.ts'

const MASK = (1n << 64n) - 1n

/** The first 64 bits of the fraction of a root. */
function fraction(n: number, root: 2n | 3n): bigint {
  const scaled = BigInt(n) << (64n * root)
  let low = 0n
  let high = 1n << 72n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** root <= scaled) low = middle
    else high = middle
  }
  return low & MASK
}

const K = primes(80).map(prime => fraction(prime, 3n))
const START = {
  512: primes(8).map(prime => fraction(prime, 2n)),
  384: primes(16)
    .slice(8)
    .map(prime => fraction(prime, 2n)),
}

const turn = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK

export function sha2(text: string, bits: 384 | 512): string {
  const message = bytesOfText(text)
  const padded = new Uint8Array(Math.ceil((message.length + 17) / 128) * 128)
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n)
  const state = [...START[bits]]
  for (let block = 0; block < padded.length; block += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(block + 8 * i))
    for (let i = 16; i < 80; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n)
      const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n)
      w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & MASK)
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
    for (let i = 0; i < 80; i++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)
      const one = h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)
      const two = s0 + ((a & b) ^ (a & c) ^ (b & c))
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK]
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i]! + value) & MASK
  }
  return state
    .slice(0, bits / 64)
    .map(part => part.toString(16).padStart(16, '0'))
    .join('')
}
