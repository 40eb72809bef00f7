/** The schemas of the models, as v3 has them: from the schema's types, put right by what Kubernetes has published. */
import type { KindDef } from '../../api/kind.ts'
import { kinds } from '../../api/kinds/index.ts'
import { type Field, type ObjectType, type Scalar, type Type, typeIds, typeNamed } from '../../api/schema/index.ts'
import { customListSchema, customName, customSchema } from './custom.ts'
import { listModel, modelOf, openApiName } from './models.ts'

export type Json = Record<string, unknown>
export type Descriptions = Record<string, Record<string, string | [string, string[]]>>

/** What Kubernetes has published and our schema does not say; see published.node.ts. */
export interface Published {
  /** Model → its schema, where no type of ours is it. */
  MODELS: Readonly<Record<string, Json>>
  /** The same as v2 has it, where that is another. */
  MODELS_OF_V2: Readonly<Record<string, Json>>
  /** Model → what is otherwise than our type makes it, as a merge patch. */
  CORRECTIONS: Readonly<Record<string, Json>>
}

export const V3_PREFIX = '#/components/schemas/'

const SCALARS: Readonly<Record<Exclude<Scalar, 'any'>, Json>> = {
  string: { type: 'string' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  quantity: { type: 'string' },
  intOrString: { type: 'string', format: 'int-or-string' },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'

/** Scalars that OpenAPI gives a name, so that `kubectl explain` shows it. */
const NAMED: Partial<Record<Exclude<Scalar, 'any'>, string>> = {
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  time: `${META}Time`,
  microTime: `${META}MicroTime`,
}

/** What may be any JSON at all is called by what holds it. */
function freeName(owner: ObjectType): string {
  switch (owner.id.slice(0, owner.id.indexOf('/'))) {
    case 'meta':
      return `${META}FieldsV1`
    case 'apiextensions':
      return 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON'
    default:
      return 'io.k8s.apimachinery.pkg.runtime.RawExtension'
  }
}

const reference = (model: string): Json => ({ $ref: V3_PREFIX + model })

function shape(type: Type, owner: ObjectType): Json {
  switch (type.is) {
    case 'list':
      return { type: 'array', items: shape(type.of, owner) }
    case 'map':
      return { type: 'object', additionalProperties: shape(type.of, owner) }
    case 'object':
      return reference(openApiName(type.type.id))
    case 'any':
      return reference(freeName(owner))
    default: {
      const named = NAMED[type.is]
      return named ? reference(named) : { ...SCALARS[type.is] }
    }
  }
}

const ZEROS: Partial<Record<Type['is'], unknown>> = { string: '', int32: 0, int64: 0, boolean: false, object: {} }

/** What a field that is always written begins with. */
function defaultOf({ type, required, always, pointer, omitEmpty, ...field }: Field): Json {
  if (field.default !== undefined) return { default: field.default }
  const zero = ZEROS[type.is]
  return zero !== undefined && (required || always) && !pointer && !omitEmpty ? { default: zero } : {}
}

const LISTED = '\n\nPossible enum values:'
const wordsOf = (entry: string | [string, string[]] | undefined): string =>
  Array.isArray(entry) ? entry[0] : (entry ?? '')

function factsOf(field: Field): Json {
  return {
    ...defaultOf(field),
    ...(field.list?.type === 'map' && {
      'x-kubernetes-list-map-keys': field.list.keys,
      'x-kubernetes-list-type': 'map',
    }),
    ...(field.list &&
      field.list.type !== 'map' &&
      field.type.is === 'list' && { 'x-kubernetes-list-type': field.list.type }),
    ...(field.list?.type === 'atomic' && field.type.is === 'map' && { 'x-kubernetes-map-type': 'atomic' }),
    ...(field.merge && {
      ...(field.merge.key && { 'x-kubernetes-patch-merge-key': field.merge.key }),
      'x-kubernetes-patch-strategy': field.retainKeys ? 'merge,retainKeys' : 'merge',
    }),
    ...(!field.merge && field.retainKeys && { 'x-kubernetes-patch-strategy': 'retainKeys' }),
    ...(field.replaced && { 'x-kubernetes-patch-strategy': 'replace' }),
  }
}

const kindOfModel = new Map(kinds.map(kind => [modelOf(kind), kind]))
const typeOfModel = new Map(typeIds().map(id => [openApiName(id), id]))

const gvk = ({ group, kind, version }: { group: string; kind: string; version: string }): Json => ({
  group,
  kind,
  version,
})

/** As our type has it, without the values that a field may have. */
export function plainDefinition(model: string, descriptions: Descriptions): Json | undefined {
  const id = typeOfModel.get(model)
  const type = id && typeNamed(id)
  if (!type) return undefined
  const words = descriptions[id] ?? {}
  const properties: Json = {}
  const required: string[] = []
  for (const field of type.fields.values()) {
    const inner = shape(field.type, type)
    const description = wordsOf(words[field.name]).split(LISTED, 1)[0]
    const facts = { ...(description && { description }), ...factsOf(field) }
    properties[field.name] =
      inner.$ref && Object.keys(facts).length ? { ...facts, allOf: [inner] } : { ...facts, ...inner }
    if (field.required) required.push(field.name)
  }
  const kind = kindOfModel.get(model)
  return {
    ...(wordsOf(words['']) && { description: wordsOf(words['']) }),
    type: 'object',
    ...(required.length && { required: required.sort() }),
    ...(type.fields.size && { properties }),
    ...(type.preserveUnknown && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(kind && { 'x-kubernetes-group-version-kind': [gvk(kind)] }),
  }
}

/** RFC 7386. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const result: Json = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}

/** Puts in what a field may be; the static documents that corrections come from leave it out. */
function withValues(schema: Json, words: Descriptions[string]): Json {
  const properties: Json = { ...(schema.properties as Json) }
  for (const [name, entry] of Object.entries(words)) {
    const property = properties[name] as Json | undefined
    if (!Array.isArray(entry) || property?.type !== 'string') continue
    const [text, values] = entry
    const told = text.includes(LISTED)
      ? text.slice(text.indexOf(LISTED))
      : `${LISTED}\n${values.map(v => ` - \`${JSON.stringify(v)}\``).join('\n')}`
    properties[name] = { ...property, description: `${property.description ?? ''}${told}`, enum: values }
  }
  return { ...schema, properties }
}

/** Model → its schema in v3, of one registry's kinds. */
export function definitionsOf(
  served: readonly KindDef[],
  descriptions: Descriptions,
  { MODELS, CORRECTIONS }: Published,
): (model: string) => Json | undefined {
  const custom = new Map<string, Json>()
  const words = typeWords(descriptions)
  for (const kind of served.filter(k => k.custom)) {
    custom.set(customName(kind), customSchema(kind, { prefix: V3_PREFIX, v3: true }, words))
    custom.set(listModel(kind), customListSchema(kind, V3_PREFIX, words))
  }
  return model => {
    const own = plainDefinition(model, descriptions)
    if (!own) return custom.get(model) ?? MODELS[model]
    const right = merged(own, CORRECTIONS[model] ?? {}) as Json
    return right.properties ? withValues(right, descriptions[typeOfModel.get(model)!] ?? {}) : right
  }
}

/** What every object says of itself, in the words that the published types use. */
export const typeWords = (descriptions: Descriptions): Record<string, string> => {
  const words = descriptions['meta/v1.DeleteOptions'] ?? {}
  return { apiVersion: wordsOf(words.apiVersion), kind: wordsOf(words.kind) }
}

/** The models that a schema speaks of. */
export function spokenOf(schema: unknown, found: (model: string) => void): void {
  if (Array.isArray(schema)) for (const one of schema) spokenOf(one, found)
  else if (typeof schema === 'object' && schema !== null)
    for (const [key, value] of Object.entries(schema))
      if (key === '$ref' && typeof value === 'string') found(value.slice(value.lastIndexOf('/') + 1))
      else spokenOf(value, found)
}
