/** Access to parts of a value: fields, elements, the content of optionals, the elements of a comprehension's range. */
import {
  CelError,
  isList,
  isMap,
  type MapValue,
  NONE,
  Optional,
  plain,
  typeOfValue,
  Uint,
  type Value,
} from './values.ts'

export function iterated(items: Value, two: boolean): (readonly [Value, Value | undefined])[] {
  if (isList(items)) return items.map((item, i) => (two ? [BigInt(i), item] : [item, undefined]))
  if (typeof items === 'object' && items !== null && isMap(items))
    return items.keys().map(key => [key, two ? items.get(key) : undefined])
  throw new CelError(`got 'types.${goName(items)}', expected iterable type`)
}

/** What cel-go calls a type in its own code. */
function goName(value: Value): string {
  const { kind } = typeOfValue(value)
  return `${kind[0]!.toUpperCase()}${kind.slice(1)}`
}

/** Optionals hand on to what they hold; after one, everything is optional. */
export function through(value: Value, may: (held: Value) => Value | undefined): Optional {
  if (!(value instanceof Optional)) return wrapped(may(value))
  return value.value === undefined ? NONE : wrapped(may(value.value))
}

const wrapped = (value: Value | undefined): Optional => (value === undefined ? NONE : new Optional(value))

const asMap = (value: Value): MapValue | undefined =>
  typeof value === 'object' && value !== null && isMap(value) ? value : undefined

export function hasKey(value: Value, field: string): boolean {
  if (value instanceof Optional) return value.value !== undefined && hasKey(value.value, field)
  if (isList(value)) throw badIndex(field)
  return asMap(value)?.get(field) !== undefined
}

const badIndex = (at: Value): CelError => new CelError(`unsupported index type '${typeOfValue(at).name}' in list`)

export function fieldOf(value: Value, field: Value): Value
export function fieldOf(value: Value, field: Value, optional: true): Value | undefined
export function fieldOf(value: Value, field: Value, optional = false): Value | undefined {
  if (value instanceof Optional) return through(value, held => fieldOf(held, field, true))
  if (isList(value)) throw badIndex(field)
  const found = asMap(value)?.get(field)
  if (found === undefined && !optional) throw new CelError(`no such key: ${plain(field)}`)
  return found
}

export function elementOf(value: Value, at: Value): Value
export function elementOf(value: Value, at: Value, optional: true): Value | undefined
export function elementOf(value: Value, at: Value, optional = false): Value | undefined {
  if (!isList(value)) {
    const map = asMap(value)
    if (map) return optional ? map.get(at) : fieldOf(map, at)
    if (optional) return undefined
    throw new CelError(`no such key: ${plain(at)}`)
  }
  const i = wholeNumber(at)
  if (i === undefined) throw badIndex(at)
  if (i >= 0 && i < value.length) return value[i]
  if (optional) return undefined
  throw new CelError(`index out of bounds: ${i}`)
}

function wholeNumber(at: Value): number | undefined {
  const number = at instanceof Uint ? at.value : at
  if (typeof number === 'bigint') return Number(number)
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}
