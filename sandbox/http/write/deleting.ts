/** DELETE of an object and of a collection. */
import type { DeleteOptions } from '../../api/client.ts'
import { invalid, invalidObject, notSupported } from '../../api/fields.ts'
import { JsonError } from '../../api/formats/json-reader.ts'
import { type Draft, type KindDef, resourceOf } from '../../api/kind.ts'
import { DecodeError, decodeObject } from '../../api/requests/decode.ts'
import type { RequestOptions } from '../../api/requests/options.ts'
import { flag, integer } from '../../api/requests/query.ts'
import { badRequest, type Status } from '../../api/status.ts'
import type { KubeObject } from '../../api/types.ts'
import { mediaType, NO_KIND, readDocument } from '../body/body.ts'
import { typeFault } from '../body/body-kind.ts'
import { deleteOptions } from '../body/body-only-kinds.ts'
import { answer, type Context, object, rendering } from '../context.ts'
import { shownItems, type Target } from '../encoding/versions.ts'
import { renderList } from '../encoding/wire.ts'
import type { ApiRequest, ApiResponse } from '../exchange.ts'
import { dryRunFaults, dryRunOf } from '../query.ts'
import { listed } from '../read/reading.ts'

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
  'volumeattributesclasses.storage.k8s.io',
  'deviceclasses.resource.k8s.io',
  'resourceclaims.resource.k8s.io',
  'resourceclaimtemplates.resource.k8s.io',
  'resourceslices.resource.k8s.io',
])
export const returnsDeleted = (kind: KindDef): boolean => RETURN_DELETED.has(resourceOf(kind))

type Asked = DeleteOptions & RequestOptions

const POLICIES = ['Foreground', 'Background', 'Orphan']

const SCHEME = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27'

/** Options are of every version, and what is wrong with them is said without more words. @throws BadRequest */
function readOptions({ body, headers }: ApiRequest): Draft {
  try {
    const document = readDocument(body, mediaType(headers['content-type']) || undefined)
    const value = document.value ?? {}
    const fault = typeFault(value)
    if (fault) throw badRequest(`${NO_KIND}json: cannot unmarshal ${fault}`)
    const { kind = deleteOptions.kind, apiVersion = 'v1' } = value as Draft
    if (kind && kind !== deleteOptions.kind)
      throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}" in scheme "${SCHEME}"`)
    return decodeObject(deleteOptions, { ...document, value }).object
  } catch (error) {
    if (error instanceof JsonError) throw badRequest(`${NO_KIND}${error.message}`)
    throw error instanceof DecodeError ? badRequest(error.message) : error
  }
}

/** DeleteOptions come in the body, or else in the query. @throws Invalid */
function optionsOf(context: Context): Asked {
  const { query, request, options } = context
  const body: Draft = request.body.trim() ? readOptions(request) : {}
  const grace = integer(query, 'gracePeriodSeconds') ?? body.gracePeriodSeconds
  const policy: string | null | undefined = query.get('propagationPolicy') ?? body.propagationPolicy
  const isPolicy = policy !== undefined && policy !== null
  const orphan = body.orphanDependents ?? (query.has('orphanDependents') ? flag(query, 'orphanDependents') : undefined)
  const dryRun = dryRunOf(query, body.dryRun)
  const errors = [
    ...(isPolicy && orphan !== undefined
      ? [invalid('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set')]
      : []),
    ...(isPolicy && !POLICIES.includes(policy)
      ? [notSupported('propagationPolicy', policy, [...POLICIES, 'nil'])]
      : []),
    ...dryRunFaults(dryRun),
  ]
  if (errors.length) throw invalidObject('DeleteOptions', 'meta.k8s.io', '', errors)
  const propagationPolicy = policy ?? (orphan === undefined ? undefined : orphan ? 'Orphan' : 'Background')
  return {
    ...options,
    dryRun: dryRun.length > 0,
    ...(grace !== undefined && grace !== null && { gracePeriodSeconds: grace }),
    ...(propagationPolicy && { propagationPolicy }),
    ...(body.preconditions && { preconditions: body.preconditions }),
  }
}

const ORPHANING =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning'

/** The request's DeleteOptions. Warns when a Job is deleted without a propagation policy, since its Pods then stay. */
function deletionOptions(context: Context, { held }: Target): Asked {
  const options = optionsOf(context)
  if (resourceOf(held) === 'jobs.batch' && !options.propagationPolicy) context.warn(ORPHANING)
  return options
}

export function remove(context: Context, target: Target): ApiResponse {
  const { server } = context
  const options = deletionOptions(context, target)
  const { object: last, removed } = server.outside.once('the request', () =>
    server.delete(target.held, target.namespace, target.name, options),
  )
  const asObject = !removed || returnsDeleted(target.held)
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

/** Answers with the object as it was. */
export function removeAll(context: Context, target: Target): ApiResponse {
  const { server } = context
  const r = rendering(context, target, 'list')
  const { items, metadata } = server.outside.once('the request', () => {
    const list = listed(context, target)
    server.deleteCollection(target.held, list.items, deletionOptions(context, target))
    return list
  })
  const shown = shownItems(target, items, r.output.form === 'table')
  return answer(renderList(target.kind, shown, metadata, r), r.output.yaml)
}
