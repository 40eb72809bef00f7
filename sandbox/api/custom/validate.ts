/** A custom resource as it must be: by its schema, its lists, the objects within it, its scale and its rules. */
import { type FieldError, type FieldErrorType, invalid } from '../fields.ts'
import { deepEqual, isObject } from '../formats/json.ts'
import type { Draft, KindDef } from '../kind.ts'
import { dns1123Subdomain } from '../kinds/validation/content.ts'
import { genericMeta, genericMetaUpdate } from '../kinds/validation/metadata.ts'
import { embeddedFaults, listFaults } from './embedded.ts'
import { readPath } from './path.ts'
import { checkRules, hasRules } from './rules.ts'
import { check } from './schema-check.ts'
import type { StructuralSchema } from './structural.ts'

export interface CustomKind {
  schema: StructuralSchema
  namespaced: boolean
  scale: KindDef['scalePaths']
}

/** What stops the rules from being looked at: a value of the wrong shape, not one that is merely out of bounds. */
const BLOCKING: ReadonlySet<FieldErrorType> = new Set([
  'Unsupported value',
  'Required value',
  'Too long',
  'Too many',
  'Invalid type',
])
const UNCHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'

function withRules(schema: StructuralSchema, errors: FieldError[], object: Draft, old?: Draft): FieldError[] {
  if (!hasRules(schema)) return errors
  if (errors.some(e => BLOCKING.has(e.type))) return [...errors, invalid('<nil>', null, UNCHECKED)]
  return [...errors, ...checkRules(schema, object, old)]
}

export function validateCustom({ schema, namespaced, scale }: CustomKind, object: Draft): FieldError[] {
  const errors = [
    ...genericMeta(object.metadata, namespaced, dns1123Subdomain),
    ...check(schema, object, ''),
    ...specScale(object, scale),
    ...statusScale(object, scale),
    ...embeddedFaults(schema, object),
    ...listFaults(schema, object),
  ]
  return withRules(schema, errors, object)
}

/** An update is not refused for what it leaves as it was. */
export function validateCustomUpdate({ schema, scale }: CustomKind, object: Draft, old: Draft): FieldError[] {
  const errors = [
    ...genericMetaUpdate(object, old),
    ...check(schema, object, '').filter(e => !unchanged(schema, e.field, object, old)),
    ...specScale(object, scale),
    ...statusScale(object, scale),
    ...embeddedFaults(schema, object),
    ...(listFaults(schema, old).length ? [] : listFaults(schema, object)),
  ]
  return withRules(schema, errors, object, old)
}

/** Of a status, as if it were an object of its own. */
export function validateCustomStatus({ schema, scale }: CustomKind, object: Draft, old: Draft): FieldError[] {
  const own = schema.properties?.status
  const placed = (e: FieldError): FieldError =>
    e.field === '<nil>' ? e : { ...e, field: e.field ? `status.${e.field}` : 'status' }
  const errors = [
    ...genericMetaUpdate(object, old),
    ...(own && object.status !== undefined
      ? check(own, object.status, '')
          .filter(e => !unchanged(own, e.field, object.status, old.status))
          .map(placed)
      : []),
    ...statusScale(object, scale),
    ...embeddedFaults(schema, object),
    ...(listFaults(schema, old).length ? [] : listFaults(schema, object)),
  ]
  return withRules(schema, errors, object, old)
}

/** Whether what stands at a path, or something that it stands in, is as it was; entries are known by keys or not at all. */
function unchanged(schema: StructuralSchema | undefined, path: string, object: unknown, old: unknown): boolean {
  let [at, now, before] = [schema, object, old]
  for (const [, name, index] of path.matchAll(/\.?([^.[\]]+)|\[(\d+)\]/g)) {
    if (name !== undefined) {
      const more = at?.additionalProperties
      at = at?.properties?.[name] ?? (isObject(more) ? (more as StructuralSchema) : undefined)
      now = isObject(now) ? now[name] : undefined
      before = isObject(before) ? before[name] : undefined
    } else {
      const keys = at?.['x-kubernetes-list-type'] === 'map' ? (at['x-kubernetes-list-map-keys'] ?? []) : undefined
      const item: unknown = Array.isArray(now) ? now[Number(index)] : undefined
      if (!keys || !isObject(item)) return false
      before = Array.isArray(before)
        ? before.find(other => isObject(other) && keys.every(key => deepEqual(other[key], item[key])))
        : undefined
      now = item
      at = at?.items
    }
    if (now === undefined) return false
    if (before !== undefined && deepEqual(now, before)) return true
  }
  return false
}

const MAX_INT32 = 2 ** 31 - 1

function goType(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value === 'string' ? 'string' : 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}

function replicas(object: Draft, path: string): FieldError[] {
  const value = readPath(object, path)[0]
  if (value === undefined) return []
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    const why = `${path} accessor error: ${String(value)} is of the type ${goType(value)}, expected int64`
    return [invalid(path, 0, why)]
  }
  if (value < 0) return [invalid(path, value, 'should be a non-negative integer')]
  return value > MAX_INT32 ? [invalid(path, value, `should be less than or equal to ${MAX_INT32}`)] : []
}

const specScale = (object: Draft, scale: CustomKind['scale']): FieldError[] =>
  scale ? replicas(object, scale.spec) : []

function statusScale(object: Draft, scale: CustomKind['scale']): FieldError[] {
  if (!scale) return []
  const errors = replicas(object, scale.status)
  const selector = scale.selector ? readPath(object, scale.selector)[0] : undefined
  if (selector === undefined || typeof selector === 'string') return errors
  const why = `${scale.selector} accessor error: ${String(selector)} is of the type ${goType(selector)}, expected string`
  return [...errors, invalid(scale.selector!, '', why)]
}
