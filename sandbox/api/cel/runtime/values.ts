/** Values of CEL: what JavaScript has for them, and classes for the rest. */
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  NULL,
  optionalOf,
  STRING,
  TIMESTAMP,
  TYPE,
  type Type,
  UINT,
} from '../types/types.ts'

/** Why an expression has no value. */
export class CelError extends Error {}
export const noSuchOverload = (): CelError => new CelError('no such overload')

export class Uint {
  readonly value: bigint
  constructor(value: bigint) {
    this.value = value
  }
}

export class Duration {
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

export class Timestamp {
  /** Since 1970. */
  readonly nanos: bigint
  /** Of the zone that it was written in. */
  readonly offsetMinutes: number
  constructor(nanos: bigint, offsetMinutes = 0) {
    this.nanos = nanos
    this.offsetMinutes = offsetMinutes
  }
}

export class Optional {
  /** Undefined for none. */
  readonly value: Value | undefined
  constructor(value?: Value) {
    this.value = value
  }
}
export const NONE = new Optional()

export class TypeValue {
  readonly type: Type
  constructor(type: Type) {
    this.type = type
  }
}

/** Values of types that a library has made. */
export abstract class Custom {
  abstract readonly type: Type
  /** @throws CelError when there is no saying */
  abstract equals(other: Value): boolean
}

/** Maps, and objects with fields. */
export interface MapValue {
  readonly isMap: true
  /** Undefined for maps. */
  readonly objectType?: Type | undefined
  readonly size: number
  /** Undefined when there is no such key. */
  get(key: Value): Value | undefined
  keys(): Value[]
}

export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Duration
  | Timestamp
  | Optional
  | TypeValue
  | Custom
  | MapValue
  | readonly Value[]

export const isMap = (value: Value): value is MapValue =>
  typeof value === 'object' && value !== null && 'isMap' in value && value.isMap
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

/** Lists that a schema makes sets or maps: in no order, each element known by its identity. */
export const listKinds = new WeakMap<readonly Value[], { identity: (item: Value) => Value }>()

/** What a loop is putting together and nobody else has seen: it may be added to where it stands. */
export const growing = new WeakSet<object>()

/** Numbers that are equal are one key. */
function keyOf(key: Value): string {
  if (typeof key === 'string') return `s${key}`
  if (typeof key === 'boolean') return `b${key}`
  if (typeof key === 'bigint') return `n${key}`
  if (key instanceof Uint) return `n${key.value}`
  if (typeof key === 'number') return Number.isInteger(key) ? `n${BigInt(key)}` : `d${key}`
  throw new CelError(`unsupported key type: ${typeOfValue(key).name}`)
}

export class BuiltMap implements MapValue {
  readonly isMap = true
  readonly #entries: Map<string, readonly [Value, Value]>
  constructor(entries: Map<string, readonly [Value, Value]> = new Map()) {
    this.#entries = entries
  }
  static of(entries: Iterable<readonly [Value, Value]>): BuiltMap {
    const made = new Map<string, readonly [Value, Value]>()
    for (const entry of entries) {
      const key = keyOf(entry[0])
      if (made.has(key)) throw new CelError('Failed with repeated key')
      made.set(key, entry)
    }
    return new BuiltMap(made)
  }
  get size(): number {
    return this.#entries.size
  }
  get(key: Value): Value | undefined {
    return this.#entries.get(keyOf(key))?.[1]
  }
  keys(): Value[] {
    return [...this.#entries.values()].map(([key]) => key)
  }
  firstKey(): Value | undefined {
    return this.#entries.values().next().value?.[0]
  }
  with(key: Value, value: Value): BuiltMap {
    const own = keyOf(key)
    if (this.#entries.has(own)) throw new CelError(`insert failed: key ${plain(key)} already exists`)
    const made = growing.has(this) ? this : new BuiltMap(new Map(this.#entries))
    made.#entries.set(own, [key, value])
    return made
  }
}

export function typeOfValue(value: Value): Type {
  switch (typeof value) {
    case 'boolean':
      return BOOL
    case 'bigint':
      return INT
    case 'number':
      return DOUBLE
    case 'string':
      return STRING
    default:
  }
  if (value === null) return NULL
  if (isList(value)) return listOf(DYN)
  if (value instanceof Uint8Array) return BYTES
  if (value instanceof Uint) return UINT
  if (value instanceof Duration) return DURATION
  if (value instanceof Timestamp) return TIMESTAMP
  if (value instanceof Optional) return optionalOf(DYN)
  if (value instanceof TypeValue) return TYPE
  if (value instanceof Custom) return value.type
  return value.objectType ?? mapOf(DYN, DYN)
}

/** As it stands in what is said about it. */
export function plain(value: Value): string {
  if (value instanceof Uint) return String(value.value)
  return typeof value === 'object' && value !== null ? typeOfValue(value).name : String(value)
}

/** Characters, bytes, elements, entries; 1 of what has none. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') {
    let size = 0
    for (const _ of value) size++
    return size
  }
  if (isList(value) || value instanceof Uint8Array) return value.length
  if (typeof value === 'object' && value !== null && isMap(value)) return value.size
  if (value instanceof Optional && value.value !== undefined) return sizeOf(value.value)
  return 1
}
