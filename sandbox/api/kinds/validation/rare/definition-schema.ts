/** What schemas of custom resources say beyond their structure: kinds of lists and maps, defaults, rules in CEL. */
import { CompileError, type Compiler, makeCompiler } from '../../../cel/environment.ts'
import { declare, type Shape, structuralShape } from '../../../cel/shapes.ts'
import { prune } from '../../../custom/structural.ts'
import { check } from '../../../custom/validate.ts'
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import { deepEqual } from '../../../json.ts'
import type { Draft } from '../../../kind.ts'

const LIST_TYPES = ['atomic', 'set', 'map']
const MAP_TYPES = ['atomic', 'granular']
const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']

const newline = (text: string | undefined): boolean => /[\n\r]/.test(text?.trim() ?? '')
const blank = (text: string | undefined): boolean => Boolean(text) && !text?.trim()

/** Every node's own part, then those below it. */
export function details(schema: Draft, path: string, compile: boolean, root = true): FieldError[] {
  if (!schema) return []
  const below = [
    ...(typeof schema.additionalProperties === 'object'
      ? details(schema.additionalProperties, `${path}.additionalProperties`, compile, false)
      : []),
    ...Object.entries(schema.properties ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, own]) => details(own, `${path}.properties[${key}]`, compile, false)),
    ...details(schema.items, `${path}.items`, compile, false),
  ]
  const own = [...together(schema, path), ...below, ...mapType(schema, path), ...listType(schema, path)]
  const stated = rules(schema, path)
  const compiled = compile && !own.length && !stated.length ? compiledRules(schema, path, root) : []
  return [...own, ...stated, ...compiled]
}

function together(s: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
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
  const keysPath = `${path}.x-kubernetes-list-map-keys`
  const type: string | undefined = s[key]
  const keys: string[] = s['x-kubernetes-list-map-keys'] ?? []
  const errors: FieldError[] = []
  if (type !== undefined) {
    errors.push(...typed(s, 'array', `must be array if ${key} is specified`, path))
    if (!LIST_TYPES.includes(type)) errors.push(notSupported(`${path}.${key}`, type, LIST_TYPES))
  }
  if (keys.length && type !== 'map') {
    const why = 'must be map if x-kubernetes-list-map-keys is non-empty'
    errors.push(type === undefined ? required(`${path}.${key}`, why) : invalid(`${path}.${key}`, type, why))
  }
  if (type !== 'map') return errors
  if (!keys.length) errors.push(required(keysPath, 'must not be empty if x-kubernetes-list-type is map'))
  if (!s.items) return [...errors, required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map')]
  if (s.items.type !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map"
    return [...errors, invalid(`${path}.items.type`, s.items.type ?? '', why)]
  }
  for (const [i, name] of keys.entries()) {
    const own = s.items.properties?.[name]
    if (!own) errors.push(invalid(keysPath, keys, 'entries must all be names of item properties'))
    else if (own.type === 'array' || own.type === 'object') {
      const why = "must be a scalar type if parent array's x-kubernetes-list-type is map"
      errors.push(invalid(`${path}.items.properties[${name}].type`, s.items.type, why))
    }
    if (keys.indexOf(name) < i) errors.push(invalid(keysPath, keys, 'must not contain duplicate entries'))
    if (!own) continue
    const its = `${path}.items.properties[${name}]`
    const because = 'this property is in x-kubernetes-list-map-keys, so it'
    if (own.default == null && !s.items.required?.includes(name))
      errors.push(required(`${its}.default`, `${because} must have a default or be a required property`))
    if (own.nullable) errors.push(forbiddenField(`${its}.nullable`, `${because} cannot be nullable`))
  }
  return errors
}

const at = (path: string, i: number): string => `${path}.x-kubernetes-validations[${i}]`

/** Rules as they are stated, before anybody tries to understand them. */
function rules(s: Draft, path: string): FieldError[] {
  return (s['x-kubernetes-validations'] ?? []).flatMap((r: Draft, i: number) => {
    const p = at(path, i)
    const errors: FieldError[] = []
    if (!r.rule?.trim()) errors.push(required(`${p}.rule`, 'rule is not specified'))
    else if (blank(r.message)) errors.push(invalid(`${p}.message`, r.message, 'must be non-empty if specified'))
    else if (newline(r.message)) errors.push(invalid(`${p}.message`, r.message, 'must not contain line breaks'))
    else if (newline(r.rule) && !r.message?.trim())
      errors.push(required(`${p}.message`, 'message must be specified if rule contains line breaks'))
    if (blank(r.messageExpression))
      errors.push(required(`${p}.messageExpression`, 'messageExpression must be non-empty if specified'))
    if (r.reason !== undefined && !REASONS.includes(r.reason))
      errors.push(notSupported(`${p}.reason`, r.reason, REASONS))
    if (blank(r.fieldPath)) errors.push(invalid(`${p}.fieldPath`, r.fieldPath, 'must be non-empty if specified'))
    if (newline(r.fieldPath)) errors.push(invalid(`${p}.fieldPath`, r.fieldPath, 'must not contain line breaks'))
    return errors
  })
}

function selfShape(s: Draft, root: boolean): Shape {
  const shape = structuralShape(s)
  if (!root || typeof shape === 'string') return shape
  const metadata = { name: 'string', generateName: 'string' }
  return { ...shape, apiVersion: 'string', kind: 'string', metadata }
}

function compiledRules(s: Draft, path: string, root: boolean): FieldError[] {
  const list: Draft[] = s['x-kubernetes-validations'] ?? []
  if (!list.length) return []
  const shape = selfShape(s, root)
  const compiler = makeCompiler({
    variables: [],
    extend(env) {
      for (const variable of ['self', 'oldSelf']) declare(env, variable, shape)
    },
  })
  return list.flatMap((r, i) => {
    const shown = {
      Rule: r.rule,
      Message: r.message ?? '',
      MessageExpression: r.messageExpression ?? '',
      Reason: r.reason ?? null,
      FieldPath: r.fieldPath ?? '',
      OptionalOldSelf: r.optionalOldSelf ?? null,
    }
    const rule = fault(compiler, r.rule, 'bool', 'cel expression must evaluate to a bool')
    const message =
      r.messageExpression &&
      fault(compiler, r.messageExpression, 'string', 'messageExpression must evaluate to a string')
    const needless = r.optionalOldSelf !== undefined && !/\boldSelf\b/.test(r.rule)
    return [
      ...(rule ? [invalid(`${at(path, i)}.rule`, shown, rule)] : []),
      ...(message ? [invalid(`${at(path, i)}.messageExpression`, shown, message)] : []),
      ...(needless
        ? [
            invalid(
              `${at(path, i)}.optionalOldSelf`,
              r.optionalOldSelf,
              'may not be set if oldSelf is not used in rule',
            ),
          ]
        : []),
    ]
  })
}

function fault(compiler: Compiler, text: string, wanted: string, why: string): string | undefined {
  try {
    const { type = 'dyn' } = compiler.compile(text).check()
    return type === wanted || type === 'dyn' ? undefined : why
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return error.message
  }
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
    errors.push(...check(s, s.default, '').map(error => ({ ...error, field: inside(error.field) })))
  }
  return [
    ...errors,
    ...defaults(s.items, `${path}.items`),
    ...Object.entries(s.properties ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, own]) => defaults(own, `${path}.properties[${key}]`)),
    ...(typeof s.additionalProperties === 'object'
      ? defaults(s.additionalProperties, `${path}.additionalProperties`)
      : []),
  ]
}
