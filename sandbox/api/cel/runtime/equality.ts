/** Equality and order of values: numbers across all numeric types, everything else within its own. */
import {
  CelError,
  Custom,
  Duration,
  growing,
  isList,
  isMap,
  listKinds,
  noSuchOverload,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from './values.ts'

type Numeric = bigint | number | Uint
const isNumeric = (value: Value): value is Numeric =>
  typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint
/** JavaScript compares bigint and number by their worth. */
const worth = (value: Numeric): bigint | number => (value instanceof Uint ? value.value : value)
export const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

function bytesOrder(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return order(a[i]!, b[i]!)
  return order(a.length, b.length)
}

/** By code points, as bytes of UTF-8 would be. */
function textOrder(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [[...a], [...b]]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return order(left[i]!.codePointAt(0)!, right[i]!.codePointAt(0)!)
  }
  return order(left.length, right.length)
}

/** @throws CelError where there is no order */
export function compare(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) {
    const [left, right] = [worth(a), worth(b)]
    if (Number.isNaN(left) || Number.isNaN(right)) throw new CelError('NaN values cannot be ordered')
    return order<bigint | number>(left, right)
  }
  if (typeof a === 'string' && typeof b === 'string') return textOrder(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return order(a, b)
  if (a instanceof Timestamp && b instanceof Timestamp) return order(a.nanos, b.nanos)
  if (a instanceof Duration && b instanceof Duration) return order(a.nanos, b.nanos)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return bytesOrder(a, b)
  throw noSuchOverload()
}

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  const kind = listKinds.get(a)
  if (!kind) return a.every((item, i) => equal(item, b[i]!))
  const { identity } = kind
  return b.every(item => {
    const own = a.find(other => equal(identity(other), identity(item)))
    return own !== undefined && equal(own, item)
  })
}

/** Of two sets, what is in either; of two maps, entries of the second in place of those of the first. */
export function joinLists(a: readonly Value[], b: readonly Value[]): readonly Value[] {
  if (growing.has(a)) {
    for (const item of b) (a as Value[]).push(item)
    return a
  }
  const kind = listKinds.get(a)
  if (!kind) return [...a, ...b]
  const { identity } = kind
  const made = [...a]
  for (const item of b) {
    const at = made.findIndex(other => equal(identity(other), identity(item)))
    if (at < 0) made.push(item)
    else made[at] = item
  }
  listKinds.set(made, kind)
  return made
}

/** @throws CelError where there is no saying */
export function equal(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b
  if (isNumeric(a)) {
    // biome-ignore lint/suspicious/noDoubleEquals: 1 and 1n are equal
    return isNumeric(b) && worth(a) == worth(b)
  }
  if (typeof a !== 'object') return a === b
  if (isList(a)) return isList(b) && a.length === b.length && sameItems(a, b)
  if (a instanceof Custom) return a.equals(b)
  if (a instanceof Uint8Array) return b instanceof Uint8Array && bytesOrder(a, b) === 0
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos
  if (a instanceof TypeValue) return b instanceof TypeValue && a.type.name === b.type.name
  if (a instanceof Optional) {
    if (!(b instanceof Optional)) return false
    if (a.value === undefined || b.value === undefined) return a.value === b.value
    return equal(a.value, b.value)
  }
  if (!isMap(a) || typeof b !== 'object' || !isMap(b) || a.size !== b.size) return false
  return a.keys().every(key => {
    const other = b.get(key)
    return other !== undefined && equal(a.get(key)!, other)
  })
}
