/** ControllerRevisions as they must be: what they hold is an object, and never changes. */
import { type FieldError, required } from '../../fields.ts'
import { isObject } from '../../formats/json.ts'
import type { ControllerRevision } from '../../types.ts'
import { immutable, nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'

function data(value: unknown): FieldError[] {
  if (value == null) return [required('data', 'data is mandatory')]
  return isObject(value) ? [] : [required('data', 'data must be a valid JSON object')]
}

const common = (revision: ControllerRevision): FieldError[] => [
  ...objectMeta(revision.metadata, true),
  ...nonNegative(revision.revision, 'revision'),
]

export const validateRevision = (revision: ControllerRevision): FieldError[] => [
  ...common(revision),
  ...data(revision.data),
]

export const validateRevisionUpdate = (revision: ControllerRevision, old: ControllerRevision): FieldError[] => [
  ...objectMetaUpdate(revision, old),
  ...common(revision),
  ...immutable(revision.data, old.data, 'data'),
]
