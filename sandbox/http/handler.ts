/** A request's way through the API: who asks, whether they may, and who answers. */

import type { UserInfo } from '../api/authentication/user.ts'
import type { Attributes } from '../api/authorization/rbac.ts'
import { Unanswered } from '../api/egress/outside.ts'
import { goQuote } from '../api/formats/go-escapes.ts'
import type { Registry } from '../api/registry.ts'
import type { ApiServer } from '../api/server.ts'
import { StatusError } from '../api/status.ts'
import { JWKS_PATH, KEY, openIdConfiguration } from '../tokens.ts'
import { addressOfApi } from './address.ts'
import type { Api } from './api.ts'
import { attributesOf, authenticate, authorize, verbOfPath, verbOfRequest } from './authorization/authorization.ts'
import { flowHeaders } from './authorization/flow.ts'
import { impersonate } from './authorization/impersonation.ts'
import { answer, type Context, notAllowed, unknownPath } from './context.ts'
import { aggregated, priorities, remoteVersions } from './discovery/aggregation.ts'
import { discover } from './discovery/discovery.ts'
import { hashOf, isKnown } from './discovery/etag.ts'
import { accepted, checkRoute, onlyThese } from './encoding/negotiate.ts'
import type { Target } from './encoding/versions.ts'
import { inLines } from './encoding/wire.ts'
import { type ApiRequest, type ApiResponse, headersOf, isStream, NO_SNIFFING, plain, reply } from './exchange.ts'
import { health, healthPaths } from './health/health.ts'
import { METRICS_TYPE, metrics, sliMetrics } from './health/metrics.ts'
import { zpage } from './health/zpages.ts'
import { openApi } from './openapi/paths.ts'
import { nameChosen, parseResourcePath, type ResourceRequest, segmentFault } from './request-info.ts'
import { serveResource } from './resource.ts'
import { checkTimeout, isBroken, isHeadless, urlOf } from './url.ts'
import { headerBytes, sentWarnings, warningHeader } from './warnings.ts'

export { missingParts } from './parts.ts'

const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: 'podlab-simulated',
  gitTreeState: 'clean',
  buildDate: '2026-06-10T12:00:00Z',
  goVersion: 'go1.26.1',
  compiler: 'gc',
  platform: 'linux/amd64',
}

/** @param done called before this returns, unless the answer has to wait for a webhook */
export function answerRequest(api: Api, request: ApiRequest, done: (response: ApiResponse) => void): void {
  const along: Along = { warnings: [], headers: noHeaders }
  api.server.outside.carry(
    () => route(api, request, along),
    outcome =>
      done(finished(api, request, 'value' in outcome ? outcome.value : refusal(outcome.error, request), along)),
    request.method !== 'GET' && request.method !== 'HEAD',
  )
}

/** Headers and warnings that a request collects on its way; they go with the answer, even with a refusal. */
interface Along {
  warnings: string[]
  headers: () => Record<string, string>
}

const noHeaders = (): Record<string, string> => ({})

function finished(api: Api, request: ApiRequest, answered: ApiResponse, along: Along): ApiResponse {
  const { warnings } = along
  // The client may choose the audit ID; otherwise the server does.
  const ofRequest = () => ({ 'audit-id': request.headers['audit-id'] ?? api.nextAuditId(), ...along.headers() })
  let response: ApiResponse = { ...answered, ofRequest }
  const { body } = response
  if (isStream(body)) response = { ...response, body: api.availability.guard(body) }
  else if (
    typeof body === 'string' &&
    !response.verbatim &&
    wantsPretty(request) &&
    response.headers['content-type'] === 'application/json'
  )
    response = { ...response, body: inLines(JSON.parse(body)) }
  return warnings.length ? { ...response, warnings: sentWarnings([...response.warnings, ...warnings]) } : response
}

/** As `answerRequest`, but refuses a request that would have to wait. */
export function respondNow(api: Api, request: ApiRequest): ApiResponse {
  const along: Along = { warnings: [], headers: noHeaders }
  let answered: ApiResponse
  try {
    answered = route(api, request, along)
  } catch (error) {
    answered = refusal(error instanceof Unanswered ? notNow() : error, request)
  }
  return finished(api, request, answered, along)
}

const notNow = (): StatusError =>
  new StatusError(501, 'NotImplemented', 'not simulated: webhooks are not asked about a request that cannot wait')

/** Browsers and plain HTTP clients get indented JSON, as from kube-apiserver. */
function wantsPretty({ url, headers }: ApiRequest): boolean {
  if (headers.accept?.includes('pretty') && accepted(headers.accept, () => true)?.params.pretty === '1') return true
  const asked = url.includes('pretty') ? urlOf(url).query.get('pretty') : ''
  if (asked) return /^(1|t|T|true|TRUE|True)$/.test(asked)
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '')
}

function route({ server, nodes }: Api, request: ApiRequest, along: Along): ApiResponse {
  const warn = (text: string): void => void along.warnings.push(text)
  const { path, query } = urlOf(request.url)
  if (isBroken(path))
    return { ...plain(400, '400 Bad Request'), headers: { 'content-type': 'text/plain; charset=utf-8' } }
  if (isHeadless(path)) return plain(500, headless(request.url))
  const info = parseResourcePath(path)
  const verb = info ? verbOfRequest(request.method, info, query) : verbOfPath(request.method)
  if (verb !== 'watch') checkTimeout(query)
  const authenticated = authenticate(server, request)
  // From authentication to authorization, answers carry X-Content-Type-Options: nosniff.
  along.headers = () => NO_SNIFFING
  const kind = info && server.registry.at(info.group, info.version, info.plural)
  const isNamespaced = kind?.namespaced ?? Boolean(info?.namespace)
  const asked: Attributes = info
    ? attributesOf(named(info, verb, query), verb, isNamespaced, query.get('fieldSelector') ?? '')
    : { verb, path }
  const user = impersonate(server, request, authenticated, () => asked)
  const flow = () => flowHeaders(server, user, { verb, path, resource: info, isNamespaced })
  along.headers = () => ({ ...flow(), ...NO_SNIFFING })
  authorize(server, user, asked)
  along.headers = flow
  const special =
    health(path, query) ??
    zpage(server, path, request, VERSION) ??
    openApi(server.registry, path, request) ??
    answerSpecial(server, path, request)
  if (special) return special
  const elsewhere = aggregated(server, request, path, user)
  if (elsewhere) return elsewhere
  const found = info ? undefined : discovered(server, path, request)
  if (found) return found
  if (!info || !kind) return unserved(server, path)
  const context: Context = {
    server,
    nodes,
    request,
    query,
    options: { user, warn, ...((kind.stored || kind.checksOfClients) && { asKind: kind }) },
    warn,
  }
  const target: Target = { ...info, kind, held: kind.stored?.as ?? kind }
  return serveResource(context, target)
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const headless = (url: string): string =>
  `Internal Server Error: ${goQuote(url)}: failed to create RequestInfo: unable to determine kind and namespace from url, ${url}\n`.replace(
    /[&<>]/g,
    sign => ESCAPES[sign]!,
  )

/** A list or watch with a field selector for one metadata.name is authorized as a request for that name. */
function named(info: ResourceRequest, verb: string, query: URLSearchParams): ResourceRequest {
  if (info.name || (verb !== 'list' && verb !== 'watch')) return info
  const name = nameChosen(query.get('fieldSelector') ?? '')
  return name && !segmentFault(name) ? { ...info, name } : info
}

/** Paths below the groups that we serve get a Status; all others get plain text, as from the server's root mux. @throws NotFound */
function unserved({ registry }: ApiServer, path: string): ApiResponse {
  const [, root, group = ''] = path.split('/')
  if (
    root === 'version' ||
    root === 'api' ||
    (root === 'apis' && registry.all().some(kind => kind.group === group && !kind.custom))
  )
    throw unknownPath()
  return plain(404, '404 page not found\n')
}

/** Discovery answers any method, except that a group version is a route with GET alone. @throws NotAllowed, NotAcceptable */
function discovered(server: ApiServer, path: string, { method, headers }: ApiRequest): ApiResponse | undefined {
  const { registry } = server
  const what = { registry, remote: remoteVersions(server), priorities: priorities(server) }
  const found = discover(what, path, headers.accept)
  if (!found) return undefined
  if (found.isRoute && method !== 'GET') throw notAllowed()
  if (found.isRoute) checkRoute(headers.accept)
  if (found.type) return tagged(headers, found.type, `${JSON.stringify(found.body)}\n`)
  const form = accepted(headers.accept)
  if (!form) throw onlyThese()
  return answer(found.body, form.type === 'application/yaml')
}

/** Answers 304 when the client's ETag matches. */
function tagged(headers: ApiRequest['headers'], type: string, body: string): ApiResponse {
  const about = { etag: `"${hashOf(body)}"`, vary: 'Accept', 'cache-control': 'public' }
  if (!isKnown(headers, about.etag)) return reply(200, type, body, about)
  return { status: 304, headers: about, body: '', warnings: [] }
}

const published = (type: string, body: object): ApiResponse =>
  reply(200, type, JSON.stringify(body), { 'cache-control': 'public, max-age=3600' })

function answerSpecial(server: ApiServer, path: string, request: ApiRequest): ApiResponse | undefined {
  const { registry } = server
  if (path === '/version' || path === '/version/') {
    if (request.method !== 'GET') throw notAllowed()
    checkRoute(request.headers.accept, ['application/json'])
    return reply(200, 'application/json', JSON.stringify(VERSION, undefined, 2))
  }
  if (path === '/.well-known/openid-configuration')
    return published('application/json', openIdConfiguration(addressOfApi(server)))
  if (path === JWKS_PATH) return published('application/jwk-set+json', { keys: [KEY] })
  if (path === '/metrics') return reply(200, METRICS_TYPE, metrics(server, VERSION))
  if (path === '/metrics/slis') return reply(200, METRICS_TYPE, sliMetrics())
  if (path === '/' || path === '/index.html')
    return reply(200, 'application/json', JSON.stringify({ paths: pathsServed(registry) }, null, 2))
  return undefined
}

function pathsServed(registry: Registry): string[] {
  const groups = registry.all().filter(kind => kind.group)
  const all = [
    '/.well-known/openid-configuration',
    '/api',
    '/api/v1',
    '/apis',
    '/apis/',
    ...groups.flatMap(({ group, version }) => [`/apis/${group}`, `/apis/${group}/${version}`]),
    ...healthPaths(),
    '/flagz',
    '/metrics',
    '/metrics/slis',
    '/openapi/v2',
    '/openapi/v3',
    '/openapi/v3/',
    JWKS_PATH,
    '/statusz',
    '/version',
  ]
  return [...new Set(all)].sort()
}

/** The fetch handler: loads what the request needs, then answers it. */
export async function fetchFrom(api: Api, request: Request, user: UserInfo): Promise<Response> {
  const url = new URL(request.url)
  const asked: ApiRequest = {
    method: request.method,
    url: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
    user,
  }
  await api.missing(asked)
  const response = await new Promise<ApiResponse>(resolve => answerRequest(api, asked, resolve))
  const headers = new Headers(headersOf(response))
  headers.delete('transfer-encoding')
  for (const text of response.warnings) headers.append('warning', headerBytes(warningHeader(text)))
  return new Response(await toBody(response), { status: response.status, headers })
}

async function toBody({ body }: ApiResponse): Promise<ReadableStream<Uint8Array> | string> {
  if (!isStream(body)) return body
  const encoder = new TextEncoder()
  let stop = (): void => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      stop = body.open(
        piece => open && controller.enqueue(encoder.encode(piece)),
        () => {
          if (!open) return
          open = false
          controller.close()
        },
      )
    },
    cancel: () => stop(),
  })
}

/**
 * Any failure as a Status. An error that is no StatusError is a bug of ours, and answered 500. A client that accepts none of our media types
 * gets JSON all the same.
 */
export function refusal(error: unknown, { headers }: Pick<ApiRequest, 'headers'> = { headers: {} }): ApiResponse {
  const { status } =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          'InternalError',
          `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
          { causes: [{ message: String(error) }] },
        )
  const retry = status.details?.retryAfterSeconds
  const form = accepted(headers.accept)
  const response = form
    ? answer(status, form.type === 'application/yaml', status.code)
    : reply(status.code, 'application/json', inLines(status))
  return retry ? { ...response, headers: { ...response.headers, 'retry-after': String(retry) } } : response
}
