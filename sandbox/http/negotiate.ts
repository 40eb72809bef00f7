/** Which of the forms that a client accepts it gets. */
import { type Status, StatusError } from '../api/status.ts'

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
const JSON_TYPES = new Set(['application/json', '*/*'])
const PROTOBUF = 'application/vnd.kubernetes.protobuf'
/** What the real server makes, in its order. */
const MADE = ['application/json', 'application/yaml', PROTOBUF]
const STREAMED = ['application/json', PROTOBUF].map(type => `${type};stream=watch`)

/** What an answer can be. */
export interface Offered {
  /** Whether it can also be had as a Table or as metadata alone. */
  convertible?: boolean
  /** Whether the URL can be watched, and whether that is asked for. */
  watchable?: boolean
  watching?: boolean
  /** Custom resources are never protobuf. */
  custom?: boolean
}

/** @throws NotAcceptable when nothing that is asked for is made here (protobuf alone, say) */
export function negotiate(
  header: string | undefined,
  { convertible = true, watchable = false, watching = false, custom = false }: Offered = {},
): Output {
  const asked = parseAccept(header)
  if (!asked.length) return { form: 'object', yaml: false, version: 'v1' }
  const known = watchable ? [...MADE, ...STREAMED] : MADE
  if (!custom && !asked.some(({ type }) => type === '*/*' || MADE.includes(type)))
    throw notAcceptable(`406: Not Acceptable\n\nAvailable representations: ${known.join(', ')}`, {})
  for (const { type, params } of asked) {
    const yaml = type === 'application/yaml'
    if (yaml ? watching : !JSON_TYPES.has(type)) continue
    if (!params.as) {
      if (params.g || params.v) continue
      return { form: 'object', yaml, version: 'v1' }
    }
    const form = convertible ? FORMS[params.as] : undefined
    if (form && params.g === 'meta.k8s.io' && (params.v === 'v1' || params.v === 'v1beta1'))
      return { form, yaml, version: params.v }
  }
  // Who takes protobuf alone is not to be told that it could be had.
  const made = asked.every(({ type }) => type === PROTOBUF) || custom ? MADE.slice(0, 2) : MADE
  const all = watching && !asked.some(({ params }) => params.as) ? STREAMED.slice(0, custom ? 1 : 2) : made
  throw notAcceptable(`only the following media types are accepted: ${all.join(', ')}`)
}

export const notAcceptable = (message: string, details?: Status['details']): StatusError =>
  new StatusError(406, 'NotAcceptable', message, details)
