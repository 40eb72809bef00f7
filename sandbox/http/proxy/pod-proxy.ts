/** The proxy subresource of Pods and Services: a request handed on to a port of a Pod, and its answer handed back. */
import type { Call } from '../../api/egress/outside.ts'
import type { ApiServer } from '../../api/server.ts'
import { badRequest, StatusError } from '../../api/status.ts'
import type { Endpoints, Pod, Service } from '../../api/types.ts'
import { addressOfApi } from '../address.ts'
import { type Context, notAllowed } from '../context.ts'
import type { Target } from '../encoding/versions.ts'
import { type ApiRequest, type ApiResponse, plain } from '../exchange.ts'
import { urlOf } from '../url.ts'
import { relink } from './proxy-links.ts'

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])

const unavailable = (message: string): StatusError => new StatusError(503, 'ServiceUnavailable', message)

interface Named {
  name: string
  port: string
  tls: boolean
}

/** `web`, `web:80`, `https:web:443`, `https:web:`. @throws BadRequest */
function parseName(text: string, what: 'pod' | 'service'): Named {
  const parts = text.split(':')
  const [scheme = '', name = '', port = ''] = parts.length === 3 ? parts : ['', ...parts]
  if (parts.length > 3 || !name || !['', 'http', 'https'].includes(scheme))
    throw badRequest(`invalid ${what} request ${JSON.stringify(text)}`)
  return { name, port, tls: scheme === 'https' }
}

interface Place {
  ip: string
  /** Undefined where nothing names one: that of the scheme. */
  port: number | undefined
  tls: boolean
}

function podPlace(server: ApiServer, namespace: string, text: string): Place {
  const { name, port, tls } = parseName(text, 'pod')
  const pod = server.get(server.registry.resource('pods')!, namespace, name) as Pod
  const ip = pod.status.podIP
  if (!ip) throw badRequest('address not allowed')
  if (port && !/^\d+$/.test(port)) throw unavailable(`error trying to reach service: unknown port ${port}`)
  return { ip, port: Number(port) || pod.spec.containers.flatMap(c => c.ports ?? [])[0]?.containerPort, tls }
}

/** A ready Pod behind the Service: the first, so that the same question has the same answer. */
function servicePlace(server: ApiServer, namespace: string, text: string): Place {
  const { name, port, tls } = parseName(text, 'service')
  const service = server.get(server.registry.resource('services')!, namespace, name) as Service
  const wanted = /^\d+$/.test(port) ? service.spec.ports?.find(p => p.port === Number(port)) : { name: port }
  if (!wanted) throw unavailable(`no service port ${Number(port)} found for service ${JSON.stringify(name)}`)
  const { subsets = [] } = (server.context.find('endpoints', namespace, name) ?? {}) as Partial<Endpoints>
  if (!subsets.length) throw unavailable(`no endpoints available for service ${JSON.stringify(name)}`)
  for (const { addresses = [], ports = [] } of subsets) {
    const target = ports.find(p => (p.name ?? '') === (wanted.name ?? ''))
    const ofPod = target && addresses.find(({ targetRef }) => targetRef?.kind === 'Pod')
    if (ofPod) return { ip: ofPod.ip, port: target.port, tls }
  }
  throw unavailable(`no endpoints available for service ${JSON.stringify(text)}`)
}

/** Headers that belong to one connection only, or tell who the client is. */
const OWN = ['connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'authorization'] as const
const OWN_OF_ANSWERS = new Set<string>(OWN)

/** What goes out, in the names that Go gives to headers. */
function headersFor(
  server: ApiServer,
  { headers, from }: ApiRequest,
  path: string,
): Record<string, string | undefined> {
  const sent: Record<string, string | undefined> = { Host: headers.host ?? addressOfApi(server) }
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'host' && !OWN_OF_ANSWERS.has(name) && !name.startsWith('impersonate-'))
      sent[name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())] = value
  }
  const through = [sent['X-Forwarded-For'], from].filter(Boolean).join(', ')
  return { ...sent, Connection: 'close', ...(through && { 'X-Forwarded-For': through }), 'X-Forwarded-Uri': path }
}

/** What admission sees of such a request. */
const optionsOf = (kind: string, path: string): object => ({ kind, apiVersion: 'v1', ...(path && { path }) })

/** What the server behind it answers. @throws Unanswered, StatusError */
export function proxied({ server, request, options }: Context, target: Target): ApiResponse {
  const { method } = request
  const { namespace, name, plural, kind } = target
  if (!METHODS.has(method)) throw notAllowed()
  const place = server.outside.once('the place', () => {
    const objectKind = { group: '', version: 'v1', kind: plural === 'pods' ? 'PodProxyOptions' : 'ServiceProxyOptions' }
    const object = optionsOf(objectKind.kind, target.rest)
    server.admitConnect('CONNECT', kind, namespace, name, 'proxy', options, { object, objectKind })
    return (plural === 'pods' ? podPlace : servicePlace)(server, namespace, name)
  })
  const { path } = urlOf(request.url)
  const [, search = ''] = /^[^?]*(\?.*)?$/s.exec(request.url)!
  const atRoot = path.endsWith('/proxy')
  if (atRoot && (method === 'GET' || method === 'HEAD')) {
    const response = plain(301, '')
    return { ...response, headers: { ...response.headers, location: `${path}/${search}` } }
  }
  const prefix = atRoot ? path : path.slice(0, path.indexOf('/proxy/') + '/proxy'.length)
  const [answer] = server.outside.ask([callTo(server, request, place, path.slice(prefix.length) || '/', search)])
  if ('error' in answer!)
    throw unavailable(`error trying to reach service: ${answer.error.replace(/^\w+ "[^"]*": /, '')}`)
  const { status, headers = {}, body } = answer!
  const handedOn = Object.entries(headers).filter(([header]) => header && !OWN_OF_ANSWERS.has(header))
  const response: ApiResponse = {
    status,
    headers: { 'cache-control': 'no-cache, private', ...Object.fromEntries(handedOn) },
    body,
    warnings: [],
    verbatim: true,
  }
  return relink(response, { prefix, hosts: [hostOf(place), request.headers.host ?? addressOfApi(server)] })
}

const hostOf = ({ ip, port }: Place): string => (port === undefined ? ip : `${ip}:${port}`)

function callTo(server: ApiServer, request: ApiRequest, place: Place, path: string, search: string): Call {
  const { ip, tls, port = tls ? 443 : 80 } = place
  return {
    key: 'proxied',
    method: request.method,
    url: `${tls ? 'https' : 'http'}://${hostOf(place)}${path}${search}`,
    headers: headersFor(server, request, urlOf(request.url).path),
    insecure: true,
    place: () => ({ ip, port }),
    body: () => request.body,
  }
}
