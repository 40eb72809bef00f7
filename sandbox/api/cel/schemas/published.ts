/** The types of the published API as schemas, for whoever checks expressions against them. */
import type { StructuralSchema } from '../../custom/structural.ts'
import type { ObjectType, Scalar, Type } from '../../schema/index.ts'

const SCALARS: Readonly<Record<Scalar, StructuralSchema>> = {
  string: { type: 'string' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  quantity: {},
  intOrString: { 'x-kubernetes-int-or-string': true },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  any: { type: 'object' },
}

const known = new WeakMap<ObjectType, StructuralSchema>()

export function publishedSchema(type: ObjectType, within: readonly string[] = []): StructuralSchema {
  const found = known.get(type)
  if (found) return found
  const inside = [...within, type.id]
  const properties = Object.fromEntries(
    [...type.fields.values()].map(field => [field.name, fieldOf(type, field.type, inside)]),
  )
  const required = [...type.fields.values()].filter(field => field.required).map(field => field.name)
  const made: StructuralSchema = { type: 'object', properties, required }
  known.set(type, made)
  return made
}

/** Whatever JSON there is has no type in schemas of definitions alone; elsewhere it is an object at least. */
const fieldOf = ({ id }: ObjectType, type: Type, within: readonly string[]): StructuralSchema =>
  type.is === 'any' && id.endsWith('JSONSchemaProps') ? {} : schemaOf(type, within)

function schemaOf(type: Type, within: readonly string[]): StructuralSchema {
  switch (type.is) {
    case 'list':
      return { type: 'array', items: schemaOf(type.of, within) }
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.of, within) }
    case 'object':
      // What contains itself has no fields that are known there.
      return within.includes(type.type.id) ? { type: 'object' } : publishedSchema(type.type, within)
    default:
      return SCALARS[type.is]
  }
}
