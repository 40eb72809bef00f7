/** The API server as a client of servers in the cluster: over its network, from its own node. Failures are in Go's words. */
import { type Answered, type Call, titleOf } from '../api/egress/outside.ts'
import type { Clock } from '../clock/clock.ts'
import type { Connection, NetworkNamespace } from '../network/network.ts'
import { distrust, startTls } from '../network/tls.ts'
import { unchunked } from '../network/unchunked.ts'
import { byteLength } from '../runtime/files/tree.ts'
import { dial, later, noTls, responseReader } from '../runtime/network/http-client.ts'

export interface Caller {
  clock: Clock
  /** Of the node that runs the API server. */
  host: NetworkNamespace
  /** The name server that the node asks, which knows nothing of the cluster. */
  nameServer: string
}

interface Place {
  ip: string
  port: number
}

const UNTRUSTED = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'

export function post(
  caller: Caller,
  call: Call,
  known: Place | undefined,
  body: string,
  done: (result: Answered) => void,
): void {
  const { clock, host } = caller
  const url = new URL(call.url)
  const name = call.serverName ?? hostOf(url)
  const prefix = `${titleOf(call)}: `
  const place = known ?? lookUp(caller, url)
  if ('error' in place) {
    done({ error: prefix + place.error })
    return
  }
  let over = false
  let opened: Connection | undefined
  const finish = (result: Answered): void => {
    if (over) return
    over = true
    clock.cancel(deadline)
    opened?.close()
    done('error' in result ? { error: prefix + result.error } : result)
  }
  const patience = (call.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000
  const deadline = later(clock, patience, () => finish({ error: 'context deadline exceeded' }))
  // The deadline above is the nearer one.
  dial(clock, host, place, patience + 1, dialled => {
    if (over) {
      if ('connection' in dialled) dialled.connection.close()
      return
    }
    if ('error' in dialled) return finish(dialled)
    opened = dialled.connection
    if (url.protocol === 'http:') return ask(opened, call, body, finish)
    startTls(opened, name, secured => {
      if (!secured) return finish({ error: 'EOF' })
      if ('plain' in secured) return finish({ error: noTls(secured.plain) })
      const why = call.insecure
        ? undefined
        : distrust(secured.certificate, name, call.caBundle && authorities(call.caBundle))
      if (why === 'unknown issuer') return finish({ error: UNTRUSTED })
      if (why) return finish({ error: misnamed(secured.certificate.names, name) })
      ask(secured.connection, call, body, finish)
    })
  })
}

function ask(connection: Connection, call: Call, body: string, finish: (result: Answered) => void): void {
  let heard = ''
  const reader = responseReader(answer => {
    if (!answer) return finish({ error: noHttp(heard) })
    const headers = Object.fromEntries(answer.headers)
    const body = headers['transfer-encoding'] === 'chunked' ? unchunked(answer.body) : answer.body
    finish({ status: answer.status, headers, body })
  })
  connection.onData(data => {
    if (!heard.includes('\n')) heard += data
    reader.data(data)
  })
  connection.onClose(reader.end)
  const { host, pathname, search } = new URL(call.url)
  const headers = {
    Host: host,
    'User-Agent': 'kube-apiserver-admission',
    'Content-Length': String(byteLength(body)),
    Accept: 'application/json, */*',
    'Content-Type': 'application/json',
    ...call.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  connection.send([`${call.method ?? 'POST'} ${pathname}${search} HTTP/1.1`, ...lines, '', body].join('\r\n'))
}

/** What Go says of a server that was heard and has gone, of whose answer this is the beginning. */
function noHttp(heard: string): string {
  const [line = ''] = heard.split(/\r?\n/)
  if (!line) return 'EOF'
  if (/^HTTP\/\d\.\d \d/.test(line)) return 'unexpected EOF'
  return `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${JSON.stringify(line)}`
}

/** Other than Services, the API server finds whom its node finds. */
function lookUp({ host, nameServer }: Caller, url: URL): Place | { error: string } {
  const name = hostOf(url)
  const port = Number(url.port || 443)
  if (/^[\d.]+$/.test(name) || name.includes(':')) return { ip: name, port }
  if (name === 'localhost') return { ip: '127.0.0.1', port }
  const found = host.resolve(name, 'A', nameServer)
  const why = found === 'silence' ? 'i/o timeout' : 'no such host'
  const ip = found === 'silence' ? undefined : found?.[0]
  return ip ? { ip, port } : { error: `dial tcp: lookup ${name} on ${nameServer}:53: ${why}` }
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const authorities = (base64: string): string => {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}

const misnamed = (names: readonly string[], asked: string): string => {
  const valid = 'tls: failed to verify certificate: x509: certificate '
  if (!names.length) return `${valid}is not valid for any names, but wanted to match ${asked}`
  return `${valid}is valid for ${names.join(', ')}, not ${asked}`
}
