/** Field errors: what is wrong where, in the words of apimachinery's util/validation/field. Returned, not thrown. */
import { goQuote } from './formats/go-escapes.ts'
import { escaped } from './formats/go-json.ts'
import { StatusError } from './status.ts'

export type FieldErrorType =
  | 'Required value'
  | 'Invalid value'
  /** Said in the same words as an invalid value. */
  | 'Invalid type'
  | 'Unsupported value'
  | 'Duplicate value'
  | 'Forbidden'
  | 'Too long'
  | 'Too many'
  | 'Not found'
  | 'Internal error'

const CAUSE_REASON: Record<FieldErrorType, string> = {
  'Required value': 'FieldValueRequired',
  'Invalid value': 'FieldValueInvalid',
  'Invalid type': 'FieldValueTypeInvalid',
  'Unsupported value': 'FieldValueNotSupported',
  'Duplicate value': 'FieldValueDuplicate',
  Forbidden: 'FieldValueForbidden',
  'Too long': 'FieldValueTooLong',
  'Too many': 'FieldValueTooMany',
  'Not found': 'FieldValueNotFound',
  'Internal error': 'InternalError',
}

export interface FieldError {
  type: FieldErrorType
  /** As Kubernetes writes it: spec.containers[0].ports[1].name, metadata.labels[app]; '<nil>' for the whole. */
  field: string
  /** Everything after the field and its colon. */
  body: string
}

/** Two lists of errors as one. Nearly always both are empty, and then nothing is made. */
export const joined = (a: FieldError[], b: FieldError[]): FieldError[] => (b.length ? (a.length ? a.concat(b) : b) : a)

/** A value as Go's %v and %#v print it in a message. */
function printValue(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return goQuote(value)
  if (typeof value === 'object') return escaped(JSON.stringify(value))
  return String(value)
}

const withDetail = (head: string, detail?: string): string => (detail ? `${head}: ${detail}` : head)

export const required = (field: string, detail = ''): FieldError => ({
  type: 'Required value',
  field,
  body: withDetail('Required value', detail),
})
export const invalid = (field: string, value: unknown, detail = ''): FieldError => ({
  type: 'Invalid value',
  field,
  body: withDetail(`Invalid value: ${printValue(value)}`, detail),
})
/** A value of another type than it should be. */
export const invalidType = (field: string, value: unknown, detail: string): FieldError => ({
  ...invalid(field, value, detail),
  type: 'Invalid type',
})
/** Says what is wrong without repeating the value. */
export const invalidUnshown = (field: string, detail: string): FieldError => ({
  type: 'Invalid value',
  field,
  body: `Invalid value: ${detail}`,
})
/** @param supported printed in the order given; Kubernetes sorts them, so pass them sorted */
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'Unsupported value',
  field,
  body: withDetail(
    `Unsupported value: ${printValue(value)}`,
    supported.length ? `supported values: ${supported.map(v => JSON.stringify(v)).join(', ')}` : '',
  ),
})
export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'Duplicate value',
  field,
  body: `Duplicate value: ${printValue(value)}`,
})
export const forbiddenField = (field: string, detail: string): FieldError => ({
  type: 'Forbidden',
  field,
  body: withDetail('Forbidden', detail),
})
/** Something that should not happen. */
export const internal = (field: string, detail: string): FieldError => ({
  type: 'Internal error',
  field,
  body: `Internal error: ${detail}`,
})
export const tooLong = (field: string, max: number): FieldError => ({
  type: 'Too long',
  field,
  body: max < 0 ? 'Too long: value is too long' : `Too long: may not be more than ${max} bytes`,
})
export const tooMany = (field: string, actual: number, max: number): FieldError => ({
  type: 'Too many',
  field,
  body: `Too many: ${actual}: must have at most ${max} items`,
})
export const notFoundValue = (field: string, value: unknown): FieldError => ({
  type: 'Not found',
  field,
  body: `Not found: ${printValue(value)}`,
})

const text = (e: FieldError): string => `${e.field}: ${e.body}`

/** The 422 that a create or update with field errors gets; several are listed in brackets, equal ones once there. */
export function invalidObject(kind: string, group: string, name: string, errors: readonly FieldError[]): StatusError {
  const list = [...new Set(errors.map(text))]
  const message = list.length === 1 ? list[0]! : `[${list.join(', ')}]`
  return new StatusError(422, 'Invalid', `${kind}${group ? `.${group}` : ''} "${name}" is invalid: ${message}`, {
    ...(name && { name }),
    ...(group && { group }),
    ...(kind && { kind }),
    causes: errors.map(e => ({ reason: CAUSE_REASON[e.type], message: e.body, field: e.field })),
  })
}
