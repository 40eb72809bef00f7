/**
 * x-kubernetes-validations: rules in CEL about a value (`self`) and what it was (`oldSelf`). CEL is big and few clusters
 * have such rules, so it is loaded by whoever brings a definition that has some.
 */
import type { Environment } from '@marcbachmann/cel-js'
import { part } from '../../parts.ts'
import { type FieldError, forbiddenField, required } from '../fields.ts'
import { isObject } from '../json.ts'
import type { StructuralSchema, ValidationRule } from './structural.ts'

/** Needed before a definition with rules reaches the server. */
export const cel = part('the expression language of rules', () => import('@marcbachmann/cel-js'))
let environment: Environment | undefined
const programs = new Map<string, ReturnType<Environment['parse']>>()

const program = (text: string): ReturnType<Environment['parse']> => {
  environment ??= new cel.now.Environment({ unlistedVariablesAreDyn: true })
  let parsed = programs.get(text)
  if (!parsed) programs.set(text, (parsed = environment.parse(text)))
  return parsed
}

/** Integers are CEL's int by the schema, so that 3 / 2 is what Kubernetes says it is. */
function toCel(schema: StructuralSchema | undefined, value: unknown): unknown {
  if (typeof value === 'number') return schema?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(item => toCel(schema?.items, item))
  if (!isObject(value)) return value
  const more = isObject(schema?.additionalProperties) ? (schema.additionalProperties as StructuralSchema) : undefined
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toCel(schema?.properties?.[k] ?? more, v)]))
}

export function checkRules(schema: StructuralSchema, value: unknown, old: unknown, path: string): FieldError[] {
  const errors: FieldError[] = []
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    const aboutChange = /\boldSelf\b/.test(rule.rule)
    if (aboutChange && old === undefined) continue
    const error = checkRule(
      rule,
      { self: toCel(schema, value), ...(aboutChange && { oldSelf: toCel(schema, old) }) },
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

function checkRule(rule: ValidationRule, variables: Record<string, unknown>, path: string): FieldError | undefined {
  const field = `${path || '<nil>'}${rule.fieldPath ?? ''}`
  try {
    if (program(rule.rule)(variables) === true) return undefined
  } catch (error) {
    if (!(error instanceof cel.now.EvaluationError)) throw error
    const why = `rule: ${rule.rule}: ${error.message.split('\n')[0]}`
    return { type: 'Invalid value', field, body: `Invalid value: ${why}` }
  }
  const text = messageOf(rule, variables)
  if (rule.reason === 'FieldValueForbidden') return forbiddenField(field, text)
  if (rule.reason === 'FieldValueRequired') return required(field, text)
  return { type: 'Invalid value', field, body: `Invalid value: ${text}` }
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
