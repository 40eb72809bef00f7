/** Kubernetes' additions to CEL: lists, regular expressions, format, quantities, URLs, and those that have files of their own. */
import type { Environment } from '@marcbachmann/cel-js'
import { addQuantities, isQuantity, makeQuantity, parseQuantity, type Quantity } from '../quantity.ts'
import { addAddresses } from './addresses.ts'
import { addFormats } from './formats.ts'
import { addVersions } from './versions.ts'

type Item = bigint | number | string | boolean

const compare = (a: Item, b: Item): number => (a < b ? -1 : a > b ? 1 : 0)
const at = (index: number): bigint => BigInt(index)
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(text(a)) === JSON.stringify(text(b))
/** bigint is no JSON. */
function text(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(text)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, text(v)]))
}

function least(list: readonly Item[], sign: number, name: string): Item {
  if (!list.length) throw new Error(`${name} called on empty list`)
  return list.reduce((best, item) => (compare(item, best) * sign < 0 ? item : best))
}

/** `sets.contains(a, b)`: a name with functions, which the library takes for a value of a type. */
class Sets {}
const isPart = (part: unknown[], whole: unknown[]): boolean => part.every(v => whole.some(w => same(v, w)))

function lists(env: Environment): void {
  env
    .registerFunction('list.isSorted(): bool', (list: Item[]) =>
      list.every((v, i) => !i || compare(list[i - 1]!, v) <= 0),
    )
    .registerFunction('list.sum(): dyn', (list: (bigint | number)[]) =>
      list.reduce<bigint | number>(
        (a, b) => (typeof a === 'bigint' && typeof b === 'bigint' ? a + b : Number(a) + Number(b)),
        typeof list[0] === 'number' ? 0 : 0n,
      ),
    )
    .registerFunction('list.min(): dyn', (list: Item[]) => least(list, 1, 'min'))
    .registerFunction('list.max(): dyn', (list: Item[]) => least(list, -1, 'max'))
    .registerFunction('list.indexOf(dyn): int', (list: unknown[], item: unknown) =>
      at(list.findIndex(v => same(v, item))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: unknown[], item: unknown) =>
      at(list.findLastIndex(v => same(v, item))),
    )
    .registerFunction('list.reverse(): list', (list: unknown[]) => [...list].reverse())
    .registerFunction('list.distinct(): list', (list: unknown[]) =>
      list.filter((v, i) => list.findIndex(w => same(v, w)) === i),
    )
    .registerType('kubernetes.Sets', Sets)
    .registerConstant('sets', 'kubernetes.Sets', new Sets())
    .registerFunction('kubernetes.Sets.contains(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      isPart(b, a),
    )
    .registerFunction('kubernetes.Sets.intersects(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      b.some(v => a.some(w => same(v, w))),
    )
    .registerFunction(
      'kubernetes.Sets.equivalent(list, list): bool',
      (_: Sets, a: unknown[], b: unknown[]) => isPart(a, b) && isPart(b, a),
    )
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([k, v]) => `${k}: ${shown(v)}`)
      .sort()
      .join(', ')}}`
  return String(value)
}

/** %s %d %f %e %b %x %X %o %%, as CEL's format knows them. */
function format(pattern: string, args: readonly unknown[]): string {
  let next = 0
  return pattern.replace(
    /%(?:%|(?:\.(\d+))?([a-zA-Z]))/g,
    (all, precision: string | undefined, verb: string | undefined) => {
      if (all === '%%') return '%'
      if (next >= args.length) throw new Error('index out of range')
      const value = args[next++]
      const radix = { b: 2, o: 8, x: 16, X: 16 }[verb!]
      if (verb === 's') return shown(value)
      if (verb === 'd') return String(value)
      if (verb === 'f') return Number(value).toFixed(Number(precision ?? 6))
      if (verb === 'e') return Number(value).toExponential(Number(precision ?? 6))
      if (!radix) throw new Error(`unrecognized formatting clause "${verb}"`)
      const digits =
        typeof value === 'string'
          ? [...new TextEncoder().encode(value)].map(b => b.toString(16)).join('')
          : BigInt(value as bigint).toString(radix)
      return verb === 'X' ? digits.toUpperCase() : digits
    },
  )
}

function strings(env: Environment): void {
  env
    .registerFunction('string.find(string): string', (s: string, re: string) => new RegExp(re).exec(s)?.[0] ?? '')
    .registerFunction(
      'string.findAll(string): list<string>',
      (s: string, re: string) => s.match(new RegExp(re, 'g')) ?? [],
    )
    .registerFunction('string.findAll(string, int): list<string>', (s: string, re: string, n: bigint) =>
      (s.match(new RegExp(re, 'g')) ?? []).slice(0, n < 0n ? undefined : Number(n)),
    )
    .registerFunction('string.format(list): string', format)
    .registerFunction('string.charAt(int): string', (s: string, i: bigint) => [...s][Number(i)] ?? '')
    .registerFunction('string.replace(string, string): string', (s: string, a: string, b: string) =>
      s.replaceAll(a, () => b),
    )
    .registerFunction('string.replace(string, string, int): string', (s: string, a: string, b: string, n: bigint) => {
      let left = Number(n)
      return s.replaceAll(a, () => (left-- !== 0 ? b : a))
    })
    .registerFunction('string.reverse(): string', (s: string) => [...s].reverse().join(''))
}

class CelQuantity {
  readonly value: Quantity
  constructor(value: Quantity) {
    this.value = value
  }
}

function quantities(env: Environment): void {
  const Q = 'kubernetes.Quantity'
  const make = (nano: bigint, like: CelQuantity): CelQuantity => new CelQuantity(makeQuantity(nano, like.value.format))
  const other = (v: CelQuantity | bigint): bigint => (typeof v === 'bigint' ? v * 1_000_000_000n : v.value.nano)
  env
    .registerType(Q, CelQuantity)
    .registerFunction(`quantity(string): ${Q}`, (s: string) => new CelQuantity(parseQuantity(s)))
    .registerFunction('isQuantity(string): bool', isQuantity)
    .registerFunction(`${Q}.isInteger(): bool`, (q: CelQuantity) => q.value.nano % 1_000_000_000n === 0n)
    .registerFunction(`${Q}.asInteger(): int`, (q: CelQuantity) => q.value.nano / 1_000_000_000n)
    .registerFunction(`${Q}.asApproximateFloat(): double`, (q: CelQuantity) => Number(q.value.nano) / 1e9)
    .registerFunction(`${Q}.sign(): int`, (q: CelQuantity) => BigInt(compare(q.value.nano, 0n)))
    .registerFunction(`${Q}.isGreaterThan(${Q}): bool`, (a: CelQuantity, b: CelQuantity) => a.value.nano > b.value.nano)
    .registerFunction(`${Q}.isLessThan(${Q}): bool`, (a: CelQuantity, b: CelQuantity) => a.value.nano < b.value.nano)
    .registerFunction(`${Q}.compareTo(${Q}): int`, (a: CelQuantity, b: CelQuantity) =>
      BigInt(compare(a.value.nano, b.value.nano)),
    )
    .registerFunction(
      `${Q}.add(${Q}): ${Q}`,
      (a: CelQuantity, b: CelQuantity) => new CelQuantity(addQuantities(a.value, b.value)),
    )
    .registerFunction(`${Q}.add(int): ${Q}`, (a: CelQuantity, b: bigint) => make(a.value.nano + other(b), a))
    .registerFunction(`${Q}.sub(${Q}): ${Q}`, (a: CelQuantity, b: CelQuantity) => make(a.value.nano - b.value.nano, a))
    .registerFunction(`${Q}.sub(int): ${Q}`, (a: CelQuantity, b: bigint) => make(a.value.nano - other(b), a))
    .registerOperator(`${Q} == ${Q}`, (a: CelQuantity, b: CelQuantity) => a.value.nano === b.value.nano)
}

function urls(env: Environment): void {
  const isUrl = (s: string): boolean => (s.startsWith('/') ? !/\s/.test(s) : URL.canParse(s))
  const url = (s: string): URL => {
    if (!isUrl(s))
      throw new Error(
        `URL parse error during conversion from string: parse ${JSON.stringify(s)}: invalid URI for request`,
      )
    return new URL(s, 'relative://')
  }
  const relative = (u: URL): boolean => u.protocol === 'relative:'
  env
    .registerFunction('isURL(string): bool', isUrl)
    .registerType('kubernetes.URL', URL)
    .registerFunction('url(string): kubernetes.URL', url)
    .registerFunction('kubernetes.URL.getScheme(): string', (u: URL) => (relative(u) ? '' : u.protocol.slice(0, -1)))
    .registerFunction('kubernetes.URL.getHost(): string', (u: URL) => u.host)
    .registerFunction('kubernetes.URL.getHostname(): string', (u: URL) => u.hostname)
    .registerFunction('kubernetes.URL.getPort(): string', (u: URL) => u.port)
    .registerFunction('kubernetes.URL.getEscapedPath(): string', (u: URL) => u.pathname)
}

export function addLibraries(env: Environment): Environment {
  lists(env)
  strings(env)
  quantities(env)
  urls(env)
  addAddresses(env)
  addVersions(env)
  addFormats(env)
  return env
}
