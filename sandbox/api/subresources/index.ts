/** Subresources that are changed like objects: what each shows, and what a change of it may touch. */
import type { Draft, KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import { notFound } from '../status.ts'
import { approveRequest } from './approval.ts'
import { changeEphemeralContainers } from './ephemeral-containers.ts'
import { finalizeNamespace } from './finalize.ts'
import { resizePod } from './resize.ts'
import { scaleOf, updateScale } from './scale.ts'

/** What GET of a subresource gives. */
export function getSubresource(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  subresource: string,
): object {
  const object = server.get(kind, namespace, name)
  return subresource === 'scale' ? scaleOf(object, kind.scalePaths) : object
}

export function updateSubresource(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  subresource: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): object {
  switch (subresource) {
    case 'scale':
      return updateScale(server, kind, namespace, name, change, options)
    case 'status':
      return server.update(kind, namespace, name, change, { ...options, subresource })
    case 'finalize':
      return finalizeNamespace(server, kind, name, change, options)
    case 'ephemeralcontainers':
      return changeEphemeralContainers(server, kind, namespace, name, change, options)
    case 'resize':
      return resizePod(server, kind, namespace, name, change, options)
    case 'approval':
      return approveRequest(server, kind, name, change, options)
    default:
      throw notFound({ plural: `${kind.plural}/${subresource}`, group: kind.group }, name)
  }
}
