/** The proxy subresource of Pods and Services: a request handed on to a port of a Pod, and its answer handed back. */
import type { NodeProxy } from '../api/node-proxy.ts'
import type { ApiServer } from '../api/server.ts'
import { notFound, StatusError } from '../api/status.ts'
import type { EndpointSlice, Pod, Service } from '../api/types.ts'
import type { Api } from './api.ts'
import { authenticate, authorizeResource, impersonate, verbOfRequest } from './authorization.ts'
import { type ApiRequest, type ApiResponse, plain } from './exchange.ts'
import { relink } from './proxy-links.node.ts'
import { parseResourcePath, type ResourceRequest } from './request-info.ts'

const unavailable = (message: string): StatusError => new StatusError(503, 'ServiceUnavailable', message, {})

/** `web`, `web:80`, `https:web:443`. */
function parseName(text: string): { name: string; port: string; tls: boolean } {
  const parts = text.split(':')
  const scheme = parts.length === 3 || (parts.length === 2 && /^https?$/.test(parts[0]!)) ? parts.shift() : ''
  const [name = '', port = ''] = parts
  return { name, port, tls: scheme === 'https' }
}

interface Place {
  pod: Pod
  port: number
  tls: boolean
}

function podPlace(server: ApiServer, namespace: string, text: string): Place {
  const { name, port, tls } = parseName(text)
  const pod = server.get(server.registry.resource('pods')!, namespace, name) as Pod
  const first = pod.spec.containers.flatMap(c => c.ports ?? [])[0]?.containerPort
  return { pod, port: Number(port) || first || 80, tls }
}

/** Any ready Pod behind the Service; the first one, so that the same request has the same answer. */
function servicePlace(server: ApiServer, namespace: string, text: string): Place {
  const { name, port, tls } = parseName(text)
  const service = server.get(server.registry.resource('services')!, namespace, name) as Service
  const ports = service.spec.ports ?? []
  const wanted = port
    ? ports.find(p => p.name === port || String(p.port) === port)
    : ports.length === 1
      ? ports[0]
      : ports.find(p => !p.name)
  if (!wanted) throw unavailable(`no service port ${JSON.stringify(port)} found for service ${JSON.stringify(name)}`)
  const slices = server.context.list('endpointslices.discovery.k8s.io', namespace) as readonly EndpointSlice[]
  for (const slice of slices) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== name) continue
    const target = slice.ports?.find(p => (p.name ?? '') === (wanted.name ?? ''))?.port
    const ready = slice.endpoints?.find(e => e.conditions?.ready !== false && e.targetRef?.kind === 'Pod')
    const pod = ready && server.context.find('pods', namespace, ready.targetRef!.name ?? '')
    if (target && pod) return { pod: pod as Pod, port: target, tls }
  }
  throw unavailable(`no endpoints available for service ${JSON.stringify(name)}`)
}

/** Headers that belong to one connection only, or would say something untrue of the answer as it is handed on. */
const OWN = new Set(['connection', 'host', 'content-length', 'transfer-encoding', 'accept-encoding', 'authorization'])

function requestText({ method, headers, body }: ApiRequest, path: string, host: string): string {
  const lines = Object.entries(headers).flatMap(([k, v]) => (v === undefined || OWN.has(k) ? [] : [`${k}: ${v}`]))
  const length = new TextEncoder().encode(body).length
  return [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    ...lines,
    ...(length ? [`content-length: ${length}`] : []),
    'connection: close',
    '',
    body,
  ].join('\r\n')
}

function parseAnswer(text: string): ApiResponse {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end < 0 ? undefined : end).split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1])
  if (!status) throw unavailable('error trying to reach service: malformed HTTP response')
  const headers = Object.fromEntries(
    lines
      .map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const)
      .filter(([name]) => name && !OWN.has(name)),
  )
  const raw = end < 0 ? '' : text.slice(end + 4)
  const chunked = /^transfer-encoding:\s*chunked/im.test(lines.join('\n'))
  return { status, headers, body: chunked ? unchunked(raw) : raw, warnings: [] }
}

function unchunked(text: string): string {
  let rest = text
  let body = ''
  for (;;) {
    const end = rest.indexOf('\r\n')
    const size = Number.parseInt(rest.slice(0, end), 16)
    if (end < 0 || !size) return body
    body += rest.slice(end + 2, end + 2 + size)
    rest = rest.slice(end + 4 + size)
  }
}

function ask(nodes: NodeProxy, { pod, port, tls }: Place, text: string): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    nodes[tls ? 'portForwardTls' : 'portForward'](pod, port, result => {
      if ('error' in result) {
        const address = `${pod.status.podIP ?? ''}:${port}`
        // Of a port that refuses the kubelet tells at length; of a server without TLS it says what Go's client says.
        const why = /HTTPS|EOF/.test(result.error) ? result.error : `dial tcp ${address}: connect: connection refused`
        reject(unavailable(`error trying to reach service: ${why}`))
        return
      }
      const { connection } = result
      let answer = ''
      connection.onData(piece => {
        answer += piece
      })
      connection.onClose(() => {
        try {
          resolve(parseAnswer(answer))
        } catch (error) {
          reject(error as Error)
        }
      })
      connection.send(text)
    })
  })
}

/** What a request for a proxied Pod or Service answers; undefined for every other request. @throws StatusError */
export function proxied(api: Api, request: ApiRequest): Promise<ApiResponse> | undefined {
  const url = new URL(request.url, 'http://api')
  const info = parseResourcePath(url.pathname)
  if (info?.subresource !== 'proxy' || info.group || !['pods', 'services'].includes(info.plural)) return undefined
  const { server, nodes } = api
  const user = impersonate(server, request, authenticate(server, request))
  authorizeResource(server, user, info, verbOfRequest(request.method, info, url.searchParams), true)
  if (!server.registry.at('', info.version, info.plural)) throw notFound({ plural: info.plural, group: '' }, info.name)
  if (!nodes)
    throw new StatusError(501, 'NotImplemented', 'not simulated: this server has no nodes that run containers')
  const atRoot = url.pathname.endsWith('/proxy')
  if (atRoot && (request.method === 'GET' || request.method === 'HEAD')) {
    const response = plain(301, '')
    return Promise.resolve({ ...response, headers: { ...response.headers, location: `${url.pathname}/${url.search}` } })
  }
  const place = placeOf(server, info)
  const prefix = atRoot ? url.pathname : url.pathname.slice(0, url.pathname.indexOf('/proxy/') + '/proxy'.length)
  const host = `${place.pod.status.podIP ?? 'pod'}:${place.port}`
  const headers = { ...request.headers, 'x-forwarded-uri': url.pathname }
  const text = requestText({ ...request, headers }, (url.pathname.slice(prefix.length) || '/') + url.search, host)
  const hosts = [host, request.headers.host ?? '']
  return ask(nodes, place, text).then(response => relink(response, { prefix, hosts }))
}

const placeOf = (server: ApiServer, { plural, namespace, name }: ResourceRequest): Place =>
  plural === 'pods' ? podPlace(server, namespace, name) : servicePlace(server, namespace, name)
