/** An HTTP probe: 2xx and 3xx are success. */
import type { DialResult, HttpTarget } from '../../runtime/cri.ts'
import type { NodeContext } from '../node-context.ts'
import type { Task } from '../task.ts'
import type { ContainerSpec, ProbeSpec } from '../types.ts'
import { broken, dialled, failure, type ProbeOutcome, success } from './outcome.ts'
import { resolvePort } from './port.ts'

export function* probeHttp(
  node: NodeContext,
  container: ContainerSpec,
  podIP: string,
  probe: ProbeSpec,
): Task<ProbeOutcome> {
  const { path = '/', host, scheme = 'HTTP', port: named } = probe.httpGet!
  const port = resolvePort(named, container)
  if (typeof port === 'string') return broken(port)
  const ip = host || podIP
  let target: HttpTarget = {
    ip,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    scheme: scheme as 'HTTP' | 'HTTPS',
    headers: headersFor(probe.httpGet!, 'probe'),
  }
  const deadline = node.clock.now() + (probe.timeoutSeconds ?? 1) * 1000
  const get = (): Task<DialResult> =>
    dialled(done => node.runtime.httpGet(target, Math.max(1, deadline - node.clock.now()), done))
  let result = yield* get()
  for (let hops = 1; result.ok && result.location !== undefined; hops++) {
    const next = redirected(target, result.location)
    if (!next) break
    if (hops >= MOST_REDIRECTS) return failure(`Get "${result.location}": stopped after ${MOST_REDIRECTS} redirects`)
    target = next
    result = yield* get()
  }
  if (!result.ok) return failure(asked({ ...target, ip, port, path, scheme: scheme as 'HTTP' }, result.error))
  const status = result.status ?? 200
  if (status >= 200 && status < 300) return success(result.body ?? '')
  if (status >= 300 && status < 400) {
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${result.body ?? ''}` }
  }
  return failure(`HTTP probe failed with statuscode: ${status}`)
}

const MOST_REDIRECTS = 10

/** host:port, as in an address. */
export const authority = ({ ip, port }: HttpTarget): string => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)

/** An error of a request, with what was asked for. */
export const asked = (target: HttpTarget, error: string): string =>
  error.startsWith('Get "')
    ? error
    : `Get "${target.scheme.toLowerCase()}://${authority(target)}${target.path}": ${error}`

/** Where a redirect leads, when it leads to the same host; others are not followed. */
function redirected(from: HttpTarget, location: string): HttpTarget | undefined {
  const base = `${from.scheme.toLowerCase()}://${from.ip}:${from.port}${from.path}`
  if (!URL.canParse(location, base)) return undefined
  const { hostname, port, pathname, search, protocol } = new URL(location, base)
  if (hostname !== from.ip) return undefined
  const scheme = protocol === 'https:' ? 'HTTPS' : 'HTTP'
  return { ...from, scheme, port: Number(port || (scheme === 'HTTPS' ? 443 : 80)), path: `${pathname}${search}` }
}

type HttpGet = NonNullable<ProbeSpec['httpGet']>
type Header = { name: string; value: string }

/** Of the probes and hooks of stored specs, which never change. */
const known = new WeakMap<HttpGet, readonly Header[]>()

/** @param purpose as the User-Agent names it */
export function headersFor(request: HttpGet, purpose: 'probe' | 'lifecycle'): readonly Header[] {
  let headers = known.get(request)
  if (!headers) known.set(request, (headers = withDefaults(request.httpHeaders ?? [], purpose)))
  return headers
}

function withDefaults(given: readonly Header[], purpose: string): readonly Header[] {
  const headers = [...given]
  const has = (name: string): boolean => headers.some(h => h.name.toLowerCase() === name)
  if (!has('user-agent')) headers.push({ name: 'User-Agent', value: `kube-${purpose}/1.36` })
  if (!has('accept')) headers.push({ name: 'Accept', value: '*/*' })
  return headers
}
