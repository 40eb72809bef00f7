/** ResourceQuotas as they must be. */
import { type FieldError, invalid, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { emptyAt } from '../../schema/left-empty.ts'
import type { ResourceQuota } from '../../types.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'
import { isQuotaResource, quantityOf, quotaResourceName } from './resourcenames.ts'

const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']
/** What may be counted within each scope. */
const OF_SCOPE: Record<string, readonly string[]> = {
  Terminating: ['pods', ...COMPUTE],
  NotTerminating: ['pods', ...COMPUTE],
  BestEffort: ['pods'],
  NotBestEffort: ['pods', ...COMPUTE],
  PriorityClass: ['pods', ...COMPUTE],
  CrossNamespacePodAffinity: ['pods', ...COMPUTE],
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
}
const WITHOUT_VALUES = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']
const EXCLUSIVE = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const

const unfit = (scope: string, hard: Draft): string[] =>
  Object.keys(hard ?? {}).filter(key => isQuotaResource(key) && OF_SCOPE[scope]?.includes(key) === false)
const conflicts = (scopes: readonly string[]): number =>
  EXCLUSIVE.filter(([a, b]) => scopes.includes(a) && scopes.includes(b)).length

function scopes({ scopes = [], hard }: Draft): FieldError[] {
  const wrong = (why: string): FieldError => invalid('spec.scopes', scopes, why)
  return [
    ...scopes.flatMap((scope: string) => [
      ...(OF_SCOPE[scope] ? [] : [wrong('unsupported scope')]),
      ...unfit(scope, hard).map(() => wrong('unsupported scope applied to resource')),
    ]),
    ...Array.from({ length: conflicts(scopes) }, () => wrong('conflicting scopes')),
  ]
}

function requirement({ scopeName = '', operator = '', values = [] }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (WITHOUT_VALUES.includes(scopeName) && operator !== 'Exists') {
    const names =
      'ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity'
    errors.push(invalid(`${path}.operator`, operator, `must be 'Exists' when scope is any of ${names}`))
  }
  if (operator === 'In' || operator === 'NotIn') {
    const why = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"
    if (!values?.length) errors.push(required(`${path}.values`, why))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"
    if (values?.length) errors.push(invalid(`${path}.values`, values, why))
  } else errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'))
  return errors
}

function scopeSelector({ scopeSelector: selector, hard, scopes = null }: Draft): FieldError[] {
  const list: Draft[] = selector?.matchExpressions ?? []
  const path = 'spec.scopeSelector.matchExpressions'
  const shown = {
    MatchExpressions: list.map(({ scopeName = '', operator = '', values = null }) => ({
      ScopeName: scopeName,
      Operator: operator,
      Values: values,
    })),
  }
  return [
    ...list.flatMap(r => [
      ...(OF_SCOPE[r.scopeName] ? [] : [invalid(`${path}.scopeName`, r.scopeName ?? '', 'unsupported scope')]),
      ...unfit(r.scopeName, hard).map(() => invalid(path, shown, 'unsupported scope applied to resource')),
      ...requirement(r, path),
    ]),
    ...Array.from({ length: conflicts(list.map(r => r.scopeName)) }, () => invalid(path, scopes, 'conflicting scopes')),
  ]
}

const amounts = (list: Draft, field: string): FieldError[] =>
  Object.entries((list ?? {}) as Record<string, string>).flatMap(([key, value]) => {
    const path = `${field}[${key}]`
    return [...quotaResourceName(key, path), ...quantityOf(key, value, path)]
  })

const validateSpec = (spec: Draft): FieldError[] => [
  ...amounts(spec.hard, 'spec.hard'),
  ...scopes(spec),
  ...scopeSelector(spec),
]

export const validateQuota = ({ metadata, spec }: ResourceQuota): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec ?? {}),
]

export const validateQuotaStatus = (quota: ResourceQuota, old: ResourceQuota): FieldError[] => [
  ...objectMetaUpdate(quota, old),
  ...amounts(quota.status?.hard, 'status.hard'),
  ...amounts(quota.status?.used, 'status.used'),
]

export function validateQuotaUpdate(quota: ResourceQuota, old: ResourceQuota): FieldError[] {
  const now: string[] = quota.spec?.scopes ?? []
  const before: string[] = old.spec?.scopes ?? []
  const same = now.every(s => before.includes(s)) && before.every(s => now.includes(s))
  return [
    ...objectMetaUpdate(quota, old),
    ...validateSpec(quota.spec ?? {}),
    ...(same
      ? []
      : [invalid('spec.scopes', quota.spec?.scopes ?? emptyAt(quota.spec, 'scopes'), 'field is immutable')]),
  ]
}
