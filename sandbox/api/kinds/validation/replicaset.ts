/** ReplicaSets as they must be. */
import { type FieldError, invalid } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { ReplicaSet } from '../../types.ts'
import { validatePodTemplate } from '../pod/validate/template.ts'
import { isEmptySelector, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { countsUpdate, runsForever } from './replicated.ts'
import { immutableSelector, matchesTemplate, requiredSelector, shownSelector, wellFormed } from './selector.ts'

/** Selector and template of a ReplicaSet, or of a Deployment that makes some. */
export function selectorAndTemplate(spec: Draft, old: Draft): { selector: FieldError[]; template: FieldError[] } {
  const { selector, template } = spec
  const errors = requiredSelector(selector, 'spec.selector', 'deployment')
  if (!wellFormed(selector)) {
    errors.push(invalid('spec.selector', shownSelector(selector), 'invalid label selector'))
    return { selector: errors, template: [] }
  }
  return {
    selector: errors,
    template: [
      ...(selector && isEmptySelector(selector) ? [] : matchesTemplate(selector, template, 'spec.template')),
      ...validatePodTemplate(template, 'spec.template', { oldSpec: old?.template?.spec }),
      ...runsForever(template, 'spec.template', 'ReplicaSet'),
    ],
  }
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template } = selectorAndTemplate(spec, old)
  return [
    ...nonNegative(spec.replicas, 'spec.replicas'),
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...selector,
    ...template,
  ]
}

export const validateReplicaSet = (set: ReplicaSet): FieldError[] => [
  ...objectMeta(set.metadata, true),
  ...validateSpec(set.spec),
]

export const validateReplicaSetUpdate = (set: ReplicaSet, old: ReplicaSet): FieldError[] => [
  ...objectMetaUpdate(set, old),
  ...validateSpec(set.spec, old.spec),
  ...immutableSelector(deepEqual(set.spec.selector, old.spec.selector), set.spec.selector, 'spec.selector'),
]

export const validateReplicaSetStatus = countsUpdate(
  [
    'replicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
    'observedGeneration',
    'terminatingReplicas',
  ],
  ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'],
)
