/** Objects within custom resources, and the lists there that are sets or maps: what must hold of them beyond their schema. */
import { duplicate, type FieldError, invalid, required } from '../fields.ts'
import { toJson } from '../formats/go-json.ts'
import { isObject } from '../formats/json.ts'
import { dns1035Label, pathSegment } from '../kinds/validation/content.ts'
import { genericMeta } from '../kinds/validation/metadata.ts'
import type { ObjectMeta } from '../types.ts'
import type { StructuralSchema } from './structural.ts'

type Visit = (schema: StructuralSchema, value: unknown, path: string) => FieldError[]

/** The value and all below it that the schema knows. */
function walk(schema: StructuralSchema, value: unknown, path: string, visit: Visit): FieldError[] {
  const errors = visit(schema, value, path)
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? [...errors, ...value.flatMap((item, i) => walk(items, item, `${path}[${i}]`, visit))] : errors
  }
  if (!isObject(value)) return errors
  const { properties, additionalProperties: more } = schema
  for (const key of Object.keys(value)) {
    const own = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
    if (own) errors.push(...walk(own, value[key], path ? `${path}.${key}` : key, visit))
    else if (isObject(more)) errors.push(...walk(more as StructuralSchema, value[key], `${path}[${key}]`, visit))
  }
  return errors
}

export const embeddedFaults = (schema: StructuralSchema, object: unknown): FieldError[] =>
  walk(schema, object, '', (own, value, path) =>
    own['x-kubernetes-embedded-resource'] && isObject(value) ? resource(value, path) : [],
  )

function resource(value: Record<string, unknown>, path: string): FieldError[] {
  const { apiVersion, kind, metadata } = value
  const errors: FieldError[] = []
  if (apiVersion === undefined) errors.push(required(`${path}.apiVersion`))
  if (kind === undefined) errors.push(required(`${path}.kind`))
  if (apiVersion !== undefined) errors.push(...named(apiVersion, `${path}.apiVersion`, groupVersion))
  if (kind !== undefined) errors.push(...named(kind, `${path}.kind`, kindName))
  if (isObject(metadata)) {
    const given = { ...metadata, name: metadata.name || 'fakename' }
    errors.push(...genericMeta(given as ObjectMeta, Boolean(metadata.namespace), pathSegment).map(e => below(e, path)))
  }
  return errors
}

const below = (error: FieldError, path: string): FieldError => ({ ...error, field: `${path}.${error.field}` })

function named(value: unknown, path: string, fault: (text: string) => string | undefined): FieldError[] {
  if (typeof value !== 'string') return [invalid(path, value, 'must be a string')]
  const why = value ? fault(value) : 'must not be empty'
  return why === undefined ? [] : [invalid(path, value, why)]
}

const groupVersion = (text: string): string | undefined =>
  text.split('/').length > 2 ? `unexpected GroupVersion string: ${text}` : undefined

function kindName(text: string): string | undefined {
  const wrong = dns1035Label(text.toLowerCase())
  return wrong.length ? `may have mixed case, but should otherwise match: ${wrong.join(',')}` : undefined
}

/** Entries that come twice in what is a set or a map. */
export const listFaults = (schema: StructuralSchema, object: unknown): FieldError[] =>
  walk(schema, object, '', (own, value, path) => {
    const type = own['x-kubernetes-list-type']
    if (!Array.isArray(value) || (type !== 'set' && type !== 'map')) return []
    const keys = own['x-kubernetes-list-map-keys'] ?? []
    const identity = (item: unknown): unknown =>
      type === 'map' && isObject(item) ? Object.fromEntries(keys.map(k => [k, item[k]])) : item
    const seen = new Set<string>()
    return value.flatMap((item, i) => {
      const id = identity(item)
      const known = toJson(id)
      if (seen.has(known)) return [duplicate(`${path}[${i}]`, id)]
      seen.add(known)
      return []
    })
  })
