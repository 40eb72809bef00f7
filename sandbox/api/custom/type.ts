/**
 * The type that a structural schema describes, as server-side apply sees it: what is known, which lists have entries that
 * are owned one by one. Values are not judged here.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#custom-resources-and-server-side-apply
 */
import { isObject } from '../formats/json.ts'
import { type Field, type ObjectType, type Type, typeNamed } from '../schema/index.ts'
import type { StructuralSchema } from './structural.ts'

const STRING: Type = { is: 'string' }
const METADATA: Type = { is: 'object', type: typeNamed('meta/v1.ObjectMeta')! }
/** What every object has, at the root and where one is embedded. */
const OF_OBJECTS: readonly Field[] = [
  fieldOf('apiVersion', STRING),
  fieldOf('kind', STRING),
  fieldOf('metadata', METADATA),
]

const known = new WeakMap<StructuralSchema, Type>()

/** @param schema of a version of a custom kind */
export function typeOfCustom(schema: StructuralSchema): Type {
  let type = known.get(schema)
  if (!type) known.set(schema, (type = objectOf(schema, true)))
  return type
}

function typeOf(schema: StructuralSchema): Type {
  if (schema['x-kubernetes-int-or-string']) return { is: 'intOrString' }
  if (schema['x-kubernetes-embedded-resource']) return objectOf(schema, true)
  switch (schema.type) {
    case 'object':
      return isObject(schema.additionalProperties)
        ? { is: 'map', of: typeOf(schema.additionalProperties) }
        : objectOf(schema, false)
    case 'array':
      return { is: 'list', of: typeOf(schema.items ?? {}) }
    case 'integer':
      return { is: 'int64' }
    case 'number':
      return { is: 'double' }
    case 'boolean':
      return { is: 'boolean' }
    case 'string':
      return STRING
    default:
      return { is: 'any' }
  }
}

function objectOf(schema: StructuralSchema, isWhole: boolean): Type {
  const fields = new Map(isWhole ? OF_OBJECTS.map(field => [field.name, field] as const) : [])
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (!fields.has(name)) fields.set(name, fieldOf(name, typeOf(property), property))
  // One that says nothing of its fields may have any.
  const preserveUnknown =
    schema['x-kubernetes-preserve-unknown-fields'] ||
    (schema.additionalProperties ?? !Object.keys(schema.properties ?? {}).length) !== false
  const type: ObjectType = { id: '', name: '', goName: '', fields, preserveUnknown }
  return { is: 'object', type }
}

function fieldOf(name: string, type: Type, schema: StructuralSchema = {}): Field {
  const list = ownership(schema)
  const { default: given } = schema
  return {
    name,
    type,
    required: false,
    pointer: true,
    always: false,
    omitEmpty: true,
    goType: '',
    retainKeys: false,
    ...(list && { list }),
    ...((typeof given === 'string' || typeof given === 'number') && { default: given }),
  }
}

function ownership(schema: StructuralSchema): Field['list'] {
  if (schema.type === 'array') {
    const type = schema['x-kubernetes-list-type'] ?? 'atomic'
    if (type === 'map') return { type, keys: schema['x-kubernetes-list-map-keys'] ?? [] }
    return { type: type === 'set' ? 'set' : 'atomic' }
  }
  if (schema['x-kubernetes-map-type'] === 'atomic') return { type: 'atomic' }
  return schema['x-kubernetes-preserve-unknown-fields'] ? { type: 'granular' } : undefined
}
