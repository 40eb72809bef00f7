/** x-kubernetes-validations: whether a schema has such rules, and what they say of an object. */
import { cel } from '../cel/part.ts'
import type { FieldError } from '../fields.ts'
import { isObject } from '../formats/json.ts'
import type { StructuralSchema } from './structural.ts'

const known = new WeakMap<StructuralSchema, boolean>()

export function hasRules(schema: StructuralSchema): boolean {
  let found = known.get(schema)
  if (found === undefined) {
    const inner = [
      ...Object.values(schema.properties ?? {}),
      schema.items,
      isObject(schema.additionalProperties) ? schema.additionalProperties : undefined,
    ]
    found = Boolean(schema['x-kubernetes-validations']?.length) || inner.some(s => s && hasRules(s as StructuralSchema))
    known.set(schema, found)
  }
  return found
}

export const checkRules = (schema: StructuralSchema, object: unknown, old: unknown): FieldError[] =>
  cel.now.evaluateRules(schema, object, old).errors

/** Rules that an update breaks where it changes nothing. */
export function ruleWarnings(schema: StructuralSchema, object: unknown, old: unknown): string[] {
  if (old === undefined || !hasRules(schema)) return []
  return cel.now.evaluateRules(schema, object, old).warnings.map(({ field, body }) => `${field}: ${body}`)
}
