/**
 * x-kubernetes-validations: rules in CEL about a value (`self`) and what it was (`oldSelf`). CEL is big and few clusters
 * have such rules, so it is loaded by whoever brings a definition that has some.
 */
import { part } from '../../parts.ts'
import type * as Cel from '../cel/environment.ts'
import { duplicate, type FieldError, forbiddenField, invalid, required } from '../fields.ts'
import { isObject } from '../json.ts'
import type { StructuralSchema, ValidationRule } from './structural.ts'

/** Needed before a definition with rules reaches the server. */
export const cel = part('the expression language of rules', () => import('../cel/environment.ts'))
let compiler: Cel.Compiler | undefined

function program(text: string): Cel.Expression {
  compiler ??= cel.now.makeCompiler({ variables: ['self', 'oldSelf'] })
  return compiler.compile(text)
}

/** Integers are CEL's int by the schema, so that 3 / 2 is what Kubernetes says it is. */
function toCel(schema: StructuralSchema | undefined, value: unknown): unknown {
  if (typeof value === 'number') return schema?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(item => toCel(schema?.items, item))
  if (!isObject(value)) return value
  const more = isObject(schema?.additionalProperties) ? (schema.additionalProperties as StructuralSchema) : undefined
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toCel(schema?.properties?.[k] ?? more, v)]))
}

/** A rule that is asked about new objects too sees what was as an optional. */
function optional(value: unknown): unknown {
  return value === undefined ? cel.now.Optional.none() : cel.now.Optional.of(value)
}

export function checkRules(schema: StructuralSchema, value: unknown, old: unknown, path: string): FieldError[] {
  const errors: FieldError[] = []
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    const aboutChange = /\boldSelf\b/.test(rule.rule)
    if (aboutChange && old === undefined && !rule.optionalOldSelf) continue
    const before = old === undefined ? undefined : toCel(schema, old)
    const error = checkRule(
      rule,
      { self: toCel(schema, value), ...(aboutChange && { oldSelf: rule.optionalOldSelf ? optional(before) : before }) },
      value,
      path,
    )
    if (error) errors.push(error)
  }
  if (Array.isArray(value)) {
    const keys = schema['x-kubernetes-list-map-keys']
    const before = (item: unknown): unknown =>
      keys && Array.isArray(old) && isObject(item)
        ? old.find(o => isObject(o) && keys.every(k => o[k] === item[k]))
        : undefined
    const { items } = schema
    if (items) value.forEach((item, i) => void errors.push(...checkRules(items, item, before(item), `${path}[${i}]`)))
  } else if (isObject(value)) {
    const more = isObject(schema.additionalProperties) ? (schema.additionalProperties as StructuralSchema) : undefined
    for (const key of Object.keys(value)) {
      const own = schema.properties?.[key] ?? more
      if (own)
        errors.push(...checkRules(own, value[key], isObject(old) ? old[key] : undefined, path ? `${path}.${key}` : key))
    }
  }
  return errors
}

function checkRule(
  rule: ValidationRule,
  variables: Record<string, unknown>,
  value: unknown,
  path: string,
): FieldError | undefined {
  const own = path || '<nil>'
  try {
    if (program(rule.rule)(variables) === true) return undefined
  } catch (error) {
    if (!(error instanceof cel.now.EvaluationError)) throw error
    const fault = cel.now.evaluationFault(error)
    const what = rule.message?.trim() || rule.rule.trim()
    const why = fault.startsWith('no such overload')
      ? `'${fault}': call arguments did not match a supported operator, function or macro signature for rule: ${what}`
      : `${fault} evaluating rule: ${what}`
    return invalid(own, typeName(value), why)
  }
  const field = `${own}${rule.fieldPath ?? ''}`
  const text = messageOf(rule, variables)
  if (rule.reason === 'FieldValueForbidden') return forbiddenField(field, text)
  if (rule.reason === 'FieldValueRequired') return required(field, text)
  if (rule.reason === 'FieldValueDuplicate') return duplicate(field, value)
  // What is made of parts is not shown.
  return typeof value === 'object'
    ? { type: 'Invalid value', field, body: `Invalid value: ${text}` }
    : invalid(field, value, text)
}

const typeName = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value
}

function messageOf({ rule, message, messageExpression }: ValidationRule, variables: Record<string, unknown>): string {
  if (messageExpression) {
    try {
      const text: unknown = program(messageExpression)(variables)
      if (typeof text === 'string' && text.trim()) return text
    } catch {
      // Kubernetes falls back to the plain message too.
    }
  }
  return message?.trim() || `failed rule: ${rule}`
}
