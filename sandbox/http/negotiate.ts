/** Which of the forms that a client accepts it gets. */
import { StatusError } from '../api/status.ts'

export interface MediaType {
  type: string
  params: Readonly<Record<string, string>>
}

/** In the client's order of preference. */
export function parseAccept(header: string | undefined): MediaType[] {
  if (!header) return []
  return header
    .split(',')
    .map((clause, index) => {
      const [type = '', ...rest] = clause.split(';').map(s => s.trim())
      const params = Object.fromEntries(rest.map(p => p.split('=', 2).map(s => s.trim()) as [string, string]))
      return { type: type.toLowerCase(), params, index, q: Number(params.q ?? 1) }
    })
    .filter(m => m.type)
    .sort((a, b) => b.q - a.q || a.index - b.index)
}

export type Form = 'object' | 'table' | 'metadata' | 'metadataList'
export interface Output {
  form: Form
  yaml: boolean
  /** v1 or v1beta1, of meta.k8s.io. */
  version: string
}

const FORMS: Readonly<Record<string, Form>> = {
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadataList',
}
const JSON_TYPES = new Set(['application/json', 'application/*', '*/*'])

/**
 * @param convertible whether what is answered can also be had as a Table or as metadata alone
 * @throws NotAcceptable when nothing offered is made here (protobuf alone, say)
 */
export function negotiate(header: string | undefined, convertible = true): Output {
  const offers = parseAccept(header)
  if (!offers.length) return { form: 'object', yaml: false, version: 'v1' }
  for (const { type, params } of offers) {
    const yaml = type === 'application/yaml'
    if (!yaml && !JSON_TYPES.has(type)) continue
    if (!params.as) return { form: 'object', yaml, version: 'v1' }
    const form = convertible ? FORMS[params.as] : undefined
    if (form && params.g === 'meta.k8s.io' && (params.v === 'v1' || params.v === 'v1beta1'))
      return { form, yaml, version: params.v }
  }
  throw notAcceptable()
}

export const notAcceptable = (): StatusError =>
  new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  )
