/** What curl -v says of a transfer, in the words of 8.14. */
import type { HttpAnswer } from '../../network/http-client.ts'
import type { Url } from './exchange.ts'

const isV6 = (ip: string): boolean => ip.includes(':')

const listed = (ips: readonly string[]): string => ips.join(', ') || '(none)'

/**
 * Before it connects.
 * @param ips what the host's name stands for; none when it is not known
 * @param isGiven whether `--resolve` says so
 */
export function trying({ host, port }: Url, ips: readonly string[], isGiven: boolean): string {
  const [first] = ips
  if (first === undefined) return ''
  const names =
    first === host
      ? ''
      : isGiven
        ? `* Added ${host}:${port}:${first} to DNS cache\n* Hostname ${host} was found in DNS cache\n`
        : `* Host ${host}:${port} was resolved.\n* IPv6: ${listed(ips.filter(isV6))}\n* IPv4: ${listed(ips.filter(ip => !isV6(ip)))}\n`
  return `${names}*   Trying ${isV6(first) ? `[${first}]` : first}:${port}...\n`
}

/** @param message what the transfer failed by */
export const failed = (message: string): string => `* ${message.split('\n')[0]}\n* closing connection #0\n`

/** Once it is connected: the head of the request. */
export function asked(
  { scheme, host, port, target }: Url,
  ip: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): string {
  const isUsual = port === (scheme === 'https' ? 443 : 80)
  const lines = [`${method} ${target} HTTP/1.1`]
  if (!('Host' in headers)) lines.push(`Host: ${host}${isUsual ? '' : `:${port}`}`)
  lines.push(...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '')
  return `* Connected to ${host} (${ip}) port ${port}\n* using HTTP/1.x\n${lines.map(line => `> ${line}\n`).join('')}`
}

/** Bytes of a body that went either way, which are told where no terminal shows them. */
export const moved = (way: '{' | '}', bytes: number, isTold: boolean): string =>
  isTold && bytes ? `${way} [${bytes} bytes data]\n` : ''

/** When the request has been sent. */
export const sent = (body: string | undefined): string =>
  body === undefined
    ? '* Request completely sent off\n'
    : `* upload completely sent off: ${new TextEncoder().encode(body).length} bytes\n`

const isOld = (head: string): boolean => head.startsWith('HTTP/1.0 ')

/** @param head the status line and the headers of the answer, with their empty line */
export const answered = (head: string): string =>
  (isOld(head) ? '* HTTP 1.0, assume close after body\n' : '') +
  head
    .trimEnd()
    .split('\r\n')
    .map(line => `< ${line}\n`)
    .join('') +
  '< \n'

/** Once the body is there: whether the connection could be used again. */
export function left({ host }: Url, { head, headers }: HttpAnswer): string {
  const closes = isOld(head) || headers.get('connection')?.toLowerCase() === 'close'
  return closes ? '* shutting down connection #0\n' : `* Connection #0 to host ${host} left intact\n`
}

/** Before it follows where an answer leads. */
export const further = (location: string): string => `* Issue another request to this URL: '${location}'\n`
