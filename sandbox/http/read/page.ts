/** limit and continue: a list in chunks. */
import { JsonError, quote, readJson } from '../../api/formats/json-reader.ts'
import { badRequest, type StatusError } from '../../api/status.ts'
import type { KubeObject } from '../../api/types.ts'
import type { ListMeta } from '../encoding/wire.ts'

export interface Token {
  v: string
  /** The revision of the list; -1 goes on with the present one. */
  rv: number
  start: string
}

/** @param within the namespace that all objects of the list are of, if there is one */
const keyOf = ({ metadata: { namespace, name } }: KubeObject, within: string): string =>
  namespace && !within ? `${namespace}/${name}` : name

const BASE64URL = /^[A-Za-z0-9_-]*$/

/** @throws BadRequest for a malformed token */
export function parseToken(text: string): Token {
  const bad = (why: string): StatusError => badRequest(`invalid continue token: continue key is not valid: ${why}`)
  if (!BASE64URL.test(text) || text.length % 4 === 1) {
    const at = [...text].findIndex(c => !BASE64URL.test(c))
    throw bad(`illegal base64 data at input byte ${at < 0 ? text.length - 1 : at}`)
  }
  const json = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  // Byte by byte, as the reader of JSON would see a text.
  if (json >= '\x80') throw bad(`invalid character ${quote(json[0]!)} looking for beginning of value`)
  let read: unknown
  try {
    read = readJson(json).value
  } catch (error) {
    throw error instanceof JsonError ? bad(error.message) : error
  }
  const wrong = wrongType(read)
  if (wrong) throw bad(`json: cannot unmarshal ${wrong}`)
  const { v = '', rv = 0, start = '' } = (read ?? {}) as Partial<Token>
  if (v !== VERSION) throw bad(`server does not recognize this encoded version ${v}`)
  if (!rv) throw bad(`incorrect encoded start resourceVersion (version ${VERSION})`)
  if (!start) throw bad(`encoded start key empty (version ${VERSION})`)
  if (/(^|\/)\.{0,2}(\/|$)/.test(start.replace(/^\//, ''))) throw bad(start)
  return { v, rv, start: start.replace(/^\//, '') }
}

const VERSION = 'meta.k8s.io/v1'
const FIELDS: Readonly<Record<keyof Token, string>> = { v: 'string', rv: 'int64', start: 'string' }
const goType = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

/** What Go finds that cannot be in a token. */
function wrongType(read: unknown): string | undefined {
  if (read === null) return undefined
  if (typeof read !== 'object' || Array.isArray(read))
    return `${goType(read)} into Go value of type storage.continueToken`
  for (const [field, type] of Object.entries(FIELDS)) {
    const value = (read as Record<string, unknown>)[field]
    const wanted = type === 'string' ? 'string' : 'number'
    if (value !== undefined && value !== null && typeof value !== wanted)
      return `${goType(value)} into Go struct field continueToken.${field} of type ${type}`
  }
  return undefined
}

export const printToken = (rv: number, start: string): string =>
  btoa(JSON.stringify({ v: VERSION, rv, start } satisfies Token))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** @param revision that of the list, as it was when its first piece was given */
export function page<T extends KubeObject>(
  objects: readonly T[],
  options: { limit: number; token: Token | undefined; revision: number; selective: boolean; namespace: string },
): { items: readonly T[]; metadata: ListMeta } {
  const { token, revision, limit, namespace } = options
  const rest = token ? objects.filter(o => keyOf(o, namespace) >= token.start) : objects
  const metadata: ListMeta = { resourceVersion: String(revision) }
  if (!limit || rest.length <= limit) return { items: rest, metadata }
  metadata.continue = printToken(revision, `${keyOf(rest[limit - 1]!, namespace)}\0`)
  if (!options.selective) metadata.remainingItemCount = rest.length - limit
  return { items: rest.slice(0, limit), metadata }
}
