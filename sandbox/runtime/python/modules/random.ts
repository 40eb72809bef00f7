/** `random`: the Mersenne Twister, so that a seed gives what CPython gives; without one it is the simulation's chance. */

import { bytesOfText } from '../../../bytes.ts'
import { sha2 } from '../../commands/sha2.ts'
import { functions, intOf, numberOf, valueError } from '../builtins/define.ts'
import { breathe, collect } from '../machine/iterate.ts'
import type { Machine } from '../machine/machine.ts'
import { PLACE } from '../machine/memory.ts'
import { getItem } from '../machine/subscripts.ts'
import { PyDict, PyList, PyRange } from '../objects/containers.ts'
import { raise } from '../objects/errors.ts'
import { int, isInt, PyFloat, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'

const N = 624
const M = 397

class Twister {
  readonly #state = new Uint32Array(N)
  #at = N
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

function wordsOf(machine: Machine, value: Value): number[] {
  let n: bigint
  if (isInt(value)) n = BigInt(value) < 0n ? -BigInt(value) : BigInt(value)
  else if (typeof value === 'string') {
    const bytes = bytesOfText(value)
    const hash = sha2(value, 512)
    n = BigInt(`0x0${Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')}${hash}`)
  } else throw new NotSimulated(`random.seed of ${machine.repr(value)}`)
  const words: number[] = []
  for (; n > 0n; n >>= 32n) words.push(Number(n & 0xffffffffn))
  return words.length ? words : [0]
}

export function random(machine: Machine): Record<string, Value> {
  const twister = new Twister()
  const seedByChance = (): void => twister.seed(Array.from({ length: 8 }, () => machine.process.random.uint32()))
  seedByChance()
  const below = (n: number | bigint): number | bigint => int(twister.below(BigInt(n)))
  const range = (from: bigint, to: bigint, step = 1n): Value => {
    const width = step > 0n ? (to - from + step - 1n) / step : (from - to - step - 1n) / -step
    if (width <= 0n) throw valueError(`empty range in randrange(${from}, ${to}${step === 1n ? '' : `, ${step}`})`)
    return int(from + step * twister.below(width))
  }
  const gauss = (mean: number, deviation: number): number => {
    let z = twister.spare
    twister.spare = undefined
    if (z === undefined) {
      const x = twister.float() * 2 * Math.PI
      const radius = Math.sqrt(-2 * Math.log(1 - twister.float()))
      z = Math.cos(x) * radius
      twister.spare = Math.sin(x) * radius
    }
    return mean + z * deviation
  }
  const sizeOf = (value: Value): number =>
    value instanceof PyRange ? value.length : typeof value === 'string' ? value.length : (value as PyList).items.length
  return {
    ...functions({
      seed: (m, [value = null]) => {
        if (value === null) seedByChance()
        else twister.seed(wordsOf(m, value))
        return null
      },
      random: () => new PyFloat(twister.float()),
      getrandbits: (_, [count]) => int(twister.bits(intOf(count!))),
      randint: (_, [a, b]) => range(BigInt(a as number), BigInt(b as number) + 1n),
      randrange: (_, [a, b, step]) =>
        b === undefined
          ? range(0n, BigInt(a as number))
          : range(BigInt(a as number), BigInt(b as number), step === undefined ? 1n : BigInt(step as number)),
      uniform: (_, [a, b]) => new PyFloat(numberOf(a!) + (numberOf(b!) - numberOf(a!)) * twister.float()),
      choice: (m, [items]) => {
        const size = items instanceof PyDict ? Number.NaN : sizeOf(items!)
        if (size === 0) throw raise('IndexError', 'Cannot choose from an empty sequence')
        return getItem(m, items!, below(size))
      },
      *choices(m, [population, weights], keywords) {
        const items = yield* collect(m, population!)
        const given = weights ?? keywords.get('weights')
        const count = intOf(keywords.get('k') ?? 1)
        const all: Value[] = []
        m.allocate(count * PLACE)
        if (given === undefined || given === null)
          for (let i = 0; i < count; i++) {
            if (m.step()) yield* breathe(m)
            all.push(items[Math.floor(twister.float() * items.length)]!)
          }
        else {
          let sum = 0
          const sums = (yield* collect(m, given)).map(w => (sum += numberOf(w)))
          for (let i = 0; i < count; i++) {
            if (m.step()) yield* breathe(m)
            const at = twister.float() * sum
            all.push(items[sums.findIndex(s => at < s)]!)
          }
        }
        return new PyList(all)
      },
      shuffle: (_, [list]) => {
        const { items } = list as PyList
        for (let i = items.length - 1; i > 0; i--) {
          const j = Number(below(i + 1))
          ;[items[i], items[j]] = [items[j]!, items[i]!]
        }
        return null
      },
      *sample(m, [population, count]) {
        const pool = [...(yield* collect(m, population!))]
        const [n, k] = [pool.length, intOf(count ?? 0)]
        if (k < 0 || k > n) throw valueError('Sample larger than population or is negative')
        const result: Value[] = []
        const size = 21 + (k > 5 ? 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 0)
        if (n <= size)
          for (let i = 0; i < k; i++) {
            const j = Number(below(n - i))
            result.push(pool[j]!)
            pool[j] = pool[n - i - 1]!
          }
        else {
          const taken = new Set<number>()
          for (let i = 0; i < k; i++) {
            let j = Number(below(n))
            while (taken.has(j)) j = Number(below(n))
            taken.add(j)
            result.push(pool[j]!)
          }
        }
        return new PyList(result)
      },
      gauss: (_, [mean, deviation]) => new PyFloat(gauss(numberOf(mean ?? 0), numberOf(deviation ?? 1))),
      expovariate: (_, [rate]) => new PyFloat(-Math.log(1 - twister.float()) / numberOf(rate ?? 1)),
    }),
  }
}
