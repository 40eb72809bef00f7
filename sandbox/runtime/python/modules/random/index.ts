/** `random`: the Mersenne Twister, so that a seed gives what CPython gives; without one it is the simulation's chance. */
import { bytesOfText } from '../../../../bytes.ts'
import { sha2 } from '../../../commands/bytes/sha2.ts'
import { functions, given, intOf, methods, numberOf, valueError } from '../../builtins/define.ts'
import { hashOf } from '../../builtins/hash.ts'
import { breathe, collect } from '../../machine/iterate.ts'
import { lengthOf } from '../../machine/length.ts'
import type { Machine } from '../../machine/machine.ts'
import { PLACE } from '../../machine/memory.ts'
import { getItem } from '../../machine/subscripts.ts'
import { fromBytes } from '../../objects/codecs.ts'
import { PyDict, PyList, PyRange, PySet, PyTuple } from '../../objects/containers.ts'
import { raise, typeError } from '../../objects/errors.ts'
import { object, typeOf } from '../../objects/types.ts'
import {
  int,
  isInt,
  isSteps,
  type Keywords,
  PyBytes,
  PyClass,
  PyFloat,
  PyObject,
  type Steps,
  type Value,
} from '../../objects/values.ts'
import { NotSimulated } from '../../syntax/tree.ts'
import { DISTRIBUTIONS } from './distributions.ts'
import { Twister } from './twister.ts'

type Drawing = (twister: Twister, machine: Machine, args: Value[], keywords: Keywords) => Value | Steps

const absolute = (n: bigint): bigint => (n < 0n ? -n : n)

/** What a seed is worth, in words of 32 bits. @throws TypeError for what is none */
function wordsOf(machine: Machine, value: Value): number[] {
  let n: bigint
  if (isInt(value)) n = absolute(BigInt(value))
  else if (value instanceof PyFloat) n = BigInt.asUintN(64, BigInt(hashOf(machine, value) as number))
  else if (typeof value === 'string' || value instanceof PyBytes) {
    const text = typeof value === 'string' ? value : fromBytes(value)
    const bytes = bytesOfText(text)
    n = BigInt(`0x0${Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')}${sha2(text, 512)}`)
  } else throw typeError('The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.')
  // By its text, for shifting a long number word by word takes time by the square of its length.
  const digits = n.toString(16)
  const words: number[] = []
  for (let end = digits.length; end > 0; end -= 8)
    words.push(Number.parseInt(digits.slice(Math.max(0, end - 8), end), 16))
  return words
}

function seed(twister: Twister, machine: Machine, value: Value): void {
  twister.seed(
    value === null ? Array.from({ length: 8 }, () => machine.process.random.uint32()) : wordsOf(machine, value),
  )
}

const below = (twister: Twister, n: number | bigint): number | bigint => int(twister.below(BigInt(n)))

/** A whole number as it is asked for. @throws TypeError for what is none */
function wholeOf(value: Value): bigint {
  if (!isInt(value)) throw typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer`)
  return BigInt(value)
}

function range(twister: Twister, from: bigint, to: bigint, step: bigint | undefined, whole = false): Value {
  if (step === 0n) throw valueError('zero step for randrange()')
  const by = step ?? 1n
  const width = by > 0n ? (to - from + by - 1n) / by : (from - to - by - 1n) / -by
  if (width <= 0n)
    throw valueError(
      whole
        ? 'empty range for randrange()'
        : `empty range in ${step === undefined || step === 1n ? `randrange(${from}, ${to})` : `randrange(${from}, ${to}, ${step})`}`,
    )
  return int(from + by * twister.below(width))
}

function* choices(twister: Twister, m: Machine, args: Value[], keywords: Keywords): Steps {
  const [population, weights = null, sums = null, k = 1] = given('choices', args, keywords, [
    'population',
    'weights?',
    '*cum_weights?',
    '*k?',
  ])
  const items = yield* collect(m, population!)
  const count = intOf(k)
  m.allocate(count * PLACE)
  const all: Value[] = []
  if (weights !== null && sums !== null) throw typeError('Cannot specify both weights and cumulative weights')
  if (weights === null && sums === null) {
    if (!items.length && count > 0) throw raise('IndexError', 'list index out of range')
    for (let i = 0; i < count; i++) {
      if (m.step()) yield* breathe(m)
      all.push(items[Math.floor(twister.float() * items.length)]!)
    }
    return new PyList(all)
  }
  let sum = 0
  const upTo =
    sums === null
      ? (yield* collect(m, weights)).map(w => (sum += numberOf(w)))
      : (yield* collect(m, sums)).map(numberOf)
  if (upTo.length !== items.length) throw valueError('The number of weights does not match the population')
  const total = upTo.at(-1)!
  if (total <= 0) throw valueError('Total of weights must be greater than zero')
  if (!Number.isFinite(total)) throw valueError('Total of weights must be finite')
  for (let i = 0; i < count; i++) {
    if (m.step()) yield* breathe(m)
    all.push(items[Math.min(above(upTo, twister.float() * total), items.length - 1)]!)
  }
  return new PyList(all)
}

/** The first place in rising numbers that is above that. */
function above(numbers: readonly number[], at: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at < numbers[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

function* sample(twister: Twister, m: Machine, args: Value[], keywords: Keywords): Steps {
  const [population, wanted, counts = null] = given('sample', args, keywords, ['population', 'k', '*counts?'])
  if (population instanceof PySet || population instanceof PyDict)
    throw typeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
  const k = intOf(wanted!)
  const size = 21 + (k > 5 ? 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 0)
  // A few numbers of a long range are drawn without making all of them.
  const long = population instanceof PyRange && population.length > size && counts === null ? population : undefined
  let pool = long ? [] : [...(yield* collect(m, population!))]
  if (counts !== null) {
    const times = (yield* collect(m, counts)).map(intOf)
    if (times.length !== pool.length) throw valueError('The number of counts does not match the population')
    if (times.some(count => count < 0)) throw valueError('Counts must be non-negative')
    m.allocate(times.reduce((a, b) => a + b, 0) * PLACE)
    pool = pool.flatMap((item, i) => Array.from({ length: times[i] ?? 0 }, () => item))
  }
  const n = long?.length ?? pool.length
  if (k < 0 || k > n) throw valueError('Sample larger than population or is negative')
  const result: Value[] = []
  m.step(k)
  if (n <= size)
    for (let i = 0; i < k; i++) {
      const j = Number(below(twister, n - i))
      result.push(pool[j]!)
      pool[j] = pool[n - i - 1]!
    }
  else {
    const taken = new Set<number>()
    for (let i = 0; i < k; i++) {
      let j = Number(below(twister, n))
      while (taken.has(j)) j = Number(below(twister, n))
      taken.add(j)
      result.push(long ? (getItem(m, long, j) as Value) : pool[j]!)
    }
  }
  return new PyList(result)
}

const DRAWINGS: Readonly<Record<string, Drawing>> = {
  seed: (twister, m, args, keywords) => {
    const [value = null, version = 2] = given('seed', args, keywords, ['a?', 'version?'])
    if (version !== 2) throw new NotSimulated(`random.seed with version ${m.repr(version)}`)
    seed(twister, m, value)
    return null
  },
  random: (twister, _, args, keywords) => {
    given('random', args, keywords, [])
    return new PyFloat(twister.float())
  },
  getrandbits: (twister, _, args, keywords) => {
    const count = intOf(given('getrandbits', args, keywords, ['k'])[0]!)
    if (count < 0) throw valueError('number of bits must be non-negative')
    return int(twister.bits(count))
  },
  randbytes: (twister, _, args, keywords) => {
    const size = intOf(given('randbytes', args, keywords, ['n'])[0]!)
    if (size < 0) throw valueError('number of bits must be non-negative')
    const bits = twister.bits(size * 8)
    return new PyBytes(
      Array.from({ length: size }, (_unused, i) => String.fromCharCode(Number((bits >> BigInt(8 * i)) & 255n))).join(
        '',
      ),
    )
  },
  randint: (twister, _, args, keywords) => {
    const [a, b] = given('randint', args, keywords, ['a', 'b'])
    return range(twister, wholeOf(a!), wholeOf(b!) + 1n, undefined)
  },
  randrange: (twister, _, args, keywords) => {
    const [a, b = null, step] = given('randrange', args, keywords, ['start', 'stop?', 'step?'])
    return b === null
      ? range(twister, 0n, wholeOf(a!), undefined, true)
      : range(twister, wholeOf(a!), wholeOf(b), step === undefined ? undefined : wholeOf(step))
  },
  *choice(twister, m, args, keywords): Steps {
    const [items] = given('choice', args, keywords, ['seq'])
    const measured = lengthOf(m, items!)
    const size = isSteps(measured) ? yield* measured : measured
    if (size === 0) throw raise('IndexError', 'Cannot choose from an empty sequence')
    const chosen = getItem(m, items!, below(twister, size as number))
    return isSteps(chosen) ? yield* chosen : chosen
  },
  choices,
  sample,
  *shuffle(twister, m, args, keywords): Steps {
    const [list] = given('shuffle', args, keywords, ['x'])
    if (!(list instanceof PyList)) throw typeError(`'${typeOf(list!).name}' object does not support item assignment`)
    const { items } = list
    for (let i = items.length - 1; i > 0; i--) {
      if (m.step()) yield* breathe(m)
      const j = Number(below(twister, i + 1))
      ;[items[i], items[j]] = [items[j]!, items[i]!]
    }
    return null
  },
  getstate: twister =>
    new PyTuple([3, new PyTuple(twister.words), twister.spare === undefined ? null : new PyFloat(twister.spare)]),
  setstate: (twister, m, args, keywords) => {
    const [state] = given('setstate', args, keywords, ['state'])
    const [version, words, spare] = state instanceof PyTuple ? state.items : []
    if (version !== 3 && version !== 2)
      throw valueError(`state with version ${m.repr(version ?? null)} passed to Random.setstate() of version 3`)
    if (!(words instanceof PyTuple)) throw typeError('state vector must be a tuple')
    if (words.items.length !== twister.words.length) throw valueError('state vector is the wrong size')
    twister.words = words.items.map(intOf)
    twister.spare = spare instanceof PyFloat ? spare.value : undefined
    return null
  },
  ...Object.fromEntries(
    DISTRIBUTIONS.map(({ name, names, draw }): [string, Drawing] => [
      name,
      (twister, _, args, keywords) => draw(twister, given(name, args, keywords, names)),
    ]),
  ),
}

/** `random.Random`: a generator of one's own. */
const generator = new PyClass('Random', [object], new Map(), 'random', true)

const twisterOf = (self: Value): Twister => (self as PyObject).data as Twister

methods(generator, {
  __new__: (m, [of, ...args], keywords) => {
    const [value = null] = given('Random', args, keywords, ['x?'])
    const made = new PyObject(of as PyClass)
    made.data = new Twister()
    seed(made.data as Twister, m, value)
    return made
  },
  __init__: () => null,
  ...Object.fromEntries(
    Object.entries(DRAWINGS).map(([name, draw]) => [
      name,
      (m: Machine, [self, ...args]: Value[], keywords: Keywords) => draw(twisterOf(self!), m, args, keywords),
    ]),
  ),
})

/** `random.SystemRandom`: chance that no seed repeats; here it is the simulation's. */
const system = new PyClass('SystemRandom', [generator], new Map(), 'random', true)
methods(system, {
  seed: () => null,
  getstate: () => {
    throw raise('NotImplementedError', 'System entropy source does not have state.')
  },
})

export function random(machine: Machine): Record<string, Value> {
  const twister = new Twister()
  seed(twister, machine, null)
  return {
    Random: generator,
    SystemRandom: system,
    ...functions(
      Object.fromEntries(
        Object.entries(DRAWINGS).map(([name, draw]) => [
          name,
          (m: Machine, args: Value[], keywords: Keywords) => draw(twister, m, args, keywords),
        ]),
      ),
    ),
  }
}
