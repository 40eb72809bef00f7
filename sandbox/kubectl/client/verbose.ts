/** The log of requests by --v=6 and more, in klog's lines; times are those of the simulation. */
import type { ApiResponse, RestConfig, Transport } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'

const STATUS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}
/** Headers of answers that are worth telling. */
const HEADERS = ['Audit-Id', 'Cache-Control', 'Content-Length', 'Content-Type', 'Date', 'Warning']

/** Values of several lines stand between angle brackets, indented. */
const value = (text: string): string =>
  text.includes('\n') ? `<\n${text.replace(/\n$/, '').replace(/^/gm, '\t')}\n >` : JSON.stringify(text)

/** How much of a body is shown: all of it from 10 on. */
function cut(text: string, level: number): string {
  const most = level >= 10 ? Number.POSITIVE_INFINITY : level === 9 ? 10_240 : 1024
  return text.length > most ? `${text.slice(0, most)} [truncated ${text.length - most} chars]` : text
}

const block = (headers: readonly (readonly [string, string])[]): string =>
  `headers=<\n${headers.map(([name, text]) => `\t${name}: ${text}\n`).join('')} >`

export function loggingTransport(k: Kubectl, transport: Transport, { server }: RestConfig, level: number): Transport {
  const tell = (place: string, text: string): Promise<void> => k.log('I', place, text)
  return {
    ...transport,
    async request(path, init = {}) {
      const [verb, url] = [init.method ?? 'GET', `${server.replace(/\/$/, '')}${path}`]
      const what = `verb=${JSON.stringify(verb)} url=${JSON.stringify(url)}`
      const sent = Object.entries({ ...init.headers, 'User-Agent': 'kubectl/v1.33.1+podlab' })
      if (level >= 8) await tell('helper.go:105', `"Request Body" body=${value(cut(init.body ?? '', level))}`)
      if (level >= 9) {
        const headers = sent.map(([name, text]) => ` -H ${JSON.stringify(`${name}: ${text}`)}`).join('')
        await tell('round_trippers.go:527', `"Request" curlCommand=<\n\tcurl -v -X${verb} ${headers} '${url}'\n >`)
      } else if (level >= 7) await tell('round_trippers.go:527', `"Request" ${what} ${block(sent)}`)
      const began = k.now()
      const response = await transport.request(path, init)
      const received = HEADERS.map(name => [name, response.header(name.toLowerCase()) ?? ''] as const)
      const parts = [
        '"Response"',
        ...(level === 6 || level >= 9 ? [what] : []),
        `status=${JSON.stringify(`${response.status} ${STATUS[response.status] ?? ''}`.trim())}`,
        ...(level >= 8 ? [block(received.filter(([, text]) => text))] : []),
        `milliseconds=${k.now() - began}`,
      ]
      await tell('round_trippers.go:632', parts.join(' '))
      return level >= 8 ? withBodyTold(k, response, level) : response
    },
  }
}

/** Bodies that come piece by piece are not told. */
const withBodyTold = (k: Kubectl, response: ApiResponse, level: number): ApiResponse => ({
  status: response.status,
  header: name => response.header(name),
  headers: () => response.headers(),
  chunks: () => response.chunks(),
  cancel: () => response.cancel(),
  async text() {
    const text = await response.text()
    await k.log('I', 'helper.go:105', `"Response Body" body=${value(cut(text, level))}`)
    return text
  },
})
