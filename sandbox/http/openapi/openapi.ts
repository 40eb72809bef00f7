/** OpenAPI v3 and v2, made from the schema; the explanations of fields are loaded when somebody asks. */

import { typeOf } from '../../api/decode.ts'
import { apiVersionOf, type KindDef } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'
import { type Field, type ObjectType, type Scalar, type Type, typeIds, typeNamed } from '../../api/schema/index.ts'
import { ALL_VERBS } from '../discovery.ts'
import { customName, customSchema } from './custom.ts'

type Json = Record<string, unknown>

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

/** Where a package's types are called from, in OpenAPI's names. */
function openApiName(id: string): string {
  const [pkg, name] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)]
  const path = pkg.replace('/', '.')
  switch (pkg.split('/')[0]) {
    case 'meta':
      return `io.k8s.apimachinery.pkg.apis.${path}.${name}`
    case 'apiextensions':
      return `io.k8s.apiextensions-apiserver.pkg.apis.${path}.${name}`
    case 'apiregistration':
      return `io.k8s.kube-aggregator.pkg.apis.${path}.${name}`
    default:
      return `io.k8s.api.${path}.${name}`
  }
}

/** Scalars that OpenAPI gives a name, so that `kubectl explain` shows it. */
const NAMED: Partial<Record<Exclude<Scalar, 'any'>, { name: string; schema: Json }>> = {
  quantity: {
    name: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
    schema: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  intOrString: {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  },
  time: { name: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time', schema: { type: 'string', format: 'date-time' } },
  microTime: {
    name: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
    schema: { type: 'string', format: 'date-time' },
  },
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'
/** What may be any JSON at all is called by what holds it. */
const FREE = {
  meta: { name: `${META}FieldsV1`, schema: { type: 'object' } },
  apiextensions: { name: `${EXTENSIONS}JSON`, schema: {} },
  others: { name: 'io.k8s.apimachinery.pkg.runtime.RawExtension', schema: { type: 'object' } },
} as const

function freeName(owner: ObjectType): string {
  const group = owner.id.slice(0, owner.id.indexOf('/'))
  return FREE[group === 'meta' || group === 'apiextensions' ? group : 'others'].name
}

const namedSchemas = (): { name: string; schema: Json }[] => [...Object.values(NAMED), ...Object.values(FREE)]

interface Style {
  /** Where named schemas stand. */
  prefix: string
  v3: boolean
}

type Descriptions = Record<string, Record<string, string | [string, string[]]>>
const nothing: Descriptions = {}

function shape(type: Type, style: Style, used: Set<string>, owner: ObjectType): Json {
  switch (type.is) {
    case 'list':
      return { type: 'array', items: shape(type.of, style, used, owner) }
    case 'map':
      return { type: 'object', additionalProperties: shape(type.of, style, used, owner) }
    case 'object':
      used.add(type.type.id)
      return { $ref: style.prefix + openApiName(type.type.id) }
    case 'any':
      return { $ref: style.prefix + freeName(owner) }
    default: {
      const named = NAMED[type.is]
      return named ? { $ref: style.prefix + named.name } : { ...SCALARS[type.is] }
    }
  }
}

const ZEROS: Partial<Record<Type['is'], unknown>> = { string: '', int32: 0, int64: 0, boolean: false, object: {} }

/** v3 tells what a field that is always written begins with. */
function defaultOf({ type, required, always, pointer, omitEmpty, ...field }: Field, style: Style): Json {
  if (style.v3 && field.default !== undefined) return { default: field.default }
  const zero = ZEROS[type.is]
  return style.v3 && zero !== undefined && (required || always) && !pointer && !omitEmpty ? { default: zero } : {}
}

const wordsOf = (entry: string | [string, string[]] | undefined): string =>
  Array.isArray(entry) ? entry[0] : (entry ?? '')
const enumOf = (entry: string | [string, string[]] | undefined): readonly string[] =>
  Array.isArray(entry) ? entry[1] : []

function definition(
  type: ObjectType,
  words: Record<string, string | [string, string[]]>,
  style: Style,
  used: Set<string>,
  kinds: readonly KindDef[],
): Json {
  const properties: Json = {}
  const required: string[] = []
  for (const field of type.fields.values()) {
    const inner = shape(field.type, style, used, type)
    const entry = words[field.name]
    const values = field.type.is === 'string' ? enumOf(entry) : []
    const facts: Json = {
      ...defaultOf(field, style),
      ...(wordsOf(entry) && { description: withEnum(wordsOf(entry), values) }),
      ...(values.length && { enum: values }),
      ...(field.list?.type === 'map' && {
        'x-kubernetes-list-map-keys': field.list.keys,
        'x-kubernetes-list-type': 'map',
      }),
      ...(field.list &&
        field.list.type !== 'map' &&
        field.type.is === 'list' && { 'x-kubernetes-list-type': field.list.type }),
      ...(field.list?.type === 'atomic' && field.type.is !== 'list' && { 'x-kubernetes-map-type': 'atomic' }),
      ...(field.merge && {
        ...(field.merge.key && { 'x-kubernetes-patch-merge-key': field.merge.key }),
        'x-kubernetes-patch-strategy': field.retainKeys ? 'merge,retainKeys' : 'merge',
      }),
      ...(!field.merge && field.retainKeys && { 'x-kubernetes-patch-strategy': 'retainKeys' }),
      ...(field.replaced && { 'x-kubernetes-patch-strategy': 'replace' }),
    }
    properties[field.name] =
      inner.$ref && style.v3 && Object.keys(facts).length ? { ...facts, allOf: [inner] } : { ...facts, ...inner }
    if (field.required) required.push(field.name)
  }
  return {
    ...(wordsOf(words['']) && { description: wordsOf(words['']) }),
    type: 'object',
    ...(required.length && { required: required.sort() }),
    ...(type.fields.size && { properties }),
    ...(type.preserveUnknown && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(kinds.length && {
      'x-kubernetes-group-version-kind': kinds.map(({ group, version, kind }) => ({ group, kind, version })),
    }),
  }
}

/** Allowed values are listed after the words, as the published descriptions do. */
const withEnum = (text: string, values: readonly string[]): string =>
  values.length && !text.includes('Possible enum values')
    ? `${text}\n\nPossible enum values:\n${values.map(v => ` - \`${JSON.stringify(v)}\``).join('\n')}`
    : text

const VERB_METHODS: Readonly<Record<string, string>> = {
  get: 'get',
  list: 'get',
  create: 'post',
  update: 'put',
  patch: 'patch',
  delete: 'delete',
}

const parameter = (name: string, type: string): Json => ({ name, in: 'query', schema: { type, uniqueItems: true } })

/** Enough of the paths for clients to see which parameters the server knows. */
function paths(kind: KindDef): Json {
  const base = `${kind.group ? `/apis/${kind.group}` : '/api'}/${kind.version}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`
  const verbs: readonly string[] = kind.verbs ?? ALL_VERBS
  const gvk = { 'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind } }
  const operation = (verb: string): Json => ({
    ...gvk,
    'x-kubernetes-action': verb === 'create' ? 'post' : verb === 'update' ? 'put' : verb,
    parameters: ['create', 'update', 'patch'].includes(verb)
      ? [parameter('dryRun', 'string'), parameter('fieldManager', 'string'), parameter('fieldValidation', 'string')]
      : [],
    responses: { 200: { description: 'OK' } },
  })
  const at = (wanted: readonly string[]): Json =>
    Object.fromEntries(verbs.filter(v => wanted.includes(v)).map(v => [VERB_METHODS[v]!, operation(v)]))
  return { [base]: at(['list', 'create']), [`${base}/{name}`]: at(['get', 'update', 'patch', 'delete']) }
}

const loadDescriptions = async (): Promise<Descriptions> =>
  (await import('../../api/schema/generated/descriptions.ts')).DESCRIPTIONS

/** What every object says of itself, in the words that the published types use. */
const typeWords = (descriptions: Descriptions): Record<string, string> => {
  const words = descriptions['meta/v1.DeleteOptions'] ?? {}
  return { apiVersion: wordsOf(words.apiVersion), kind: wordsOf(words.kind) }
}

function document(kinds: readonly KindDef[], descriptions: Descriptions): Json {
  const style: Style = { prefix: '#/components/schemas/', v3: true }
  const schemas: Json = {}
  const byType = new Map<string, KindDef[]>()
  const waiting: ObjectType[] = []
  for (const kind of kinds) {
    if (kind.custom) schemas[customName(kind)] = customSchema(kind, style, typeWords(descriptions))
    const type = kind.custom ? typeNamed('meta/v1.ObjectMeta') : typeOf(kind)
    if (!type) continue
    if (kind.custom) waiting.push(type)
    else byType.set(type.id, [...(byType.get(type.id) ?? []), kind])
    waiting.push(type)
  }
  const done = new Set<string>()
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    if (done.has(type.id)) continue
    done.add(type.id)
    const used = new Set<string>()
    const words = descriptions[type.id] ?? {}
    schemas[openApiName(type.id)] = definition(type, words, style, used, byType.get(type.id) ?? [])
    for (const id of used) {
      const next = typeNamed(id)
      if (next) waiting.push(next)
    }
  }
  for (const { name, schema } of namedSchemas()) schemas[name] = schema
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.assign({}, ...kinds.map(paths)),
    components: { schemas },
  }
}

/** What there are documents of, as paths: api/v1, apis/apps/v1 … */
export const versions = (registry: Registry): string[] =>
  [...new Set(registry.all().map(({ group, version }) => `${group ? `apis/${group}` : 'api'}/${version}`))].sort()

const kindsOf = (registry: Registry, path: string): KindDef[] => {
  const version = path.replace(/^apis?\//, '')
  return registry.all().filter(k => apiVersionOf(k) === version)
}

/** What decides how a document comes out: which version it is of, and what definitions say of its custom kinds. */
export function identity(registry: Registry, path: string): string {
  const custom = kindsOf(registry, path).filter(kind => kind.custom)
  const style: Style = { prefix: '', v3: true }
  return JSON.stringify([
    path,
    ...custom.map(kind => [customName(kind), customSchema(kind, style, typeWords(nothing))]),
  ])
}

/** GET /openapi/v3/PATH, of a path that is there. */
export async function groupVersion(registry: Registry, path: string): Promise<string> {
  const kinds = kindsOf(registry, path)
  return JSON.stringify(document(kinds, await loadDescriptions()))
}

export const V2_PROTOBUF = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'

/**
 * v2 in protobuf, which kubectl asks for when v3 does not know a kind: only its head, so that clients learn that v2 does
 * not know it either. All of the content is in v3, and in v2 as JSON.
 */
export function v2Head(): string {
  const field = (number: number, text: string): string => String.fromCharCode((number << 3) | 2, text.length) + text
  return field(1, '2.0') + field(2, field(1, 'Kubernetes') + field(2, 'v1.36.2'))
}

/** GET /openapi/v2: all in one. */
export async function v2(registry: Registry): Promise<string> {
  const words = await loadDescriptions().catch(() => nothing)
  const style: Style = { prefix: '#/definitions/', v3: false }
  const definitions: Json = {}
  const byType = new Map<string, KindDef[]>()
  for (const kind of registry.all()) {
    const type = typeOf(kind)
    if (kind.custom) definitions[customName(kind)] = customSchema(kind, style, typeWords(words))
    if (type) byType.set(type.id, [...(byType.get(type.id) ?? []), kind])
  }
  const types = [...new Set([...typeIds(), ...byType.keys()])]
  for (const id of types) {
    const type = typeNamed(id) ?? typeOf(byType.get(id)![0]!)
    if (type) definitions[openApiName(id)] = definition(type, words[id] ?? {}, style, new Set(), byType.get(id) ?? [])
  }
  for (const { name, schema } of namedSchemas()) {
    const { oneOf, ...rest } = schema
    definitions[name] = oneOf ? { type: 'string', ...rest } : rest
  }
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: Object.assign({}, ...registry.all().map(paths)),
    definitions,
  })
}
