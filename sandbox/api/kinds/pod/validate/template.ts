/** Validation of a PodTemplateSpec, wherever a workload carries one. */
import { type FieldError, forbiddenField } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { annotations, labels } from '../../validation/metadata.ts'
import { annotationsAgree, podAnnotations } from './annotations.ts'
import { type PodValidationContext, validatePodSpec } from './spec.ts'

export function templateMetadata(template: Draft, field: string): FieldError[] {
  const meta = template?.metadata ?? {}
  return [
    ...labels(meta.labels, `${field}.labels`),
    ...annotations(meta.annotations, `${field}.annotations`),
    ...podAnnotations(meta.annotations, template?.spec ?? {}, `${field}.annotations`),
  ]
}

/** @param field the template's own path, as `spec.template` or `template` */
export function validatePodTemplate(template: Draft, field: string, context: PodValidationContext = {}): FieldError[] {
  const spec = template?.spec ?? {}
  const meta = template?.metadata ?? {}
  const specField = `${field}.spec`
  return [
    ...templateMetadata(template, field),
    ...validatePodSpec(spec, specField, undefined, context),
    ...annotationsAgree(meta.annotations, spec, specField),
    ...(spec.ephemeralContainers?.length
      ? [forbiddenField(`${specField}.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ]
}
