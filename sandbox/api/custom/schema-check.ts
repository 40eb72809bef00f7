/** A value against a schema, rules in CEL apart, in the words of the OpenAPI validator that Kubernetes uses. */
import { regex } from '../cel/runtime/regex.ts'
import { CelError } from '../cel/runtime/values.ts'
import { type FieldError, invalid, invalidType, notSupported, required, tooLong, tooMany } from '../fields.ts'
import { toJson } from '../formats/go-json.ts'
import { deepEqual, isObject } from '../formats/json.ts'
import { hasFormat, isKnownFormat } from './formats.ts'
import type { StructuralSchema } from './structural.ts'

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

/** Formats that the validator heeds: of texts those that it knows, of numbers those of Go's own types. */
function formatOf({ type, format }: StructuralSchema): string | undefined {
  if (!format) return undefined
  if (type === 'integer') return format === 'int32' || format === 'int64' ? format : undefined
  if (type === 'number') return format === 'float' || format === 'double' ? format : undefined
  return (type === undefined || type === 'string') && isKnownFormat(format) ? format : undefined
}

/** How the validator calls the formats of numbers that it is given. */
const GIVEN: Readonly<Record<string, string>> = { integer: 'int64', number: 'float64' }
const isNumeric = ({ type, 'x-kubernetes-int-or-string': either }: StructuralSchema): boolean =>
  type === 'integer' || type === 'number' || Boolean(either)

/**
 * What a value should have been, and what it is; undefined when it may be so. Where a schema has a format, that is what is told of,
 * and texts and lists are left to the format: a list passes for a text that has one.
 */
function wrongType(schema: StructuralSchema, value: unknown): { wanted: string; actual: string } | undefined {
  const actual = typeOfValue(value)
  const format = value === null ? undefined : formatOf(schema)
  const isFit = fits(schema, actual)
  if (format && actual !== 'string' && actual !== 'array') {
    const given = GIVEN[actual] ?? ''
    return isFit || given === format ? undefined : { wanted: format, actual: given }
  }
  if (isFit || (format && !isNumeric(schema))) return undefined
  return { wanted: schema['x-kubernetes-int-or-string'] ? 'integer,string' : schema.type!, actual }
}

const name = (path: string): string => path || '<nil>'
const inBody = (path: string, rest: string): string => `${path} in body ${rest}`
/** What has no place of its own in the answer. */
const unplaced = (words: string): FieldError => invalid('<nil>', '', words)

export function check(schema: StructuralSchema, value: unknown, path: string): FieldError[] {
  if (value === null && schema.nullable) return []
  const errors: FieldError[] = []
  const wrong = wrongType(schema, value)
  if (wrong) {
    const { wanted, actual } = wrong
    errors.push(invalidType(name(path), actual, inBody(path, `must be of type ${wanted}: ${JSON.stringify(actual)}`)))
  }
  errors.push(...combined(schema, value, path))
  if (typeof value === 'string') errors.push(...text(schema, value, path))
  else if (typeof value === 'number') errors.push(...number(schema, value, path))
  else if (Array.isArray(value)) errors.push(...array(schema, value, path))
  if (schema.enum && !schema.enum.some(v => deepEqual(v, value)))
    errors.push(notSupported(name(path), value, schema.enum.map(inWords)))
  if (isObject(value)) errors.push(...object(schema, value, path))
  return errors
}

/** A value that is allowed: texts as they are, all else in JSON. */
const inWords = (value: unknown): string => (typeof value === 'string' ? value : toJson(value))

/** The first that is wrong. */
function text(s: StructuralSchema, value: string, path: string): FieldError[] {
  const length = [...value].length
  if (s.maxLength !== undefined && length > s.maxLength) return [tooLong(path, s.maxLength)]
  if (s.minLength !== undefined && length < s.minLength)
    return [invalid(path, value, inBody(path, `should be at least ${s.minLength} chars long`))]
  const errors =
    s.pattern && !matches(s.pattern, value) ? [invalid(path, value, inBody(path, `should match '${s.pattern}'`))] : []
  if (s.format && !hasFormat(value, s.format))
    errors.push(invalidType(path, value, inBody(path, `must be of type ${s.format}: ${JSON.stringify(value)}`)))
  return errors
}

function matches(pattern: string, value: string): boolean {
  try {
    return regex(pattern).test(value)
  } catch (error) {
    if (error instanceof CelError) return true
    throw error
  }
}

/** What an integer of a format can be. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
}

function number(s: StructuralSchema, value: number, path: string): FieldError[] {
  const errors: FieldError[] = []
  const [low, high] = RANGES[s.format ?? ''] ?? RANGES.int64!
  if (s.type === 'integer' && (!Number.isInteger(value) || value < low || value > high)) {
    const format = s.format && RANGES[s.format] ? `with format ${s.format}` : '(default format)'
    errors.push(unplaced(`Checked value must be of type integer ${format} in ${path}`))
  }
  if (s.multipleOf && value % s.multipleOf)
    errors.push(invalid(path, value, inBody(path, `should be a multiple of ${s.multipleOf}`)))
  const { minimum, maximum } = s
  if (minimum !== undefined && (s.exclusiveMinimum ? value <= minimum : value < minimum)) {
    const words = `should be greater than ${s.exclusiveMinimum ? '' : 'or equal to '}${minimum}`
    errors.push(invalid(path, value, inBody(path, words)))
  }
  if (maximum !== undefined && (s.exclusiveMaximum ? value >= maximum : value > maximum)) {
    const words = `should be less than ${s.exclusiveMaximum ? '' : 'or equal to '}${maximum}`
    errors.push(invalid(path, value, inBody(path, words)))
  }
  return errors
}

function array(s: StructuralSchema, value: readonly unknown[], path: string): FieldError[] {
  const { items } = s
  const errors = items ? value.flatMap((item, i) => check(items, item, `${path}[${i}]`)) : []
  if (s.minItems !== undefined && value.length < s.minItems)
    errors.push(invalid(path, value.length, inBody(path, `should have at least ${s.minItems} items`)))
  if (s.maxItems !== undefined && value.length > s.maxItems) errors.push(tooMany(path, value.length, s.maxItems))
  return errors
}

/** What every object has is looked at elsewhere. */
const ALWAYS = new Set(['metadata', 'apiVersion', 'kind'])

function object(s: StructuralSchema, value: Record<string, unknown>, path: string): FieldError[] {
  const at = (key: string): string => (path ? `${path}.${key}` : key)
  const keys = Object.keys(value)
  const errors: FieldError[] = []
  if (s.minProperties !== undefined && keys.length < s.minProperties)
    errors.push(invalid(path, keys.length, inBody(path, `should have at least ${s.minProperties} properties`)))
  if (s.maxProperties !== undefined && keys.length > s.maxProperties)
    errors.push(tooMany(path, keys.length, s.maxProperties))
  if (isObject(s.additionalProperties))
    for (const key of keys.sort())
      if (!s.properties?.[key]) errors.push(...check(s.additionalProperties as StructuralSchema, value[key], at(key)))
  for (const key of Object.keys(s.properties ?? {}).sort())
    if (Object.hasOwn(value, key) && !(path === '' && ALWAYS.has(key)))
      errors.push(...check(s.properties![key]!, value[key], at(key)))
  for (const key of s.required ?? []) if (!Object.hasOwn(value, key)) errors.push(required(at(key)))
  return errors
}

/** What is said of the schema that comes nearest. */
const nearest = (results: readonly FieldError[][]): FieldError[] =>
  results.reduce((best, found) => (found.length < best.length ? found : best))

function combined(s: StructuralSchema, value: unknown, path: string): FieldError[] {
  const results = (schemas: readonly StructuralSchema[] = []): FieldError[][] =>
    schemas.map(other => check(other, value, path))
  const must = (words: string): FieldError => unplaced(`${JSON.stringify(path)} must ${words}`)
  const errors: FieldError[] = []
  const any = results(s.anyOf)
  if (any.length && any.every(found => found.length))
    errors.push(must('validate at least one schema (anyOf)'), ...nearest(any))
  const one = results(s.oneOf)
  const valid = one.filter(found => !found.length).length
  if (one.length && valid !== 1) {
    const found = valid ? `Found ${valid} valid alternatives` : 'Found none valid'
    errors.push(must(`validate one and only one schema (oneOf). ${found}`), ...(valid ? [] : nearest(one)))
  }
  const all = results(s.allOf)
  if (all.some(found => found.length)) errors.push(...all.flat(), must('validate all the schemas (allOf)'))
  if (s.not && !check(s.not, value, path).length) errors.push(must('not validate the schema (not)'))
  return errors
}
