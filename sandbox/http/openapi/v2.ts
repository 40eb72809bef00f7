/** Operations and schemas as OpenAPI v2 writes them: parameters that come often are shared, bodies are parameters too. */
import type { Json } from './definitions.ts'
import { V3_PREFIX } from './definitions.ts'
import type { Operation, PathItem } from './operations.ts'
import { type Placed, placed } from './placed.ts'
import { published } from './published.ts'

const PREFIX = '#/definitions/'

export const SECURITY = {
  BearerToken: {
    description: 'Bearer Token authentication',
    type: 'apiKey',
    name: 'authorization',
    in: 'header',
  },
}

/** Bodies that are shared as well: what any deletion and any patch takes. */
const BODIES: Readonly<Record<string, string>> = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions': 'body-2Y1dVQaQ',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': 'body-78PwaGsr',
}

const plain = ({ name, in: where, type, description, required }: Omit<Placed, 'shared'>): Json => ({
  ...(type && { uniqueItems: true, type }),
  description,
  name,
  in: where,
  ...(required && { required }),
})

const parameterOf = (parameter: Placed): Json =>
  parameter.shared ? { $ref: `#/parameters/${parameter.shared}` } : plain(parameter)

const schemaOf = (model: string): Json => (model === 'string' ? { type: 'string' } : { $ref: PREFIX + model })

const bodyOf = ({ model, required }: NonNullable<Operation['body']>): Json =>
  BODIES[model]
    ? { $ref: `#/parameters/${BODIES[model]}` }
    : { name: 'body', in: 'body', ...(required && { required }), schema: schemaOf(model) }

const WORDS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' }

function operationOf(operation: Operation, parameters: readonly Placed[]): Json {
  const { id, description, tag, body, consumes, produces, answers, action, kind } = operation
  // The body stands among the others, by its name.
  const before = body ? parameters.filter(p => p.name < 'body') : []
  const all = [
    ...before.map(parameterOf),
    ...(body ? [bodyOf(body)] : []),
    ...parameters.slice(before.length).map(parameterOf),
  ]
  return {
    description,
    ...(consumes && { consumes }),
    produces,
    schemes: ['https'],
    tags: [tag],
    operationId: id,
    ...(all.length && { parameters: all }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, model]) => [
          status,
          { description: WORDS[status], schema: schemaOf(model) },
        ]),
      ),
      401: { description: 'Unauthorized' },
    },
    ...(action && { 'x-kubernetes-action': action, 'x-kubernetes-group-version-kind': kind }),
  }
}

export function itemOfV2(item: PathItem): Json {
  const { common, of } = placed(item)
  return {
    ...Object.fromEntries(item.operations.map(one => [one.method, operationOf(one, of(one))])),
    ...(common.length && { parameters: common.map(parameterOf) }),
  }
}

/** By their names, bodies with them. */
export const sharedParameters = (): Json => {
  const shared = Object.entries(published.PARAMETERS).filter(([key, [name]]) => key !== name)
  const bodies = Object.entries(BODIES).map(([model, key]): [string, Json] => [
    key,
    {
      name: 'body',
      in: 'body',
      ...(key === BODIES['io.k8s.apimachinery.pkg.apis.meta.v1.Patch'] && { required: true }),
      schema: schemaOf(model),
    },
  ])
  const others = shared.map(([key, [name, where, type, description]]): [string, Json] => [
    key,
    plain({ name, in: where, type, description, required: where === 'path' }),
  ])
  return Object.fromEntries([...bodies, ...others].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** v2 tells no defaults, and lets words stand beside a reference. */
export function schemaOfV2(schema: Json | undefined): Json | undefined {
  return schema && (inV2(schema) as Json)
}

function inV2(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith(V3_PREFIX)) return PREFIX + value.slice(V3_PREFIX.length)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inV2)
  const { default: _, allOf, ...rest } = value as { default?: unknown; allOf?: readonly Json[] }
  const [only, ...more] = allOf ?? []
  const plainer = only?.$ref && !more.length ? { ...rest, ...only } : { ...rest, ...(allOf && { allOf }) }
  return Object.fromEntries(
    Object.entries<unknown>(plainer).map(([key, inner]) =>
      // A field may be called default.
      key === 'properties'
        ? [key, Object.fromEntries(Object.entries(inner as object).map(([name, one]) => [name, inV2(one)]))]
        : [key, inV2(inner)],
    ),
  )
}
