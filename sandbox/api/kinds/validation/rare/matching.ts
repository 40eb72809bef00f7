/** Validation of the rules and match conditions of policies and webhooks. */
import { cel } from '../../../cel/part.ts'
import type { PolicyCompiler, PolicyLanguage, Refusal } from '../../../cel/policy-language.ts'
import type { Type } from '../../../cel/types/types.ts'
import { duplicate, type FieldError, internal, invalid, notSupported, required, tooMany } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, complaints, pathSegment, qualifiedName } from '../content.ts'
import { labelSelector } from '../metadata.ts'

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']
const SCOPES = ['*', 'Cluster', 'Namespaced']
export const FAILURE_POLICIES = ['Fail', 'Ignore']
export const MATCH_POLICIES = ['Equivalent', 'Exact']
const MAX_CONDITIONS = 64

export const oneOf = (value: string | undefined, allowed: readonly string[], path: string): FieldError[] =>
  value === undefined || allowed.includes(value) ? [] : [notSupported(path, value, allowed)]

/** A list that is everything or names what it is. */
function list(values: readonly string[] = [], path: string, what: string): FieldError[] {
  if (!values.length) return [required(path)]
  return values.length > 1 && values.includes('*')
    ? [invalid(path, values, `if '*' is present, must not specify other ${what}`)]
    : []
}

function resources(values: readonly string[] = [], path: string): FieldError[] {
  const errors: FieldError[] = values.length ? [] : [required(path)]
  const anySubresource = new Set<string>()
  const anyResource = new Set<string>()
  let plain = false
  values.forEach((value, i) => {
    if (!value) {
      errors.push(required(`${path}[${i}]`))
      return
    }
    const slash = value.indexOf('/')
    if (slash < 0) {
      plain = value !== '*'
      return
    }
    const [resource, sub] = [value.slice(0, slash), value.slice(slash + 1)]
    if (anySubresource.has(resource))
      errors.push(invalid(`${path}[${i}]`, value, `if '${resource}/*' is present, must not specify ${value}`))
    if (anyResource.has(sub))
      errors.push(invalid(`${path}[${i}]`, value, `if '*/${sub}' is present, must not specify ${value}`))
    if (sub === '*') anySubresource.add(resource)
    if (resource === '*') anyResource.add(sub)
  })
  if (values.length > 1 && values.includes('*/*'))
    errors.push(invalid(path, values, "if '*/*' is present, must not specify other resources"))
  if (values.includes('*') && plain) {
    const why = "if '*' is present, must not specify other resources without subresources"
    errors.push(invalid(path, values, why))
  }
  return errors
}

export function rule(r: Draft, path: string): FieldError[] {
  const operations: string[] = r.operations ?? []
  return [
    ...list(operations, `${path}.operations`, 'operations'),
    ...operations.flatMap((o, i) => oneOf(o, OPERATIONS, `${path}.operations[${i}]`)),
    ...list(r.apiGroups, `${path}.apiGroups`, 'API groups'),
    ...list(r.apiVersions, `${path}.apiVersions`, 'API versions'),
    ...(r.apiVersions ?? []).flatMap((v: string, i: number) => (v ? [] : [required(`${path}.apiVersions[${i}]`)])),
    ...resources(r.resources, `${path}.resources`),
    ...oneOf(r.scope, SCOPES, `${path}.scope`),
  ]
}

function namedRule(r: Draft, path: string): FieldError[] {
  const seen = new Set<string>()
  return [
    ...(r.resourceNames ?? []).flatMap((name: string, i: number) => {
      const at = `${path}.resourceNames[${i}]`
      const again = seen.has(name)
      seen.add(name)
      return [...complaints(at, name, pathSegment(name)), ...(again ? [duplicate(at, name)] : [])]
    }),
    ...rule(r, path),
  ]
}

/** spec.matchConstraints of a policy, spec.matchResources of a binding. */
export function matchResources(match: Draft, path: string): FieldError[] {
  if (!match) return []
  const rules = (key: string): FieldError[] =>
    (match[key] ?? []).flatMap((r: Draft, i: number) => namedRule(r, `${path}.${key}[${i}]`))
  return [
    ...oneOf(match.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`),
    ...labelSelector(match.namespaceSelector, `${path}.namespaceSelector`),
    ...labelSelector(match.objectSelector, `${path}.objectSelector`),
    ...rules('resourceRules'),
    ...rules('excludeResourceRules'),
  ]
}

/** What is wrong with an expression, where it stands. */
export function refused(refusal: Refusal | undefined, text: string, path: string): FieldError[] {
  if (!refusal) return []
  return [refusal.internal ? internal(path, refusal.detail) : invalid(path, text, refusal.detail)]
}

/** Whether an expression can be understood, and gives what is wanted of it. */
export const expression = (
  compiler: PolicyCompiler,
  text: string,
  language: PolicyLanguage,
  wanted: readonly Type[],
  path: string,
): FieldError[] => refused(compiler.check(text, language, wanted), text, path)

export function matchConditions(conditions: readonly Draft[] = [], params: boolean, path: string): FieldError[] {
  // Without conditions nobody needs the language.
  const compiler = conditions.length ? new cel.now.PolicyCompiler(false) : undefined
  const seen = new Set<string>()
  return [
    ...(conditions.length > MAX_CONDITIONS ? [tooMany(path, conditions.length, MAX_CONDITIONS)] : []),
    ...conditions.flatMap((c, i) => {
      const at = `${path}[${i}]`
      const text = (c.expression ?? '').trim()
      const again = seen.has(c.name)
      seen.add(c.name)
      return [
        ...(text
          ? expression(compiler!, text, { params, authorizer: true }, [cel.now.BOOL], `${at}.expression`)
          : [required(`${at}.expression`)]),
        ...(c.name ? check(qualifiedName, `${at}.name`, c.name) : [required(`${at}.name`)]),
        ...(again && c.name ? [duplicate(`${at}.name`, c.name)] : []),
      ]
    }),
  ]
}
