/** Which revision a list is of, and for how long the past can be asked for. */
import { type FieldError, forbiddenField, invalidObject, notSupported } from '../api/fields.ts'
import type { ApiServer } from '../api/server.ts'
import { badRequest, gone, StatusError } from '../api/status.ts'
import { printToken, type Token } from './page.ts'

/** etcd is told this often to forget what was before the last time: what is as old as one to two turns is gone. */
const COMPACT_EVERY_MS = 5 * 60_000
const forgottenAt = (at: number): number => (Math.floor(at / COMPACT_EVERY_MS) + 2) * COMPACT_EVERY_MS

const EXPIRED = 'The resourceVersion for the provided list is too old.'
const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

/** When lists were begun that may be continued, oldest first. */
const begun = new WeakMap<ApiServer, { at: number; revision: number }[]>()

/** To be told of each list that is given in pieces. */
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
      if (query.get('continue')) wrong('resourceVersionMatch is forbidden when continue is provided')
    }
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

/** @throws BadRequest */
export function revisionOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const shown = JSON.stringify(text)
  throw badRequest(`Invalid value: ${shown}: strconv.ParseUint: parsing ${shown}: invalid syntax`)
}

/** The revision that a list is asked for. @throws BadRequest, Expired, Timeout for one of the future */
export function revisionAsked(server: ApiServer, query: URLSearchParams, token: Token | undefined): number {
  const { revision } = server.store
  const text = query.get('resourceVersion') ?? ''
  if (token) {
    if (text && text !== '0') throw badRequest('specifying resource version is not allowed when using continue')
    if (token.rv < 0) return revision
    if (isCompacted(server, token.rv)) throw expired(token)
    return token.rv
  }
  if (!text || text === '0') return revision
  const asked = revisionOf(text)
  if (asked > revision) {
    const message = `Too large resource version: ${asked}, current: ${revision}`
    throw new StatusError(504, 'Timeout', `Timeout: ${message}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    })
  }
  return query.get('resourceVersionMatch') === 'Exact' ? asked : revision
}

/** What is gone: a list cannot begin there, but one that has begun may go on with what there is now. */
export function expired(token: Token | undefined): StatusError {
  if (!token) return gone(EXPIRED)
  const error = gone(CONTINUE_EXPIRED)
  error.status.metadata.continue = printToken(-1, token.start)
  return error
}
