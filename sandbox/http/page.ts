/** limit and continue: a list in pieces. */
import { badRequest, type StatusError } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import type { ListMeta } from './wire.ts'

export interface Token {
  v: string
  /** The revision of the list; -1 goes on with the present one. */
  rv: number
  start: string
}

const keyOf = ({ metadata }: KubeObject): string =>
  `${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`

const BASE64URL = /^[A-Za-z0-9_-]*$/

/** @throws BadRequest for what is none */
export function parseToken(text: string): Token {
  const bad = (why: string): StatusError => badRequest(`invalid continue token: continue key is not valid: ${why}`)
  if (!BASE64URL.test(text) || text.length % 4 === 1) {
    const at = [...text].findIndex(c => !BASE64URL.test(c))
    throw bad(`illegal base64 data at input byte ${at < 0 ? text.length - 1 : at}`)
  }
  const json = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  let token: Token
  try {
    token = JSON.parse(json) as Token
  } catch {
    throw bad(
      /^[\s[{"\d-]/.test(json)
        ? 'unexpected end of JSON input'
        : `invalid character ${quoteChar(json[0] ?? '')} looking for beginning of value`,
    )
  }
  if (token?.v !== 'meta.k8s.io/v1') throw bad(`server does not recognize this encoded version "${token?.v ?? ''}"`)
  return token
}

/** A character as Go's JSON decoder quotes it. */
function quoteChar(c: string): string {
  if (c === "'") return `'\\''`
  if (c === '"') return `'"'`
  const code = c.codePointAt(0) ?? 0
  return code >= 0x20 && code < 0x7f ? `'${c}'` : `'\\u${code.toString(16).padStart(4, '0')}'`
}

export const printToken = (rv: number, start: string): string =>
  btoa(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start } satisfies Token))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** @param revision that of the list, as it was when its first piece was given */
export function page<T extends KubeObject>(
  objects: readonly T[],
  options: { limit: number; token: Token | undefined; revision: number; selective: boolean },
): { items: readonly T[]; metadata: ListMeta } {
  const { token, revision, limit } = options
  const rest = token ? objects.filter(o => keyOf(o) >= token.start) : objects
  const metadata: ListMeta = { resourceVersion: String(revision) }
  if (!limit || rest.length <= limit) return { items: rest, metadata }
  metadata.continue = printToken(revision, keyOf(rest[limit]!))
  if (!options.selective) metadata.remainingItemCount = rest.length - limit
  return { items: rest.slice(0, limit), metadata }
}
