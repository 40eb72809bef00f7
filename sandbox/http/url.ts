/** A request's URL as it is written: nothing is tidied, for dots and doubled slashes are names like any other. */

import { badRequest } from '../api/status.ts'
import { parseDuration } from '../clock/duration.ts'

export interface RequestUrl {
  path: string
  query: URLSearchParams
}

export function urlOf(url: string): RequestUrl {
  const at = url.indexOf('?')
  return at < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) }
}

/** A sign of per cent that stands for no character; who listens turns such a request away before it is one. */
export const isBroken = (path: string): boolean => /%(?![\da-f]{2})/i.test(path)

/** How long a client would wait; nothing takes time here, but what is no duration is refused. @throws BadRequest */
export function checkTimeout(query: URLSearchParams): void {
  const timeout = query.get('timeout')
  if (!timeout) return
  try {
    parseDuration(timeout)
  } catch (error) {
    throw badRequest(`invalid timeout specified in the request URL - ${(error as Error).message}`)
  }
}
