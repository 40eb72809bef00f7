/** The revision that a list is read at, and how far back that may be. */
import { type FieldError, forbiddenField, invalidObject, notSupported } from '../../api/fields.ts'
import { numberFault } from '../../api/requests/query.ts'
import type { ApiServer } from '../../api/server.ts'
import { badRequest, gone, StatusError } from '../../api/status.ts'
import { printToken, type Token } from './page.ts'

/** kube-apiserver compacts etcd this often, each time up to the previous compaction: revisions live one to two intervals. */
const COMPACT_EVERY_MS = 5 * 60_000
const forgottenAt = (at: number): number => (Math.floor(at / COMPACT_EVERY_MS) + 2) * COMPACT_EVERY_MS

const EXPIRED = 'The resourceVersion for the provided list is too old.'
const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

/** When lists were begun that may be continued, oldest first. */
const begun = new WeakMap<ApiServer, { at: number; revision: number }[]>()

/** Call for each list that is served in chunks. */
export function noteBegun(server: ApiServer): void {
  const marks = begun.get(server) ?? []
  begun.set(server, marks)
  const now = server.clock.now()
  while (marks[0] && now - marks[0].at > 4 * COMPACT_EVERY_MS) marks.shift()
  const { revision } = server.store
  if (marks.at(-1)?.revision !== revision) marks.push({ at: now, revision })
}

const isCompacted = (server: ApiServer, revision: number): boolean => {
  const mark = begun.get(server)?.find(m => m.revision >= revision)
  return mark !== undefined && server.clock.now() >= forgottenAt(mark.at)
}

/** @throws Invalid for options that contradict each other */
export function checkListOptions(query: URLSearchParams, watching: boolean): void {
  const match = query.get('resourceVersionMatch') ?? ''
  const version = query.get('resourceVersion') ?? ''
  const initial = query.get('sendInitialEvents')
  const errors: FieldError[] = []
  const wrong = (why: string): void => void errors.push(forbiddenField('resourceVersionMatch', why))
  if (watching) {
    if (initial !== null && match !== 'NotOlderThan')
      wrong('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan')
    if (match) {
      if (initial === null) wrong('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided')
      if (match !== 'NotOlderThan') errors.push(notSupported('resourceVersionMatch', match, ['NotOlderThan']))
    }
    if (query.get('continue')) wrong('resourceVersionMatch is forbidden when continue is provided')
  } else {
    if (match) {
      if (!version) wrong('resourceVersionMatch is forbidden unless resourceVersion is provided')
      if (query.get('continue')) wrong('resourceVersionMatch is forbidden when continue is provided')
      if (match !== 'Exact' && match !== 'NotOlderThan')
        errors.push(notSupported('resourceVersionMatch', match, ['Exact', 'NotOlderThan', '']))
      if (match === 'Exact' && version === '0')
        wrong('resourceVersionMatch "exact" is forbidden for resourceVersion "0"')
    }
    if (initial !== null) errors.push(forbiddenField('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  }
  if (errors.length) throw invalidObject('ListOptions', 'meta.k8s.io', '', errors)
}

/** Checks a resourceVersion parameter. */
const revisionFault = (text: string): string | undefined => {
  const fault = numberFault(text, 'ParseUint')
  return fault && `resourceVersion: Invalid value: ${JSON.stringify(text)}: ${fault}`
}

/** @throws an error without a reason, as the real server does not look before it reads */
export function checkRevision(text: string): void {
  const fault = text && revisionFault(text)
  if (fault) throw new StatusError(500, '', fault)
}

/** @throws Timeout, for a revision of the future, which would never come */
function refuseFuture(server: ApiServer, text: string, retryAfterSeconds = 0): void {
  const { revision } = server.store
  if (Number(text) <= revision) return
  const message = `Too large resource version: ${BigInt(text)}, current: ${revision}`
  throw new StatusError(504, 'Timeout', `Timeout: ${message}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    ...(retryAfterSeconds && { retryAfterSeconds }),
  })
}

/** A single object is at least as new as is asked for. @throws what `checkRevision` does, Timeout */
export function checkRevisionOfGet(server: ApiServer, query: URLSearchParams): void {
  const text = query.get('resourceVersion') ?? ''
  checkRevision(text)
  if (text) refuseFuture(server, text, 1)
}

/** Whether a list is asked for that may come from what the server remembers, which takes no notice of a limit. */
export const fromMemory = (query: URLSearchParams): boolean =>
  query.get('resourceVersion') === '0' && query.get('resourceVersionMatch') !== 'Exact'

/**
 * The revision that a list is asked for. In pieces it is exactly that which is named, if nothing else is said.
 * @throws BadRequest, Expired, Timeout for one of the future
 */
export function revisionAsked(
  server: ApiServer,
  query: URLSearchParams,
  token: Token | undefined,
  limit: number,
): number {
  const { revision } = server.store
  const text = query.get('resourceVersion') ?? ''
  if (token) {
    if (text && text !== '0') throw badRequest('specifying resource version is not allowed when using continue')
    if (token.rv < 0) return revision
    if (isCompacted(server, token.rv)) throw expired(token)
    return token.rv
  }
  if (!text || text === '0') return revision
  const fault = revisionFault(text)
  if (fault) throw badRequest(`invalid resource version: ${fault}`)
  const match = query.get('resourceVersionMatch')
  const isExact = match === 'Exact' || (!match && limit > 0)
  refuseFuture(server, text, isExact ? 0 : 1)
  return isExact ? Number(text) : revision
}

/** What is gone: a list cannot begin there, but one that has begun may go on with what there is now. */
export function expired(token: Token | undefined): StatusError {
  if (!token) return gone(EXPIRED)
  const error = gone(CONTINUE_EXPIRED)
  error.status.metadata.continue = printToken(-1, token.start)
  return error
}
