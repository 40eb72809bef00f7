/** Distributions of `random`: the same steps as CPython's, so that they draw as many numbers and give the same. */
import { numberOf, valueError } from '../../builtins/define.ts'
import { raise } from '../../objects/errors.ts'
import { PyFloat, type Value } from '../../objects/values.ts'
import type { Twister } from './twister.ts'

const TWO_PI = 2 * Math.PI
const NORMAL = (4 * Math.exp(-0.5)) / Math.sqrt(2)
const GAMMA = 1 + Math.log(4.5)

function gauss(twister: Twister, mean: number, deviation: number): number {
  let z = twister.spare
  twister.spare = undefined
  if (z === undefined) {
    const x = twister.float() * TWO_PI
    const radius = Math.sqrt(-2 * Math.log(1 - twister.float()))
    z = Math.cos(x) * radius
    twister.spare = Math.sin(x) * radius
  }
  return mean + z * deviation
}

function normal(twister: Twister, mean: number, deviation: number): number {
  for (;;) {
    const first = twister.float()
    const second = 1 - twister.float()
    const z = (NORMAL * (first - 0.5)) / second
    if ((z * z) / 4 <= -Math.log(second)) return mean + z * deviation
  }
}

function triangular(twister: Twister, from: number, to: number, mode: number | undefined): number {
  let u = twister.float()
  if (to === from) return from
  let c = mode === undefined ? 0.5 : (mode - from) / (to - from)
  let [low, high] = [from, to]
  if (u > c) {
    u = 1 - u
    c = 1 - c
    ;[low, high] = [high, low]
  }
  return low + (high - low) * Math.sqrt(u * c)
}

function gamma(twister: Twister, alpha: number, beta: number): number {
  if (alpha <= 0 || beta <= 0) throw valueError('gammavariate: alpha and beta must be > 0.0')
  if (alpha === 1) return -Math.log(1 - twister.float()) * beta
  if (alpha > 1) {
    const root = Math.sqrt(2 * alpha - 1)
    const [b, c] = [alpha - Math.log(4), alpha + root]
    for (;;) {
      const u = twister.float()
      if (!(u > 1e-7 && u < 0.9999999)) continue
      const second = 1 - twister.float()
      const v = Math.log(u / (1 - u)) / root
      const x = alpha * Math.exp(v)
      const z = u * u * second
      const r = b + c * v - x
      if (r + GAMMA - 4.5 * z >= 0 || r >= Math.log(z)) return x * beta
    }
  }
  for (;;) {
    const b = (Math.E + alpha) / Math.E
    const p = b * twister.float()
    const x = p <= 1 ? p ** (1 / alpha) : -Math.log((b - p) / alpha)
    const u = twister.float()
    if (p > 1 ? u <= x ** (alpha - 1) : u <= Math.exp(-x)) return x * beta
  }
}

function vonMises(twister: Twister, mu: number, kappa: number): number {
  if (kappa <= 1e-6) return TWO_PI * twister.float()
  const s = 0.5 / kappa
  const r = s + Math.sqrt(1 + s * s)
  let z: number
  for (;;) {
    z = Math.cos(Math.PI * twister.float())
    const d = z / (r + z)
    const u = twister.float()
    if (u < 1 - d * d || u <= (1 - d) * Math.exp(d)) break
  }
  const q = 1 / r
  const angle = Math.acos((q + z) / (1 + q * z))
  const theta = (twister.float() > 0.5 ? mu + angle : mu - angle) % TWO_PI
  return theta < 0 ? theta + TWO_PI : theta
}

function beta(twister: Twister, a: number, b: number): number {
  const y = gamma(twister, a, 1)
  return y ? y / (y + gamma(twister, b, 1)) : 0
}

function exponential(twister: Twister, rate: number): number {
  const drawn = -Math.log(1 - twister.float())
  if (rate === 0) throw raise('ZeroDivisionError', 'float division by zero')
  return drawn / rate
}

type Distribution = (twister: Twister, a: number, b: number, c: number | undefined) => number

/** Name, its arguments with what stands for those that are missing, and how a number is drawn. */
const ALL: readonly [string, readonly [string, number | undefined, boolean?][], Distribution][] = [
  [
    'uniform',
    [
      ['a', undefined],
      ['b', undefined],
    ],
    (t, a, b) => a + (b - a) * t.float(),
  ],
  [
    'triangular',
    [
      ['low', 0],
      ['high', 1],
      ['mode', undefined, true],
    ],
    triangular,
  ],
  [
    'normalvariate',
    [
      ['mu', 0],
      ['sigma', 1],
    ],
    normal,
  ],
  [
    'gauss',
    [
      ['mu', 0],
      ['sigma', 1],
    ],
    gauss,
  ],
  [
    'lognormvariate',
    [
      ['mu', undefined],
      ['sigma', undefined],
    ],
    (t, mu, sigma) => Math.exp(normal(t, mu, sigma)),
  ],
  ['expovariate', [['lambd', 1]], exponential],
  [
    'vonmisesvariate',
    [
      ['mu', undefined],
      ['kappa', undefined],
    ],
    vonMises,
  ],
  [
    'gammavariate',
    [
      ['alpha', undefined],
      ['beta', undefined],
    ],
    gamma,
  ],
  [
    'betavariate',
    [
      ['alpha', undefined],
      ['beta', undefined],
    ],
    beta,
  ],
  ['paretovariate', [['alpha', undefined]], (t, alpha) => (1 - t.float()) ** (-1 / alpha)],
  [
    'weibullvariate',
    [
      ['alpha', undefined],
      ['beta', undefined],
    ],
    (t, alpha, shape) => alpha * (-Math.log(1 - t.float())) ** (1 / shape),
  ],
]

/** By name: the arguments as `given()` wants them, and what draws a number from them. */
export const DISTRIBUTIONS: readonly {
  name: string
  names: string[]
  draw: (twister: Twister, given: readonly (Value | undefined)[]) => Value
}[] = ALL.map(([name, parameters, draw]) => ({
  name,
  names: parameters.map(([each, fallback, optional]) => `${each}${fallback !== undefined || optional ? '?' : ''}`),
  draw: (twister, given) => {
    const [a, b, c] = parameters.map(([, fallback], i) =>
      given[i] === undefined || given[i] === null ? fallback : numberOf(given[i]),
    )
    return new PyFloat(draw(twister, a ?? 0, b ?? 0, c))
  },
}))
