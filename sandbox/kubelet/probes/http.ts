/** An HTTP probe: 2xx and 3xx are success. */
import type { DialResult } from '../../runtime/cri.ts'
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
  let target: Target = {
    ip,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    scheme: scheme as 'HTTP' | 'HTTPS',
    headers: probeHeaders(probe.httpGet!),
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
  if (!result.ok) {
    const authority = ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
    const asked = `Get "${scheme.toLowerCase()}://${authority}${path}": `
    return failure(result.error.startsWith('Get "') ? result.error : asked + result.error)
  }
  const status = result.status ?? 200
  if (status >= 200 && status < 300) return success(result.body ?? '')
  if (status >= 300 && status < 400) {
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${result.body ?? ''}` }
  }
  return failure(`HTTP probe failed with statuscode: ${status}`)
}

const MOST_REDIRECTS = 10

type Target = Parameters<NodeContext['runtime']['httpGet']>[0]

/** Where a redirect leads, when it leads to the same host; others are not followed. */
function redirected(from: Target, location: string): Target | undefined {
  const base = `${from.scheme.toLowerCase()}://${from.ip}:${from.port}${from.path}`
  if (!URL.canParse(location, base)) return undefined
  const { hostname, port, pathname, search, protocol } = new URL(location, base)
  if (hostname !== from.ip) return undefined
  const scheme = protocol === 'https:' ? 'HTTPS' : 'HTTP'
  return { ...from, scheme, port: Number(port || (scheme === 'HTTPS' ? 443 : 80)), path: `${pathname}${search}` }
}

type HttpGet = NonNullable<ProbeSpec['httpGet']>
type Header = { name: string; value: string }

/** Of the probes of stored specs, which never change. */
const known = new WeakMap<HttpGet, readonly Header[]>()

function probeHeaders(probe: HttpGet): readonly Header[] {
  let headers = known.get(probe)
  if (!headers) known.set(probe, (headers = withDefaults(probe.httpHeaders ?? [])))
  return headers
}

function withDefaults(given: readonly Header[]): readonly Header[] {
  const headers = [...given]
  const has = (name: string): boolean => headers.some(h => h.name.toLowerCase() === name)
  if (!has('user-agent')) headers.push({ name: 'User-Agent', value: 'kube-probe/1.36' })
  if (!has('accept')) headers.push({ name: 'Accept', value: '*/*' })
  return headers
}
