/** The verbs on subresources. */

import { managedFields } from '../api/apply/index.ts'
import { withManagers } from '../api/apply/scale-managers.ts'
import type { DeleteOptions } from '../api/client.ts'
import { ownNamespace } from '../api/kept.ts'
import type { Draft } from '../api/kind.ts'
import type { RequestOptions } from '../api/requests/options.ts'
import { badRequest, StatusError } from '../api/status.ts'
import { evictPod } from '../api/subresources/eviction.ts'
import { getSubresource, updateSubresource } from '../api/subresources/index.ts'
import type { Scale } from '../api/subresources/scale.ts'
import { requestToken } from '../api/subresources/token.ts'
import type { KubeObject } from '../api/types.ts'
import { part } from '../parts.ts'
import { decodeBody } from './body/body.ts'
import { binding, eviction, scale, tokenRequest } from './body/body-only-kinds.ts'
import { answer, type Context, notAllowed, object, unknownPath } from './context.ts'
import { fromHeld, type Target, toHeld } from './encoding/versions.ts'
import { ordered } from './encoding/wire.ts'
import { type ApiResponse, reply, type Stream } from './exchange.ts'
import { connecting, logRequest } from './proxy/connect.ts'
import { urlOf } from './url.ts'
import { applySubresource, applyToScale, isApply } from './write/applying.ts'
import { patchChange } from './write/patching.ts'
import { writing } from './write/write-options.ts'
import { createBinding, created } from './write/writing.ts'

/** Few ask for a page of a Pod. */
export const podProxy = part('the proxy to Pods', () => import('./proxy/pod-proxy.ts'))

const POSTED = { binding, eviction, token: tokenRequest } as const
const OLD_EVICTION = ['policy/v1beta1']

export function serveSubresource(context: Context, target: Target): ApiResponse {
  const { server, request } = context
  const { held, kind, namespace, name, subresource } = target
  if (!name) throw unknownPath()
  switch (subresource) {
    case 'log':
      if (request.method !== 'GET') throw notAllowed()
      return logs(context, namespace, name)
    case 'binding':
    case 'eviction':
    case 'token':
      return postSubresource(context, target, name, subresource)
    case 'exec':
    case 'attach':
    case 'portforward':
      connecting(server, request)
      throw badRequest('Upgrade request required')
    case 'proxy':
      return kind.plural === 'nodes' ? askKubelet(context, name) : podProxy.now.proxied(context, target)
  }
  switch (request.method) {
    case 'GET':
      if (subresource === 'finalize') throw notAllowed()
      return object(context, target, shown(target, getSubresource(server, held, namespace, name, subresource)))
    case 'PUT':
      return putSubresource(context, target, name)
    case 'PATCH':
      return patchSubresource(context, target, name)
  }
  throw notAllowed()
}

/** Subresources that take an object of a kind of their own, which is not kept. */
function postSubresource(
  context: Context,
  target: Target,
  name: string,
  subresource: keyof typeof POSTED,
): ApiResponse {
  const { server, request, warn } = context
  const { kind, namespace } = target
  if (request.method !== 'POST') throw notAllowed()
  const { options, validation } = writing(context, 'CreateOptions')
  const draft = decodeBody(POSTED[subresource], request.body, request.headers['content-type'], {
    validation,
    warn,
    alsoAs: OLD_EVICTION,
    registry: server.registry,
  })
  if (subresource === 'binding') return createBinding(context, target, name, draft, options)
  if (subresource === 'token')
    return answer(ordered(tokenRequest, tokenFor(context, target, draft, options)), false, 201)
  ownNamespace(kind, namespace, (draft.metadata ??= {}))
  if (draft.metadata.name !== name) throw badRequest('name in URL does not match name in Eviction object')
  const given = (draft.deleteOptions ?? {}) as DeleteOptions & { dryRun?: string[] }
  evictPod(server, namespace, name, given, { ...options, dryRun: options.dryRun || Boolean(given.dryRun?.length) })
  return created()
}

function putSubresource(context: Context, target: Target, name: string): ApiResponse {
  const { server, request, warn } = context
  const { held, kind, namespace, subresource } = target
  const { options, validation } = writing(context, 'UpdateOptions')
  const isScale = subresource === 'scale'
  const how = { validation, warn, registry: server.registry }
  const sent = decodeBody(isScale ? scale : kind, request.body, request.headers['content-type'], how)
  const draft = isScale ? sent : toHeld(target, sent)
  const result = server.outside.once('the request', () =>
    updateSubresource(server, held, namespace, name, subresource, () => draft, options),
  )
  return object(context, target, shown(target, result))
}

function patchSubresource(context: Context, target: Target, name: string): ApiResponse {
  const { server } = context
  const { held, kind, namespace, subresource } = target
  if (subresource === 'finalize') throw notAllowed()
  const isScale = subresource === 'scale'
  if (isApply(context)) return isScale ? applyToScale(context, target) : applySubresource(context, target)
  const { options, validation } = writing(context, 'PatchOptions')
  const change = patchChange(context, isScale ? scale : kind, validation)
  const through = (old: Draft): Draft => toHeld(target, change(fromHeld(target, shown(target, old))))
  const result = server.outside.once('the request', () =>
    updateSubresource(server, held, namespace, name, subresource, through, options),
  )
  return object(context, target, shown(target, result))
}

/** A Scale is shown with who manages it. */
const shown = ({ subresource, held }: Target, result: object): KubeObject =>
  (subresource === 'scale' ? withManagers(held, result as Scale) : result) as KubeObject

function tokenFor({ server }: Context, { namespace, name }: Target, asked: Draft, options: RequestOptions): KubeObject {
  const { metadata, spec, ...made } = requestToken(server, namespace, name, asked, options)
  const request: Draft = { metadata: {}, spec: { ...asked.spec, expirationSeconds: spec.expirationSeconds } }
  if (options.fieldManager)
    managedFields.now.recordUpdate(tokenRequest, undefined, request, {
      manager: options.fieldManager,
      subresource: 'token',
      now: server.clock.timestamp(),
    })
  return { ...made, metadata: { ...metadata, uid: server.random.uuid(), ...request.metadata }, spec } as KubeObject
}

function logs({ server, nodes, query }: Context, namespace: string, name: string): ApiResponse {
  const { pod, options } = logRequest(server, namespace, name, query)
  // A Pod without a node has said nothing yet.
  if (!pod.spec.nodeName) return reply(204, 'text/plain', '')
  if (!nodes)
    throw new StatusError(501, 'NotImplemented', 'not simulated: this server has no nodes that run containers')
  return reply(200, 'text/plain', nodes.logs(pod, options) as Stream)
}

/** A node's proxy leads to its kubelet, or to another port, `NAME:PORT`, at which nothing is. */
function askKubelet({ server, nodes, request, query }: Context, named: string): ApiResponse {
  const [, name = '', port = ''] = /^(?:https?:)?([^:]*)(?::(\d*))?$/.exec(named) ?? []
  server.get(server.registry.resource('nodes')!, '', name)
  if (!nodes)
    throw new StatusError(501, 'NotImplemented', 'not simulated: this server has no nodes that run containers')
  const { path } = urlOf(request.url)
  const [, below = ''] = /\/nodes\/[^/]*\/proxy(.*)$/.exec(path) ?? []
  if (!below) return reply(301, 'text/plain', '', { location: `${path}/` })
  const { status, type, body, location } = nodes.ask(name, port, { method: request.method, path: below, query })
  return reply(status, type, body as string | Stream, location === undefined ? {} : { location })
}
