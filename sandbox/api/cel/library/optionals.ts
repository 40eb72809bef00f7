/** CEL's library of optional values. */
import { CelError, Duration, isList, NONE, Optional, Uint, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { of } from './implementing.ts'

const DECLARATIONS = `
_?._ select_optional_field (dyn, string) -> optional_type(V)
_[?_] list_optindex_optional_int (list(V), int) -> optional_type(V)
_[?_] optional_list_optindex_optional_int (optional_type(list(V)), int) -> optional_type(V)
_[?_] map_optindex_optional_value (map(K, V), K) -> optional_type(V)
_[?_] optional_map_optindex_optional_value (optional_type(map(K, V)), K) -> optional_type(V)
_[_] optional_list_index_int (optional_type(list(V)), int) -> optional_type(V)
_[_] optional_map_index_value (optional_type(map(K, V)), K) -> optional_type(V)
first list_first list(V).() -> optional_type(V)
hasValue optional_hasValue optional_type(V).() -> bool
last list_last list(V).() -> optional_type(V)
optional.none optional_none () -> optional_type(V)
optional.of optional_of (V) -> optional_type(V)
optional.ofNonZeroValue optional_ofNonZeroValue (V) -> optional_type(V)
optional.unwrap optional_unwrap (list(optional_type(V))) -> list(V)
or optional_or_optional optional_type(V).(optional_type(V)) -> optional_type(V)
orValue optional_orValue_value optional_type(V).(V) -> V
unwrapOpt optional_unwrapOpt list(optional_type(V)).() -> list(V)
value optional_value optional_type(V).() -> V
`

const optionals: Record<string, Implementation> = {
  optional_none: () => NONE,
  optional_of: value => new Optional(value),
  optional_ofNonZeroValue: value => (isZero(value!) ? NONE : new Optional(value)),
  optional_value: of(({ value }: Optional) => {
    if (value === undefined) throw new CelError('optional.none() dereference')
    return value
  }),
  optional_hasValue: of(({ value }: Optional) => value !== undefined),
  optional_unwrap: of(unwrap),
  optional_unwrapOpt: of(unwrap),
  list_first: of((list: readonly Value[]) => (list.length ? new Optional(list[0]) : NONE)),
  list_last: of((list: readonly Value[]) => (list.length ? new Optional(list.at(-1)) : NONE)),
}

function unwrap(list: readonly Value[]): Value {
  return list.flatMap(item => {
    if (!(item instanceof Optional)) throw new CelError(`value ${String(item)} is not optional`)
    return item.value === undefined ? [] : [item.value]
  })
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0n || value === 0 || value === '') return true
  if (typeof value !== 'object') return false
  if (isList(value) || value instanceof Uint8Array) return value.length === 0
  if (value instanceof Uint) return value.value === 0n
  if (value instanceof Duration) return value.nanos === 0n
  if (value instanceof Optional) return value.value === undefined || isZero(value.value)
  return 'isMap' in value && value.size === 0
}

export const optionalLibrary: Functions = readDeclarations(DECLARATIONS, optionals)
