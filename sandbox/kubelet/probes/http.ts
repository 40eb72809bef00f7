/** An HTTP probe: 2xx and 3xx are success. */
import type { DialResult, HttpTarget } from '../../runtime/cri.ts'
import type { NodeContext } from '../node-context.ts'
import type { Task } from '../task.ts'
import type { ContainerSpec, ProbeSpec } from '../types.ts'
import { broken, failure, type ProbeOutcome, success } from './outcome.ts'
import { resolvePort } from './port.ts'

/** A probe, and what it asked for the last time. */
export interface HttpProbe {
  readonly probe: ProbeSpec
  http?: HttpTarget | undefined
}

export function* probeHttp(
  node: NodeContext,
  container: ContainerSpec,
  podIP: string,
  asking: HttpProbe,
): Task<ProbeOutcome> {
  const first = targetOf(asking, container, podIP)
  if (typeof first === 'string') return broken(first)
  const deadline = node.clock.now() + (asking.probe.timeoutSeconds ?? 1) * 1000
  let target = first
  for (let hops = 1; ; hops++) {
    const result = (yield resume =>
      node.runtime.httpGet(target, Math.max(1, deadline - node.clock.now()), resume)) as DialResult
    if (!result.ok) return failure(asked(first, result.error))
    const next = result.location === undefined ? undefined : redirected(target, result.location)
    if (!next) return outcomeOf(result)
    if (hops >= MOST_REDIRECTS) return failure(`Get "${result.location}": stopped after ${MOST_REDIRECTS} redirects`)
    target = next
  }
}

/** The same object again while the Pod keeps its address. @returns what is wrong with the port, where something is */
function targetOf(asking: HttpProbe, container: ContainerSpec, podIP: string): HttpTarget | string {
  const { httpGet } = asking.probe
  const { path = '/', host, scheme = 'HTTP', port: named } = httpGet!
  const ip = host || podIP
  if (asking.http?.ip === ip) return asking.http
  const port = resolvePort(named, container)
  if (typeof port === 'string') return port
  asking.http = {
    ip,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    scheme: scheme as 'HTTP' | 'HTTPS',
    headers: headersFor(httpGet!, 'probe'),
  }
  return asking.http
}

function outcomeOf({ status = 200, body = '' }: { status?: number; body?: string }): ProbeOutcome {
  if (status >= 200 && status < 300) return success(body)
  if (status >= 300 && status < 400)
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${body}` }
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
