/** Estimated costs of calls, and estimated sizes of their results. */
import type { Expr } from '../syntax/ast.ts'
import { isExact, type Type } from '../types/types.ts'
import type { SizeOf } from './estimate.ts'
import {
  CHECK,
  COMPARING,
  LIST,
  MAX_FORMAT,
  MAX_FORMAT_REGEX,
  NOMINAL,
  READING,
  REGEX,
  SEARCHING,
  TRAVERSAL,
} from './factors.ts'
import { fixed, MOST, plus, type Range, range, scaled, scaledValue, times, UNKNOWN } from './range.ts'

export interface Node {
  expr: Expr | undefined
  type: Type
  path: readonly string[]
  size: Range | undefined
  lookUp: SizeOf
}

export interface Estimated {
  cost: Range
  size?: Range | undefined
}

const sizeOf = ({ size, lookUp, path, type }: Node): Range => size ?? lookUp(path, type) ?? UNKNOWN
/** To read it once. */
const reading = (node: Node, factor = 1): Range => scaled(sizeOf(node), factor * TRAVERSAL)

/** An element of a list, as far as it is known. */
function element(list: Node): Node | undefined {
  const [type] = list.type.params
  if (!type) return undefined
  const path = list.path.length ? [...list.path, '@items'] : []
  return { expr: undefined, type, path, size: undefined, lookUp: list.lookUp }
}

const literalInt = ({ expr }: Node, otherwise: bigint): bigint => {
  if (expr?.kind !== 'literal' || typeof expr.value !== 'bigint') return otherwise
  return expr.value < 0n ? 0n : expr.value
}

const allocating = (size: Range, factor = 1): Estimated => ({
  cost: plus(scaled(size, factor), fixed(1), fixed(LIST)),
  size,
})
const isText = ({ kind }: Type): boolean => kind === 'string' || kind === 'bytes'
const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)

/** By overloads of CEL's lists and sets. */
export function listEstimate(id: string, target: Node | undefined, args: readonly Node[]): Estimated | undefined {
  const [a, b] = args
  const sets = /^list_sets_(contains|intersects|equivalent)_list$/.exec(id)
  if (sets) return { cost: plus(scaled(times(sizeOf(a!), sizeOf(b!)), sets[1] === 'equivalent' ? 2 : 1), fixed(1)) }
  if (id === 'lists_range') return allocating(fixed(literalInt(a!, MOST)))
  if (!target) return undefined
  const size = sizeOf(target)
  switch (id) {
    case 'list_slice':
      return allocating(fixed(unsigned(literalInt(b!, size.max) - literalInt(a!, 0n))))
    case 'list_flatten':
    case 'list_flatten_int':
      return allocating(size, a ? Number(literalInt(a, MOST)) : 1)
    case 'list_reverse':
      return allocating(size)
    case 'list_distinct':
      return allocating(times(size, size), 2)
    default:
  }
  const sorted = /^list_\w+_sort(ByAssociatedKeys)?$/.exec(id)
  if (!sorted) return undefined
  const keys = sorted[1] ? a! : target
  const count = sizeOf(keys)
  return allocating(times(count, count), /^list_(string|bytes)_/.test(id) ? 2 + TRAVERSAL : 2)
}

const one = (size: Range): Range => plus(size, fixed(1))
const search = (text: Node, pattern: Node): Range =>
  times(scaled(one(sizeOf(text)), TRAVERSAL), scaled(sizeOf(pattern), REGEX))

/** Addresses are 4 or 16 bytes. */
const ADDRESS = range(4n, 16n)

function searching(target: Node): Estimated {
  const item = element(target)
  if (!item) return { cost: reading(target) }
  const each = isText(item.type) ? plus(fixed(1), reading(item)) : fixed(1)
  return { cost: times(sizeOf(target), each) }
}

function replaced(target: Node, old: Node, by: Node): Estimated {
  const [size, from, to] = [sizeOf(target), sizeOf(old), sizeOf(by)]
  const over = (value: bigint, per: bigint): bigint => BigInt(Math.ceil(Number(value) / Number(per)))
  const another = (value: bigint): bigint => (value < MOST ? value + 1n : value)
  const [most, mostKept] =
    from.min === 0n
      ? [another(size.max), size.max]
      : to.max <= from.min
        ? [0n, size.max]
        : [over(size.max, from.min), 0n]
  const [least, leastKept] =
    from.max === 0n
      ? [another(size.min), size.min]
      : from.max <= to.min
        ? [0n, size.min]
        : [over(size.min, from.max), 0n]
  const made = plus(times(range(least, most), to), range(leastKept, mostKept))
  return { cost: reading(target, 2), size: made }
}

function joined(target: Node, separator: Node | undefined): Estimated {
  const count = sizeOf(target)
  const item = element(target)
  let size = item ? times(count, sizeOf(item)) : fixed(0)
  const less = (value: bigint): bigint => (value > 0n ? value - 1n : 0n)
  if (separator) size = plus(size, times(sizeOf(separator), range(less(count.min), less(count.max))))
  return { cost: scaled(size, TRAVERSAL), size }
}

const CHEAP_EQUALS = new Set(
  `net.IP net.CIDR kubernetes.Quantity kubernetes.Semver kubernetes.authorization.Authorizer kubernetes.authorization.PathCheck
   kubernetes.authorization.GroupCheck kubernetes.authorization.ResourceCheck kubernetes.authorization.Decision`
    .trim()
    .split(/\s+/),
)

function equality(a: Node, b: Node): Estimated | undefined {
  if (!isExact(a.type, b.type)) return undefined
  const { name } = a.type
  if (CHEAP_EQUALS.has(name)) return { cost: fixed(1) }
  if (name === 'kubernetes.NamedFormat') return { cost: scaled(range(1n, MAX_FORMAT), TRAVERSAL) }
  if (name === 'kubernetes.URL') return { cost: scaled(range(1n, b.size?.max ?? 1n), TRAVERSAL) }
  return undefined
}

/** By functions of Kubernetes, then by overloads of CEL itself; undefined for what costs 1. */
export function callEstimate(
  name: string,
  id: string,
  target: Node | undefined,
  args: readonly Node[],
): Estimated | undefined {
  return kubernetesEstimate(name, id, target, args) ?? standardEstimate(id, target, args)
}

function kubernetesEstimate(
  name: string,
  id: string,
  target: Node | undefined,
  args: readonly Node[],
): Estimated | undefined {
  const [a, b] = args
  if (name === 'check') return { cost: fixed(CHECK) }
  if (NOMINAL.has(name)) return { cost: fixed(1) }
  if (SEARCHING.has(name) && target) return searching(target)
  if (READING.has(name) && a) return { cost: reading(a) }
  switch (name) {
    case 'fieldSelector':
    case 'labelSelector':
      return a && { cost: plus(fixed(LIST), reading(a), scaled(scaled(sizeOf(a), 0.5), 50)) }
    case 'url':
    case 'jsonpatch.escapeKey':
      return a && { cost: reading(a), size: sizeOf(a) }
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return target && { cost: reading(target), size: sizeOf(target) }
    case 'replace':
      return target && a && b && replaced(target, a, b)
    case 'split':
      return (
        target && {
          cost: reading(target, 2),
          size: range(0n, b ? literalInt(b, sizeOf(target).max) : sizeOf(target).max),
        }
      )
    case 'join':
      return target && joined(target, a)
    case 'find':
    case 'findAll':
      return target && a && { cost: search(target, a), size: range(0n, sizeOf(target).max) }
    case 'ip':
      if (id === 'cidr_ip') return { cost: fixed(1) }
      return a && { cost: reading(a) }
    case 'ip.isCanonical':
      return a && { cost: reading(a, 2) }
    case 'containsIP':
    case 'containsCIDR': {
      let cost = scaled(plus(ADDRESS, ADDRESS), TRAVERSAL)
      if (name === 'containsCIDR') cost = plus(cost, scaled(ADDRESS, TRAVERSAL), fixed(1))
      return a && { cost: id.endsWith('_string') ? plus(cost, reading(a)) : cost }
    }
    case 'validate':
      return a && { cost: scaled(reading(a), MAX_FORMAT_REGEX * REGEX) }
    case '_==_':
      return a && b && equality(a, b)
    default:
      return undefined
  }
}

function standardEstimate(id: string, target: Node | undefined, args: readonly Node[]): Estimated | undefined {
  const [a, b] = args
  switch (id) {
    case 'string_format':
      return target && { cost: reading(target) }
    case 'string_to_bytes':
      return a && { cost: reading(a), size: range(sizeOf(a).min, unsigned(sizeOf(a).max * 4n)) }
    case 'bytes_to_string':
      return a && { cost: reading(a), size: range(sizeOf(a).min / 4n, sizeOf(a).max) }
    case 'strings_quote':
      return a && { cost: reading(a), size: range(unsigned(sizeOf(a).min + 2n), unsigned(sizeOf(a).max * 2n + 2n)) }
    case 'starts_with_string':
    case 'ends_with_string':
      return a && { cost: reading(a) }
    case 'in_list':
      return b && { cost: scaled(sizeOf(b), 1) }
    case 'matches_string':
      return target && a && { cost: search(target, a) }
    case 'contains_string':
      return target && a && { cost: times(reading(target), reading(a)) }
    case 'add_string':
    case 'add_bytes':
    case 'add_list': {
      if (!a || !b) return undefined
      const size = plus(sizeOf(a), sizeOf(b))
      return { cost: id === 'add_list' ? fixed(1) : scaled(size, TRAVERSAL), size }
    }
    default:
  }
  if (!COMPARING.test(id) || !a || !b) return undefined
  const [left, right] = [sizeOf(a).max, sizeOf(b).max]
  const smaller = left < right ? left : right
  return { cost: range(smaller > 0n ? scaledValue(1n, TRAVERSAL) : 0n, scaledValue(smaller, TRAVERSAL)) }
}
