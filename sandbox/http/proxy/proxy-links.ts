/** Links in what a proxied server answers lead through the proxy again: those of its own host that begin with a slash. */
import type { ApiResponse } from '../exchange.ts'

/** Which attributes of which elements hold a URL. */
const LINKS = new Map(
  `a:href applet:codebase area:href audio:src base:href blockquote:cite body:background button:formaction command:icon
   del:cite embed:src form:action frame:longdesc,src head:profile html:manifest iframe:longdesc,src img:longdesc,src,usemap
   input:src,usemap,formaction ins:cite link:href object:classid,codebase,data,usemap q:cite script:src source:src
   video:poster,src`
    .trim()
    .split(/\s+/)
    .map(line => line.split(':') as [string, string])
    .map(([element, attributes]) => [element, new Set(attributes.split(','))] as const),
)

export interface Proxied {
  /** The path that stands for the server's root. */
  prefix: string
  /** How the proxy calls the server, and how the client calls the proxy. */
  hosts: readonly string[]
}

const PARTS = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)((?:\?[^#]*)?(?:#.*)?)$/i

export function throughProxy(link: string, { prefix, hosts }: Proxied): string {
  const [, host = '', path = '', rest = ''] = PARTS.exec(link) ?? []
  if (!path.startsWith('/') || (host && !hosts.includes(host))) return link
  return `${path.startsWith(prefix) ? path : prefix + withoutDetours(path)}${rest}`
}

/** What begins with a slash, without `.`, `..` and doubled slashes; nothing leads above the root. */
function withoutDetours(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}${parts.length && /\/\.{0,2}$/.test(path) ? '/' : ''}`
}

const TAG = /<!--[\s\S]*?-->|<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi
const ATTRIBUTE = /(\s)([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi

const relinked = (html: string, place: Proxied): string =>
  html.replace(TAG, (tag: string, element: string | undefined, attributes: string) => {
    const known = LINKS.get(element?.toLowerCase() ?? '')
    if (!known) return tag
    const changed = attributes.replace(ATTRIBUTE, (whole, space, name: string, double, single, bare) =>
      known.has(name.toLowerCase())
        ? `${space}${name}="${throughProxy(double ?? single ?? bare ?? '', place)}"`
        : whole,
    )
    return `<${element}${changed}>`
  })

export function relink(response: ApiResponse, place: Proxied): ApiResponse {
  const { location } = response.headers
  if (location) return { ...response, headers: { ...response.headers, location: throughProxy(location, place) } }
  const isPage = /^\s*text\/html\s*(;|$)/.test(response.headers['content-type'] ?? '')
  return isPage && typeof response.body === 'string' ? { ...response, body: relinked(response.body, place) } : response
}
