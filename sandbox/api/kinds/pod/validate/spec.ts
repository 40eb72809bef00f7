/** What must hold of a Pod's spec. */
import type { FieldError } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import type { PodValidationContext } from './template.ts'

/** @param meta the metadata of the Pod or template that the spec belongs to */
export function validatePodSpec(
  _spec: Draft,
  _field: string,
  _meta: Draft,
  _context: PodValidationContext = {},
): FieldError[] {
  return []
}
