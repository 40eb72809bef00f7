/** Answers of two servers to the same request, without what differs between any two clusters. */
import type { Json } from './questions.ts'

export interface Answer {
  code: number
  /** The media type of the body. */
  type: string
  /** Those that say something of the answer; not known where none were sent over a wire. */
  headers?: Readonly<Record<string, string>>
  warnings: readonly string[]
  body: Json
}

/** Made anew by every server, or told apart by when and where it was. */
const OWN = new Set(['uid', 'creationTimestamp', 'deletionTimestamp', 'resourceVersion', 'lastTransitionTime', 'time'])

function common(key: string, value: Json): Json | undefined {
  if (OWN.has(key) && typeof value === 'string' && value !== '') return `its ${key}`
  if (key === 'conditions' && value === null) return undefined
  if (key.endsWith('controller-uid')) return 'uid'
  if ((key === 'clusterIP' || key === 'clusterIPs') && /10\.9[67]\./.test(JSON.stringify(value))) return 'address'
  if (/nodePort$/i.test(key) && typeof value === 'number' && value >= 30_000) return 'port'
  // The rows of our Tables leave out who manages what, and ages are of a moment.
  if (key === 'rows' && Array.isArray(value)) return value.map(row)
  // What is kept of a real server was taken when columns of ours said nothing of themselves.
  if (key === 'columnDefinitions' && Array.isArray(value))
    return value.map(column => ({ ...(column as object), description: '' }))
  // Distributions project more certificates than that of the cluster itself.
  if (key === 'sources' && Array.isArray(value)) return value.filter(s => !/service-ca/.test(JSON.stringify(s)))
  if (key === 'token' && typeof value === 'string') return value && 'a token'
  if (key === 'continue' && typeof value === 'string') return value && 'a token'
  return value
}

function row(value: Json): Json {
  const { cells, object } = value as { cells: Json[]; object?: { metadata?: { managedFields?: Json } } }
  const { managedFields: _, ...metadata } = object?.metadata ?? {}
  const ageless = cells.map(cell => (typeof cell === 'string' ? cell.replace(/^\d+m?s$/, 'its age') : cell))
  return { cells: ageless, ...(object && { object: { ...object, metadata } }) }
}

const plain = (body: Json): Json =>
  JSON.parse(
    JSON.stringify(body, common)
      .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-x')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'its uid')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'its time')
      .replace(/(clusterIPs?\\+":\[?\\+")10\.9[67]\.\d+\.\d+/g, '$1its own')
      .replace(/(nodePort\\+":)3\d{4}/gi, '$1its own')
      .replace(/(resourceVersion: \\")\d+/g, '$1its own')
      .replace(/(resourceVersion\\+":\\+")\d+/g, '$1its own')
      .replace(/(Too large resource version: \d+, current: )[\w$]+/g, '$1its own')
      .replace(/(too old resource version: \d+ \()\d+/g, '$1its own')
      .replace(/(in (?:record|object meta:) \(?)\d+/g, '$1its own'),
  ) as Json

/** An answer in one line: what it is of, or why not. */
export function outline({ code, body, warnings }: Answer): string {
  const told = warnings.length ? `, ${warnings.length} warnings` : ''
  const value = plain(body)
  if (Array.isArray(value))
    return `${code} ${value.map(event => (event as { type?: string }).type ?? '').join(' ')}${told}`
  if (typeof value !== 'object' || value === null) return `${code} ${String(value).split('\n', 1)[0]}${told}`
  const { message, kind, items } = value as {
    message?: string
    kind?: string
    items?: { metadata: { name: string } }[]
  }
  // Which groups there are depends on what else was made.
  const names =
    items?.length && kind !== 'APIGroupDiscoveryList' ? ` of ${items.map(item => item.metadata.name).join(' ')}` : ''
  return `${code} ${message ?? `${kind}${names}`}${told}`
}

function* leaves(value: Json, path = ''): Iterable<[string, string]> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (!entries.length) yield [path, JSON.stringify(value)]
  for (const [key, item] of entries) yield* leaves(item, `${path}.${key}`)
}

/** One line for each place where they differ. */
export function differences(real: Answer, ours: Answer): string[] {
  const lines: string[] = []
  const [a, b] = [real, ours].map(
    ({ code, type, headers = {}, warnings, body }) =>
      new Map(leaves({ code, type, headers: { ...headers }, warnings: [...warnings], body: plain(body) })),
  )
  for (const path of new Set([...a!.keys(), ...b!.keys()])) {
    const [theirs, own] = [a!.get(path), b!.get(path)]
    if (theirs !== own) lines.push(`${path.slice(1)}: real ${theirs ?? 'nothing'}, ours ${own ?? 'nothing'}`)
  }
  if (!lines.length) {
    const [theirs, own] = [real, ours].map(answer => [...leaves(plain(answer.body))].map(([path]) => path))
    const first = theirs!.findIndex((path, i) => path !== own![i])
    if (first >= 0) lines.push(`order of fields: real ${theirs![first]}, ours ${own![first]}`)
  }
  return lines
}
