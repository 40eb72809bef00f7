/** Validation of a Pod, when it is created and when it is updated. */
import { type FieldError, forbiddenField } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { objectMeta } from '../../validation/metadata.ts'
import { foundSound, isSound } from './alike.ts'
import { annotationsAgree, podAnnotations } from './annotations.ts'
import { trimmedImage } from './container.ts'
import { each } from './rules.ts'
import { type PodValidationContext, validatePodSpec } from './spec.ts'

/** What holds of a Pod at any time. */
export function wholePod(pod: Draft, context: PodValidationContext = {}): FieldError[] {
  const { metadata, spec } = pod
  return [
    ...objectMeta(metadata, true),
    ...podAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', metadata, context),
    ...tokensWithoutAccount(spec),
    ...each(spec.containers, 'spec.containers', trimmedImage),
    ...each(spec.initContainers, 'spec.initContainers', trimmedImage),
  ]
}

function tokensWithoutAccount(spec: Draft): FieldError[] {
  if (spec.serviceAccountName) return []
  return each(spec.volumes, 'spec.volumes', (volume, path) =>
    each(volume.projected?.sources, `${path}.projected.sources`, (source, at) =>
      source.serviceAccountToken
        ? [forbiddenField(`${at}.serviceAccountToken`, 'must not be specified when serviceAccountName is not set')]
        : [],
    ),
  )
}

export function validatePod(pod: Draft): FieldError[] {
  const { metadata, spec } = pod
  if (isSound(pod)) return objectMeta(metadata, true)
  const errors = wholePod(pod)
  if (spec.ephemeralContainers?.length)
    errors.push(forbiddenField('spec.ephemeralContainers', 'cannot be set on create'))
  if (spec.nodeName && spec.schedulingGates?.length)
    errors.push(forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'))
  errors.push(...annotationsAgree(metadata.annotations, spec, 'spec'))
  if (!errors.length) foundSound(pod)
  return errors
}
