/** `math`. */
import { functions, intOf, numberOf, valueError } from '../builtins/define.ts'
import { invoke } from '../machine/calls.ts'
import { collect } from '../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { PyTuple } from '../objects/containers.ts'
import { raise } from '../objects/errors.ts'
import { bits, euclid, mayTake, stepsOf } from '../objects/numbers.ts'
import { int, isInt, type Native, PyFloat, PyObject, plain, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'

const float =
  (fn: (...numbers: number[]) => number): Native =>
  (_, args) => {
    const given = args.map(numberOf)
    const result = fn(...given)
    if (given.some(Number.isNaN) || Number.isFinite(result)) return new PyFloat(result)
    if (Number.isNaN(result)) throw valueError('math domain error')
    if (given.every(Number.isFinite)) throw raise('OverflowError', 'math range error')
    return new PyFloat(result)
  }

const whole =
  (name: 'floor' | 'ceil' | 'trunc'): Native =>
  (machine, [value]) => {
    if (isInt(value!)) return typeof value === 'boolean' ? Number(value) : value
    const own = value instanceof PyObject ? value.cls.find(`__${name}__`) : undefined
    if (own !== undefined) return invoke(machine, own, [value!], NO_KEYWORDS)
    const number = numberOf(value!)
    if (!Number.isFinite(number))
      throw Number.isNaN(number)
        ? valueError('cannot convert float NaN to integer')
        : raise('OverflowError', 'cannot convert float infinity to integer')
    return int(BigInt(Math[name](number)))
  }

/** Positive numbers only, as of what is not defined elsewhere. */
const logarithm =
  (fn: (n: number) => number) =>
  (value: Value): number => {
    const number = typeof value === 'bigint' ? Number(value) : numberOf(value)
    if (number <= 0) throw valueError('math domain error')
    if (typeof value === 'bigint' && !Number.isFinite(number)) {
      const digits = String(value).length - 15
      return fn(Number(value / 10n ** BigInt(digits))) + fn(10) * digits
    }
    return fn(number)
  }

function gcd(machine: Machine, a: bigint, b: bigint): bigint {
  machine.step(mayTake(euclid(Math.min(bits(a), bits(b))), 'the greatest common divisor'))
  let [x, y] = [a, b]
  while (y) [x, y] = [y, x % y]
  return x < 0n ? -x : x
}

function bigIntOf(value: Value): bigint {
  intOf(value)
  return BigInt(plain(value) as number | bigint)
}

function root(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2))
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/** More products than this would take longer than anybody waits. */
const MOST_PRODUCTS = 50_000

function mayBeFactorial(n: number): void {
  if (n > MOST_PRODUCTS) throw new NotSimulated(`a product of ${n} numbers`)
}

export const math = (): Record<string, Value> => ({
  pi: new PyFloat(Math.PI),
  e: new PyFloat(Math.E),
  tau: new PyFloat(2 * Math.PI),
  inf: new PyFloat(Infinity),
  nan: new PyFloat(Number.NaN),
  ...functions({
    sqrt: float(Math.sqrt),
    sin: float(Math.sin),
    cos: float(Math.cos),
    tan: float(Math.tan),
    asin: float(Math.asin),
    acos: float(Math.acos),
    atan: float(Math.atan),
    atan2: float(Math.atan2),
    sinh: float(Math.sinh),
    cosh: float(Math.cosh),
    tanh: float(Math.tanh),
    exp: float(Math.exp),
    expm1: float(Math.expm1),
    log1p: float(Math.log1p),
    hypot: float(Math.hypot),
    fabs: float(Math.abs),
    cbrt: float(Math.cbrt),
    degrees: float(n => (n * 180) / Math.PI),
    radians: float(n => (n * Math.PI) / 180),
    acosh: float(Math.acosh),
    asinh: float(Math.asinh),
    atanh: float(Math.atanh),
    exp2: float(n => 2 ** n!),
    pow: float((a, b) => a ** b!),
    copysign: float((a, b) => (Object.is(Math.sign(b!), -0) || b! < 0 ? -Math.abs(a!) : Math.abs(a!))),
    fmod: float((a, b) => a! % b!),
    floor: whole('floor'),
    ceil: whole('ceil'),
    trunc: whole('trunc'),
    log: (_, [value, base]) =>
      new PyFloat(logarithm(Math.log)(value!) / (base === undefined ? 1 : logarithm(Math.log)(base))),
    log2: (_, [value]) => new PyFloat(logarithm(Math.log2)(value!)),
    log10: (_, [value]) => new PyFloat(logarithm(Math.log10)(value!)),
    isnan: (_, [value]) => Number.isNaN(numberOf(value!)),
    isinf: (_, [value]) => Math.abs(numberOf(value!)) === Infinity,
    isfinite: (_, [value]) => Number.isFinite(numberOf(value!)),
    isclose: (_, [a, b], keywords) => {
      const [x, y] = [numberOf(a!), numberOf(b!)]
      const relative = numberOf(keywords.get('rel_tol') ?? new PyFloat(1e-9))
      return (
        x === y ||
        Math.abs(x - y) <=
          Math.max(relative * Math.max(Math.abs(x), Math.abs(y)), numberOf(keywords.get('abs_tol') ?? 0))
      )
    },
    frexp: (_, [value]) => {
      const number = numberOf(value!)
      if (!number || !Number.isFinite(number)) return new PyTuple([new PyFloat(number), 0])
      let power = Math.max(-1022, Math.floor(Math.log2(Math.abs(number))) + 1)
      let fraction = number / 2 ** power
      for (; Math.abs(fraction) >= 1; power++) fraction /= 2
      for (; Math.abs(fraction) < 0.5; power--) fraction *= 2
      return new PyTuple([new PyFloat(fraction), power])
    },
    ldexp: (_, [value, power]) => {
      const number = numberOf(value!)
      const by = Math.max(-3000, Math.min(3000, intOf(power!)))
      const result = number * 2 ** Math.trunc(by / 3) * 2 ** Math.trunc(by / 3) * 2 ** (by - 2 * Math.trunc(by / 3))
      if (Number.isFinite(number) && !Number.isFinite(result)) throw raise('OverflowError', 'math range error')
      return new PyFloat(result)
    },
    remainder: (_, [a, b]) => {
      const [x, y] = [numberOf(a!), Math.abs(numberOf(b!))]
      if (y === 0 || !Number.isFinite(x)) {
        if (Number.isNaN(x) || Number.isNaN(y)) return new PyFloat(Number.NaN)
        throw valueError('math domain error')
      }
      if (y === Infinity) return new PyFloat(x)
      const rest = Math.abs(x) % y
      const over = y - rest
      const near = rest < over || (rest === over && Math.floor(Math.abs(x) / y) % 2 === 0) ? rest : -over
      return new PyFloat(x < 0 ? -near : near)
    },
    nextafter: (_, [a, b]) => {
      const [x, y] = [numberOf(a!), numberOf(b!)]
      if (Number.isNaN(x) || Number.isNaN(y)) return new PyFloat(Number.NaN)
      if (x === y) return new PyFloat(y)
      if (x === 0) return new PyFloat(y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE)
      const view = new DataView(new ArrayBuffer(8))
      view.setFloat64(0, x)
      view.setBigUint64(0, view.getBigUint64(0) + (y > x === x > 0 ? 1n : -1n))
      return new PyFloat(view.getFloat64(0))
    },
    *sumprod(machine, [p, q]) {
      const [a, b] = [yield* collect(machine, p!), yield* collect(machine, q!)]
      if (a.length !== b.length) throw valueError('Inputs are not the same length')
      let sum: Value = 0
      for (const [i, each] of a.entries())
        sum = machine.finishOperator('+', sum, machine.finishOperator('*', each, b[i]!))
      return sum
    },
    modf: (_, [value]) => new PyTuple([new PyFloat(numberOf(value!) % 1), new PyFloat(Math.trunc(numberOf(value!)))]),
    gcd: (machine, args) => int(args.reduce<bigint>((all, n) => gcd(machine, all, bigIntOf(n)), 0n)),
    lcm: (machine, args) =>
      int(
        args.reduce<bigint>((all, given) => {
          const n = bigIntOf(given)
          const product = (all * n) / (gcd(machine, all, n) || 1n)
          return product < 0n ? -product : product
        }, 1n),
      ),
    isqrt: (machine, [value]) => {
      if (intOf(value!) < 0) throw valueError('isqrt() argument must be nonnegative')
      machine.step(mayTake(5 * stepsOf(bits(BigInt(value as number))), 'a root'))
      return int(root(BigInt(value as number)))
    },
    factorial: (machine, [value]) => {
      if (intOf(value!) < 0) throw valueError('factorial() not defined for negative values')
      mayBeFactorial(intOf(value!))
      let product = 1n
      for (let n = 2n; n <= BigInt(value as number); n++) product *= n
      machine.step(intOf(value!))
      return int(product)
    },
    comb: (machine, [all, some]) => {
      const [n, k] = [intOf(all!), intOf(some!)]
      if (n < 0) throw valueError('n must be a non-negative integer')
      if (k < 0) throw valueError('k must be a non-negative integer')
      if (k > n) return 0
      const least = Math.min(k, n - k)
      mayBeFactorial(least)
      machine.step(least)
      let result = 1n
      for (let i = 0n; i < BigInt(least); i++) result = (result * (BigInt(n) - i)) / (i + 1n)
      return int(result)
    },
    perm: (machine, [n, k]) => {
      machine.step(intOf(k ?? n!))
      mayBeFactorial(intOf(k ?? n!))
      let result = 1n
      for (let i = 0n; i < BigInt((k ?? n) as number); i++) result *= BigInt(n as number) - i
      return int(result)
    },
    *prod(machine, [items]) {
      let product: Value = 1
      for (const item of yield* collect(machine, items!)) product = machine.finishOperator('*', product, item)
      return product
    },
    *fsum(machine, [items]) {
      const sums: number[] = []
      for (const item of yield* collect(machine, items!)) {
        let x = numberOf(item)
        let kept = 0
        for (const y of [...sums]) {
          const [big, small] = Math.abs(x) < Math.abs(y) ? [y, x] : [x, y]
          const high = big + small
          const low = small - (high - big)
          if (low) sums[kept++] = low
          x = high
        }
        sums.length = kept
        sums.push(x)
      }
      return new PyFloat(sums.reduce((a, b) => a + b, 0))
    },
    *dist(machine, [a, b]) {
      const [x, y] = [yield* collect(machine, a!), yield* collect(machine, b!)]
      return new PyFloat(Math.hypot(...x.map((n, i) => numberOf(n) - numberOf(y[i]!))))
    },
  }),
})
