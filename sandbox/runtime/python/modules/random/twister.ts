/** The Mersenne Twister: what a seed gives, it gives in CPython too. */
import { NotSimulated } from '../../syntax/tree.ts'

const N = 624
const M = 397

/** One generator, with its seed. */
export class Twister {
  readonly #state = new Uint32Array(N)
  #at = N
  /** The second of two numbers that `gauss` makes at once. */
  spare: number | undefined

  seed(key: readonly number[]): void {
    const s = this.#state
    s[0] = 19650218
    for (let i = 1; i < N; i++) s[i] = Math.imul(1812433253, s[i - 1]! ^ (s[i - 1]! >>> 30)) + i
    let i = 1
    let j = 0
    for (let k = Math.max(N, key.length); k; k--) {
      s[i] = (s[i]! ^ Math.imul(s[i - 1]! ^ (s[i - 1]! >>> 30), 1664525)) + key[j]! + j
      if (++i >= N) {
        s[0] = s[N - 1]!
        i = 1
      }
      if (++j >= key.length) j = 0
    }
    for (let k = N - 1; k; k--) {
      s[i] = (s[i]! ^ Math.imul(s[i - 1]! ^ (s[i - 1]! >>> 30), 1566083941)) - i
      if (++i >= N) {
        s[0] = s[N - 1]!
        i = 1
      }
    }
    s[0] = 0x80000000
    this.#at = N
    this.spare = undefined
  }

  /** All that it goes on from: 624 words, and the place in them. */
  get words(): number[] {
    return [...this.#state, this.#at]
  }

  set words(all: readonly number[]) {
    this.#state.set(all.slice(0, N))
    this.#at = all[N]!
  }

  uint32(): number {
    const s = this.#state
    if (this.#at >= N) {
      for (let k = 0; k < N; k++) {
        const y = (s[k]! & 0x80000000) | (s[(k + 1) % N]! & 0x7fffffff)
        s[k] = s[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
      }
      this.#at = 0
    }
    let y = s[this.#at++]!
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  float(): number {
    const a = this.uint32() >>> 5
    const b = this.uint32() >>> 6
    return (a * 67108864 + b) / 9007199254740992
  }

  bits(count: number): bigint {
    if (count > MOST_BITS) throw new NotSimulated(`${count} random bits at once`)
    let result = 0n
    let shift = 0n
    for (let left = count; left > 0; left -= 32) {
      const word = left < 32 ? this.uint32() >>> (32 - left) : this.uint32()
      result |= BigInt(word) << shift
      shift += 32n
    }
    return result
  }

  /** A number below `n`. */
  below(n: bigint): bigint {
    const size = n.toString(2).length
    let found = this.bits(size)
    while (found >= n) found = this.bits(size)
    return found
  }
}

/** Bits that are drawn at once. */
const MOST_BITS = 100_000
