/** Lists and watches, and the selectors that limit them. */
import type { ListOptions } from '../../api/client.ts'
import { flag, integer } from '../../api/requests/query.ts'
import { asSeen, type Selection, selection } from '../../api/requests/selection.ts'
import { parseFieldSelector } from '../../api/requests/selectors.ts'
import type { ApiServer } from '../../api/server.ts'
import { badRequest, isReason } from '../../api/status.ts'
import type { KubeObject } from '../../api/types.ts'
import { answer, type Context, render, rendering } from '../context.ts'
import { fromHeld, shownItems, type Target } from '../encoding/versions.ts'
import { bareMetadata, type ListMeta, ordered, type Rendering, renderList } from '../encoding/wire.ts'
import { type ApiResponse, reply } from '../exchange.ts'
import { nameChosen } from '../request-info.ts'
import { bookmarkOf } from './bookmark.ts'
import { page, parseToken, type Token } from './page.ts'
import { checkListOptions, checkRevision, expired, fromMemory, noteBegun, revisionAsked } from './past.ts'
import { NOT_ENCODABLE, type Shown, watchStream } from './stream.ts'

const LISTING = new Set(['labelSelector', 'fieldSelector'])

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

export function list(context: Context, target: Target): ApiResponse {
  const r = rendering(context, target, 'list')
  const { items, metadata } = listed(context, target)
  const shown = shownItems(target, items, r.output.form === 'table')
  return answer(renderList(target.kind, shown, metadata, r), r.output.yaml)
}

/** What a list, or the deletion of a collection, is of. @throws Invalid, BadRequest, Expired, Timeout */
export function listed(context: Context, target: Target): { items: readonly KubeObject[]; metadata: ListMeta } {
  const { server, query } = context
  const asked = Math.max(0, integer(query, 'limit') ?? 0)
  integer(query, 'timeoutSeconds')
  const options = listOptions(context, target)
  checkListOptions(query, false)
  const given = query.get('continue')
  const token = given ? parseToken(given) : undefined
  const revision = revisionAsked(server, query, token, asked)
  const chosen = chosenInVersion(context, target)
  const found = listAt(server, target, options, revision, token)
  const all = chosen ? chosenOf(target, found, chosen) : found
  const limit = fromMemory(query) ? 0 : asked
  if (limit && !token) noteBegun(server)
  const selective = Boolean(options.labelSelector || options.fieldSelector || chosen)
  const namespace = target.kind.namespaced ? target.namespace : ''
  return page(all, { limit, token, revision, selective, namespace })
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

/** A watch of one named object: its field selector may only repeat that name. @throws BadRequest */
function checkNamed({ query }: Context, { name }: Target): void {
  const selector = query.get('fieldSelector')
  if (name && selector && nameChosen(selector) !== name)
    throw badRequest("fieldSelector metadata.name doesn't match requested name")
}

/** Each object of a watch as it was asked for; no object is a list. */
function shown({ server }: Context, target: Target, r: Rendering): Shown {
  const { form, version } = r.output
  return {
    render(object, first) {
      if (form === 'metadataList') throw NOT_ENCODABLE
      return render(target, object, { ...r, now: server.clock.now() }, first)
    },
    marks(revision, annotations) {
      if (form === 'metadataList') throw NOT_ENCODABLE
      const bookmark = bookmarkOf(target.kind, revision, annotations)
      return form === 'metadata' ? bareMetadata(bookmark, version) : ordered(target.kind, bookmark)
    },
  }
}

export function watch(context: Context, target: Target): ApiResponse {
  const { server, query } = context
  const { labelSelector = '', fieldSelector = '', namespace = '' } = listOptions(context, target)
  const chosen = chosenInVersion(context, target)
  const resourceVersion = query.get('resourceVersion') ?? ''
  checkListOptions(query, true)
  checkNamed(context, target)
  const r = rendering(context, target, 'watch')
  checkRevision(resourceVersion)
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
      sendInitialEvents: query.has('sendInitialEvents') ? flag(query, 'sendInitialEvents') : undefined,
    },
    shown(context, target, r),
    chosen &&
      (({ type, object, old }) =>
        asSeen({ type, object: fromHeld(target, object), ...(old && { old: fromHeld(target, old) }) }, chosen)),
  )
  return reply(200, 'application/json', stream, { 'transfer-encoding': 'chunked' })
}
