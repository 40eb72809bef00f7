/** Schemas as types of CEL, with what they say of sizes, from which costs are estimated. */
import type { StructuralSchema } from '../../custom/structural.ts'
import { isObject } from '../../formats/json.ts'
import type { SizeOf } from '../cost/estimate.ts'
import { range } from '../cost/range.ts'
import type { ObjectTypes } from '../types/declarations.ts'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  objectType,
  STRING,
  TIMESTAMP,
  type Type,
} from '../types/types.ts'
import { escapeName, reservedName } from './escaping.ts'

export interface Declared {
  type: Type
  maxElements: number
  /** In bytes, as JSON. */
  minSize: number
  element?: Declared
  isMap?: boolean
  /** By their names in CEL. */
  fields?: ReadonlyMap<string, Declared>
}

const MAX_REQUEST = 3 * 1024 * 1024
const MAX_TIME = 32
const [MIN_STRING, MIN_BOOL, MIN_NUMBER, MIN_DURATION, MIN_DATE, MIN_MOMENT] = [2, 4, 1, 3, 12, 21]

const simple = (type: Type, minSize: number, maxElements = 0): Declared => ({ type, minSize, maxElements })
/** Characters may take four bytes. */
const inBytes = (characters: number): number => Math.max(0, characters) * 4

const METADATA: StructuralSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, generateName: { type: 'string' } },
}

/** What every object has can be spoken of, whatever the schema says. */
export function withMetadata(schema: StructuralSchema): StructuralSchema {
  const own = schema.properties
  const isString = (s: StructuralSchema | undefined): boolean => s?.type === 'string'
  const { name, generateName } = own?.metadata?.properties ?? {}
  if (
    isString(own?.kind) &&
    isString(own?.apiVersion) &&
    own?.metadata?.type === 'object' &&
    isString(name) &&
    isString(generateName)
  )
    return schema
  const string: StructuralSchema = { type: 'string' }
  return { ...schema, properties: { ...own, kind: string, apiVersion: string, metadata: METADATA } }
}

/**
 * @param name for objects: those within are named after it
 * @returns undefined for what CEL does not get to see
 */
export function declare(given: StructuralSchema, name: string, isRoot: boolean): Declared | undefined {
  if (given['x-kubernetes-int-or-string'])
    return simple(DYN, 1, given.maxLength === undefined ? MAX_REQUEST - 2 : inBytes(given.maxLength))
  const schema = isRoot ? withMetadata(given) : given
  switch (schema.type) {
    case 'array':
      return list(schema, name)
    case 'object':
      return isObject(schema.additionalProperties)
        ? map(schema, schema.additionalProperties, name)
        : object(schema, name)
    case 'string':
      return text(schema)
    case 'boolean':
      return simple(BOOL, MIN_BOOL)
    case 'number':
      return simple(DOUBLE, MIN_NUMBER)
    case 'integer':
      return simple(INT, MIN_NUMBER)
    default:
      return undefined
  }
}

const isEmbedded = (schema: StructuralSchema): boolean => schema['x-kubernetes-embedded-resource'] === true

function list({ items, maxItems }: StructuralSchema, name: string): Declared | undefined {
  const element = items && declare(items, `${name}.@idx`, isEmbedded(items))
  if (!element) return undefined
  const most = maxItems === undefined ? Math.floor((MAX_REQUEST - 2) / (element.minSize + 1)) : Math.max(0, maxItems)
  return { type: listOf(element.type), minSize: 2, maxElements: most, element }
}

function map({ maxProperties }: StructuralSchema, values: StructuralSchema, name: string): Declared | undefined {
  const element = declare(values, `${name}.@elem`, isEmbedded(values))
  if (!element) return undefined
  const most =
    maxProperties === undefined ? Math.floor((MAX_REQUEST - 2) / (element.minSize + 6)) : Math.max(0, maxProperties)
  return { type: mapOf(STRING, element.type), minSize: 2, maxElements: most, element, isMap: true }
}

function object({ properties = {}, required = [] }: StructuralSchema, name: string): Declared {
  const fields = new Map<string, Declared>()
  let minSize = 2
  for (const [key, own] of Object.entries(properties)) {
    const escaped = escapeName(key)
    const field = declare(own, `${name}.${escaped ?? key}`, isEmbedded(own))
    if (!field) continue
    if (escaped !== undefined) fields.set(escaped, field)
    if (required.includes(key) && own.default === undefined) minSize += key.length + field.minSize + 4
  }
  return { type: objectType(name), minSize, maxElements: 0, fields }
}

function text({ format, maxLength, enum: values }: StructuralSchema): Declared {
  switch (format) {
    case 'byte':
      return simple(BYTES, MIN_STRING, maxLength === undefined ? MAX_REQUEST - 2 : Math.max(0, maxLength))
    case 'duration':
      return simple(DURATION, MIN_DURATION, MAX_TIME)
    case 'date':
      return simple(TIMESTAMP, MIN_DATE, MIN_DATE)
    case 'date-time':
      return simple(TIMESTAMP, MIN_MOMENT, MAX_TIME)
    default:
  }
  if (maxLength !== undefined) return simple(STRING, MIN_STRING, inBytes(maxLength))
  if (!values?.length) return simple(STRING, MIN_STRING, MAX_REQUEST - 2)
  const bytes = values.map(v => (typeof v === 'string' ? new TextEncoder().encode(v).length : 0))
  return simple(STRING, MIN_STRING, Math.max(...bytes))
}

/** How often something of this size can stand in one request. */
export const cardinality = ({ minSize }: Declared): bigint => BigInt(Math.floor(MAX_REQUEST / (minSize + 1)))

/** The types with fields that are within. */
export function objectTypes(...roots: readonly (Declared | undefined)[]): ObjectTypes {
  const found = new Map<string, ReadonlyMap<string, Type>>()
  const walk = (d: Declared): void => {
    if (d.element) walk(d.element)
    if (!d.fields) return
    const types = new Map([...d.fields].map(([key, field]) => [key, field.type]))
    for (const [key, type] of [...types]) {
      const word = reservedName(key)
      if (word !== undefined && !types.has(word)) types.set(word, type)
    }
    found.set(d.type.name, types)
    for (const field of d.fields.values()) walk(field)
  }
  for (const root of roots) if (root) walk(root)
  return { fieldsOf: name => found.get(name) }
}

/** Sizes of what stands below `self` and `oldSelf`. */
export const sizesWithin =
  (root: Declared): SizeOf =>
  path => {
    if (!path.length) return undefined
    let at: Declared | undefined = root
    for (const step of path.slice(1)) {
      if (step === '@items' || step === '@values') at = at.element
      else if (step === '@keys') at = at.isMap ? simple(STRING, MIN_STRING) : undefined
      else at = at.fields?.get(step)
      if (!at) return undefined
    }
    return range(0n, BigInt(at.maxElements))
  }
