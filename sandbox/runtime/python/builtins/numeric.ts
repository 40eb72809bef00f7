/** Built-in functions of numbers. */
import { invoke } from '../machine/calls.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { operate } from '../machine/operate.ts'
import { PyTuple } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { bits, euclid, mayTake, stepsOf } from '../objects/numbers.ts'
import * as types from '../objects/types.ts'
import { int, isInt, isSteps, PyFloat, type Value } from '../objects/values.ts'
import { intOf, type Natives, valueError } from './define.ts'
import { round } from './values.ts'

export const NUMBERS: Natives = {
  abs: (machine, [value]) => {
    if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value))
    if (value !== undefined && isInt(value))
      return Number(value) < 0 ? int(-BigInt(value)) : typeof value === 'boolean' ? Number(value) : value
    const own = types.typeOf(value!).find('__abs__')
    if (own !== undefined) return invoke(machine, own, [value!], NO_KEYWORDS)
    throw typeError(`bad operand type for abs(): '${types.typeOf(value!).name}'`)
  },
  *divmod(machine, [a, b]) {
    const own = types.typeOf(a!).find('__divmod__')
    const results: Value[] = []
    if (own !== undefined) {
      const result = invoke(machine, own, [a!, b!], NO_KEYWORDS)
      return isSteps(result) ? yield* result : result
    }
    for (const op of ['//', '%']) {
      const result = operate(machine, op, a!, b!)
      results.push(isSteps(result) ? yield* result : result)
    }
    return new PyTuple(results)
  },
  *pow(machine, [a, b, modulus]) {
    if (modulus !== undefined && modulus !== null) {
      return int(powerModulo(machine, a!, b!, modulus))
    }
    const result = operate(machine, '**', a!, b!)
    return isSteps(result) ? yield* result : result
  },
  round,
  bin: (_, [value]) => based(value!, 2, '0b'),
  oct: (_, [value]) => based(value!, 8, '0o'),
  hex: (_, [value]) => based(value!, 16, '0x'),
  chr: (_, [value]) => {
    const code = intOf(value!)
    if (code < 0 || code > 0x10ffff) throw valueError('chr() arg not in range(0x110000)')
    return String.fromCodePoint(code)
  },
  ord: (_, [value]) => {
    const letters = typeof value === 'string' ? [...value] : []
    if (letters.length !== 1)
      throw typeError(
        typeof value === 'string'
          ? `ord() expected a character, but string of length ${letters.length} found`
          : `ord() expected string of length 1, but ${types.typeOf(value!).name} found`,
      )
    return letters[0]!.codePointAt(0)!
  },
}

function based(value: Value, radix: number, prefix: string): string {
  if (!isInt(value)) throw typeError(`'${types.typeOf(value).name}' object cannot be interpreted as an integer`)
  const n = BigInt(value)
  return `${n < 0n ? '-' : ''}${prefix}${(n < 0n ? -n : n).toString(radix)}`
}

/** `pow(a, b, m)`. The result has the sign of the modulus. */
function powerModulo(machine: Machine, a: Value, b: Value, m: Value): bigint {
  if (!isInt(a) || !isInt(b) || !isInt(m))
    throw typeError('pow() 3rd argument not allowed unless all arguments are integers')
  const modulus = BigInt(m)
  if (modulus === 0n) throw valueError('pow() 3rd argument cannot be 0')
  let exponent = BigInt(b)
  let base = BigInt(a) % modulus
  if (exponent < 0n) {
    machine.step(mayTake(euclid(bits(modulus)), 'an inverse'))
    base = inverse(base, modulus)
    exponent = -exponent
  }
  machine.step(mayTake(bits(exponent) * stepsOf(bits(modulus)), 'a power'))
  let result = 1n % modulus
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return result !== 0n && result < 0n !== modulus < 0n ? result + modulus : result
}

/** By Euclid's algorithm. */
function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next, x, nextX] = [modulus, a, 0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next, x, nextX] = [next, r - quotient * next, nextX, x - quotient * nextX]
  }
  if (r !== 1n && r !== -1n) throw valueError('base is not invertible for the given modulus')
  return x * r
}
