/** The pages that haproxy answers with by itself. */
import type { HttpResponse } from '../../../network/serving.ts'

const PAGES: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['400 Bad request', 'Your browser sent an invalid request.'],
  401: ['401 Unauthorized', 'You need a valid user and password to access this content.'],
  403: ['403 Forbidden', 'Request forbidden by administrative rules.'],
  404: ['404 Not Found', 'The resource could not be found.'],
  405: [
    '405 Method Not Allowed',
    'A request was made of a resource using a request method not supported by that resource',
  ],
  429: ['429 Too Many Requests', 'You have sent too many requests in a given amount of time.'],
  500: ['500 Internal Server Error', 'An internal server error occurred.'],
  502: ['502 Bad Gateway', 'The server returned an invalid or incomplete response.'],
  503: ['503 Service Unavailable', 'No server is available to handle this request.'],
  504: ['504 Gateway Time-out', "The server didn't respond in time."],
}

export const page = (status: number): HttpResponse => {
  const [title, text] = PAGES[status] ?? [`${status}`, '']
  return {
    status,
    reason: title.slice(4),
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/html' },
    body: `<html><body><h1>${title}</h1>\n${text}\n</body></html>\n`,
  }
}
