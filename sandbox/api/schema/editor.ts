/** The editor's JSON schema: an if/then per kind, which validates twice as fast as oneOf. */
import { apiVersionOf, type KindDef } from '../kind.ts'
import type { DeclaredType, Shape } from './declarations.node.ts'

type JsonSchema = Record<string, unknown>

/** A type's id holds a slash, which a JSON pointer writes as ~1. */
const refTo = (type: string): JsonSchema => ({ $ref: `#/definitions/${type.replaceAll('/', '~1')}` })

function shapeSchema(shape: Shape): JsonSchema {
  switch (shape.is) {
    case 'string':
      return { type: 'string', ...(shape.enum && { enum: shape.enum }) }
    case 'number':
    case 'boolean':
      return { type: shape.is }
    case 'quantity':
      return { type: ['string', 'number'] }
    case 'intOrString':
      return { type: ['string', 'integer'] }
    case 'time':
    case 'microTime':
      return { type: 'string', format: 'date-time' }
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of) }
    case 'map':
      return { type: 'object', additionalProperties: shapeSchema(shape.of) }
    case 'ref':
      return refTo(shape.type)
    case 'any':
      return {}
  }
}

function typeSchema(type: DeclaredType): JsonSchema {
  const properties: JsonSchema = {}
  for (const field of type.fields) {
    const schema = shapeSchema(field.shape)
    const description = field.description && { description: field.description }
    properties[field.name] =
      field.shape.is === 'ref' && description ? { ...description, allOf: [schema] } : { ...description, ...schema }
  }
  const required = type.fields.filter(f => f.required).map(f => f.name)
  return {
    type: 'object',
    description: type.description,
    properties,
    ...(required.length && { required }),
    additionalProperties: false,
  }
}

export function editorSchema(
  types: readonly DeclaredType[],
  roots: readonly { kind: KindDef; type: string }[],
): JsonSchema {
  // What nobody writes into a file (reviews, events, attachments) would only clutter the completion.
  const written = roots.filter(({ kind }) => !kind.verbs?.every(v => v === 'create') && kind.kind !== 'Event')
  const byId = new Map(types.map(t => [t.id, t]))
  const definitions: JsonSchema = {}
  const add = (id: string): void => {
    if (definitions[id]) return
    const type = byId.get(id)!
    definitions[id] = typeSchema(type)
    const visit = (shape: Shape): void => {
      if (shape.is === 'ref') add(shape.type)
      else if (shape.is === 'list' || shape.is === 'map') visit(shape.of)
    }
    for (const field of type.fields) visit(field.shape)
  }
  for (const { type } of written) add(type)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { type: 'string', enum: [...new Set(written.map(({ kind }) => apiVersionOf(kind)))] },
      kind: { type: 'string', enum: [...new Set(written.map(({ kind }) => kind.kind))] },
    },
    allOf: written.map(({ kind, type }) => ({
      if: {
        properties: { apiVersion: { const: apiVersionOf(kind) }, kind: { const: kind.kind } },
        required: ['apiVersion', 'kind'],
      },
      // biome-ignore lint/suspicious/noThenProperty: JSON schema's own word
      then: refTo(type),
    })),
    definitions,
  }
}
