/** ReplicationControllers as they must be. */
import { type FieldError, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { ReplicationController } from '../../types.ts'
import { validatePodTemplate } from '../pod/validate/template.ts'
import { nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { countsUpdate, runsForever } from './replicated.ts'
import { matchesTemplate } from './selector.ts'

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template, replicas } = spec
  const selects = Object.keys(selector ?? {}).length > 0
  return [
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...(selects ? [] : [required('spec.selector')]),
    ...(replicas == null ? [required('spec.replicas')] : nonNegative(replicas, 'spec.replicas')),
    ...(template
      ? [
          ...(selects ? matchesTemplate({ matchLabels: selector }, template, 'spec.template') : []),
          ...validatePodTemplate(template, 'spec.template', { oldSpec: old?.template?.spec }),
          ...runsForever(template, 'spec.template', 'ReplicationController'),
        ]
      : [required('spec.template')]),
  ]
}

export const validateReplicationController = ({ metadata, spec }: ReplicationController): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec),
]

export const validateReplicationControllerUpdate = (
  controller: ReplicationController,
  old: ReplicationController,
): FieldError[] => [...objectMetaUpdate(controller, old), ...validateSpec(controller.spec, old.spec)]

export const validateReplicationControllerStatus = countsUpdate(
  ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'],
  ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'],
)
