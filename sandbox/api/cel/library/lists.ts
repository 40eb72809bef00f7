/** CEL's and Kubernetes' libraries of lists and sets. */
import { compare, equal } from '../runtime/equality.ts'
import { int, uint } from '../runtime/numbers.ts'
import { duration } from '../runtime/times.ts'
import {
  type BuiltMap,
  CelError,
  Duration,
  isList,
  type MapValue,
  noSuchOverload,
  sizeOf,
  typeOfValue,
  Uint,
  type Value,
} from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { of } from './implementing.ts'

const DECLARATIONS = `
@sortByAssociatedKeys list_int_sortByAssociatedKeys list(T).(list(int)) -> list(T)
@sortByAssociatedKeys list_uint_sortByAssociatedKeys list(T).(list(uint)) -> list(T)
@sortByAssociatedKeys list_double_sortByAssociatedKeys list(T).(list(double)) -> list(T)
@sortByAssociatedKeys list_bool_sortByAssociatedKeys list(T).(list(bool)) -> list(T)
@sortByAssociatedKeys list_duration_sortByAssociatedKeys list(T).(list(duration)) -> list(T)
@sortByAssociatedKeys list_timestamp_sortByAssociatedKeys list(T).(list(timestamp)) -> list(T)
@sortByAssociatedKeys list_string_sortByAssociatedKeys list(T).(list(string)) -> list(T)
@sortByAssociatedKeys list_bytes_sortByAssociatedKeys list(T).(list(bytes)) -> list(T)
cel.@mapInsert @mapInsert_map_key_value (map(K, V), K, V) -> map(K, V)
cel.@mapInsert @mapInsert_map_map (map(K, V), map(K, V)) -> map(K, V)
distinct list_distinct list(T).() -> list(T)
flatten list_flatten list(list(T)).() -> list(T)
flatten list_flatten_int list(dyn).(int) -> list(dyn)
indexOf list_a_index_of_int list(A).(A) -> int
isSorted list_int_is_sorted_bool list(int).() -> bool
isSorted list_uint_is_sorted_bool list(uint).() -> bool
isSorted list_double_is_sorted_bool list(double).() -> bool
isSorted list_bool_is_sorted_bool list(bool).() -> bool
isSorted list_duration_is_sorted_bool list(duration).() -> bool
isSorted list_timestamp_is_sorted_bool list(timestamp).() -> bool
isSorted list_string_is_sorted_bool list(string).() -> bool
isSorted list_bytes_is_sorted_bool list(bytes).() -> bool
join list_join list(string).() -> string
join list_join_string list(string).(string) -> string
lastIndexOf list_a_last_index_of_int list(A).(A) -> int
lists.range lists_range (int) -> list(int)
max list_int_max_int list(int).() -> int
max list_uint_max_uint list(uint).() -> uint
max list_double_max_double list(double).() -> double
max list_bool_max_bool list(bool).() -> bool
max list_duration_max_duration list(duration).() -> duration
max list_timestamp_max_timestamp list(timestamp).() -> timestamp
max list_string_max_string list(string).() -> string
max list_bytes_max_bytes list(bytes).() -> bytes
min list_int_min_int list(int).() -> int
min list_uint_min_uint list(uint).() -> uint
min list_double_min_double list(double).() -> double
min list_bool_min_bool list(bool).() -> bool
min list_duration_min_duration list(duration).() -> duration
min list_timestamp_min_timestamp list(timestamp).() -> timestamp
min list_string_min_string list(string).() -> string
min list_bytes_min_bytes list(bytes).() -> bytes
reverse list_reverse list(T).() -> list(T)
sets.contains list_sets_contains_list (list(T), list(T)) -> bool
sets.equivalent list_sets_equivalent_list (list(T), list(T)) -> bool
sets.intersects list_sets_intersects_list (list(T), list(T)) -> bool
size size_bytes (bytes) -> int
size bytes_size bytes.() -> int
size size_list (list(A)) -> int
size list_size list(A).() -> int
size size_map (map(A, B)) -> int
size map_size map(A, B).() -> int
size size_string (string) -> int
size string_size string.() -> int
slice list_slice list(T).(int, int) -> list(T)
sort list_int_sort list(int).() -> list(int)
sort list_uint_sort list(uint).() -> list(uint)
sort list_double_sort list(double).() -> list(double)
sort list_bool_sort list(bool).() -> list(bool)
sort list_duration_sort list(duration).() -> list(duration)
sort list_timestamp_sort list(timestamp).() -> list(timestamp)
sort list_string_sort list(string).() -> list(string)
sort list_bytes_sort list(bytes).() -> list(bytes)
sum list_int_sum_int list(int).() -> int
sum list_uint_sum_uint list(uint).() -> uint
sum list_double_sum_double list(double).() -> double
sum list_duration_sum_duration list(duration).() -> duration
`

type Items = readonly Value[]

function best(list: Items, name: 'min' | 'max'): Value {
  if (!list.length) throw new CelError(`${name} called on empty list`)
  const sign = name === 'min' ? 1 : -1
  return list.reduce((kept, item) => (compare(item, kept) * sign < 0 ? item : kept))
}

function added(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a + b)
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (a instanceof Uint && b instanceof Uint) return uint(a.value + b.value)
  if (a instanceof Duration && b instanceof Duration) return duration(a.nanos + b.nanos)
  throw noSuchOverload()
}
const ZERO: Readonly<Record<string, Value>> = { int: 0n, uint: new Uint(0n), double: 0, duration: new Duration(0n) }

const COMPARABLE = new Set('int uint double bool duration timestamp string bytes'.split(' '))

function sorted(list: Items, keys: Items): Value {
  if (list.length !== keys.length) {
    const sizes = `${list.length} and ${keys.length} elements respectively`
    throw new CelError(
      `@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got ${sizes}`,
    )
  }
  const [first] = keys
  if (first !== undefined && !COMPARABLE.has(typeOfValue(first).kind))
    throw new CelError('list elements must be comparable')
  if (first !== undefined && keys.some(key => typeOfValue(key).name !== typeOfValue(first).name))
    throw new CelError('list elements must have the same type')
  return list
    .map((item, i) => [item, keys[i]!] as const)
    .sort(([, a], [, b]) => compare(a, b))
    .map(([item]) => item)
}

function slice(list: Items, start: bigint, end: bigint): Value {
  const failed = (why: string): CelError => new CelError(`cannot slice(${start}, ${end}), ${why}`)
  if (start < 0n || end < 0n) throw failed('negative indexes not supported')
  if (start > end) throw failed('start index must be less than or equal to end index')
  if (list.length < end) throw failed(`list is length ${list.length}`)
  return list.slice(Number(start), Number(end))
}

function flattened(list: Items, depth: bigint): Value[] {
  if (depth < 0n) throw new CelError('level must be non-negative')
  return list.flatMap(item => (isList(item) && depth > 0n ? flattened(item, depth - 1n) : [item]))
}

function joined(list: Items, separator: string): string {
  const wrong = list.find(item => typeof item !== 'string')
  if (wrong !== undefined) throw new CelError(`join: invalid input: ${String(wrong)}`)
  return list.join(separator)
}

const isIn = (item: Value, list: Items): boolean => list.some(other => equal(item, other))
const contains = (list: Items, part: Items): boolean => part.every(item => isIn(item, list))
const distinct = (list: Items): Value[] => list.filter((item, i) => list.findIndex(other => equal(item, other)) === i)
const size: Implementation = value => BigInt(sizeOf(value!))
const MAX_RANGE = 1_000_000n

const lists: Record<string, Implementation> = {
  list_a_index_of_int: of((list: Items, item: Value) => BigInt(list.findIndex(other => equal(other, item)))),
  list_a_last_index_of_int: of((list: Items, item: Value) => BigInt(list.findLastIndex(other => equal(other, item)))),
  list_distinct: of(distinct),
  list_flatten: of((list: Items) => flattened(list, 1n)),
  list_flatten_int: of(flattened),
  list_join: of((list: Items) => joined(list, '')),
  list_join_string: of(joined),
  lists_range: of((count: bigint) => {
    if (count > MAX_RANGE) throw new CelError('operation cancelled: actual cost limit exceeded')
    return Array.from({ length: Math.max(0, Number(count)) }, (_, i) => BigInt(i))
  }),
  list_reverse: of((list: Items) => [...list].reverse()),
  list_slice: of(slice),
  list_sets_contains_list: of(contains),
  list_sets_intersects_list: of((a: Items, b: Items) => a.some(item => isIn(item, b))),
  list_sets_equivalent_list: of((a: Items, b: Items) => contains(a, b) && contains(b, a)),
  '@mapInsert_map_key_value': of((map: BuiltMap, key: Value, value: Value) => map.with(key, value)),
  '@mapInsert_map_map': of((map: BuiltMap, more: MapValue) =>
    more.keys().reduce((all: BuiltMap, key) => all.with(key, more.get(key)!), map),
  ),
}

const SIMILAR: readonly (readonly [RegExp, (type: string) => Implementation])[] = [
  [/_is_sorted_bool$/, () => of((list: Items) => list.every((item, i) => !i || compare(list[i - 1]!, item) <= 0))],
  [/_sum_\w+$/, type => of((list: Items) => list.reduce<Value>(added, ZERO[type]!))],
  [/_min_\w+$/, () => of((list: Items) => best(list, 'min'))],
  [/_max_\w+$/, () => of((list: Items) => best(list, 'max'))],
  [/_sortByAssociatedKeys$/, () => of(sorted)],
  [/_sort$/, () => of((list: Items) => sorted(list, list))],
  [/^(size_\w+|\w+_size)$/, () => size],
]

function all(): Record<string, Implementation> {
  const made = { ...lists }
  for (const line of DECLARATIONS.trim().split('\n')) {
    const id = line.split(' ')[1]!
    const similar = SIMILAR.find(([pattern]) => pattern.test(id))
    if (!made[id] && similar) made[id] = similar[1](/^list_([a-z]+)_/.exec(id)?.[1] ?? '')
  }
  return made
}

export const listLibrary: Functions = readDeclarations(DECLARATIONS, all())
