/** Validation of schemas of custom resources beyond their structure: list and map types, defaults, rules in CEL. */

import { checkRules, hasRules } from '../../../custom/rules.ts'
import { check } from '../../../custom/schema-check.ts'
import { prune } from '../../../custom/structural.ts'
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import { deepEqual, isObject } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { compiledRules, type RuleScope, scopeBelow, statedRules } from './definition-rules.ts'
import { UNKNOWN_TO_STRUCTURE } from './structural-schema.ts'

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']
const LIST_TYPES = ['atomic', 'set', 'map']
const MAP_TYPES = ['atomic', 'granular']
const META = new Set(['metadata', 'kind', 'apiVersion'])

/** Faults of the schema before those of its rules. */
export interface SchemaFaults {
  schema: FieldError[]
  rules: FieldError[]
}

interface Place {
  isRoot: boolean
  /** Why there may be no default. */
  noDefaults?: string
  /** In what every object has. */
  isMeta: boolean
  /** Below what cannot be told from what it was. */
  uncorrelatable?: string
  scope: RuleScope | undefined
}

/** @param scope undefined when the schema is too unsound for its rules to be understood */
export const schemaFaults = (schema: Draft, path: string, scope: RuleScope | undefined): SchemaFaults =>
  faults(schema, path, { isRoot: true, isMeta: false, scope })

const sorted = (o: Draft): [string, Draft][] => Object.entries<Draft>(o ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

/** Every node's own part, then those below it, then what is built on them. */
function faults(s: Draft, path: string, place: Place): SchemaFaults {
  if (!s) return { schema: [], rules: [] }
  const found: SchemaFaults = { schema: [...own(s, path, place)], rules: [] }
  const add = (child: Draft, at: string, change: Partial<Place>): void => {
    const inner = faults(child, at, { ...place, isRoot: false, ...change })
    found.schema.push(...inner.schema)
    found.rules.push(...inner.rules)
  }
  below(s, path, place, add)
  found.schema.push(...mapType(s, path), ...listType(s, path), ...statedRules(s, path))
  if (!found.schema.length && place.scope)
    found.rules.push(...compiledRules(s, path, place.scope, place.uncorrelatable))
  return found
}

function below(
  s: Draft,
  path: string,
  place: Place,
  add: (child: Draft, at: string, change: Partial<Place>) => void,
): void {
  const within = (child: Draft): { scope: RuleScope | undefined } => ({ scope: scopeBelow(place.scope, s, child) })
  const unless = (holds: boolean): Partial<Place> => (holds || place.uncorrelatable ? {} : { uncorrelatable: path })
  if (isObject(s.additionalProperties))
    add(s.additionalProperties, `${path}.additionalProperties`, {
      ...within(s.additionalProperties),
      ...(place.isMeta && { noDefaults: 'inside additionalProperties applying to object metadata' }),
    })
  for (const [key, child] of sorted(s.properties)) {
    const isMeta = (place.isRoot || s['x-kubernetes-embedded-resource']) && META.has(key)
    add(child, `${path}.properties[${key}]`, {
      ...within(child),
      ...unless(isCorrelatable(s)),
      ...(isMeta && { isMeta: true }),
      ...(isMeta && place.isRoot && { noDefaults: `in top-level ${key}` }),
    })
  }
  const nested = { scope: undefined }
  add(s.not, `${path}.not`, nested)
  for (const key of ['allOf', 'oneOf', 'anyOf'])
    for (const [i, child] of (s[key] ?? []).entries()) add(child, `${path}.${key}[${i}]`, nested)
  if (s.items) add(s.items, `${path}.items`, { ...within(s.items), ...unless(s['x-kubernetes-list-type'] === 'map') })
}

const isCorrelatable = (s: Draft): boolean => {
  const type = s['x-kubernetes-map-type']
  return type === undefined || MAP_TYPES.includes(type)
}

function own(s: Draft, path: string, { noDefaults, isMeta }: Place): FieldError[] {
  const errors: FieldError[] = []
  if (s.type && !TYPES.includes(s.type)) errors.push(notSupported(`${path}.type`, s.type, TYPES))
  if (s.default !== undefined && noDefaults)
    errors.push(forbiddenField(`${path}.default`, `must not be set ${noDefaults}`))
  for (const key of UNKNOWN_TO_STRUCTURE)
    if (s[key] !== undefined) errors.push(forbiddenField(`${path}.${key}`, `${key} is not supported`))
  if (s.type === 'null')
    errors.push(forbiddenField(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'))
  if (Array.isArray(s.items))
    errors.push(forbiddenField(`${path}.items`, 'items must be a schema object and not an array'))
  if (isMeta && s['x-kubernetes-embedded-resource'])
    errors.push(forbiddenField(`${path}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta'))
  if (s.uniqueItems) {
    const why = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic'
    errors.push(forbiddenField(`${path}.uniqueItems`, why))
  }
  if (s.additionalProperties !== undefined && s.additionalProperties !== true && Object.keys(s.properties ?? {}).length)
    errors.push(
      forbiddenField(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'),
    )
  return errors
}

const typed = (s: Draft, wanted: string, why: string, path: string): FieldError[] => {
  if (s.type === wanted) return []
  return [s.type ? invalid(`${path}.type`, s.type, why) : required(`${path}.type`, why)]
}

function mapType(s: Draft, path: string): FieldError[] {
  const key = 'x-kubernetes-map-type'
  const errors: FieldError[] = []
  if (s['x-kubernetes-preserve-unknown-fields'] === false)
    errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'))
  if (s[key] === undefined) return errors
  errors.push(...typed(s, 'object', `must be object if ${key} is specified`, path))
  return MAP_TYPES.includes(s[key]) ? errors : [...errors, notSupported(`${path}.${key}`, s[key], MAP_TYPES)]
}

function listType(s: Draft, path: string): FieldError[] {
  const key = 'x-kubernetes-list-type'
  const type: string | undefined = s[key]
  const keys: string[] = s['x-kubernetes-list-map-keys'] ?? []
  const errors: FieldError[] = []
  if (type !== undefined && s.type !== 'array')
    errors.push(...typed(s, 'array', `must be array if ${key} is specified`, path))
  else if (type === 'set') errors.push(...setItems(s.items, `${path}.items`))
  if (type !== undefined && !LIST_TYPES.includes(type)) errors.push(notSupported(`${path}.${key}`, type, LIST_TYPES))
  if (keys.length && type !== 'map') {
    const why = 'must be map if x-kubernetes-list-map-keys is non-empty'
    errors.push(type === undefined ? required(`${path}.${key}`, why) : invalid(`${path}.${key}`, type, why))
  }
  if (type === 'map') errors.push(...mapItems(s, keys, path))
  return [...errors, ...nullableItems(s, keys, path)]
}

/** Members of a set are told apart as a whole. */
function setItems(items: Draft, path: string): FieldError[] {
  const why = 'must be atomic as item of a list with x-kubernetes-list-type=set'
  const list = items?.['x-kubernetes-list-type']
  if (items?.type === 'array' && list !== undefined && list !== 'atomic')
    return [invalid(`${path}.x-kubernetes-list-type`, list, why)]
  if (items?.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic')
    return [invalid(`${path}.x-kubernetes-map-type`, list ?? null, why)]
  return []
}

function mapItems({ items }: Draft, keys: readonly string[], path: string): FieldError[] {
  const at = `${path}.x-kubernetes-list-map-keys`
  const errors: FieldError[] = []
  if (!keys.length) errors.push(required(at, 'must not be empty if x-kubernetes-list-type is map'))
  if (!items) return [...errors, required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')]
  if (items.type !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map"
    return [...errors, invalid(`${path}.items.type`, items.type ?? '', why)]
  }
  for (const [i, name] of keys.entries()) {
    const own = items.properties?.[name]
    if (!own) errors.push(invalid(at, keys, 'entries must all be names of item properties'))
    else if (own.type === 'array' || own.type === 'object') {
      const why = "must be a scalar type if parent array's x-kubernetes-list-type is map"
      errors.push(invalid(`${path}.items.properties[${name}].type`, items.type, why))
    }
    if (keys.indexOf(name) < i) errors.push(invalid(at, keys, 'must not contain duplicate entries'))
  }
  return errors
}

/** What tells entries apart is always there. */
function nullableItems(s: Draft, keys: readonly string[], path: string): FieldError[] {
  const type = s['x-kubernetes-list-type']
  const { items } = s
  if (!items || (type !== 'set' && type !== 'map')) return []
  const errors: FieldError[] = []
  if (items.nullable)
    errors.push(forbiddenField(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${type}`))
  if (type === 'set') return errors
  for (const name of keys) {
    const own = items.properties?.[name]
    if (!own) continue
    const its = `${path}.items.properties[${name}]`
    const because = 'this property is in x-kubernetes-list-map-keys, so it'
    if (own.default == null && !items.required?.includes(name))
      errors.push(required(`${its}.default`, `${because} must have a default or be a required property`))
    if (own.nullable) errors.push(forbiddenField(`${its}.nullable`, `${because} cannot be nullable`))
  }
  return errors
}

/** Defaults have to fit the schema that they stand in. */
export function defaults(s: Draft, path: string): FieldError[] {
  if (!s) return []
  const errors: FieldError[] = []
  if (s.default !== undefined) {
    const here = `${path}.default`
    const unknown: string[] = []
    if (!deepEqual(prune(s, s.default, unknown, '', Boolean(s['x-kubernetes-embedded-resource'])), s.default))
      errors.push(invalid(here, s.default, 'must not have unknown fields'))
    // The messages speak of places in the default, as if it were an object of its own.
    const inside = (field: string): string => (field && field !== '<nil>' ? `${here}.${field}` : here)
    const unfit = check(s, s.default, '')
    const broken = unfit.length || !hasRules(s) ? [] : checkRules(s, s.default, undefined)
    errors.push(...[...unfit, ...broken].map(error => ({ ...error, field: inside(error.field) })))
  }
  return [
    ...errors,
    ...defaults(s.items, `${path}.items`),
    ...sorted(s.properties).flatMap(([key, own]) => defaults(own, `${path}.properties[${key}]`)),
    ...(isObject(s.additionalProperties) ? defaults(s.additionalProperties, `${path}.additionalProperties`) : []),
  ]
}
