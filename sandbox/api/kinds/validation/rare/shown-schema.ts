/** A schema as the type of the server's own code is printed: every field, in its order. */
import { isObject } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'

/** The name there, the name in the API, and what it is when nobody has said. */
const FIELDS: readonly (readonly [name: string, key: string, empty: Draft])[] = [
  ['ID', 'id', ''],
  ['Schema', '$schema', ''],
  ['Ref', '$ref', null],
  ['Description', 'description', ''],
  ['Type', 'type', ''],
  ['Nullable', 'nullable', false],
  ['Format', 'format', ''],
  ['Title', 'title', ''],
  ['Default', 'default', null],
  ['Maximum', 'maximum', null],
  ['ExclusiveMaximum', 'exclusiveMaximum', false],
  ['Minimum', 'minimum', null],
  ['ExclusiveMinimum', 'exclusiveMinimum', false],
  ['MaxLength', 'maxLength', null],
  ['MinLength', 'minLength', null],
  ['Pattern', 'pattern', ''],
  ['MaxItems', 'maxItems', null],
  ['MinItems', 'minItems', null],
  ['UniqueItems', 'uniqueItems', false],
  ['MultipleOf', 'multipleOf', null],
  ['Enum', 'enum', null],
  ['MaxProperties', 'maxProperties', null],
  ['MinProperties', 'minProperties', null],
  ['Required', 'required', null],
  ['Items', 'items', null],
  ['AllOf', 'allOf', null],
  ['OneOf', 'oneOf', null],
  ['AnyOf', 'anyOf', null],
  ['Not', 'not', null],
  ['Properties', 'properties', null],
  ['AdditionalProperties', 'additionalProperties', null],
  ['PatternProperties', 'patternProperties', null],
  ['Dependencies', 'dependencies', null],
  ['AdditionalItems', 'additionalItems', null],
  ['Definitions', 'definitions', null],
  ['ExternalDocs', 'externalDocs', null],
  ['Example', 'example', null],
  ['XPreserveUnknownFields', 'x-kubernetes-preserve-unknown-fields', null],
  ['XEmbeddedResource', 'x-kubernetes-embedded-resource', false],
  ['XIntOrString', 'x-kubernetes-int-or-string', false],
  ['XListMapKeys', 'x-kubernetes-list-map-keys', null],
  ['XListType', 'x-kubernetes-list-type', null],
  ['XMapType', 'x-kubernetes-map-type', null],
  ['XValidations', 'x-kubernetes-validations', null],
]

const GO_NAMES: ReadonlyMap<string, string> = new Map(FIELDS.map(([name, key]) => [key, name]))
export const goNameOf = (key: string): string | undefined => GO_NAMES.get(key)

const SCHEMAS = new Set(['allOf', 'oneOf', 'anyOf'])
const BY_NAME = new Set(['properties', 'patternProperties', 'definitions'])

const shownRule = (rule: Draft): Draft => ({
  Rule: rule.rule ?? '',
  Message: rule.message ?? '',
  MessageExpression: rule.messageExpression ?? '',
  Reason: rule.reason ?? null,
  FieldPath: rule.fieldPath ?? '',
  OptionalOldSelf: rule.optionalOldSelf ?? null,
})

function inner(key: string, value: Draft): Draft {
  if (key === 'items') return { Schema: shownSchema(value), JSONSchemas: null }
  if (key === 'not') return shownSchema(value)
  if (key === 'additionalProperties')
    return isObject(value) ? { Allows: true, Schema: shownSchema(value) } : { Allows: value, Schema: null }
  if (SCHEMAS.has(key)) return value.map(shownSchema)
  if (key === 'x-kubernetes-validations') return value.map(shownRule)
  if (key === 'externalDocs') return { Description: value.description ?? '', URL: value.url ?? '' }
  if (BY_NAME.has(key))
    return Object.fromEntries(
      Object.entries<Draft>(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, own]) => [name, shownSchema(own)]),
    )
  return value
}

export const shownSchema = (schema: Draft): Draft =>
  Object.fromEntries(
    FIELDS.map(([name, key, empty]) => [name, schema[key] === undefined ? empty : inner(key, schema[key])]),
  )
