/** DELETE of an object and of a collection. */
import type { DeleteOptions } from '../api/client.ts'
import { resourceOf } from '../api/kind.ts'
import type { RequestOptions } from '../api/server.ts'
import type { Status } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import { mediaType, readOptions } from './body.ts'
import { answer, type Context, object, rendering } from './context.ts'
import type { ApiResponse } from './exchange.ts'
import { integer, isDryRun } from './query.ts'
import { chosenInVersion, listOptions } from './reading.ts'
import { fromHeld, shownItems, type Target } from './versions.ts'
import { renderList } from './wire.ts'

/** Kinds whose deletion answers with the object instead of a Status. */
const RETURN_DELETED = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
  'persistentvolumes',
  'resourcequotas',
  'podtemplates',
  'namespaces',
  'csidrivers.storage.k8s.io',
  'csinodes.storage.k8s.io',
  'storageclasses.storage.k8s.io',
  'volumeattachments.storage.k8s.io',
])

function deleteOptions(context: Context): DeleteOptions & RequestOptions {
  const { query, request, options } = context
  const type = request.headers['content-type']
  const body = request.body
    ? (readOptions(request.body, mediaType(type) ? type : undefined, 'DeleteOptions') as DeleteOptions & {
        dryRun?: unknown
        orphanDependents?: boolean
      })
    : {}
  const grace = integer(query, 'gracePeriodSeconds') ?? body.gracePeriodSeconds
  const policy = (query.get('propagationPolicy') as DeleteOptions['propagationPolicy']) || body.propagationPolicy
  const orphan = body.orphanDependents === undefined ? undefined : body.orphanDependents ? 'Orphan' : 'Background'
  return {
    ...options,
    dryRun: isDryRun(query, 'DeleteOptions', body.dryRun),
    ...(grace !== undefined && grace !== null && { gracePeriodSeconds: grace }),
    ...((policy ?? orphan) && { propagationPolicy: policy ?? orphan }),
    ...(body.preconditions && { preconditions: body.preconditions }),
  }
}

export function remove(context: Context, target: Target): ApiResponse {
  const { server } = context
  const { object: last, removed } = server.outside.once('the request', () =>
    server.delete(target.held, target.namespace, target.name, deleteOptions(context)),
  )
  const asObject = !removed || RETURN_DELETED.has(resourceOf(target.held))
  return asObject ? object(context, target, last) : answer(deleted(target, last), false)
}

const deleted = ({ kind }: Target, { metadata }: KubeObject): Status =>
  ({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: metadata.name, ...(kind.group && { group: kind.group }), kind: kind.plural, uid: metadata.uid },
  }) as Status

export function removeAll(context: Context, target: Target): ApiResponse {
  const { server } = context
  const chosen = chosenInVersion(context, target)
  const includes = chosen && ((o: KubeObject): boolean => chosen.includes(fromHeld(target, o)))
  const objects = server.outside.once('the request', () =>
    server.deleteCollection(target.held, listOptions(context, target), deleteOptions(context), includes),
  )
  const r = rendering(context, target.kind)
  const shown = shownItems(target, objects, r.output.form === 'table')
  return answer(renderList(target.kind, shown, { resourceVersion: String(server.store.revision) }, r), r.output.yaml)
}
