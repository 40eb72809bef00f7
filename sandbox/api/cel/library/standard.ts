/** CEL's own functions: operators, conversions, and what may be asked of times. */
import { compare, equal, joinLists } from '../runtime/equality.ts'
import { general, int, MAX_INT, MAX_UINT, MIN_INT, nonZero, uint } from '../runtime/numbers.ts'
import {
  duration,
  durationIn,
  partOf,
  readDuration,
  readTimestamp,
  SECOND,
  secondsOf,
  showDuration,
  showTimestamp,
  timestamp,
} from '../runtime/times.ts'
import {
  CelError,
  type Duration,
  type MapValue,
  type Timestamp,
  TypeValue,
  typeOfValue,
  Uint,
  type Value,
} from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { of } from './implementing.ts'

const DECLARATIONS = `
!_ logical_not (bool) -> bool
-_ negate_double (double) -> double
-_ negate_int64 (int) -> int
@in in_list (A, list(A)) -> bool
@in in_map (A, map(A, B)) -> bool
@not_strictly_false not_strictly_false (bool) -> bool
_!=_ not_equals (A, A) -> bool
_%_ modulo_int64 (int, int) -> int
_%_ modulo_uint64 (uint, uint) -> uint
_&&_ logical_and (bool, bool) -> bool
_*_ multiply_double (double, double) -> double
_*_ multiply_int64 (int, int) -> int
_*_ multiply_uint64 (uint, uint) -> uint
_+_ add_bytes (bytes, bytes) -> bytes
_+_ add_double (double, double) -> double
_+_ add_duration_duration (duration, duration) -> duration
_+_ add_duration_timestamp (duration, timestamp) -> timestamp
_+_ add_timestamp_duration (timestamp, duration) -> timestamp
_+_ add_int64 (int, int) -> int
_+_ add_list (list(A), list(A)) -> list(A)
_+_ add_string (string, string) -> string
_+_ add_uint64 (uint, uint) -> uint
_-_ subtract_double (double, double) -> double
_-_ subtract_duration_duration (duration, duration) -> duration
_-_ subtract_int64 (int, int) -> int
_-_ subtract_timestamp_duration (timestamp, duration) -> timestamp
_-_ subtract_timestamp_timestamp (timestamp, timestamp) -> duration
_-_ subtract_uint64 (uint, uint) -> uint
_/_ divide_double (double, double) -> double
_/_ divide_int64 (int, int) -> int
_/_ divide_uint64 (uint, uint) -> uint
_<=_ less_equals_bool (bool, bool) -> bool
_<=_ less_equals_int64 (int, int) -> bool
_<=_ less_equals_int64_double (int, double) -> bool
_<=_ less_equals_int64_uint64 (int, uint) -> bool
_<=_ less_equals_uint64 (uint, uint) -> bool
_<=_ less_equals_uint64_double (uint, double) -> bool
_<=_ less_equals_uint64_int64 (uint, int) -> bool
_<=_ less_equals_double (double, double) -> bool
_<=_ less_equals_double_int64 (double, int) -> bool
_<=_ less_equals_double_uint64 (double, uint) -> bool
_<=_ less_equals_string (string, string) -> bool
_<=_ less_equals_bytes (bytes, bytes) -> bool
_<=_ less_equals_timestamp (timestamp, timestamp) -> bool
_<=_ less_equals_duration (duration, duration) -> bool
_<_ less_bool (bool, bool) -> bool
_<_ less_int64 (int, int) -> bool
_<_ less_int64_double (int, double) -> bool
_<_ less_int64_uint64 (int, uint) -> bool
_<_ less_uint64 (uint, uint) -> bool
_<_ less_uint64_double (uint, double) -> bool
_<_ less_uint64_int64 (uint, int) -> bool
_<_ less_double (double, double) -> bool
_<_ less_double_int64 (double, int) -> bool
_<_ less_double_uint64 (double, uint) -> bool
_<_ less_string (string, string) -> bool
_<_ less_bytes (bytes, bytes) -> bool
_<_ less_timestamp (timestamp, timestamp) -> bool
_<_ less_duration (duration, duration) -> bool
_==_ equals (A, A) -> bool
_>=_ greater_equals_bool (bool, bool) -> bool
_>=_ greater_equals_int64 (int, int) -> bool
_>=_ greater_equals_int64_double (int, double) -> bool
_>=_ greater_equals_int64_uint64 (int, uint) -> bool
_>=_ greater_equals_uint64 (uint, uint) -> bool
_>=_ greater_equals_uint64_double (uint, double) -> bool
_>=_ greater_equals_uint64_int64 (uint, int) -> bool
_>=_ greater_equals_double (double, double) -> bool
_>=_ greater_equals_double_int64 (double, int) -> bool
_>=_ greater_equals_double_uint64 (double, uint) -> bool
_>=_ greater_equals_string (string, string) -> bool
_>=_ greater_equals_bytes (bytes, bytes) -> bool
_>=_ greater_equals_timestamp (timestamp, timestamp) -> bool
_>=_ greater_equals_duration (duration, duration) -> bool
_>_ greater_bool (bool, bool) -> bool
_>_ greater_int64 (int, int) -> bool
_>_ greater_int64_double (int, double) -> bool
_>_ greater_int64_uint64 (int, uint) -> bool
_>_ greater_uint64 (uint, uint) -> bool
_>_ greater_uint64_double (uint, double) -> bool
_>_ greater_uint64_int64 (uint, int) -> bool
_>_ greater_double (double, double) -> bool
_>_ greater_double_int64 (double, int) -> bool
_>_ greater_double_uint64 (double, uint) -> bool
_>_ greater_string (string, string) -> bool
_>_ greater_bytes (bytes, bytes) -> bool
_>_ greater_timestamp (timestamp, timestamp) -> bool
_>_ greater_duration (duration, duration) -> bool
_?_:_ conditional (bool, A, A) -> A
_[_] index_list (list(A), int) -> A
_[_] index_map (map(A, B), A) -> B
_||_ logical_or (bool, bool) -> bool
bool bool_to_bool (bool) -> bool
bool string_to_bool (string) -> bool
bytes bytes_to_bytes (bytes) -> bytes
bytes string_to_bytes (string) -> bytes
double double_to_double (double) -> double
double int64_to_double (int) -> double
double string_to_double (string) -> double
double uint64_to_double (uint) -> double
duration duration_to_duration (duration) -> duration
duration int64_to_duration (int) -> duration
duration string_to_duration (string) -> duration
dyn to_dyn (A) -> dyn
int int64_to_int64 (int) -> int
int double_to_int64 (double) -> int
int duration_to_int64 (duration) -> int
int string_to_int64 (string) -> int
int timestamp_to_int64 (timestamp) -> int
int uint64_to_int64 (uint) -> int
string string_to_string (string) -> string
string bool_to_string (bool) -> string
string bytes_to_string (bytes) -> string
string double_to_string (double) -> string
string duration_to_string (duration) -> string
string int64_to_string (int) -> string
string timestamp_to_string (timestamp) -> string
string uint64_to_string (uint) -> string
timestamp timestamp_to_timestamp (timestamp) -> timestamp
timestamp int64_to_timestamp (int) -> timestamp
timestamp string_to_timestamp (string) -> timestamp
type type (A) -> type(A)
uint uint64_to_uint64 (uint) -> uint
uint double_to_uint64 (double) -> uint
uint int64_to_uint64 (int) -> uint
uint string_to_uint64 (string) -> uint
getDate timestamp_to_day_of_month_1_based timestamp.() -> int
getDate timestamp_to_day_of_month_1_based_with_tz timestamp.(string) -> int
getDayOfMonth timestamp_to_day_of_month timestamp.() -> int
getDayOfMonth timestamp_to_day_of_month_with_tz timestamp.(string) -> int
getDayOfWeek timestamp_to_day_of_week timestamp.() -> int
getDayOfWeek timestamp_to_day_of_week_with_tz timestamp.(string) -> int
getDayOfYear timestamp_to_day_of_year timestamp.() -> int
getDayOfYear timestamp_to_day_of_year_with_tz timestamp.(string) -> int
getFullYear timestamp_to_year timestamp.() -> int
getFullYear timestamp_to_year_with_tz timestamp.(string) -> int
getHours timestamp_to_hours timestamp.() -> int
getHours timestamp_to_hours_with_tz timestamp.(string) -> int
getHours duration_to_hours duration.() -> int
getMilliseconds timestamp_to_milliseconds timestamp.() -> int
getMilliseconds timestamp_to_milliseconds_with_tz timestamp.(string) -> int
getMilliseconds duration_to_milliseconds duration.() -> int
getMinutes timestamp_to_minutes timestamp.() -> int
getMinutes timestamp_to_minutes_with_tz timestamp.(string) -> int
getMinutes duration_to_minutes duration.() -> int
getMonth timestamp_to_month timestamp.() -> int
getMonth timestamp_to_month_with_tz timestamp.(string) -> int
getSeconds timestamp_to_seconds timestamp.() -> int
getSeconds timestamp_to_seconds_tz timestamp.(string) -> int
getSeconds duration_to_seconds duration.() -> int
`

const ints = (operate: (a: bigint, b: bigint) => bigint): Implementation =>
  of((a: bigint, b: bigint) => int(operate(a, b)))
const uints = (operate: (a: bigint, b: bigint) => bigint): Implementation =>
  of((a: Uint, b: Uint) => uint(operate(a.value, b.value)))
const doubles = (operate: (a: number, b: number) => number): Implementation => of(operate)

const shift = (t: Timestamp, by: bigint): Timestamp => timestamp(t.nanos + by, t.offsetMinutes)

const arithmetic: Record<string, Implementation> = {
  add_int64: ints((a, b) => a + b),
  subtract_int64: ints((a, b) => a - b),
  multiply_int64: ints((a, b) => a * b),
  divide_int64: ints((a, b) => a / nonZero(b, 'division')),
  modulo_int64: ints((a, b) => a % nonZero(b, 'modulus')),
  negate_int64: of((a: bigint) => int(-a)),
  add_uint64: uints((a, b) => a + b),
  subtract_uint64: uints((a, b) => a - b),
  multiply_uint64: uints((a, b) => a * b),
  divide_uint64: uints((a, b) => a / nonZero(b, 'division')),
  modulo_uint64: uints((a, b) => a % nonZero(b, 'modulus')),
  add_double: doubles((a, b) => a + b),
  subtract_double: doubles((a, b) => a - b),
  multiply_double: doubles((a, b) => a * b),
  divide_double: doubles((a, b) => a / b),
  negate_double: of((a: number) => -a),
  add_string: of((a: string, b: string) => a + b),
  add_bytes: of((a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b])),
  add_list: of(joinLists),
  add_duration_duration: of((a: Duration, b: Duration) => duration(a.nanos + b.nanos)),
  add_duration_timestamp: of((a: Duration, b: Timestamp) => shift(b, a.nanos)),
  add_timestamp_duration: of((a: Timestamp, b: Duration) => shift(a, b.nanos)),
  subtract_duration_duration: of((a: Duration, b: Duration) => duration(a.nanos - b.nanos)),
  subtract_timestamp_duration: of((a: Timestamp, b: Duration) => shift(a, -b.nanos)),
  subtract_timestamp_timestamp: of((a: Timestamp, b: Timestamp) => duration(a.nanos - b.nanos)),
}

const ORDERS: readonly (readonly [prefix: string, holds: (order: number) => boolean])[] = [
  ['less_equals_', order => order <= 0],
  ['less_', order => order < 0],
  ['greater_equals_', order => order >= 0],
  ['greater_', order => order > 0],
]

/** Of numbers, NaN is in no order with any. */
function inOrder(holds: (order: number) => boolean): Implementation {
  return (a, b) => {
    if (Number.isNaN(a) || Number.isNaN(b)) throw new CelError('NaN values cannot be ordered')
    return holds(compare(a!, b!))
  }
}

const relations: Record<string, Implementation> = {
  equals: (a, b) => equal(a!, b!),
  not_equals: (a, b) => !equal(a!, b!),
  logical_not: of((a: boolean) => !a),
  in_list: of((item: Value, list: readonly Value[]) => list.some(other => equal(item, other))),
  in_map: of((key: Value, map: MapValue) => map.get(key) !== undefined),
}

const failed = (from: Value, to: string): CelError =>
  new CelError(`type conversion error from '${typeOfValue(from).name}' to '${to}'`)

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string')
  }
}

function wholeText(text: string, to: 'int' | 'uint'): bigint {
  const isOne = to === 'int' ? /^[+-]?\d+$/.test(text) : /^\d+$/.test(text)
  const value = isOne ? BigInt(text.replace('+', '')) : undefined
  const [low, high] = to === 'int' ? [MIN_INT, MAX_INT] : [0n, MAX_UINT]
  if (value === undefined || value < low || value > high) throw failed(text, to)
  return value
}

function doubleText(text: string): number {
  if (/^[+-]?(inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  if (!/^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw failed(text, 'double')
  const value = Number(text)
  if (!Number.isFinite(value)) throw failed(text, 'double')
  return value
}

function wholeDouble(value: number, low: number, high: number, overflow: string): bigint {
  if (!(value > low && value < high)) throw new CelError(overflow)
  return BigInt(Math.trunc(value))
}

const TRUTHS: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map(text => [text, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map(text => [text, false]),
])

const same: Implementation = value => value!

const conversions: Record<string, Implementation> = {
  string_to_bool: of((text: string) => {
    const value = TRUTHS[text]
    if (value === undefined) throw failed(text, 'bool')
    return value
  }),
  string_to_bytes: of((text: string) => new TextEncoder().encode(text)),
  int64_to_double: of((value: bigint) => Number(value)),
  uint64_to_double: of((value: Uint) => Number(value.value)),
  string_to_double: of(doubleText),
  string_to_int64: of((text: string) => wholeText(text, 'int')),
  double_to_int64: of((value: number) => wholeDouble(value, -(2 ** 63), 2 ** 63, 'integer overflow')),
  uint64_to_int64: of((value: Uint) => int(value.value)),
  duration_to_int64: of((value: Duration) => value.nanos),
  timestamp_to_int64: of(secondsOf),
  string_to_uint64: of((text: string) => new Uint(wholeText(text, 'uint'))),
  int64_to_uint64: of((value: bigint) => uint(value)),
  double_to_uint64: of((value: number) => {
    if (value < 0) throw new CelError('unsigned integer overflow')
    return new Uint(wholeDouble(value, -1, 2 ** 64, 'unsigned integer overflow'))
  }),
  bool_to_string: of((value: boolean) => String(value)),
  bytes_to_string: of(decode),
  double_to_string: of(general),
  duration_to_string: of(showDuration),
  int64_to_string: of((value: bigint) => String(value)),
  uint64_to_string: of((value: Uint) => String(value.value)),
  timestamp_to_string: of(showTimestamp),
  string_to_duration: of((text: string) => {
    const value = readDuration(text)
    if (!value) throw failed(text, 'google.protobuf.Duration')
    return value
  }),
  int64_to_duration: of((value: bigint) => duration(value)),
  string_to_timestamp: of((text: string) => {
    const value = readTimestamp(text)
    if (!value) throw failed(text, 'google.protobuf.Timestamp')
    return value
  }),
  int64_to_timestamp: of((value: bigint) => timestamp(value * SECOND)),
  type: value => new TypeValue(typeOfValue(value!)),
}

/** Overloads whose name says what they do. */
function byName(id: string): Implementation | undefined {
  const relation = ORDERS.find(([prefix]) => id.startsWith(prefix))
  if (relation) return inOrder(relation[1])
  return /^(\w+?)(64)?_to_\1(64)?$/.test(id) ? same : undefined
}

const LENGTHS: Readonly<Record<string, bigint>> = {
  hours: 3600n * SECOND,
  minutes: 60n * SECOND,
  seconds: SECOND,
  milliseconds: 1_000_000n,
}

function all(): Record<string, Implementation> {
  const made: Record<string, Implementation> = { ...arithmetic, ...relations, ...conversions }
  for (const line of DECLARATIONS.trim().split('\n')) {
    const [name, id] = line.split(' ') as [string, string]
    if (made[id]) continue
    const length = /^duration_to_(hours|minutes|seconds|milliseconds)$/.exec(id)?.[1]
    const own = length ? of(durationIn(LENGTHS[length]!)) : name.startsWith('get') ? of(partOf(name)) : byName(id)
    if (own) made[id] = own
  }
  return made
}

export const standard: Functions = readDeclarations(DECLARATIONS, all())
