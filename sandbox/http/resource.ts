/** The verbs on a resource's URLs: what is read from the request, asked of the server, and written back. */

import { applyConfiguration } from '../api/apply/apply.ts'
import { applyScale } from '../api/apply/apply-scale.ts'
import type { DeleteOptions, ListOptions } from '../api/client.ts'
import { invalidObject, required } from '../api/fields.ts'
import { type Draft, type KindDef, resourceOf } from '../api/kind.ts'
import type { NodeProxy } from '../api/node-proxy.ts'
import { isReview, review } from '../api/reviews.ts'
import { asSeen, type Selection, selection } from '../api/selection.ts'
import { parseFieldSelector } from '../api/selectors.ts'
import type { ApiServer, RequestOptions } from '../api/server.ts'
import { badRequest, conflict, isReason, notFound, type Status, StatusError } from '../api/status.ts'
import { bindPod } from '../api/subresources/binding.ts'
import { evictPod } from '../api/subresources/eviction.ts'
import { getSubresource, updateSubresource } from '../api/subresources/index.ts'
import { requestToken } from '../api/subresources/token.ts'
import type { KubeObject } from '../api/types.ts'
import { ADMIN } from '../api/user.ts'
import { decodeBody, type FieldValidation, mediaType, readOptions } from './body.ts'
import { logRequest } from './connect.ts'
import { type ApiRequest, type ApiResponse, reply, type Stream } from './exchange.ts'
import { negotiate } from './negotiate.ts'
import { page, parseToken, type Token } from './page.ts'
import { checkListOptions, expired, noteBegun, revisionAsked, revisionOf } from './past.ts'
import { APPLY_PATCH, patchChange } from './patching.ts'
import { fieldManager, fieldValidation, flag, integer, isDryRun } from './query.ts'
import { watchStream } from './stream.ts'
import { asKept, fromHeld, shownItems, type Target, toHeld } from './versions.ts'
import { type IncludeObject, type Rendering, renderList, renderObject } from './wire.ts'
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

const LISTING = new Set(['labelSelector', 'fieldSelector'])

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

export function serveResource(context: Context, target: Target): ApiResponse {
  const { request, query } = context
  const { kind, name, subresource } = target
  const { method } = request
  // Across all namespaces there are lists only, and no paths below them.
  if (kind.namespaced ? !target.namespace && name : target.namespace) throw unknownPath()
  if (kind.deprecated) context.warn(kind.deprecated)
  if (subresource) {
    if (!kind.subresources?.includes(subresource as never)) throw kind.custom ? notFound(kind, name) : unknownPath()
    return serveSubresource(context, target)
  }
  const verb = verbOf(method, name, query)
  if (kind.verbs && verb && !kind.verbs.includes(verb)) throw notAllowed()
  if (kind.namespaced && !target.namespace && verb !== 'list' && verb !== 'watch') throw notAllowed()
  switch (verb) {
    case 'get':
      return object(context, target, context.server.get(target.held, target.namespace, name))
    case 'list':
      return list(context, target)
    case 'watch':
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
  if (method === 'GET' || method === 'HEAD') return flag(query, 'watch') ? 'watch' : name ? 'get' : 'list'
  if (method === 'POST') return name ? undefined : 'create'
  if (method === 'DELETE') return name ? 'delete' : 'deletecollection'
  if (!name) return undefined
  return method === 'PUT' ? 'update' : method === 'PATCH' ? 'patch' : undefined
}

const unknownPath = (): StatusError =>
  new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
const notAllowed = (): StatusError =>
  new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

function rendering({ server, request, query }: Context, kind: KindDef): Rendering {
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

function object(context: Context, target: Target, found: KubeObject, status = 200): ApiResponse {
  const r = rendering(context, target.kind)
  return answer(render(target, found, r), r.output.yaml, status)
}

const render = (target: Target, found: KubeObject, r: Rendering, first = true): object =>
  renderObject(target.kind, asKept(target, r.output.form === 'table') ? found : fromHeld(target, found), r, first)

function listOptions({ query }: Context, target: Target): ListOptions {
  const options: ListOptions = { ...(target.namespace && { namespace: target.namespace }) }
  for (const key of LISTING) {
    const value = query.get(key)
    if (value) options[key as 'labelSelector' | 'fieldSelector'] = value
  }
  const heldFields = target.kind.stored?.fieldLabels
  if (heldFields && options.fieldSelector) options.fieldSelector = asHeld(options.fieldSelector, heldFields)
  if (byVersion(target)) delete options.fieldSelector
  if (target.name)
    options.fieldSelector = [`metadata.name=${target.name}`, options.fieldSelector].filter(Boolean).join(',')
  return options
}

/** Versions of a custom kind have fields of their own to be chosen by, which the kind that is kept may not have. */
const byVersion = ({ kind, held }: Target): boolean => Boolean(kind.custom) && kind !== held

/** What the field selector of a request says of an object, in the version that is asked for. @throws BadRequest */
function chosenInVersion({ query }: Context, target: Target): Selection | undefined {
  const fieldSelector = query.get('fieldSelector')
  return fieldSelector && byVersion(target) ? selection(target.kind, { fieldSelector }) : undefined
}

/** Those of kept objects that are chosen in the version that is asked for: converted all at once. */
function chosenOf(target: Target, found: readonly KubeObject[], chosen: Selection): readonly KubeObject[] {
  const seen = shownItems(target, found, false)
  return found.filter((_, i) => chosen.includes(seen[i] as KubeObject))
}

/** A selector by the fields of a version as one by those of the kind that is kept. @throws BadRequest */
function asHeld(selector: string, labels: Readonly<Record<string, string>>): string {
  return parseFieldSelector(selector)
    .map(({ field, negated, value }) => {
      const held = field.startsWith('metadata.') ? field : labels[field]
      if (!held) throw badRequest(`field label not supported: ${field}`)
      return `${held}${negated ? '!=' : '='}${value.replace(/[\\,=]/g, '\\$&')}`
    })
    .join(',')
}

function list(context: Context, target: Target): ApiResponse {
  const { server, query } = context
  const options = listOptions(context, target)
  checkListOptions(query, false)
  const given = query.get('continue')
  const token = given ? parseToken(given) : undefined
  const revision = revisionAsked(server, query, token)
  const r = rendering(context, target.kind)
  const limit = Math.max(0, integer(query, 'limit') ?? 0)
  const chosen = chosenInVersion(context, target)
  const found = listAt(server, target, options, revision, token)
  const all = chosen ? chosenOf(target, found, chosen) : found
  if (limit && !token) noteBegun(server)
  const selective = Boolean(options.labelSelector || options.fieldSelector || chosen)
  const { items, metadata } = page(all, { limit, token, revision, selective })
  const shown = shownItems(target, items, r.output.form === 'table')
  return answer(renderList(target.kind, shown, metadata, r), r.output.yaml)
}

function listAt(
  server: ApiServer,
  { held }: Target,
  options: ListOptions,
  revision: number,
  token: Token | undefined,
): readonly KubeObject[] {
  try {
    return server.listAt(held, options, revision)
  } catch (error) {
    throw isReason(error, 'Expired') ? expired(token) : error
  }
}

function watch(context: Context, target: Target): ApiResponse {
  const { server, query } = context
  const { labelSelector = '', fieldSelector = '', namespace = '' } = listOptions(context, target)
  const chosen = chosenInVersion(context, target)
  const resourceVersion = query.get('resourceVersion') ?? ''
  checkListOptions(query, true)
  if (resourceVersion) revisionOf(resourceVersion)
  const r = rendering(context, target.kind)
  const stream = watchStream(
    server,
    target.held,
    {
      namespace,
      labelSelector,
      fieldSelector,
      resourceVersion,
      timeoutSeconds: integer(query, 'timeoutSeconds') ?? 0,
      allowBookmarks: flag(query, 'allowWatchBookmarks'),
      sendInitialEvents: flag(query, 'sendInitialEvents'),
    },
    (found, first) => render(target, found, { ...r, now: server.clock.now() }, first),
    chosen &&
      (({ type, object, old }) =>
        asSeen({ type, object: fromHeld(target, object), ...(old && { old: fromHeld(target, old) }) }, chosen)),
  )
  return reply(200, r.output.form === 'object' ? 'application/json' : 'application/json;stream=watch', stream, {
    'transfer-encoding': 'chunked',
  })
}

interface Write {
  options: RequestOptions
  validation: FieldValidation
}

function writing(context: Context, what: string): Write {
  const { query, request } = context
  const validation = fieldValidation(query, what)
  const dryRun = isDryRun(query, what)
  return {
    validation,
    options: {
      ...context.options,
      dryRun,
      fieldManager: fieldManager(query, request.headers['user-agent'], what),
      warn: context.warn,
    },
  }
}

function create(context: Context, target: Target): ApiResponse {
  const { server, request, warn } = context
  const { options, validation } = writing(context, 'CreateOptions')
  const draft = decodeBody(target.kind, request.body, request.headers['content-type'], { validation, warn })
  if (isReview(target.kind)) {
    const { yaml } = negotiate(request.headers.accept, false)
    return answer(review(server, target.kind, target.namespace, draft, options.user ?? ADMIN), yaml, 201)
  }
  if (resourceOf(target.kind) === 'bindings')
    return createBinding(context, target, draft.metadata?.name ?? '', draft, options)
  const made = server.outside.once('the request', () =>
    server.create(target.held, target.namespace, toHeld(target, draft), options),
  )
  return object(context, target, made, 201)
}

function update(context: Context, target: Target): ApiResponse {
  const { server, request, warn } = context
  const { options, validation } = writing(context, 'UpdateOptions')
  const draft = decodeBody(target.kind, request.body, request.headers['content-type'], { validation, warn })
  return object(
    context,
    target,
    server.outside.once('the request', () =>
      server.update(target.held, target.namespace, target.name, () => toHeld(target, draft), options),
    ),
  )
}

function patch(context: Context, target: Target): ApiResponse {
  const { server } = context
  if (isApply(context)) return apply(context, target)
  const { options, validation } = writing(context, 'PatchOptions')
  const change = patchChange(context, target.kind, validation)
  return object(
    context,
    target,
    server.outside.once('the request', () =>
      server.update(target.held, target.namespace, target.name, old => toHeld(target, change(fromHeld(target, old))), {
        ...options,
        patch: true,
      }),
    ),
  )
}

const isApply = ({ request }: Context): boolean => mediaType(request.headers['content-type']) === APPLY_PATCH

/** What is applied, and how. @throws BadRequest, Invalid */
function applying(context: Context, { kind, subresource }: Target) {
  const { server, request, query, warn } = context
  if (!query.get('fieldManager')) throw managerRequired()
  const { options, validation } = writing(context, 'PatchOptions')
  const wanted = decodeBody(kind, request.body, 'application/yaml', { validation, warn, applied: true })
  if (wanted.metadata?.managedFields) throw badRequest('metadata.managedFields must be nil')
  const how = {
    manager: options.fieldManager ?? '',
    force: flag(query, 'force'),
    now: server.clock.timestamp(),
    ...(subresource && { subresource }),
  }
  return { wanted, how, as: { ...options, applied: true, patch: true } }
}

function apply(context: Context, target: Target): ApiResponse {
  const { server } = context
  const { wanted, how, as } = applying(context, target)
  const { namespace, name, held, kind } = target
  const make = (): KubeObject => {
    if (wanted.metadata?.uid) {
      throw conflict(
        kind,
        name,
        `uid mismatch: the provided object specified uid ${wanted.metadata.uid}, and no existing object was found`,
      )
    }
    const made = applyConfiguration(kind, undefined, { ...wanted, metadata: { ...wanted.metadata, name } }, how)
    return server.create(held, namespace, toHeld(target, made), as)
  }
  const change = (old: KubeObject): Draft =>
    toHeld(target, applyConfiguration(kind, fromHeld(target, old), wanted, how))
  const written = server.outside.once('the request', () => {
    const isNew = !server.find(held, namespace, name)
    return { isNew, object: isNew ? make() : server.update(held, namespace, name, change, as) }
  })
  return object(context, target, written.object, written.isNew ? 201 : 200)
}

/** An object cannot be made through a subresource: it has to be there. */
function applySubresource(context: Context, target: Target): ApiResponse {
  const { server } = context
  const { wanted, how, as } = applying(context, target)
  const { namespace, name, held, kind, subresource } = target
  const change = (old: KubeObject): Draft =>
    toHeld(target, applyConfiguration(kind, fromHeld(target, old), wanted, how))
  const result = server.outside.once('the request', () =>
    updateSubresource(server, held, namespace, name, subresource, change, as),
  )
  return object(context, target, result as KubeObject)
}

function applyToScale(context: Context, target: Target): ApiResponse {
  const { server, request, query } = context
  if (!query.get('fieldManager')) throw managerRequired()
  const { options } = writing(context, 'PatchOptions')
  const wanted = readOptions(request.body, 'application/yaml', 'Scale')
  const { namespace, name, held } = target
  const how = {
    manager: options.fieldManager ?? '',
    force: flag(query, 'force'),
    now: server.clock.timestamp(),
    subresource: 'scale',
  }
  const result = server.outside.once('the request', () =>
    applyScale(server, held, namespace, name, wanted, how, { ...options, applied: true }),
  )
  return object(context, target, result as unknown as KubeObject)
}

const managerRequired = (): StatusError =>
  invalidObject('PatchOptions', 'meta.k8s.io', '', [required('fieldManager', 'is required for apply patch')])

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

function remove(context: Context, target: Target): ApiResponse {
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

function removeAll(context: Context, target: Target): ApiResponse {
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

function serveSubresource(context: Context, target: Target): ApiResponse {
  const { server, request, warn } = context
  const { held, kind, namespace, name, subresource } = target
  if (!name) throw unknownPath()
  switch (subresource) {
    case 'log':
      if (request.method !== 'GET') throw notAllowed()
      return logs(context, namespace, name)
    case 'binding':
    case 'eviction':
    case 'token': {
      if (request.method !== 'POST') throw notAllowed()
      const { options } = writing(context, 'CreateOptions')
      const draft = readOptions(request.body, request.headers['content-type'], subresource)
      if (subresource === 'binding') return createBinding(context, target, name, draft, options)
      if (subresource === 'token') return answer(requestToken(server, namespace, name, draft, options), false, 201)
      const given = (draft.deleteOptions ?? {}) as DeleteOptions & { dryRun?: string[] }
      evictPod(server, namespace, name, given, { ...options, dryRun: options.dryRun || Boolean(given.dryRun?.length) })
      return created()
    }
    case 'exec':
    case 'attach':
    case 'portforward':
      throw badRequest('Upgrade request required')
    case 'proxy':
      throw new StatusError(
        501,
        'NotImplemented',
        'not simulated: the proxy subresource; use port-forward, or curl in a Pod',
      )
  }
  switch (request.method) {
    case 'GET':
      return object(context, target, getSubresource(server, held, namespace, name, subresource) as KubeObject)
    case 'PUT': {
      const { options, validation } = writing(context, 'UpdateOptions')
      const draft =
        subresource === 'scale'
          ? readOptions(request.body, request.headers['content-type'], 'Scale')
          : toHeld(target, decodeBody(kind, request.body, request.headers['content-type'], { validation, warn }))
      return object(
        context,
        target,
        server.outside.once('the request', () =>
          updateSubresource(server, held, namespace, name, subresource, () => draft, options),
        ) as KubeObject,
      )
    }
    case 'PATCH': {
      if (isApply(context))
        return subresource === 'scale' ? applyToScale(context, target) : applySubresource(context, target)
      const { options, validation } = writing(context, 'PatchOptions')
      const change = patchChange(context, subresource === 'scale' ? undefined : kind, validation)
      const through = (old: Draft): Draft => toHeld(target, change(fromHeld(target, old)))
      const result = server.outside.once('the request', () =>
        updateSubresource(server, held, namespace, name, subresource, through, options),
      )
      return object(context, target, result as KubeObject)
    }
  }
  throw notAllowed()
}

function createBinding(
  { server }: Context,
  { namespace }: Target,
  name: string,
  draft: Draft,
  options: RequestOptions,
): ApiResponse {
  bindPod(server, namespace, name, draft, options)
  return created()
}

const created = (): ApiResponse =>
  answer({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, false, 201)

function logs({ server, nodes, query }: Context, namespace: string, name: string): ApiResponse {
  const { pod, options } = logRequest(server, namespace, name, query)
  // A Pod without a node has said nothing yet.
  if (!pod.spec.nodeName) return reply(200, 'text/plain', '')
  if (!nodes)
    throw new StatusError(501, 'NotImplemented', 'not simulated: this server has no nodes that run containers')
  return reply(200, 'text/plain', nodes.logs(pod, options) as Stream)
}
