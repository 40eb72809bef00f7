/** `hash()`: of numbers and tuples what CPython gives; of texts it is the same in every run here, for nothing is by chance. */
import type { Machine } from '../machine/machine.ts'
import { PyTuple } from '../objects/containers.ts'
import { keyOf } from '../objects/keys.ts'
import { exact } from '../objects/numbers.ts'
import { int, isInt, PyFloat, PyScalar, type Value } from '../objects/values.ts'

/** Numbers are hashed modulo this prime. */
const PRIME = 2n ** 61n - 1n
const INFINITE = 314159n

/** -1 is C's word for an error. */
const noError = (hash: bigint): bigint => (hash === -1n ? -2n : hash)

function hashOfFloat(value: number): bigint {
  if (!Number.isFinite(value)) return value > 0 ? INFINITE : -INFINITE
  const [mantissa, exponent] = exact(value)
  const shift = BigInt(((exponent % 61) + 61) % 61)
  const hash = (mantissa << shift) % PRIME
  return noError(value < 0 ? -hash : hash)
}

const [ONE, TWO, FIVE] = [11400714785074694791n, 14029467366897019727n, 2870177450012600261n]
const wrap = (n: bigint): bigint => BigInt.asUintN(64, n)

function hashOfTuple(machine: Machine, items: readonly Value[]): bigint {
  let all = FIVE
  for (const item of items) {
    all = wrap(all + wrap(BigInt(hashOf(machine, item) as number)) * TWO)
    all = wrap(wrap((all << 31n) | (all >> 33n)) * ONE)
  }
  all = wrap(all + (BigInt(items.length) ^ (FIVE ^ 3527539n)))
  return all === 2n ** 64n - 1n ? 1546275796n : BigInt.asIntN(64, all)
}

/** @throws TypeError for what cannot be hashed */
export function hashOf(machine: Machine, value: Value): number | bigint {
  if (value instanceof PyScalar) return hashOf(machine, value.value)
  if (isInt(value)) return int(noError(BigInt(value) % PRIME))
  if (value instanceof PyFloat && !Number.isNaN(value.value)) return int(hashOfFloat(value.value))
  const key = String(keyOf(machine, value) ?? 'None')
  if (value instanceof PyTuple) return int(hashOfTuple(machine, value.items))
  const text =
    typeof value === 'object' && value !== null && !(value instanceof PyFloat) && key.startsWith('[')
      ? String(machine.idOf(value))
      : key
  let hash = 14695981039346656037n
  for (let i = 0; i < text.length; i++) hash = wrap((hash ^ BigInt(text.charCodeAt(i))) * 1099511628211n)
  return int(BigInt.asIntN(64, hash) >> 2n)
}
