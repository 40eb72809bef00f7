/** The paths below /openapi: which documents there are, and the documents, with what lets clients keep them. */
import type { Registry } from '../../api/registry.ts'
import { hashOf, isKnown } from '../discovery/etag.ts'
import { accepts } from '../encoding/negotiate.ts'
import { type ApiRequest, type ApiResponse, reply } from '../exchange.ts'
import { urlOf } from '../url.ts'
import * as openapi from './openapi.ts'

const V3 = '/openapi/v3'
const V2 = '/openapi/v2'

const nothing = (status: number, headers: Record<string, string>): ApiResponse => ({
  status,
  headers: { 'cache-control': 'no-cache, private', ...headers },
  body: '',
  warnings: [],
})

/** By whatever method: nobody looks at it. Undefined where the path is none of these. */
export function openApi(registry: Registry, path: string, request: ApiRequest): ApiResponse | undefined {
  if (path === V3) return index(registry)
  if (path.startsWith(`${V3}/`)) return groupVersion(registry, path.slice(V3.length + 1), request)
  return path === V2 ? all(registry, request) : undefined
}

const hashOfVersion = (registry: Registry, version: string): string => hashOf(openapi.identity(registry, version))

/** A hash in the address tells the server's own clients when to ask anew. */
const addressOf = (version: string, hash: string): string => `${V3}/${version}?hash=${hash}`

function index(registry: Registry): ApiResponse {
  const paths = openapi
    .versions(registry)
    .map(version => [version, { serverRelativeURL: addressOf(version, hashOfVersion(registry, version)) }])
  return reply(200, 'text/plain; charset=utf-8', JSON.stringify({ paths: Object.fromEntries(paths) }))
}

function groupVersion(registry: Registry, version: string, { url, headers }: ApiRequest): ApiResponse {
  const vary = { vary: 'Accept' }
  if (!accepts(headers.accept, ['application/json'])) return nothing(406, vary)
  if (!openapi.versions(registry).includes(version)) return nothing(404, vary)
  const own = hashOfVersion(registry, version)
  const asked = urlOf(url).query.get('hash')
  const about = { ...vary, etag: `"${own}"` }
  if (asked && asked !== own) return nothing(301, { ...about, location: addressOf(version, own) })
  const lasting: Record<string, string> = asked ? { 'cache-control': 'public, immutable' } : {}
  if (isKnown(headers, about.etag)) return nothing(304, { ...about, ...lasting })
  return reply(200, 'application/json', openapi.groupVersion(registry, version, own), { ...about, ...lasting })
}

/** Version 2, all in one; what kubectl asks for by protobuf is no more than its head. */
function all(registry: Registry, { headers }: ApiRequest): ApiResponse {
  if (headers.accept?.includes(openapi.V2_PROTOBUF))
    return reply(200, openapi.V2_PROTOBUF.replace('@', '.'), openapi.v2Head())
  const vary = 'Accept-Encoding, Accept'
  if (!accepts(headers.accept, ['application/json'])) return nothing(406, { vary })
  const identities = openapi.versions(registry).map(version => openapi.identity(registry, version))
  const about = { vary, etag: `"${hashOf(identities.join('\n'))}"` }
  return isKnown(headers, about.etag)
    ? nothing(304, about)
    : reply(200, 'application/json', openapi.v2(registry), about)
}
