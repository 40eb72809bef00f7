/** A request for a resource on its way, and how its answer is written. */

import type { NodeProxy } from '../api/egress/node-proxy.ts'
import type { KindDef } from '../api/kind.ts'
import type { RequestOptions } from '../api/requests/options.ts'
import type { ApiServer } from '../api/server.ts'
import { badRequest, StatusError } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import { scale } from './body/body-only-kinds.ts'
import { goTypeOf } from './encoding/go-types.ts'
import { type Form, negotiate, notAcceptable } from './encoding/negotiate.ts'
import { asKept, fromHeld, type Target } from './encoding/versions.ts'
import { type IncludeObject, type Rendering, renderObject, written } from './encoding/wire.ts'
import { type ApiRequest, type ApiResponse, reply } from './exchange.ts'
import { toYaml } from './yaml/yaml.ts'

export interface Context {
  server: ApiServer
  nodes: NodeProxy | undefined
  request: ApiRequest
  query: URLSearchParams
  /** After impersonation. */
  options: RequestOptions
  warn(text: string): void
}

export const unknownPath = (): StatusError =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
export const notAllowed = (): StatusError =>
  new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

/**
 * @param what is rendered: one object, a list, or events about objects
 * @throws NotAcceptable, BadRequest
 */
export function rendering(
  { server, request, query }: Context,
  { kind, name, subresource }: Target,
  what: 'object' | 'list' | 'watch',
): Rendering {
  const custom = kind.custom ?? false
  const watchable = !name && request.method === 'GET'
  const tables = hasTables({ subresource })
  const output = negotiate(request.headers.accept, { watchable, watching: what === 'watch', custom, tables })
  refuseForm(kind, output.form, what)
  return { output, include: includedObject(query, output.form), now: server.clock.now() }
}

/** Nobody has thought of columns for these views of an object. */
const WITHOUT_TABLES: ReadonlySet<string> = new Set(['approval', 'ephemeralcontainers', 'finalize', 'resize'])
export const hasTables = ({ subresource }: Pick<Target, 'subresource'>): boolean => !WITHOUT_TABLES.has(subresource)

/** @throws NotAcceptable for an object as a list and the other way round */
function refuseForm(kind: KindDef, form: Form, what: 'object' | 'list' | 'watch'): void {
  if (form === 'metadata' && what === 'list')
    throw notAcceptable(
      `you requested PartialObjectMetadata, but the requested object is a list (${goTypeOf(kind, 'List')})`,
    )
  if (form === 'metadataList' && what === 'object')
    throw notAcceptable(
      `you requested PartialObjectMetadataList, but the requested object is not a list (${goTypeOf(kind)})`,
    )
}

const INCLUDED = new Set<string>(['', 'None', 'Metadata', 'Object'])

/** @throws BadRequest for what cannot be in the rows of a Table */
function includedObject(query: URLSearchParams, form: Form): IncludeObject {
  const asked = query.get('includeObject') ?? ''
  if (form === 'table' && !INCLUDED.has(asked)) {
    const fault = `includeObject: Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`
    throw badRequest(`Unable to convert to Table as requested: ${fault}`)
  }
  return (asked || 'Metadata') as IncludeObject
}

export function answer(body: object, yaml: boolean, status = 200): ApiResponse {
  return yaml
    ? reply(status, 'application/yaml', toYaml(body))
    : reply(status, 'application/json', `${written(body)}\n`)
}

export function object(context: Context, target: Target, found: KubeObject, status = 200): ApiResponse {
  const r = rendering(context, target, 'object')
  return answer(render(target, found, r), r.output.yaml, status)
}

export function render(target: Target, found: KubeObject, r: Rendering, first = true): object {
  if (found.kind === scale.kind && target.subresource === 'scale') return renderObject(scale, found, r, first)
  const shown = asKept(target, r.output.form === 'table') ? found : fromHeld(target, found)
  return renderObject(target.kind, shown, r, first)
}
