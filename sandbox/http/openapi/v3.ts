/** Operations as OpenAPI v3 writes them: every parameter in its place, and a schema for each media type. */
import { type Json, V3_PREFIX } from './definitions.ts'
import type { Operation, PathItem } from './operations.ts'
import { type Placed, placed } from './placed.ts'

const parameterOf = ({ type, name, in: where, required, description }: Placed): Json => ({
  name,
  in: where,
  description,
  ...(required && { required }),
  schema: { type, uniqueItems: true },
})

const schemaOf = (model: string): Json => (model === 'string' ? { type: 'string' } : { $ref: V3_PREFIX + model })
const contentOf = (types: readonly string[], model: string): Json =>
  Object.fromEntries([...types].sort().map(type => [type, { schema: schemaOf(model) }]))

const WORDS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' }

function operationOf(operation: Operation, parameters: readonly Placed[]): Json {
  const { id, description, tag, body, consumes = [], produces, answers, action, kind } = operation
  // What is sent is of any form unless it is a patch; forms that are named count for custom kinds alone.
  return {
    tags: [tag],
    description,
    operationId: id,
    ...(parameters.length && { parameters: parameters.map(parameterOf) }),
    ...(body && {
      requestBody: { content: contentOf(consumes, body.model), ...(body.required && { required: true }) },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, model]) => [
          status,
          { description: WORDS[status], content: contentOf(produces, model) },
        ]),
      ),
      401: { description: 'Unauthorized' },
    },
    ...(action && { 'x-kubernetes-action': action }),
    ...(action && { 'x-kubernetes-group-version-kind': kind }),
  }
}

export function itemOfV3(item: PathItem): Json {
  const { common, of } = placed(item)
  return {
    ...Object.fromEntries(item.operations.map(one => [one.method, operationOf(one, of(one))])),
    ...(common.length && { parameters: common.map(parameterOf) }),
  }
}
