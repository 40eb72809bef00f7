/** A request's URL, taken literally: no normalization, since dots and double slashes are names like any other. */

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

/** A malformed percent-encoding; Go's server refuses such a request before any handler sees it. */
export const isBroken = (path: string): boolean => /%(?![\da-f]{2})/i.test(path)

/** What Kubernetes cannot tell the kind of: the old ways to watch and to proxy, without what they are of. */
export const isHeadless = (path: string): boolean => {
  const parts = path.replace(/^\/+|\/+$/g, '').split('/')
  const verb = parts[0] === 'api' ? parts[2] : parts[0] === 'apis' ? parts[3] : undefined
  return (verb === 'watch' || verb === 'proxy') && parts.length === (parts[0] === 'api' ? 3 : 4)
}

/** ?timeout=: nothing takes time here, but a malformed duration is refused. @throws BadRequest */
export function checkTimeout(query: URLSearchParams): void {
  const timeout = query.get('timeout')
  if (!timeout) return
  try {
    parseDuration(timeout)
  } catch (error) {
    throw badRequest(`invalid timeout specified in the request URL - ${(error as Error).message}`)
  }
}
