/** Custom kinds in OpenAPI: their own schemas, with what every object has; in v2 without what that cannot say. */
import type { StructuralSchema } from '../../api/custom/structural.ts'
import { isObject } from '../../api/formats/json.ts'
import type { KindDef } from '../../api/kind.ts'

type Json = Record<string, unknown>

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const META_WORDS =
  "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata"
const PRESERVE = 'x-kubernetes-preserve-unknown-fields'

/** The group backwards, then version and kind. */
export const customName = ({ group, version, kind }: KindDef): string =>
  [...group.split('.').reverse(), version, kind].join('.')

const each = <T>(map: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))

/** v2 knows no alternatives and no null, and clients of it take fields that are listed for all that may be there. */
function plainer(schema: StructuralSchema): StructuralSchema {
  const { allOf: _all, oneOf: _one, anyOf: _any, not: _not, nullable, ...rest } = schema
  const result: Json = { ...rest }
  if (nullable) delete result.type
  if (nullable || schema[PRESERVE]) {
    delete result.items
    delete result.properties
  }
  if ((result.type === 'array' && !result.items) || (result.type === 'object' && schema[PRESERVE])) delete result.type
  const { properties, items, additionalProperties: more } = result as StructuralSchema
  if (properties) {
    const required = schema.required?.filter(name => !properties[name]?.nullable)
    if (required && required.length < schema.required!.length) result.required = required
    if (!required?.length) delete result.required
    result.properties = each(properties, plainer)
  }
  if (items) result.items = plainer(items)
  if (isObject(more)) {
    if ((more as StructuralSchema).nullable) delete result.required
    result.additionalProperties = plainer(more as StructuralSchema)
  }
  return result as StructuralSchema
}

/**
 * @param words the descriptions of apiVersion and kind
 * @param prefix where named schemas stand
 */
export function customSchema(
  kind: KindDef,
  { prefix, v3 }: { prefix: string; v3: boolean },
  words: Readonly<Record<string, string>>,
): Json {
  const own = kind.structural
  const gvk = {
    'x-kubernetes-group-version-kind': [{ group: kind.group, kind: kind.kind, version: kind.version }],
  }
  if (!own || (!v3 && own[PRESERVE])) return { type: 'object', ...gvk }
  const { properties, ...rest } = v3 ? own : plainer(own)
  const reference = { $ref: prefix + META }
  const said = (name: string): Json => ({ type: 'string', ...(words[name] && { description: words[name] }) })
  return {
    type: 'object',
    ...rest,
    properties: {
      ...properties,
      apiVersion: said('apiVersion'),
      kind: said('kind'),
      metadata: v3 ? { description: META_WORDS, allOf: [reference] } : { description: META_WORDS, ...reference },
    },
    ...gvk,
  }
}

const LIST_WORDS =
  'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds'

/** A list of them. */
export function customListSchema(kind: KindDef, prefix: string, words: Readonly<Record<string, string>>): Json {
  const said = (name: string): Json => ({ type: 'string', ...(words[name] && { description: words[name] }) })
  const listKind = kind.listKind ?? `${kind.kind}List`
  const metadata = { $ref: `${prefix}io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta` }
  return {
    description: `${listKind} is a list of ${kind.kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: said('apiVersion'),
      items: {
        description: `List of ${kind.plural}. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md`,
        type: 'array',
        items: { $ref: prefix + customName(kind) },
      },
      kind: said('kind'),
      metadata: { description: LIST_WORDS, ...(prefix.includes('definitions') ? metadata : { allOf: [metadata] }) },
    },
    'x-kubernetes-group-version-kind': [{ group: kind.group, kind: listKind, version: kind.version }],
  }
}
