/** The actual cost of a call, once its arguments and its result are known. */

import { Format } from '../library/formats.ts'
import { Custom, isList, isMap, sizeOf, type Value } from '../runtime/values.ts'
import { CHECK, COMPARING, NOMINAL, READING, REGEX, SEARCHING, TRAVERSAL } from './factors.ts'

/** Of what has no size to speak of, 1. */
const size = (value: Value | undefined): number => (value === undefined ? 1 : sizeOf(value))
const once = (value: Value | undefined, factor = 1): number => Math.ceil(size(value) * factor * TRAVERSAL)

/** All that is in it. */
function traversal(value: Value): number {
  if (typeof value === 'string') return Math.floor(new TextEncoder().encode(value).length * TRAVERSAL)
  if (value instanceof Uint8Array) return Math.floor(value.length * TRAVERSAL)
  if (isList(value)) return value.reduce<number>((sum, item) => sum + traversal(item), 0)
  if (typeof value === 'object' && value !== null && isMap(value))
    return value.keys().reduce<number>((sum, key) => sum + traversal(key) + traversal(value.get(key)!), 0)
  return 1
}

const search = (text: Value | undefined, pattern: number): number =>
  Math.ceil((1 + size(text)) * TRAVERSAL) * Math.ceil(pattern * REGEX)

const making = (count: number, factor = 1): number => Math.floor(count * factor) + 11
const comparing = (list: Value | undefined): number => {
  const count = size(list)
  const first = list !== undefined && isList(list) ? list[0] : undefined
  return making(count * count, typeof first === 'string' || first instanceof Uint8Array ? 2 + TRAVERSAL : 2)
}

/** By the overload that is certain. */
function byOverload(id: string, args: readonly Value[], result: Value | undefined): number | undefined {
  const [a, b] = args
  switch (id) {
    case 'list_slice':
    case 'lists_range':
    case 'list_reverse':
      return making(size(result))
    case 'list_flatten':
      return making(size(a))
    case 'list_flatten_int':
      return making(size(a), Number(b))
    case 'list_distinct':
      return comparing(a)
    case 'list_sets_contains_list':
    case 'list_sets_intersects_list':
      return 1 + size(a) * size(b)
    case 'list_sets_equivalent_list':
      return 1 + size(a) * size(b) * 2
    default:
  }
  if (/^list_\w+_sortByAssociatedKeys$/.test(id)) return comparing(b)
  return /^list_[\w.]+_sort$/.test(id) ? comparing(a) : undefined
}

function byFunction(name: string, id: string, args: readonly Value[], result: Value | undefined): number | undefined {
  const [a, b] = args
  if (name === 'check') return Number(CHECK)
  if (NOMINAL.has(name)) return 1
  if (SEARCHING.has(name)) return a === undefined ? 0 : traversal(a)
  if (READING.has(name)) return once(a)
  switch (name) {
    case 'fieldSelector':
    case 'labelSelector':
      return 10 + once(b) + Math.ceil(Math.ceil(size(b) / 2) * 50)
    case 'url':
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
    case 'jsonpatch.escapeKey':
      return once(a)
    case 'replace':
    case 'split':
    case 'ip.isCanonical':
      return once(a, 2)
    case 'join':
      return once(result, 2)
    case 'find':
    case 'findAll':
      return search(a, size(b))
    case 'ip':
      return id === 'cidr_ip' ? 1 : once(a)
    case 'containsIP':
      return once(a, 2) + (id === 'cidr_contains_ip_string' ? once(b) : 0)
    case 'containsCIDR':
      return once(a, 2) + once(a) + 1 + (id === 'cidr_contains_cidr_string' ? once(b) : 0)
    case 'validate':
      return a instanceof Format ? search(b, a.size) : undefined
    case '_==_':
      return a instanceof Custom ? 1 : undefined
    default:
      return undefined
  }
}

function standardCost(id: string, [a, b]: readonly Value[]): number {
  switch (id) {
    case 'starts_with_string':
    case 'ends_with_string':
    case 'string_to_bytes':
    case 'bytes_to_string':
    case 'strings_quote':
    case 'string_format':
      return once(a)
    case 'in_list':
      return size(b)
    case 'add_string':
    case 'add_bytes':
      return Math.ceil((size(a) + size(b)) * TRAVERSAL)
    case 'matches_string':
      return search(a, size(b))
    case 'contains_string':
      return once(a) * once(b)
    default:
      return COMPARING.test(id) ? Math.ceil(Math.min(size(a), size(b)) * TRAVERSAL) : 1
  }
}

/** @param id empty where several overloads were possible */
export const callCost = (name: string, id: string, args: readonly Value[], result: Value | undefined): number =>
  byOverload(id, args, result) ?? byFunction(name, id, args, result) ?? standardCost(id, args)
