/** Requests that reach through to a Pod's node: which Pod and container is meant, and what the server checks first. */

import type { LogOptions } from '../../api/egress/node-proxy.ts'
import { invalidObject } from '../../api/fields.ts'
import type { KindDef } from '../../api/kind.ts'
import { readLogOptions } from '../../api/requests/log-options.ts'
import type { RequestOptions } from '../../api/requests/options.ts'
import { flag } from '../../api/requests/query.ts'
import type { ApiServer } from '../../api/server.ts'
import { badRequest } from '../../api/status.ts'
import type { Pod } from '../../api/types.ts'
import { attributesOf, authenticate, authorize } from '../authorization/authorization.ts'
import { impersonate } from '../authorization/impersonation.ts'
import type { ApiRequest } from '../exchange.ts'
import { parseResourcePath } from '../request-info.ts'
import { urlOf } from '../url.ts'

const podKind = (server: ApiServer): KindDef => server.registry.resource('pods')!

/** @throws BadRequest when the name is missing or wrong */
function containerOf(pod: Pod, asked: string): string {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec
  const names = [...initContainers, ...containers, ...ephemeralContainers].map(c => c.name)
  if (asked) {
    if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`)
    return asked
  }
  if (containers.length === 1) return containers[0]!.name
  throw badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]`,
  )
}

function onNode(pod: Pod): Pod {
  if (!pod.spec.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`)
  return pod
}

export interface LogRequest {
  pod: Pod
  options: LogOptions
}

/** @throws NotFound, BadRequest, Invalid */
export function logRequest(server: ApiServer, namespace: string, name: string, query: URLSearchParams): LogRequest {
  const { options, errors } = readLogOptions(query)
  if (errors.length) throw invalidObject('PodLogOptions', '', name, errors)
  const pod = server.get(podKind(server), namespace, name) as Pod
  return { pod, options: { ...options, container: containerOf(pod, query.get('container') ?? '') } }
}

export type ConnectRequest =
  | {
      subresource: 'exec' | 'attach'
      pod: Pod
      container: string
      command: readonly string[]
      stdin: boolean
      stdout: boolean
      stderr: boolean
      tty: boolean
    }
  | { subresource: 'portforward'; pod: Pod }

const CONNECTING = new Set(['exec', 'attach', 'portforward'])

/** What an upgrade or its older form by POST asks for; undefined where it is no such request. @throws StatusError */
export function connecting(server: ApiServer, request: ApiRequest): ConnectRequest | undefined {
  const { path, query } = urlOf(request.url)
  const info = parseResourcePath(path)
  if (info?.plural !== 'pods' || info.group || !CONNECTING.has(info.subresource)) return undefined
  const asked = attributesOf(info, 'create', true)
  const user = impersonate(server, request, authenticate(server, request), () => asked)
  authorize(server, user, asked)
  const subresource = info.subresource as ConnectRequest['subresource']
  return connectRequest(server, info.namespace, info.name, subresource, query, { user })
}

const OPTIONS_KINDS = {
  exec: 'PodExecOptions',
  attach: 'PodAttachOptions',
  portforward: 'PodPortForwardOptions',
} as const

/** What admission sees of such a request, as the options' own kinds write it. */
function connectOptions(subresource: keyof typeof OPTIONS_KINDS, query: URLSearchParams): object {
  if (subresource === 'portforward') {
    const ports = query.getAll('ports').map(Number)
    return ports.length ? { ports } : {}
  }
  const set = ['stdin', 'stdout', 'stderr', 'tty'].filter(name => flag(query, name))
  const container = query.get('container')
  return {
    ...Object.fromEntries(set.map(name => [name, true])),
    ...(container && { container }),
    ...(subresource === 'exec' && { command: query.getAll('command') }),
  }
}

/** @throws NotFound, BadRequest and what admission says */
function connectRequest(
  server: ApiServer,
  namespace: string,
  name: string,
  subresource: 'exec' | 'attach' | 'portforward',
  query: URLSearchParams,
  options: RequestOptions,
): ConnectRequest {
  const kind = podKind(server)
  const pod = server.get(kind, namespace, name) as Pod
  const objectKind = { group: '', version: 'v1', kind: OPTIONS_KINDS[subresource] }
  const object = { kind: objectKind.kind, apiVersion: 'v1', ...connectOptions(subresource, query) }
  server.admitConnect('CONNECT', kind, namespace, name, subresource, options, { object, objectKind })
  if (subresource === 'portforward') return { subresource, pod: onNode(pod) }
  const container = containerOf(pod, query.get('container') ?? '')
  onNode(pod)
  const command = query.getAll('command')
  if (subresource === 'exec' && !command.length)
    throw badRequest('you must specify at least one command for the container')
  return {
    subresource,
    pod,
    container,
    command,
    stdin: flag(query, 'stdin'),
    stdout: flag(query, 'stdout'),
    stderr: flag(query, 'stderr'),
    tty: flag(query, 'tty'),
  }
}
