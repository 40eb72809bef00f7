/** Content negotiation: which of the media types that a client accepts it gets. */
import { type Status, StatusError } from '../../api/status.ts'

interface MediaType {
  type: string
  params: Readonly<Record<string, string>>
  q: number
}

/** The order of goautoneg, which kube-apiserver uses: higher quality first, then the more specific. */
function isBefore(a: MediaType, b: MediaType): boolean {
  if (a.q > b.q) return true
  const [x, y] = [a.type.split('/'), b.type.split('/')]
  return [0, 1].some(i => x[i] !== '*' && y[i] === '*')
}

/** Most preferred first. The comparison is no strict order, so the result depends on the algorithm: insertion sort, as in Go. */
function parseAccept(header: string): MediaType[] {
  const found: MediaType[] = []
  for (const clause of header.split(',')) {
    const [range = '', ...rest] = clause.split(';').map(text => text.trim())
    const type = range === '*' ? '*/*' : range.replace(/ *\/ */, '/')
    if (!/^[^/]*\/[^/]+$/.test(type)) continue
    const pairs = rest.map(text => text.split('=')).filter(pair => pair.length === 2 && pair[1])
    const { q, ...params } = Object.fromEntries(pairs.map(pair => pair.map(text => text.trim())))
    const one = { type, params, q: q === undefined ? 1 : Number(q) || 0 }
    let at = found.length
    while (at > 0 && isBefore(one, found[at - 1]!)) at--
    found.splice(at, 0, one)
  }
  return found
}

/** Media types that we produce, in the order in which they are offered. */
const MADE_HERE = ['application/json', 'application/yaml'] as const
type Made = (typeof MADE_HERE)[number]

const includes = (range: string, type: string): boolean =>
  range === type || range === '*/*' || range === `${type.split('/')[0]}/*`

export interface Accepted {
  type: Made
  params: MediaType['params']
}

/** Whether a form that is asked for by `as`, `g` and `v` is one of the answer's. */
type Allows = (params: MediaType['params'], type: Made) => boolean

const isPlain: Allows = ({ as, g, v }) => as === undefined && g === undefined && v === undefined

/** The first media type that the client accepts and we produce; undefined where there is none. */
export function accepted(header: string | undefined, allows: Allows = isPlain): Accepted | undefined {
  if (!header) return { type: 'application/json', params: {} }
  for (const { type: range, params } of parseAccept(header))
    for (const type of MADE_HERE) {
      if (!includes(range, type) || params.sv) continue
      if (params.stream && (params.stream !== 'watch' || type !== 'application/json')) continue
      if (allows(params, type)) return { type, params }
    }
  return undefined
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
const PROTOBUF = 'application/vnd.kubernetes.protobuf'
/** Media types that a real server produces, in its order. */
const MADE = ['application/json', 'application/yaml', PROTOBUF]
const STREAMED = ['application/json', PROTOBUF].map(type => `${type};stream=watch`)

/** What an answer can be. */
export interface Offered {
  /** Whether it can also be had as a Table or as metadata alone. */
  convertible?: boolean
  /** Whether it has a Table; most have. */
  tables?: boolean
  /** Whether the URL can be watched, and whether that is asked for. */
  watchable?: boolean
  watching?: boolean
  /** Custom resources are never protobuf. */
  custom?: boolean
}

/** Whether one of these media types is accepted, whatever is said of its form. */
export const accepts = (header: string | undefined, types: readonly string[]): boolean =>
  !header || parseAccept(header).some(({ type: range }) => types.some(type => includes(range, type)))

/**
 * What a route says before anything else looks at the request.
 * @throws NotAcceptable where nothing that a client accepts is made there by name
 */
export function checkRoute(header: string | undefined, made: readonly string[] = MADE): void {
  if (!header) return
  const ranges = header.split(',').map(clause => clause.split(';', 1)[0]!.trim())
  if (!ranges.some(range => range === '*/*' || made.includes(range)))
    throw notAcceptable(`406: Not Acceptable\n\nAvailable representations: ${made.join(', ')}`, {})
}

/** 406: nothing that the client accepts is produced. */
export const onlyThese = (types: readonly string[] = MADE): StatusError =>
  notAcceptable(`only the following media types are accepted: ${types.join(', ')}`)

/** @throws NotAcceptable when nothing that the client accepts is produced here (only protobuf, say) */
export function negotiate(
  header: string | undefined,
  { convertible = true, tables = true, watchable = false, watching = false, custom = false }: Offered = {},
): Output {
  if (!custom) checkRoute(header, watchable ? [...MADE, ...STREAMED] : MADE)
  const isForm: Allows = ({ as = '', g, v }) =>
    convertible &&
    Object.hasOwn(FORMS, as) &&
    (tables || as !== 'Table') &&
    g === 'meta.k8s.io' &&
    (v === 'v1' || v === 'v1beta1')
  const found = accepted(
    header,
    (params, type) => !(watching && type === 'application/yaml') && (isPlain(params, type) || isForm(params, type)),
  )
  if (found) {
    const { type, params } = found
    const version = params.v ?? 'v1'
    return { form: params.as ? FORMS[params.as]! : 'object', yaml: type === 'application/yaml', version }
  }
  const asked = parseAccept(header ?? '')
  // A client that takes only protobuf must not be told that it could have it.
  const made = (asked.length && asked.every(({ type }) => type === PROTOBUF)) || custom ? MADE.slice(0, 2) : MADE
  throw onlyThese(watching && !asked.some(({ params }) => params.as) ? STREAMED.slice(0, custom ? 1 : 2) : made)
}

export const notAcceptable = (message: string, details?: Status['details']): StatusError =>
  new StatusError(406, 'NotAcceptable', message, details)
