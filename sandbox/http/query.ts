/** The query parameters that Kubernetes knows, checked. */
import {
  type FieldError,
  forbiddenField,
  invalid,
  invalidObject,
  notSupported,
  required,
  tooLong,
} from '../api/fields.ts'
import type { FieldValidation } from './body/body.ts'

/** What dryRun is given, in the query or in options that came as a body. */
export const dryRunOf = (query: URLSearchParams, inBody?: unknown): string[] => [
  ...query.getAll('dryRun'),
  ...(Array.isArray(inBody) ? (inBody as string[]) : []),
]

export const dryRunFaults = (given: readonly string[]): FieldError[] =>
  given.some(v => v !== 'All') ? [notSupported('dryRun', given, ['All'])] : []

const VALIDATIONS = ['Ignore', 'Strict', 'Warn']

const validationFaults = (text: string): FieldError[] =>
  text && !VALIDATIONS.includes(text) ? [notSupported('fieldValidation', text, ['', 'Ignore', 'Strict', 'Warn'])] : []

function managerFaults(text: string): FieldError[] {
  if (new TextEncoder().encode(text).length > 128) return [tooLong('fieldManager', 128)]
  const at = [...text].findIndex(c => !PRINTABLE.test(c))
  if (at < 0) return []
  const code = [...text][at]!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return [invalid('fieldManager', text, `invalid character U+${code} (at position ${at})`)]
}

/** What Go's unicode.IsPrint has: letters, marks, numbers, punctuation, symbols, and the space of ASCII. */
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

export interface WriteOptions {
  /** Named by the client, or the first word of its user agent. */
  fieldManager: string
  dryRun: boolean
  fieldValidation: FieldValidation
}

/** What only server-side apply has, and must have. */
function applyFaults(query: URLSearchParams, isApply: boolean): FieldError[] {
  if (!isApply) return query.has('force') ? [forbiddenField('force', 'may not be specified for non-apply patch')] : []
  return query.get('fieldManager') ? [] : [required('fieldManager', 'is required for apply patch')]
}

/** @param what the options are called: `CreateOptions` and its like. @throws Invalid */
export function writeOptions(
  query: URLSearchParams,
  userAgent: string | undefined,
  what: string,
  isApply = false,
): WriteOptions {
  const [manager, validation] = [query.get('fieldManager') ?? '', query.get('fieldValidation') ?? '']
  const dryRun = dryRunOf(query)
  const errors = [
    ...(what === 'PatchOptions' ? applyFaults(query, isApply) : []),
    ...managerFaults(manager),
    ...dryRunFaults(dryRun),
    ...validationFaults(validation),
  ]
  if (errors.length) throw invalidObject(what, 'meta.k8s.io', '', errors)
  return {
    fieldManager: manager || (userAgent ?? '').split('/')[0]!.slice(0, 128) || 'unknown',
    dryRun: dryRun.length > 0,
    fieldValidation: (validation || 'Warn') as FieldValidation,
  }
}
