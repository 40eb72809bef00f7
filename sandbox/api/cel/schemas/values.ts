/** JSON as values of CEL: plain, or by a schema that says what a number or a text stands for. */
import type { StructuralSchema } from '../../custom/structural.ts'
import { decodeBase64 } from '../../formats/go-base64.ts'
import { isObject } from '../../formats/json.ts'
import { readDate, readDuration, readTimestamp } from '../runtime/times.ts'
import {
  CelError,
  Custom,
  Duration,
  isList,
  isMap,
  listKinds,
  type MapValue,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from '../runtime/values.ts'
import { withMetadata } from './declared.ts'
import { escapeName, unescapeName } from './escaping.ts'

/** An object of JSON, whose parts become values when they are asked for. */
class JsonObject implements MapValue {
  readonly isMap = true
  readonly json: Readonly<Record<string, unknown>>
  readonly #value: (key: string, json: unknown) => Value
  readonly #named: boolean
  readonly #known = new Map<string, Value>()
  /** @param named whether its keys are names of fields */
  constructor(json: Readonly<Record<string, unknown>>, value: (key: string, json: unknown) => Value, named: boolean) {
    this.json = json
    this.#value = value
    this.#named = named
  }
  get size(): number {
    return Object.keys(this.json).length
  }
  get(key: Value): Value | undefined {
    if (typeof key !== 'string') return undefined
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const own = this.#named ? unescapeName(key) : key
    if (!Object.hasOwn(this.json, own) || this.json[own] === undefined) return undefined
    const value = this.#value(own, this.json[own])
    this.#known.set(key, value)
    return value
  }
  keys(): Value[] {
    const all = Object.keys(this.json)
    return this.#named ? all.flatMap(key => escapeName(key) ?? []) : all
  }
}

/** Whole numbers are int. */
export function fromJson(json: unknown): Value {
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return json.map(fromJson)
  if (isObject(json)) return new JsonObject(json, (_, value) => fromJson(value), false)
  return (json ?? null) as Value
}

const invalidData = (expected: string): CelError => new CelError(`invalid data, ${expected}`)

function textOf(json: string, format: string | undefined): Value {
  const must = (value: Value | undefined, words: string): Value => {
    if (value === undefined) throw new CelError(words)
    return value
  }
  switch (format) {
    case 'duration':
      return must(readDuration(json), `Invalid duration ${json}: time: invalid duration ${JSON.stringify(json)}`)
    case 'date':
      return must(readDate(json), `Invalid date formatted string ${json}`)
    case 'date-time':
      return must(readTimestamp(json.toUpperCase()), `Invalid date-time formatted string ${json}`)
    case 'byte':
      return must(decodeBase64(json), `Invalid byte formatted string ${json}`)
    default:
      return json
  }
}

/** @throws CelError where the JSON does not fit */
export function fromSchema(json: unknown, schema: StructuralSchema, isRoot = false): Value {
  if (json === null || json === undefined) {
    if (schema.nullable) return null
    throw invalidData('got null for schema with nullable=false')
  }
  if (schema['x-kubernetes-int-or-string']) return fromJson(json)
  switch (schema.type) {
    case 'object':
      if (!isObject(json)) throw invalidData('expected a map for the provided schema with type=object')
      return objectOf(json, schema, isRoot)
    case 'array':
      if (!Array.isArray(json)) throw invalidData('expected an array for the provided schema with type=array')
      return listOf(json, schema)
    case 'string':
      if (typeof json !== 'string') throw invalidData('expected string')
      return textOf(json, schema.format)
    case 'number':
      if (typeof json !== 'number') throw invalidData('expected float')
      return json
    case 'integer':
      if (typeof json !== 'number' || !Number.isInteger(json)) throw invalidData('expected int')
      return BigInt(json)
    default:
      return fromJson(json)
  }
}

function objectOf(json: Record<string, unknown>, given: StructuralSchema, isRoot: boolean): Value {
  const schema = isRoot || given['x-kubernetes-embedded-resource'] ? withMetadata(given) : given
  const { properties, additionalProperties } = schema
  if (properties) {
    const known = Object.fromEntries(Object.entries(json).filter(([key]) => Object.hasOwn(properties, key)))
    return new JsonObject(known, (key, value) => fromSchema(value, properties[key]!), true)
  }
  if (isObject(additionalProperties)) {
    const values = additionalProperties as StructuralSchema
    return new JsonObject(json, (_, value) => fromSchema(value, values), false)
  }
  return new JsonObject({}, (_, value) => fromJson(value), true)
}

function listOf(json: readonly unknown[], { items, ...schema }: StructuralSchema): Value {
  if (!items) throw new CelError('invalid array type, expected Items with a non-empty Schema')
  const made = json.map(item => fromSchema(item, items))
  const kind = schema['x-kubernetes-list-type']
  if (kind === 'set') listKinds.set(made, { identity: item => item })
  if (kind === 'map') {
    const keys = (schema['x-kubernetes-list-map-keys'] ?? []).map(key => escapeName(key) ?? key)
    const identity = (item: Value): Value =>
      keys.map(key => (typeof item === 'object' && item !== null && isMap(item) ? (item.get(key) ?? null) : null))
    listKinds.set(made, { identity })
  }
  return made
}

/** A value as JSON. @throws CelError for what has no form there */
export function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(toJson)
  if (value instanceof Uint) return Number(value.value)
  const isOther =
    value instanceof Uint8Array ||
    value instanceof Duration ||
    value instanceof Timestamp ||
    value instanceof Optional ||
    value instanceof TypeValue ||
    value instanceof Custom
  if (isOther || !isMap(value)) throw new CelError(`unsupported conversion to JSON`)
  return Object.fromEntries(value.keys().map(key => [String(key), toJson(value.get(key)!)]))
}
