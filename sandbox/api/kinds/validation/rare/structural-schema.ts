/** Schemas of custom resources as they must be to be structural: every node says its type, and what is only checked says nothing else. */
import { regex } from '../../../cel/runtime/regex.ts'
import { CelError } from '../../../cel/runtime/values.ts'
import { type FieldError, forbiddenField, invalid, required } from '../../../fields.ts'
import { deepEqual, isObject } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'

type Level = 'root' | 'item' | 'field'

const EMPTY: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
}
const INT_OR_STRING = [{ type: 'integer' }, { type: 'string' }]

const embedded = (s: Draft): boolean => s['x-kubernetes-embedded-resource'] === true
const PRESERVING = 'x-kubernetes-preserve-unknown-fields'
const preserving = (s: Draft): boolean => s[PRESERVING] === true
const eitherType = (s: Draft): boolean => s['x-kubernetes-int-or-string'] === true
const isEither = (list: unknown): boolean => deepEqual(list, INT_OR_STRING)
const sorted = (o: Draft): [string, Draft][] => Object.entries<Draft>(o ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

/** What JSON Schema has and custom resources do not. */
export const UNKNOWN_TO_STRUCTURE = [
  'id',
  'additionalItems',
  'patternProperties',
  'definitions',
  'dependencies',
  '$ref',
]

/** Whether a schema says things from which no structure can be made, which is said of them elsewhere. */
export function hasNoStructure(s: Draft): boolean {
  if (!isObject(s)) return false
  const isOdd = UNKNOWN_TO_STRUCTURE.some(key => (s as Draft)[key] !== undefined)
  if (isOdd || Array.isArray((s as Draft).items) || (s as Draft)[PRESERVING] === false) return true
  const { items, properties, additionalProperties, not, allOf = [], anyOf = [], oneOf = [] } = s as Draft
  const within = [items, additionalProperties, not, ...Object.values(properties ?? {}), ...allOf, ...anyOf, ...oneOf]
  return within.some(hasNoStructure)
}

/** All that keeps a schema from being structural, sorted by what is said. */
export function structuralFaults(schema: Draft, path: string): FieldError[] {
  const errors = [...invariants(schema, 'root', path), ...missing(schema, schema, path, path)]
  const words = ({ field, body }: FieldError): string => `${field}: ${body}`
  return errors.sort((a, b) => (words(a) < words(b) ? -1 : 1))
}

function invariants(s: Draft, level: Level, path: string): FieldError[] {
  if (!s) return []
  const more = s.additionalProperties
  const errors: FieldError[] = []
  if (s.type === 'array' && !s.items) errors.push(required(`${path}.items`, 'must be specified'))
  errors.push(...invariants(s.items, 'item', `${path}.items`))
  for (const [key, own] of sorted(s.properties)) errors.push(...invariants(own, 'field', `${path}.properties[${key}]`))
  if (more !== undefined) {
    if (level === 'root') errors.push(forbiddenField(`${path}.additionalProperties`, 'must not be used at the root'))
    if (isObject(more)) errors.push(...invariants(more, 'field', `${path}.additionalProperties`))
  }
  errors.push(...extensions(s, path))
  errors.push(...checks(s, isEither(s.anyOf), isEither(s.allOf?.[0]?.anyOf), path))
  errors.push(...type(s, level, path))
  if (embedded(s) && more !== undefined)
    errors.push(
      forbiddenField(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set'),
    )
  if (level === 'root' && s.type && s.type !== 'object')
    errors.push(invalid(`${path}.type`, s.type, 'must be object at the root'))
  return [...errors, ...typeMeta(s, level, path)]
}

function extensions(s: Draft, path: string): FieldError[] {
  const why = 'must be false if x-kubernetes-int-or-string is true'
  if (!eitherType(s)) return []
  return [
    ...(preserving(s) ? [invalid(`${path}.x-kubernetes-preserve-unknown-fields`, true, why)] : []),
    ...(embedded(s) ? [invalid(`${path}.x-kubernetes-embedded-resource`, true, why)] : []),
  ]
}

function type(s: Draft, level: Level, path: string): FieldError[] {
  const why = 'must be object if x-kubernetes-embedded-resource is true'
  if (embedded(s) && s.type !== 'object')
    return [s.type ? invalid(`${path}.type`, s.type, why) : required(`${path}.type`, why)]
  if (s.type || eitherType(s) || preserving(s)) return []
  return [required(`${path}.type`, EMPTY[level])]
}

/** What says which object it is. */
function typeMeta(s: Draft, level: Level, path: string): FieldError[] {
  const isObjectRoot = level === 'root' || embedded(s)
  const errors: FieldError[] = []
  for (const key of ['kind', 'apiVersion']) {
    const own = s.properties?.[key]
    if (own && isObjectRoot && own.type !== 'string')
      errors.push(invalid(`${path}.properties[${key}].type`, own.type ?? '', 'must be string'))
  }
  const metadata = s.properties?.metadata
  if (metadata) errors.push(...objectMeta(metadata, isObjectRoot, level, `${path}.properties[metadata]`))
  if (embedded(s) && !preserving(s) && !Object.keys(s.properties ?? {}).length) {
    const why =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields'
    errors.push(required(`${path}.properties`, why))
  }
  return errors
}

function objectMeta(s: Draft, isObjectRoot: boolean, level: Level, path: string): FieldError[] {
  const errors = isObjectRoot && s.type !== 'object' ? [invalid(`${path}.type`, s.type ?? '', 'must be object')] : []
  if (level !== 'root') return errors
  const { type: _type, default: _default, properties, ...others } = s
  const isKnown = Object.keys(properties ?? {}).every(key => key === 'name' || key === 'generateName')
  if (isKnown && !Object.keys(others).length) return errors
  const why = 'must not specify anything other than name and generateName, but metadata is implicitly specified'
  return [...errors, forbiddenField(path, why)]
}

/** What of a schema is only checked. */
function checks(s: Draft, skipAnyOf: boolean, skipFirst: boolean, path: string): FieldError[] {
  const each = (key: string): FieldError[] =>
    (s[key] ?? []).flatMap((own: Draft, i: number) => nested(own, false, `${path}.${key}[${i}]`))
  const errors = [
    ...(skipAnyOf ? [] : each('anyOf')),
    ...(s.allOf ?? []).flatMap((own: Draft, i: number) => nested(own, skipFirst && i === 0, `${path}.allOf[${i}]`)),
    ...each('oneOf'),
    ...nested(s.not, false, `${path}.not`),
  ]
  const why = s.pattern ? badPattern(s.pattern) : undefined
  if (why) errors.push(invalid(`${path}.pattern`, s.pattern, `must be a valid regular expression, but isn't: ${why}`))
  return errors
}

function badPattern(pattern: string): string | undefined {
  try {
    regex(pattern)
    return undefined
  } catch (error) {
    if (error instanceof CelError) return error.message
    throw error
  }
}

/** What a schema within allOf and the like may not say. */
const FORBIDDEN: readonly (readonly [key: string, why: string, says: (value: Draft) => boolean])[] = [
  ['type', 'must be empty to be structural', Boolean],
  ['additionalProperties', 'must be undefined to be structural', value => value !== undefined],
  ['default', 'must be undefined to be structural', value => value !== undefined],
  ['title', 'must be empty to be structural', Boolean],
  ['description', 'must be empty to be structural', Boolean],
  ['nullable', 'must be false to be structural', Boolean],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural', Boolean],
  ['x-kubernetes-embedded-resource', 'must be false to be structural', Boolean],
  ['x-kubernetes-int-or-string', 'must be false to be structural', Boolean],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural', value => value?.length > 0],
  ['x-kubernetes-list-type', 'must be undefined to be structural', value => value !== undefined],
  ['x-kubernetes-map-type', 'must be undefined to be structural', value => value !== undefined],
  ['x-kubernetes-validations', 'must be empty to be structural', value => value?.length > 0],
]

function nested(s: Draft, skipAnyOf: boolean, path: string): FieldError[] {
  if (!s) return []
  return [
    ...checks(s, skipAnyOf, false, path),
    ...nested(s.items, false, `${path}.items`),
    ...sorted(s.properties).flatMap(([key, own]) => nested(own, false, `${path}.properties[${key}]`)),
    ...FORBIDDEN.filter(([key, , says]) => says(s[key])).map(([key, why]) => forbiddenField(`${path}.${key}`, why)),
    ...(s.properties?.metadata
      ? [forbiddenField(`${path}.properties[metadata]`, 'must not be specified in a nested context')]
      : []),
  ]
}

/** What is checked has to be there. */
function missing(v: Draft, s: Draft, at: string, path: string): FieldError[] {
  if (!v) return []
  const each = (key: string): FieldError[] =>
    (v[key] ?? []).flatMap((own: Draft, i: number) => missingNested(own, s, at, `${path}.${key}[${i}]`))
  return [...missingNested(v.not, s, at, `${path}.not`), ...each('allOf'), ...each('anyOf'), ...each('oneOf')]
}

function missingNested(v: Draft, s: Draft, at: string, path: string): FieldError[] {
  if (!v) return []
  if (!s) return [required(at, `because it is defined in ${path}`)]
  return [
    ...missing(v, s, at, path),
    ...missingNested(v.items, s.items, `${at}.items`, `${path}.items`),
    ...sorted(v.properties).flatMap(([key, own]) => {
      const [there, here] = [`${at}.properties[${key}]`, `${path}.properties[${key}]`]
      const found = s.properties?.[key]
      return found ? missingNested(own, found, there, here) : [required(there, `because it is defined in ${here}`)]
    }),
  ]
}
