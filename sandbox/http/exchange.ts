/** A request and its answer as plain data, so that the same code serves a socket, a fetch, and a process of the simulation. */
import type { UserInfo } from '../api/user.ts'

export interface ApiRequest {
  method: string
  /** Path and query, as in a request line. */
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  body: string
  /** Who the connection is, before impersonation. */
  user: UserInfo
  /** The address that it comes from, where there is one. */
  from?: string
  /** What the client has shown for itself, in PEM. */
  certificate?: string
}

/** A body that comes piece by piece, for as long as the reader stays. */
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
  /** Somebody else's words, which are handed on as they are. */
  verbatim?: true
  /** More headers, which tell of the request: made when somebody looks at them, and not for a look that nobody records. */
  ofRequest?: () => Record<string, string>
}

/** Asked for once: whoever has not named a request gets another name each time. */
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

/** A browser is not to take the body for something else. */
export const NO_SNIFFING = { 'x-content-type-options': 'nosniff' }

/** Words alone. */
export const plain = (status: number, text: string): ApiResponse =>
  reply(status, 'text/plain; charset=utf-8', text, NO_SNIFFING)
