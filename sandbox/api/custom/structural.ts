/** Structural schemas of custom resources: what is kept, what is filled in. */
import { clone, isObject, setOwn } from '../formats/json.ts'
import { typeNamed } from '../schema/index.ts'

export interface ValidationRule {
  rule: string
  message?: string
  messageExpression?: string
  reason?: string
  fieldPath?: string
  optionalOldSelf?: boolean
}

/** apiextensions/v1 JSONSchemaProps, as far as a structural schema goes. */
export interface StructuralSchema {
  type?: string
  format?: string
  description?: string
  nullable?: boolean
  default?: unknown
  enum?: readonly unknown[]
  required?: readonly string[]
  properties?: Readonly<Record<string, StructuralSchema>>
  additionalProperties?: StructuralSchema | boolean
  items?: StructuralSchema
  minimum?: number
  maximum?: number
  exclusiveMinimum?: boolean
  exclusiveMaximum?: boolean
  multipleOf?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minProperties?: number
  maxProperties?: number
  allOf?: readonly StructuralSchema[]
  anyOf?: readonly StructuralSchema[]
  oneOf?: readonly StructuralSchema[]
  not?: StructuralSchema
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-list-type'?: string
  'x-kubernetes-list-map-keys'?: readonly string[]
  'x-kubernetes-map-type'?: string
  'x-kubernetes-validations'?: readonly ValidationRule[]
}

const ALWAYS = new Set(['apiVersion', 'kind', 'metadata'])

/** A copy without what the schema does not know; paths of what went are added to `unknown`. */
export function prune(
  schema: StructuralSchema | undefined,
  value: unknown,
  unknown: string[],
  path = '',
  root = true,
): unknown {
  if (Array.isArray(value)) return value.map((item, i) => prune(schema?.items, item, unknown, `${path}[${i}]`, false))
  if (!isObject(value)) return value
  const result: Record<string, unknown> = {}
  const { properties, additionalProperties } = schema ?? {}
  const keepAll = schema?.['x-kubernetes-preserve-unknown-fields'] || additionalProperties === true
  const embedded = root || schema?.['x-kubernetes-embedded-resource']
  for (const key of Object.keys(value)) {
    const here = path ? `${path}.${key}` : key
    const own = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
    // What every object has is kept whatever the schema says of it.
    if (embedded && !root && key === 'metadata') setOwn(result, key, knownMetadata(value[key], unknown, here))
    else if (embedded && ALWAYS.has(key)) setOwn(result, key, clone(value[key]))
    else if (own) setOwn(result, key, prune(own, value[key], unknown, here, false))
    else if (isObject(additionalProperties))
      setOwn(result, key, prune(additionalProperties, value[key], unknown, here, false))
    else if (keepAll) setOwn(result, key, clone(value[key]))
    else unknown.push(here)
  }
  return result
}

/** An embedded object's metadata is that of every object, whatever the schema says of it. */
function knownMetadata(value: unknown, unknown: string[], path: string): unknown {
  if (!isObject(value)) return clone(value)
  const { fields } = typeNamed('meta/v1.ObjectMeta')!
  const known: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    if (fields.has(key)) known[key] = clone(value[key])
    else unknown.push(`${path}.${key}`)
  }
  return known
}

/** Fills in defaults, also inside what was filled in. Changes the value. */
export function setDefaults(schema: StructuralSchema | undefined, value: unknown): void {
  if (!schema) return
  if (Array.isArray(value)) {
    for (const item of value) setDefaults(schema.items, item)
    return
  }
  if (!isObject(value)) return
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    const absent = !Object.hasOwn(value, key) || (value[key] === null && own.nullable !== true)
    if (absent && own.default !== undefined) setOwn(value, key, clone(own.default))
    if (value[key] === null && own.nullable !== true && own.default === undefined) delete value[key]
    else if (Object.hasOwn(value, key)) setDefaults(own, value[key])
  }
  if (isObject(schema.additionalProperties)) {
    for (const key of Object.keys(value)) {
      if (!schema.properties?.[key]) setDefaults(schema.additionalProperties, value[key])
    }
  }
}
