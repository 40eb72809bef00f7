/** A custom resource against its schema, in the words of the OpenAPI validator that Kubernetes uses. */
import {
  duplicate,
  type FieldError,
  invalid,
  invalidType,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../fields.ts'
import { deepEqual, isObject } from '../json.ts'
import { readPath } from './path.ts'
import { checkRules } from './rules.ts'
import type { StructuralSchema } from './structural.ts'

/** What stops the rules from being looked at: a value of the wrong shape, not one that is merely out of bounds. */
const blocking = (e: FieldError): boolean => e.type !== 'Invalid value'

const UNCHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'

/** @param old for rules about a change */
export function validateCustom(schema: StructuralSchema, object: unknown, old?: unknown): FieldError[] {
  const errors = check(schema, object, '').filter(e => old === undefined || !unchanged(e.field, object, old))
  if (!hasRules(schema)) return errors
  if (errors.some(blocking)) return [...errors, invalid('<nil>', null, UNCHECKED)]
  return [...errors, ...checkRules(schema, object, old, '')]
}

/** An update is not refused for what it leaves as it was. */
function unchanged(path: string, object: unknown, old: unknown): boolean {
  const read = (from: unknown, at: string): unknown => (at ? readPath(from, `.${at}`)[0] : from)
  const now = read(object, path)
  if (now !== undefined) return deepEqual(now, read(old, path))
  const parent = path.replace(/(?:^|\.)[^.[\]]+$|\[[^\]]*\]$/, '')
  return parent !== '' && deepEqual(read(object, parent), read(old, parent))
}

const known = new WeakMap<StructuralSchema, boolean>()
function hasRules(schema: StructuralSchema): boolean {
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

const typeOfValue = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

const fits = (schema: StructuralSchema, actual: string): boolean => {
  if (schema['x-kubernetes-int-or-string']) return actual === 'integer' || actual === 'string'
  return !schema.type || schema.type === actual || (schema.type === 'number' && actual === 'integer')
}

const name = (path: string): string => path || '<nil>'
const inBody = (path: string, rest: string): string => `${path} in body ${rest}`

/** A value against a schema, rules apart. */
export function check(schema: StructuralSchema, value: unknown, path: string): FieldError[] {
  const actual = typeOfValue(value)
  if (value === null && schema.nullable) return []
  if (!fits(schema, actual)) {
    const wanted = schema['x-kubernetes-int-or-string'] ? 'integer,string' : schema.type!
    return [invalidType(name(path), actual, inBody(path, `must be of type ${wanted}: ${JSON.stringify(actual)}`))]
  }
  const errors: FieldError[] = []
  if (schema.enum && !schema.enum.some(v => deepEqual(v, value)))
    errors.push(notSupported(name(path), value, schema.enum as string[]))
  if (typeof value === 'string') errors.push(...checkString(schema, value, path))
  else if (typeof value === 'number') errors.push(...checkNumber(schema, value, path))
  else if (Array.isArray(value)) errors.push(...checkArray(schema, value, path))
  else if (isObject(value)) errors.push(...checkObject(schema, value, path))
  errors.push(...checkCombined(schema, value, path))
  return errors
}

function checkString(s: StructuralSchema, value: string, path: string): FieldError[] {
  const length = [...value].length
  const errors: FieldError[] = []
  if (s.maxLength !== undefined && length > s.maxLength) errors.push(tooLong(path, s.maxLength))
  if (s.minLength !== undefined && length < s.minLength)
    errors.push(invalid(path, value, inBody(path, `should be at least ${s.minLength} chars long`)))
  if (s.pattern && !matches(s.pattern, value))
    errors.push(invalid(path, value, inBody(path, `should match '${s.pattern}'`)))
  const format = s.format && FORMATS[s.format]
  if (format && !format.test(value))
    errors.push(invalidType(path, value, inBody(path, `must be of type ${s.format}: ${JSON.stringify(value)}`)))
  return errors
}

/** RE2 knows inline flags and no more that matters here. */
function matches(pattern: string, value: string): boolean {
  try {
    const flags = /^\(\?([ims]+)\)/.exec(pattern)
    return new RegExp(flags ? pattern.slice(flags[0].length) : pattern, `u${flags?.[1] ?? ''}`).test(value)
  } catch {
    return new RegExp(pattern).test(value)
  }
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  ipv4: /^(\d{1,3}\.){3}\d{1,3}$/,
  email: /^[^@\s]+@[^@\s]+$/,
  hostname: /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/,
}

function checkNumber(s: StructuralSchema, value: number, path: string): FieldError[] {
  const errors: FieldError[] = []
  const { minimum: low, maximum: high } = s
  if (high !== undefined && (s.exclusiveMaximum ? value >= high : value > high)) {
    errors.push(
      invalid(path, value, inBody(path, `should be less than ${s.exclusiveMaximum ? '' : 'or equal to '}${high}`)),
    )
  }
  if (low !== undefined && (s.exclusiveMinimum ? value <= low : value < low)) {
    errors.push(
      invalid(path, value, inBody(path, `should be greater than ${s.exclusiveMinimum ? '' : 'or equal to '}${low}`)),
    )
  }
  if (s.multipleOf && value % s.multipleOf)
    errors.push(invalid(path, value, inBody(path, `should be a multiple of ${s.multipleOf}`)))
  return errors
}

function checkArray(s: StructuralSchema, value: unknown[], path: string): FieldError[] {
  const errors = value.flatMap((item, i) => (s.items ? check(s.items, item, `${path}[${i}]`) : []))
  if (s.maxItems !== undefined && value.length > s.maxItems) errors.push(tooMany(path, value.length, s.maxItems))
  if (s.minItems !== undefined && value.length < s.minItems)
    errors.push(invalid(path, value.length, inBody(path, `should have at least ${s.minItems} items`)))
  const listType = s['x-kubernetes-list-type']
  const keys = s['x-kubernetes-list-map-keys']
  const identity = (item: unknown): unknown =>
    listType === 'map' && isObject(item) ? Object.fromEntries((keys ?? []).map(k => [k, item[k]])) : item
  if (s.uniqueItems || listType === 'set' || listType === 'map') {
    value.forEach((item, i) => {
      const id = identity(item)
      if (value.findIndex(other => deepEqual(identity(other), id)) < i) errors.push(duplicate(`${path}[${i}]`, id))
    })
  }
  return errors
}

function checkObject(s: StructuralSchema, value: Record<string, unknown>, path: string): FieldError[] {
  const at = (key: string): string => (path ? `${path}.${key}` : key)
  const errors: FieldError[] = []
  if (s.maxProperties !== undefined && Object.keys(value).length > s.maxProperties)
    errors.push(tooMany(path, Object.keys(value).length, s.maxProperties))
  if (s.minProperties !== undefined && Object.keys(value).length < s.minProperties) {
    errors.push(
      invalid(path, Object.keys(value).length, inBody(path, `should have at least ${s.minProperties} properties`)),
    )
  }
  for (const key of s.required ?? []) if (!Object.hasOwn(value, key)) errors.push(required(at(key)))
  for (const key of Object.keys(s.properties ?? {}).sort()) {
    if (Object.hasOwn(value, key) && !(path === '' && (key === 'metadata' || key === 'apiVersion' || key === 'kind'))) {
      errors.push(...check(s.properties![key]!, value[key], at(key)))
    }
  }
  if (isObject(s.additionalProperties)) {
    for (const key of Object.keys(value)) {
      if (!s.properties?.[key]) errors.push(...check(s.additionalProperties as StructuralSchema, value[key], at(key)))
    }
  }
  return errors
}

function checkCombined(s: StructuralSchema, value: unknown, path: string): FieldError[] {
  const passes = (other: StructuralSchema): boolean => check(other, value, path).length === 0
  const errors: FieldError[] = (s.allOf ?? []).flatMap(other => check(other, value, path))
  if (s.anyOf && !s.anyOf.some(passes))
    errors.push(invalid(name(path), value, inBody(path, 'must validate at least one schema (anyOf)')))
  if (s.oneOf && s.oneOf.filter(passes).length !== 1)
    errors.push(invalid(name(path), value, inBody(path, 'must validate one and only one schema (oneOf)')))
  if (s.not && passes(s.not))
    errors.push(invalid(name(path), value, inBody(path, 'must not validate the schema (not)')))
  return errors
}
