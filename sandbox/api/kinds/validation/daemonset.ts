/** DaemonSets as they must be. */
import { type FieldError, invalid, notSupported, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { DaemonSet } from '../../types.ts'
import { validatePodTemplate } from '../pod/validate/template.ts'
import { amountOf, notAboveHundredPercent, numberOrPercent } from './amount.ts'
import { isEmptySelector, labelSelector, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { countsUpdate, runsForever } from './replicated.ts'
import { immutableSelector, matchesTemplate, shownSelector, wellFormed } from './selector.ts'

function rollingUpdate({ maxUnavailable, maxSurge }: Draft, path: string): FieldError[] {
  const errors = [
    ...numberOrPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...numberOrPercent(maxSurge, `${path}.maxSurge`),
    ...notAboveHundredPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...notAboveHundredPercent(maxSurge, `${path}.maxSurge`),
  ]
  const unavailable = amountOf(maxUnavailable) !== 0
  const surge = amountOf(maxSurge) !== 0
  if (unavailable && surge)
    errors.push(invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'))
  if (!unavailable && !surge) errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'))
  return errors
}

function updateStrategy({ type, rollingUpdate: rolling }: Draft, path: string): FieldError[] {
  if (type === 'OnDelete') return []
  if (type === 'RollingUpdate')
    return rolling ? rollingUpdate(rolling, `${path}.rollingUpdate`) : [required(`${path}.rollingUpdate`)]
  const RollingUpdate = rolling
    ? { MaxUnavailable: rolling.maxUnavailable ?? 0, MaxSurge: rolling.maxSurge ?? 0 }
    : null
  return [notSupported(path, { Type: type, RollingUpdate }, ['RollingUpdate', 'OnDelete'])]
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template } = spec
  const errors = labelSelector(selector, 'spec.selector')
  if (wellFormed(selector)) errors.push(...matchesTemplate(selector, template, 'spec.template'))
  if (selector && isEmptySelector(selector))
    errors.push(invalid('spec.selector', shownSelector(selector), 'empty selector is invalid for daemonset'))
  return [
    ...errors,
    ...validatePodTemplate(template, 'spec.template', { oldSpec: old?.template?.spec }),
    ...runsForever(template, 'spec.template', 'DaemonSet'),
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...updateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  ]
}

export const validateDaemonSet = ({ metadata, spec }: DaemonSet): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec),
]

export const validateDaemonSetUpdate = (set: DaemonSet, old: DaemonSet): FieldError[] => [
  ...objectMetaUpdate(set, old),
  ...immutableSelector(deepEqual(set.spec.selector, old.spec.selector), set.spec.selector, 'spec.selector'),
  ...validateSpec(set.spec, old.spec),
]

export const validateDaemonSetStatus = countsUpdate(
  [
    'currentNumberScheduled',
    'numberMisscheduled',
    'desiredNumberScheduled',
    'numberReady',
    'observedGeneration',
    'updatedNumberScheduled',
    'numberAvailable',
    'numberUnavailable',
    'collisionCount',
  ],
  [],
)
