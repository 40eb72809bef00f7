/** A request for a resource on its way, and how its answer is written. */
import type { KindDef } from '../api/kind.ts'
import type { NodeProxy } from '../api/node-proxy.ts'
import type { ApiServer, RequestOptions } from '../api/server.ts'
import { StatusError } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import { scale } from './bodies.ts'
import { type ApiRequest, type ApiResponse, reply } from './exchange.ts'
import { negotiate } from './negotiate.ts'
import { asKept, fromHeld, type Target } from './versions.ts'
import { type IncludeObject, type Rendering, renderObject } from './wire.ts'
import { toYaml } from './yaml.ts'

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

export function rendering({ server, request, query }: Context, kind: KindDef): Rendering {
  const include = query.get('includeObject') as IncludeObject | null
  return {
    output: negotiate(request.headers.accept),
    include: include ?? 'Metadata',
    now: server.clock.now(),
    typedItems: kind.custom ?? false,
  }
}

export function answer(body: object, yaml: boolean, status = 200): ApiResponse {
  return yaml
    ? reply(status, 'application/yaml', toYaml(body))
    : reply(status, 'application/json', `${JSON.stringify(body)}\n`)
}

export function object(context: Context, target: Target, found: KubeObject, status = 200): ApiResponse {
  const r = rendering(context, target.kind)
  return answer(render(target, found, r), r.output.yaml, status)
}

export function render(target: Target, found: KubeObject, r: Rendering, first = true): object {
  if (found.kind === scale.kind && target.subresource === 'scale') return renderObject(scale, found, r, first)
  const shown = asKept(target, r.output.form === 'table') ? found : fromHeld(target, found)
  return renderObject(target.kind, shown, r, first)
}
