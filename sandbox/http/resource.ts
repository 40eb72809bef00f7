/** Dispatches a request for a resource: the verb of its URL and method, and the function that serves it. */
import { goQuote } from '../api/formats/go-escapes.ts'
import type { KindDef, Subresource } from '../api/kind.ts'
import { flag } from '../api/requests/query.ts'
import { badRequest, notFound, StatusError } from '../api/status.ts'
import { type Context, hasTables, notAllowed, object, unknownPath } from './context.ts'
import { negotiate } from './encoding/negotiate.ts'
import type { Target } from './encoding/versions.ts'
import type { ApiResponse } from './exchange.ts'
import { checkRevisionOfGet } from './read/past.ts'
import { list, watch } from './read/reading.ts'
import { segmentFault } from './request-info.ts'
import { serveSubresource } from './subresource.ts'
import { remove, removeAll } from './write/deleting.ts'
import { create, patch, update } from './write/writing.ts'

const NO_EXPORT = 'the export parameter, deprecated since v1.14, is no longer supported'

const notWatched = ({ group, plural }: KindDef): StatusError => {
  const why = `watch is not supported on resources of kind "${group ? `${plural}.${group}` : plural}"`
  return new StatusError(405, 'MethodNotAllowed', why, { ...(group && { group }), kind: plural })
}

export function serveResource(context: Context, target: Target): ApiResponse {
  const { request, query } = context
  const { kind, name, subresource } = target
  const { method } = request
  const fault = name && segmentFault(name)
  if (fault) throw badRequest(`Name parameter invalid: ${goQuote(name)}: ${fault}`)
  // A path without a namespace lists a namespaced kind; it has no names below it.
  if (kind.namespaced ? !target.namespace && name : target.namespace) throw unknownPath()
  // Negotiated before anything is written: a client that cannot be answered must not change anything.
  if (method !== 'GET' && subresource !== 'proxy')
    negotiate(request.headers.accept, { custom: kind.custom ?? false, tables: hasTables(target) })
  if (subresource) {
    if (target.rest && subresource !== 'proxy') throw unknownPath()
    if (!kind.subresources?.includes(subresource as Subresource))
      throw kind.custom ? notFound(kind, name) : unknownPath()
    if (kind.deprecated) context.warn(kind.deprecated)
    return serveSubresource(context, target)
  }
  // Reviews are only created: there are no objects to name.
  if (name && kind.verbs && !kind.verbs.includes('get')) throw unknownPath()
  // A kind in two groups (events): NotFound names the group of the request.
  if (name && kind.stored && kind.group !== target.held.group && (method === 'GET' || method === 'DELETE'))
    if (!context.server.find(target.held, target.namespace, name)) throw notFound(kind, name)
  const verb = target.watch ? (method === 'GET' ? 'watch' : undefined) : verbOf(method, name, query)
  // The routes of what can be listed take a watch; whether there is one they find out later.
  const route = verb === 'watch' ? 'list' : verb
  if (kind.verbs && route && !kind.verbs.includes(route)) throw notAllowed()
  if (kind.namespaced && !target.namespace && verb !== 'list' && verb !== 'watch') throw notAllowed()
  if (verb && kind.deprecated) context.warn(kind.deprecated)
  switch (verb) {
    case 'get':
      if (flag(query, 'export')) throw badRequest(NO_EXPORT)
      checkRevisionOfGet(context.server, query)
      return object(context, target, context.server.get(target.held, target.namespace, name))
    case 'list':
      return list(context, target)
    case 'watch':
      if (kind.verbs && !kind.verbs.includes('watch')) throw notWatched(kind)
      return watch(context, target)
    case 'create':
      return create(context, target)
    case 'update':
      return update(context, target)
    case 'patch':
      return patch(context, target)
    case 'delete':
      return remove(context, target)
    case 'deletecollection':
      return removeAll(context, target)
    default:
      throw notAllowed()
  }
}

function verbOf(method: string, name: string, query: URLSearchParams): string | undefined {
  if (method === 'GET') return name ? 'get' : flag(query, 'watch') ? 'watch' : 'list'
  if (method === 'POST') return name ? undefined : 'create'
  if (method === 'DELETE') return name ? 'delete' : 'deletecollection'
  if (!name) return undefined
  return method === 'PUT' ? 'update' : method === 'PATCH' ? 'patch' : undefined
}
