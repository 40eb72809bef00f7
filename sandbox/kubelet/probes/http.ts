/** An HTTP probe: 2xx and 3xx are success. */
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
  const target = {
    ip,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    scheme: scheme as 'HTTP' | 'HTTPS',
    headers: probeHeaders(probe.httpGet!),
  }
  const timeout = (probe.timeoutSeconds ?? 1) * 1000
  const result = yield* dialled(done => node.runtime.httpGet(target, timeout, done))
  if (!result.ok) {
    const authority = ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
    const get = `Get "${scheme.toLowerCase()}://${authority}${path}": `
    return failure(result.error.startsWith('Get "') ? result.error : get + result.error)
  }
  const status = result.status ?? 200
  if (status >= 200 && status < 300) return success(result.body ?? '')
  if (status >= 300 && status < 400) {
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${result.body ?? ''}` }
  }
  return failure(`HTTP probe failed with statuscode: ${status}`)
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
