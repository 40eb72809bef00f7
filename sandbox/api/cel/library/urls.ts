/** Kubernetes' additions to CEL for URLs: absolute, or a path. */
import { BuiltMap, CelError, Custom, noSuchOverload, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { objectType } from '../types/types.ts'
import { of } from './implementing.ts'

const URL_TYPE = objectType('kubernetes.URL')

class Address extends Custom {
  readonly type = URL_TYPE
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  readonly text: string
  constructor(text: string, scheme: string, host: string, path: string, query: string) {
    super()
    this.text = text
    this.scheme = scheme
    this.host = host
    this.path = path
    this.query = query
  }
  equals(other: Value): boolean {
    if (!(other instanceof Address)) throw noSuchOverload()
    return this.text === other.text
  }
}

/** What Go's net/url says of a text that a request cannot be sent to. */
export function urlFault(text: string): string | undefined {
  if (!text) return 'empty url'
  if (/[\0-\x1f\x7f]/.test(text)) return 'net/url: invalid control character in URL'
  if (text.startsWith(':')) return 'missing protocol scheme'
  const [, scheme, rest = text] = /^([^:/?#]*):(.*)$/s.exec(text) ?? []
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) {
    if (/^[A-Za-z0-9]/.test(scheme) === false || /[^A-Za-z0-9+.-]/.test(scheme)) {
      return text.startsWith('/') ? undefined : 'invalid URI for request'
    }
    return 'first path segment in URL cannot contain colon'
  }
  if (!text.startsWith('/') && scheme === undefined) return 'invalid URI for request'
  const bad = /%(?![\da-fA-F]{2})(.{0,2})/.exec(rest)
  if (bad) return `invalid URL escape ${JSON.stringify(`%${bad[1]}`)}`
  const host = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? ''
  const port = /:([^:\]]*)$/.exec(host.replace(/^.*@/, ''))?.[1]
  if (port && !/^\d*$/.test(port)) return `invalid port ${JSON.stringify(`:${port}`)} after host`
  if (/[ "<>]/.test(host)) return `invalid character ${JSON.stringify(/[ "<>]/.exec(host)![0])} in host name`
  return undefined
}

function read(text: string): Address {
  const why = urlFault(text)
  if (why) throw new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: ${why}`)
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/s.exec(text) ?? []
  return new Address(text, scheme.toLowerCase(), authority.replace(/^.*@/, ''), path, query)
}

const portOf = ({ host }: Address): string => /:(\d*)$/.exec(host.replace(/^\[.*\]/, ''))?.[1] ?? ''

function hostnameOf({ host }: Address): string {
  const bracketed = /^\[(.*)\]/.exec(host)
  return bracketed ? bracketed[1]! : host.replace(/:\d*$/, '')
}

/** As it is, if it needs nothing; else with all that has to be escaped. */
const escaped = (path: string): string =>
  path.replace(/[^A-Za-z0-9$&+,/:;=@\-_.~!*'()%[\]]/gu, c => encodeURIComponent(c))

function queryOf({ query }: Address): BuiltMap {
  const found = new Map<string, string[]>()
  for (const [key, value] of new URLSearchParams(query)) {
    const values = found.get(key)
    if (values) values.push(value)
    else found.set(key, [value])
  }
  return BuiltMap.of([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isUrl(text: string): boolean {
  return urlFault(text) === undefined
}

const DECLARATIONS = `
getEscapedPath url_get_escaped_path kubernetes.URL.() -> string
getHost url_get_host kubernetes.URL.() -> string
getHostname url_get_hostname kubernetes.URL.() -> string
getPort url_get_port kubernetes.URL.() -> string
getQuery url_get_query kubernetes.URL.() -> map(string, list(string))
getScheme url_get_scheme kubernetes.URL.() -> string
isURL is_url_string (string) -> bool
url string_to_url (string) -> kubernetes.URL
`

const urls: Record<string, Implementation> = {
  string_to_url: of(read),
  is_url_string: of(isUrl),
  url_get_scheme: of((u: Address) => u.scheme),
  url_get_host: of((u: Address) => u.host),
  url_get_hostname: of(hostnameOf),
  url_get_port: of(portOf),
  url_get_escaped_path: of((u: Address) => escaped(u.path)),
  url_get_query: of(queryOf),
}

export const urlLibrary: Functions = readDeclarations(DECLARATIONS, urls)
