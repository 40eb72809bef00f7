/** Requests to the API server: addresses of resources, bodies, warnings, refusals, watches. */

import { toJson } from '../../api/formats/go-json.ts'
import { ApiError, KubectlError, type StatusLike } from '../errors.ts'
import type { ApiResponse, Channel, Transport } from '../io.ts'
import { Refused } from '../io.ts'
import type { Obj } from '../objects.ts'
import type { Mapping, Resource } from './discovery.ts'

export const TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json'

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>

export interface CallOptions {
  /** A path that somebody has written: of its refusal it is not told what it was about. */
  raw?: boolean
  query?: Query
  accept?: string
  contentType?: string
  body?: unknown
}

export function queryString(query: Query | undefined): string {
  const pairs: string[] = []
  for (const key of Object.keys(query ?? {}).sort()) {
    const value = query![key]
    if (value === undefined || value === '' || value === false) continue
    for (const v of Array.isArray(value) ? value : [value])
      pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(v).toWellFormed())}`)
  }
  return pairs.length ? `?${pairs.join('&')}` : ''
}

/** A part of a path that leads elsewhere, or that is several, is no name. */
function asSegment(what: 'namespace' | 'resource name', text: string): string {
  if (!text) throw new KubectlError(`${what} may not be empty`)
  const faults =
    text === '.' || text === '..'
      ? [`may not be '${text}'`]
      : ['/', '%'].filter(letter => text.includes(letter)).map(letter => `may not contain '${letter}'`)
  if (faults.length) throw new KubectlError(`invalid ${what} ${JSON.stringify(text)}: [${faults.join(' ')}]`)
  // Bytes that are no UTF-8 are what Go makes of them.
  return encodeURIComponent(text.toWellFormed())
}

/** The path of a resource, of one object of it, or of a subresource. @throws KubectlError for what cannot be a name */
export function resourcePath(m: Resource, namespace?: string, name?: string, subresource?: string): string {
  const root = m.group ? `/apis/${m.group}/${m.version}` : `/api/${m.version}`
  const scope = m.namespaced && namespace ? `/namespaces/${asSegment('namespace', namespace)}` : ''
  return `${root}${scope}/${m.plural}${name !== undefined ? `/${asSegment('resource name', name)}` : ''}${subresource ? `/${subresource}` : ''}`
}

/** `Warning: 299 - "text"` → text */
const warningTexts = (header: string): string[] =>
  [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(m => m[1]!.replace(/\\(.)/g, '$1'))

export class Client {
  readonly transport: Transport
  readonly #warn: (text: string) => Promise<void>
  /** After which what goes on ends, in seconds; 0: never. */
  readonly timeoutSeconds: number

  constructor(transport: Transport, warn: (text: string) => Promise<void>, timeoutSeconds = 0) {
    this.transport = transport
    this.#warn = warn
    this.timeoutSeconds = timeoutSeconds
  }

  /** @throws ApiError for every answer that is a refusal */
  async call(method: string, path: string, options: CallOptions = {}): Promise<ApiResponse> {
    const { query, accept = 'application/json', body } = options
    const headers: Record<string, string> = { Accept: accept }
    if (body !== undefined) headers['Content-Type'] = options.contentType ?? 'application/json'
    const response = await this.transport.request(path + queryString(query), {
      method,
      headers,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : toJson(body, { html: false }),
      }),
    })
    const warning = response.header('warning')
    if (warning) for (const text of warningTexts(warning)) await this.#warn(text)
    if (response.status >= 400)
      throw asApiError(response.status, await response.text(), method, options.raw ? '' : path)
    return response
  }

  async json(method: string, path: string, options?: CallOptions): Promise<Obj> {
    const response = await this.call(method, path, options)
    const text = await response.text()
    const type = response.header('content-type')?.split(';')[0] ?? 'application/json'
    if (!/json$/.test(type)) throw new KubectlError(`serializer for ${type} doesn't exist`)
    return JSON.parse(text)
  }

  /** A document of the server's that is JSON whatever it is called: the index of OpenAPI goes by the name of plain text. */
  async document(path: string): Promise<Obj> {
    return JSON.parse(await (await this.call('GET', path)).text())
  }

  get(m: Mapping, namespace: string, name: string, options: CallOptions & { subresource?: string } = {}): Promise<Obj> {
    return this.json('GET', resourcePath(m, namespace, name, options.subresource), options)
  }
  /** Like `get`, but of what is not there it first looks whether there is such a namespace at all. */
  async getInNamespace(
    m: Mapping,
    namespace: string,
    name: string,
    options?: CallOptions & { subresource?: string },
  ): Promise<Obj> {
    try {
      return await this.get(m, namespace, name, options)
    } catch (error) {
      const missing = error instanceof ApiError && error.reason === 'NotFound'
      if (missing && namespace && namespace !== 'default') {
        await this.json('GET', `/api/v1/namespaces/${namespace}`).catch(inner => {
          if (inner instanceof ApiError && inner.reason === 'NotFound') throw inner
        })
      }
      throw error
    }
  }
  list(m: Mapping, namespace: string, options?: CallOptions): Promise<Obj> {
    return this.json('GET', resourcePath(m, namespace), options)
  }
  create(m: Mapping, namespace: string, body: Obj, query?: Query): Promise<Obj> {
    return this.json('POST', resourcePath(m, namespace), { body, query })
  }
  replace(m: Mapping, namespace: string, name: string, body: Obj, query?: Query, subresource?: string): Promise<Obj> {
    return this.json('PUT', resourcePath(m, namespace, name, subresource), { body, query })
  }
  patch(
    m: Mapping,
    namespace: string,
    name: string,
    type: PatchType,
    body: unknown,
    query?: Query,
    subresource?: string,
  ): Promise<Obj> {
    return this.json('PATCH', resourcePath(m, namespace, name, subresource), {
      body,
      query,
      contentType: PATCH_TYPES[type],
    })
  }
  delete(m: Mapping, namespace: string, name: string, body: Obj, query?: Query): Promise<Obj> {
    return this.json('DELETE', resourcePath(m, namespace, name), { body, query })
  }

  /** Events of a watch until it ends; breaking out of the loop stops it. */
  async *watch(path: string, options: CallOptions = {}): AsyncGenerator<{ type: string; object: Obj }> {
    const timeoutSeconds = options.query?.timeoutSeconds ?? (this.timeoutSeconds || undefined)
    const response = await this.call('GET', path, {
      ...options,
      query: { ...options.query, watch: 'true', timeoutSeconds },
    })
    let rest = ''
    try {
      for await (const chunk of response.chunks()) {
        rest += chunk
        for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
          const line = rest.slice(0, end)
          rest = rest.slice(end + 1)
          if (line.trim()) yield JSON.parse(line)
        }
      }
    } finally {
      response.cancel()
    }
  }

  async channel(path: string, query?: Query): Promise<Channel> {
    try {
      return await this.transport.channel(path + queryString(query))
    } catch (e) {
      throw e instanceof Refused ? refusedUpgrade(e, path) : e
    }
  }
}

/** What a kubelet says of it is handed through as it is. */
export const refusedUpgrade = ({ status, body, message }: Refused, path: string): Error =>
  body.startsWith('{') ? asApiError(status, body, 'GET', path) : new KubectlError(message.trim())

export const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const
export type PatchType = keyof typeof PATCH_TYPES

const WORDS: Readonly<Record<number, [reason: string, message: string]>> = {
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', ''],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  500: ['InternalError', 'an error on the server ("") has prevented the request from succeeding'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
}

/** What a request was about, as client-go says it of an answer without words: ` (get widgets.example.com small)`. */
function aboutOf(method: string, path: string): string {
  const m = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/([^/]+)(?:\/([^/]+))?/.exec(path)
  if (!m) return ''
  const [, group, resource, name] = m
  return ` (${[method.toLowerCase(), group ? `${resource}.${group}` : resource, name].filter(Boolean).join(' ')})`
}

function asApiError(status: number, body: string, method: string, path: string): ApiError {
  try {
    const parsed = JSON.parse(body) as StatusLike
    if (parsed?.kind === 'Status') return new ApiError(parsed)
  } catch {
    // An answer that is no Status is told by its code.
  }
  const [reason, message] = WORDS[status] ?? [
    '',
    `the server responded with the status code ${status} but did not return more information`,
  ]
  return new ApiError({
    reason,
    code: status,
    message: message ? message + aboutOf(method, path) : body.trim() || `the server refused ${method}`,
    details: { causes: [{ reason: 'UnexpectedServerResponse', message: body.trim() }] },
  })
}
