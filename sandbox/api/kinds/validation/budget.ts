/** PodDisruptionBudgets as they must be. */
import { type FieldError, invalid, notSupported } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { PodDisruptionBudget } from '../../types.ts'
import { notAboveHundredPercent, numberOrPercent } from './amount.ts'
import { pathSegment } from './content.ts'
import { asInternal } from './internal.ts'
import { labelSelector, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
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

const COUNTS = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const

export const validateBudgetStatus = (budget: PodDisruptionBudget, old: PodDisruptionBudget): FieldError[] => [
  ...objectMetaUpdate(budget, old),
  ...COUNTS.flatMap(count => nonNegative(budget.status?.[count], `status.${count}`)),
]
