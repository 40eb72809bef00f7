/** Schemas as CEL's type checker takes them; where a list or map holds objects, what is in them is left open. */
import type { Environment, ObjectSchema } from '@marcbachmann/cel-js'
import type { StructuralSchema } from '../custom/structural.ts'

export type Shape = string | ObjectSchema

export const inside = (shape: Shape): string => (typeof shape === 'string' ? shape : 'dyn')

const STRUCTURAL: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
}

export function structuralShape(schema: StructuralSchema): Shape {
  if (schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields']) return 'dyn'
  if (schema.type === 'array') return `list<${schema.items ? inside(structuralShape(schema.items)) : 'dyn'}>`
  if (schema.type !== 'object') return STRUCTURAL[schema.type ?? ''] ?? 'dyn'
  if (typeof schema.additionalProperties === 'object')
    return `map<string, ${inside(structuralShape(schema.additionalProperties))}>`
  return schema.properties
    ? Object.fromEntries(Object.entries(schema.properties).map(([key, own]) => [key, structuralShape(own)]))
    : 'dyn'
}

export function declare(env: Environment, variable: string, shape: Shape): void {
  if (typeof shape === 'string') env.registerVariable(variable, shape)
  else env.registerVariable(variable, { schema: shape })
}
