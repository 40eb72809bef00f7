/** Deployments as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { Deployment } from '../../types.ts'
import { amountOf, notAboveHundredPercent, numberOrPercent } from './amount.ts'
import { nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { selectorAndTemplate } from './replicaset.ts'
import { countsUpdate } from './replicated.ts'
import { immutableSelector } from './selector.ts'

function rollingUpdate({ maxUnavailable, maxSurge }: Draft, path: string): FieldError[] {
  const errors = [
    ...numberOrPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...numberOrPercent(maxSurge, `${path}.maxSurge`),
  ]
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0)
    errors.push(invalid(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'))
  return [...errors, ...notAboveHundredPercent(maxUnavailable, `${path}.maxUnavailable`)]
}

function strategy(strategy: Draft, path: string): FieldError[] {
  switch (strategy.type) {
    case 'Recreate':
      return strategy.rollingUpdate
        ? [forbiddenField(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
        : []
    case 'RollingUpdate':
      return rollingUpdate(strategy.rollingUpdate ?? {}, `${path}.rollingUpdate`)
    default: {
      const { maxUnavailable = 0, maxSurge = 0 } = strategy.rollingUpdate ?? {}
      const RollingUpdate = strategy.rollingUpdate ? { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge } : null
      return [notSupported(path, { Type: strategy.type, RollingUpdate }, ['Recreate', 'RollingUpdate'])]
    }
  }
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template } = selectorAndTemplate(spec, old)
  const deadline = spec.progressDeadlineSeconds
  const tooSoon = deadline != null && deadline <= (spec.minReadySeconds ?? 0)
  return [
    ...nonNegative(spec.replicas, 'spec.replicas'),
    ...selector,
    ...template,
    ...strategy(spec.strategy ?? {}, 'spec.strategy'),
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
    ...nonNegative(deadline, 'spec.progressDeadlineSeconds'),
    ...(tooSoon ? [invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')] : []),
  ]
}

export const validateDeployment = ({ metadata, spec }: Deployment): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec),
]

export const validateDeploymentUpdate = (deployment: Deployment, old: Deployment): FieldError[] => {
  const { selector } = deployment.spec
  return [
    ...objectMetaUpdate(deployment, old),
    ...validateSpec(deployment.spec, old.spec),
    ...immutableSelector(deepEqual(selector, old.spec.selector), selector, 'spec.selector'),
  ]
}

export const validateDeploymentStatus = countsUpdate(
  [
    'observedGeneration',
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'availableReplicas',
    'unavailableReplicas',
    'terminatingReplicas',
    'collisionCount',
  ],
  ['updatedReplicas', 'readyReplicas', 'availableReplicas'],
)
