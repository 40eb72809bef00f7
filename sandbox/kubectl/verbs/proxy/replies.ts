/** Answers as Go's HTTP server gives them of itself. */
import { escapeHtml } from '../../../runtime/network/go-html.ts'
import type { Reply } from '../../io.ts'

/** What `http.Error` sends. */
export const plain = (status: number, words: string): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  body: `${words}\n`,
})

export const notFound = (): Reply => plain(404, '404 page not found')

/** What `http.Redirect` sends. */
export function moved(method: string, to: string): Reply {
  const shown = method === 'GET' || method === 'HEAD'
  return {
    status: 301,
    headers: { ...(shown && { 'Content-Type': 'text/html; charset=utf-8' }), Location: to },
    body: method === 'GET' ? `<a href="${escapeHtml(to)}">Moved Permanently</a>.\n\n` : '',
  }
}

export const withSlash = (prefix: string): string => (prefix.endsWith('/') ? prefix : `${prefix}/`)

/** A path with its characters written out; as it is where it cannot be read. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
