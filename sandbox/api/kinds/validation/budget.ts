/** PodDisruptionBudgets and PriorityClasses as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { PodDisruptionBudget, PriorityClass } from '../../types.ts'
import { notAboveHundredPercent, numberOrPercent } from './amount.ts'
import { asInternal } from './internal.ts'
import { immutable, labelSelector, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { pathSegment } from './rbac.ts'
import { shownSelector } from './selector.ts'

const EVICTION_POLICIES = ['AlwaysAllow', 'IfHealthyBudget']

function budgetSpec(spec: Draft): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec
  const amount = (value: Draft, path: string): FieldError[] =>
    value == null ? [] : [...numberOrPercent(value, path), ...notAboveHundredPercent(value, path)]
  const shown = asInternal('PodDisruptionBudgetSpec', { ...spec, selector: shownSelector(spec.selector) })
  return [
    ...(minAvailable != null && maxUnavailable != null
      ? [invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...amount(minAvailable, 'spec.minAvailable'),
    ...amount(maxUnavailable, 'spec.maxUnavailable'),
    ...labelSelector(spec.selector, 'spec.selector'),
    ...(policy == null || EVICTION_POLICIES.includes(policy)
      ? []
      : [notSupported('spec.unhealthyPodEvictionPolicy', policy, EVICTION_POLICIES)]),
  ]
}

/** Any name that can stand in an address will do. */
export const validateBudget = ({ metadata, spec }: PodDisruptionBudget): FieldError[] => [
  ...objectMeta(metadata, true, pathSegment),
  ...budgetSpec(spec),
]
export const validateBudgetUpdate = (budget: PodDisruptionBudget, old: PodDisruptionBudget): FieldError[] => [
  ...objectMetaUpdate(budget, old),
  ...budgetSpec(budget.spec),
]

const HIGHEST = 1000000000
const SYSTEM: Record<string, number> = {
  'system-node-critical': 2 * HIGHEST + 1000,
  'system-cluster-critical': 2 * HIGHEST,
}

function systemFault({ metadata: { name }, value, globalDefault }: PriorityClass): string | undefined {
  const wanted = SYSTEM[name]
  if (wanted === undefined) return `${name} is not a known system priority class`
  if (value !== wanted) return `value of ${name} PriorityClass must be ${wanted}`
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined
}

const PREEMPTION = ['PreemptLowerPriority', 'Never']

export function validatePriorityClass(priority: PriorityClass): FieldError[] {
  const { metadata, value, preemptionPolicy: policy } = priority
  const errors = objectMeta(metadata, false)
  if (metadata.name?.startsWith('system-')) {
    const fault = systemFault(priority)
    const why = "priority class names with 'system-' prefix are reserved for system use only. error: "
    if (fault) errors.push(forbiddenField('metadata.name', why + fault))
  } else if ((value ?? 0) > HIGHEST) {
    errors.push(forbiddenField('value', `maximum allowed value of a user defined priority is ${HIGHEST}`))
  }
  if ((policy as string) === '') errors.push(required('preemptionPolicy'))
  else if (policy != null && !PREEMPTION.includes(policy))
    errors.push(notSupported('preemptionPolicy', policy, PREEMPTION))
  return errors
}
export const validatePriorityClassUpdate = (priority: PriorityClass, old: PriorityClass): FieldError[] => [
  ...objectMetaUpdate(priority, old),
  ...(priority.value === old.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
  ...immutable(priority.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy'),
]

const COUNTS = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const

export const validateBudgetStatus = (budget: PodDisruptionBudget, old: PodDisruptionBudget): FieldError[] => [
  ...objectMetaUpdate(budget, old),
  ...COUNTS.flatMap(count => nonNegative(budget.status?.[count], `status.${count}`)),
]
