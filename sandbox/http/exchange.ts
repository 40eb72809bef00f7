/** A request and its answer as plain data, so that the same code serves a socket, a fetch, and a process of the simulation. */
import type { UserInfo } from '../api/authentication/user.ts'

export interface ApiRequest {
  method: string
  /** Path and query, as in a request line. */
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  body: string
  /** The user that the connection authenticates as, before impersonation. */
  user: UserInfo
  /** The address that it comes from, where there is one. */
  from?: string
  /** What the client has shown for itself, in PEM. */
  certificate?: string
}

/** A body that comes in pieces until it ends or the reader stops it. */
export interface Stream {
  /** Pieces may come inside the call already. Returns how to stop; after `end` nothing more comes. */
  open(write: (piece: string) => void, end: () => void): () => void
}

export interface ApiResponse {
  status: number
  headers: Record<string, string>
  /** A promise only where something big is loaded first (OpenAPI). */
  body: string | Stream | Promise<string>
  /** Texts for Warning headers. */
  warnings: readonly string[]
  /** From an aggregated server: passed on unchanged. */
  verbatim?: true
  /** Headers about the request itself (audit ID, flow schema); made only when they are read. */
  ofRequest?: () => Record<string, string>
}

/** Call once per answer: without an audit ID from the client each call draws a new one. */
export const headersOf = ({ headers, ofRequest }: ApiResponse): Record<string, string> => ({
  ...ofRequest?.(),
  ...headers,
})

export const isStream = (body: ApiResponse['body']): body is Stream => typeof body === 'object' && 'open' in body

export const reply = (
  status: number,
  type: string,
  body: ApiResponse['body'],
  headers: Record<string, string> = {},
): ApiResponse => ({
  status,
  headers: { 'content-type': type, 'cache-control': 'no-cache, private', ...headers },
  body,
  warnings: [],
})

/** Keeps browsers from guessing another content type. */
export const NO_SNIFFING = { 'x-content-type-options': 'nosniff' }

/** Words alone. */
export const plain = (status: number, text: string): ApiResponse =>
  reply(status, 'text/plain; charset=utf-8', text, NO_SNIFFING)
