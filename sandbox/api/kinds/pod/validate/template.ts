/** What must hold of a Pod template, wherever a workload carries one. */
import type { FieldError } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { validatePodSpec } from './spec.ts'

/** What a check of a template or spec may depend on besides the object itself. */
export interface PodValidationContext {
  /** The object before an update: values that were allowed to get in may stay. */
  oldSpec?: Draft
}

/** @param field the template's own path, as `spec.template` or `template` */
export function validatePodTemplate(template: Draft, field: string, context: PodValidationContext = {}): FieldError[] {
  return validatePodSpec(template?.spec ?? {}, `${field}.spec`, template?.metadata ?? {}, context)
}

export { validatePodSpec }
