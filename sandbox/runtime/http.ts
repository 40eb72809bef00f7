/** HTTP/1.1 as servers and probes of the simulation speak it: whole messages as text over a connection. */

export interface HttpMessage {
  /** Request line or status line. */
  start: string
  headers: Map<string, string>
  body: string
}

/** The first whole message of `text` and what follows it; undefined until all of it has come. */
export function parseMessage(text: string, ended = false): { message: HttpMessage; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [start = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const after = text.slice(end + 4)
  const length = headers.get('content-length')
  const encoder = new TextEncoder()
  if (length !== undefined) {
    const wanted = Number(length)
    const bytes = encoder.encode(after)
    if (bytes.length < wanted && !ended) return undefined
    const body =
      bytes.length === after.length ? after.slice(0, wanted) : new TextDecoder().decode(bytes.slice(0, wanted))
    return { message: { start, headers, body }, rest: after.slice(body.length) }
  }
  const isResponse = start.startsWith('HTTP/')
  if (isResponse && !/ (204|304) /.test(start))
    return ended ? { message: { start, headers, body: after }, rest: '' } : undefined
  return { message: { start, headers, body: '' }, rest: after }
}

/** @param headers in the order given; Content-Length is added */
export function formatMessage(start: string, headers: Readonly<Record<string, string>>, body = ''): string {
  const length = new TextEncoder().encode(body).length
  const lines = Object.entries({ ...headers, 'Content-Length': String(length) }).map(([k, v]) => `${k}: ${v}\r\n`)
  return `${start}\r\n${lines.join('')}\r\n${body}`
}
