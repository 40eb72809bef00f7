/** The query parameters that Kubernetes knows, checked. */
import { invalid, invalidObject, notSupported } from '../api/fields.ts'
import { badRequest } from '../api/status.ts'
import type { FieldValidation } from './body.ts'

/** @throws BadRequest for what is no number */
export function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (!/^[-+]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

export const flag = (query: URLSearchParams, name: string): boolean => {
  const text = query.get(name)
  return text !== null && text !== 'false' && text !== '0'
}

/** @throws Invalid for anything but "All" */
export function isDryRun(query: URLSearchParams, options: string, inBody?: unknown): boolean {
  const given = [...query.getAll('dryRun'), ...(Array.isArray(inBody) ? (inBody as string[]) : [])].filter(Boolean)
  const errors = given.filter(v => v !== 'All').map(v => notSupported('dryRun', v, ['All']))
  if (errors.length) throw invalidObject(options, 'meta.k8s.io', '', errors)
  return given.length > 0
}

const VALIDATIONS = ['Ignore', 'Strict', 'Warn']

export function fieldValidation(query: URLSearchParams, options: string): FieldValidation {
  const text = query.get('fieldValidation') ?? ''
  if (text && !VALIDATIONS.includes(text)) {
    throw invalidObject(options, 'meta.k8s.io', '', [
      notSupported('fieldValidation', text, ['', 'Ignore', 'Strict', 'Warn']),
    ])
  }
  return (text || 'Warn') as FieldValidation
}

/** Named by the client, or the first word of its user agent. */
export function fieldManager(query: URLSearchParams, userAgent: string | undefined, options: string): string {
  const text = query.get('fieldManager') ?? ''
  if (text.length > 128)
    throw invalidObject(options, 'meta.k8s.io', '', [invalid('fieldManager', text, 'must not be longer than 128')])
  return text || (userAgent ?? '').split('/')[0]!.slice(0, 128) || 'unknown'
}
