/** Validation of scheduling constraints: node affinity, Pod affinity, topology spread, tolerations. */
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../validation/content.ts'
import { labelSelector, positive } from '../../validation/metadata.ts'
import { type Check, each, isSet, oneOfIfSet } from './rules.ts'

const WITH_VALUES = "must be specified when `operator` is 'In' or 'NotIn'"
const WITHOUT_VALUES = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"

function valuesOf(operator: string, values: readonly string[], field: string): FieldError[] {
  const path = `${field}.values`
  if (operator === 'In' || operator === 'NotIn') return values.length ? [] : [required(path, WITH_VALUES)]
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length ? [forbiddenField(path, WITHOUT_VALUES)] : []
  if (operator === 'Gt' || operator === 'Lt')
    return values.length === 1 ? [] : [required(path, "must be specified single value when `operator` is 'Lt' or 'Gt'")]
  return [invalid(`${field}.operator`, operator, 'not a valid selector operator')]
}

/** @param strict what is only preferred may name values that no label can have */
const nodeExpression =
  (strict: boolean): Check =>
  ({ key = '', operator = '', values }, field) => [
    ...valuesOf(operator, values ?? [], field),
    ...check(qualifiedName, `${field}.key`, key),
    ...(strict ? (values ?? []) : []).flatMap((v: string, i: number) => check(labelValue, `${field}.values[${i}]`, v)),
  ]

const nodeField: Check = ({ key = '', operator = '', values }, field) => {
  const errors: FieldError[] = []
  if (operator !== 'In' && operator !== 'NotIn')
    errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'))
  else if (values?.length !== 1) {
    const why = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
    errors.push(required(`${field}.values`, why))
  }
  if (key !== 'metadata.name') return [...errors, invalid(`${field}.key`, key, 'not a valid field selector key')]
  const names = (values ?? []).flatMap((v: string, i: number) => check(dns1123Subdomain, `${field}.values[${i}]`, v))
  return [...errors, ...names]
}

const nodeTerm = (term: Draft, field: string, strict: boolean): FieldError[] => [
  ...each(term.matchExpressions, `${field}.matchExpressions`, nodeExpression(strict)),
  ...each(term.matchFields, `${field}.matchFields`, nodeField),
]

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

const weight = (value: number | undefined, field: string): FieldError[] =>
  (value ?? 0) > 0 && value! <= 100 ? [] : [invalid(`${field}.weight`, value ?? 0, 'must be in the range 1-100')]

function nodeSelectorTerms(selector: Draft, field: string): FieldError[] {
  const path = `${field}.nodeSelectorTerms`
  if (!selector.nodeSelectorTerms?.length) return [required(path, 'must have at least one node selector term')]
  return each(selector.nodeSelectorTerms, path, (term, at) => nodeTerm(term, at, true))
}

const nodeAffinity = (given: Draft, field: string): FieldError[] => [
  ...(given[REQUIRED] ? nodeSelectorTerms(given[REQUIRED], `${field}.${REQUIRED}`) : []),
  ...each(given[PREFERRED], `${field}.${PREFERRED}`, (term, path) => [
    ...weight(term.weight, path),
    ...nodeTerm(term.preference ?? {}, `${path}.preference`, false),
  ]),
]

function keysOnly(keys: readonly string[] | undefined, selector: Draft, field: string): FieldError[] {
  if (!keys?.length) return []
  if (!selector) return [forbiddenField(field, 'must not be specified when labelSelector is not set')]
  return keys.flatMap((key, i) => check(qualifiedName, `${field}[${i}]`, key))
}

/** The keys become requirements of the selector when a Pod is made, so a key must not stand in it twice. */
function labelKeys(term: Draft, field: string): FieldError[] {
  const { matchLabelKeys: match, mismatchLabelKeys: mismatch, labelSelector: selector } = term
  const errors = [
    ...keysOnly(match, selector, `${field}.matchLabelKeys`),
    ...keysOnly(mismatch, selector, `${field}.mismatchLabelKeys`),
  ]
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}))
  for (const { key } of selector?.matchExpressions ?? []) {
    const at = match?.lastIndexOf(key) ?? -1
    if (at >= 0 && seen.has(key))
      errors.push(invalid(`${field}[${at}]`, key, 'exists in both matchLabelKeys and labelSelector'))
    seen.add(key)
  }
  for (const [i, key] of (match ?? []).entries()) {
    if (!mismatch?.includes(key)) continue
    const why = 'exists in both matchLabelKeys and mismatchLabelKeys'
    errors.push(invalid(`${field}.matchLabelKeys[${i}]`, key, why))
  }
  return errors
}

const podTerm: Check = (term, field) => {
  const key: string = term.topologyKey ?? ''
  return [
    ...labelSelector(term.labelSelector, `${field}.labelSelector`),
    ...labelSelector(term.namespaceSelector, `${field}.namespaceSelector`),
    ...(term.namespaces ?? []).flatMap((n: string) => check(dns1123Label, `${field}.namespace`, n)),
    ...labelKeys(term, field),
    ...(key ? [] : [required(`${field}.topologyKey`, 'can not be empty')]),
    ...check(qualifiedName, `${field}.topologyKey`, key),
  ]
}

const podTerms = (given: Draft, field: string): FieldError[] => [
  ...each(given[REQUIRED], `${field}.${REQUIRED}`, podTerm),
  ...each(given[PREFERRED], `${field}.${PREFERRED}`, (term, path) => [
    ...weight(term.weight, path),
    ...podTerm(term.podAffinityTerm ?? {}, `${path}.podAffinityTerm`),
  ]),
]

export const affinity = (given: Draft, field: string): FieldError[] => [
  ...(given?.nodeAffinity ? nodeAffinity(given.nodeAffinity, `${field}.nodeAffinity`) : []),
  ...(given?.podAffinity ? podTerms(given.podAffinity, `${field}.podAffinity`) : []),
  ...(given?.podAntiAffinity ? podTerms(given.podAntiAffinity, `${field}.podAntiAffinity`) : []),
]

const INCLUSION = ['Honor', 'Ignore']

export const spreadConstraints = (list: Draft, field: string): FieldError[] =>
  each(list, field, (c, path, i) => {
    const { topologyKey: key = '', whenUnsatisfiable: action = '', minDomains } = c
    const errors = positive(c.maxSkew, `${path}.maxSkew`)
    if (!key) errors.push(required(`${path}.topologyKey`, 'can not be empty'))
    if (action !== 'DoNotSchedule' && action !== 'ScheduleAnyway')
      errors.push(notSupported(`${path}.whenUnsatisfiable`, action, ['DoNotSchedule', 'ScheduleAnyway']))
    const again = (list as Draft[])
      .slice(i + 1)
      .some(o => (o?.topologyKey ?? '') === key && (o?.whenUnsatisfiable ?? '') === action)
    if (again) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${action}}`))
    if (isSet(minDomains)) {
      errors.push(...positive(minDomains, `${path}.minDomains`))
      if (action !== 'DoNotSchedule') {
        const why = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`
        errors.push(invalid(`${path}.minDomains`, minDomains, why))
      }
    }
    return [
      ...errors,
      ...oneOfIfSet(c.nodeAffinityPolicy, `${path}.nodeAffinityPolicy`, INCLUSION),
      ...oneOfIfSet(c.nodeTaintsPolicy, `${path}.nodeTaintsPolicy`, INCLUSION),
      ...labelKeys({ ...c, mismatchLabelKeys: undefined }, path),
      ...labelSelector(c.labelSelector, `${path}.labelSelector`),
    ]
  })

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

export const tolerations = (list: Draft, field: string): FieldError[] =>
  each(list, field, ({ key, operator = '', value = '', effect = '', tolerationSeconds }, path) => {
    const errors: FieldError[] = key ? check(qualifiedName, `${path}.key`, key) : []
    if (!key && operator !== 'Exists') {
      const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
      errors.push(invalid(`${path}.operator`, operator, why))
    }
    if (isSet(tolerationSeconds) && effect !== 'NoExecute')
      errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    if (operator === 'Equal' || operator === '') {
      const wrong = labelValue(value)
      if (wrong.length) errors.push(invalid(`${path}.operator`, value, wrong.join(';')))
    } else if (operator === 'Exists') {
      if (value) errors.push(invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"))
    } else {
      // Lt and Gt are behind a gate that is closed in 1.36, but named when they are used.
      const compares = operator === 'Lt' || operator === 'Gt'
      errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists', ...(compares ? ['Lt', 'Gt'] : [])]))
    }
    if (effect && !EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS))
    return errors
  })
