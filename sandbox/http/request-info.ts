/** The request info of a URL, as Kubernetes reads it. */
import { parseFieldSelector } from '../api/requests/selectors.ts'

export interface ResourceRequest {
  group: string
  version: string
  /** '' for cluster-wide. */
  namespace: string
  plural: string
  name: string
  subresource: string
  /** What follows the subresource: the path behind `proxy`. */
  rest: string
  /** A watch in the old form, with /watch/ in the path. */
  watch: boolean
}

/** /api/v1/… and /apis/GROUP/VERSION/…; undefined for anything else. */
export function parseResourcePath(path: string): ResourceRequest | undefined {
  if (path.startsWith('//')) return undefined
  const parts = partsOf(decode(path))
  let group = ''
  let at: number
  if (parts[0] === 'api') at = 1
  else if (parts[0] === 'apis') {
    group = parts[1] ?? ''
    at = 2
  } else return undefined
  const version = parts[at++]
  const watch = parts[at] === 'watch'
  if (watch) at++
  if (!version || parts.length <= at) return undefined
  let namespace = ''
  // A namespace's own subresources are read below as those of a cluster-wide object.
  if (parts[at] === 'namespaces' && parts.length > at + 2 && !NAMESPACE_SUBRESOURCES.has(parts[at + 2]!)) {
    namespace = parts[at + 1]!
    at += 2
  }
  const [plural = '', name = '', subresource = '', ...rest] = parts.slice(at)
  return { group, version, namespace, plural, name, subresource, rest: rest.join('/'), watch }
}

/** Segments between slashes; some may be empty, and trailing slashes are ignored. */
export const partsOf = (path: string): string[] => path.replace(/^\/+|\/+$/g, '').split('/')

/** The name that a field selector limits a list to (metadata.name=NAME); undefined for any other selector. */
export function nameChosen(selector: string): string | undefined {
  if (!selector.includes('metadata.name')) return undefined
  try {
    return parseFieldSelector(selector).find(({ field, negated }) => field === 'metadata.name' && !negated)?.value
  } catch {
    return undefined
  }
}

/** Why a name cannot be a part of a path in the store. */
export function segmentFault(name: string): string | undefined {
  if (name === '.' || name === '..') return `may not be '${name}'`
  const letter = ['/', '%'].find(each => name.includes(each))
  return letter && `may not contain '${letter}'`
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize'])

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
