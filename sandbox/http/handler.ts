/** A request's way through the API: who asks, whether they may, and who answers. */
import { Unanswered } from '../api/outside.ts'
import type { Registry } from '../api/registry.ts'
import type { ApiServer } from '../api/server.ts'
import { StatusError } from '../api/status.ts'
import type { Endpoints } from '../api/types.ts'
import type { UserInfo } from '../api/user.ts'
import { JWKS_PATH, KEY, openIdConfiguration } from '../tokens.ts'
import { aggregated, priorities, remoteVersions } from './aggregation.ts'
import type { Api } from './api.ts'
import { authenticate, authorizePath, authorizeResource, impersonate, verbOfRequest } from './authorization.ts'
import { answer, type Context, notAllowed, unknownPath } from './context.ts'
import { discover } from './discovery.ts'
import { type ApiRequest, type ApiResponse, isStream, plain, reply } from './exchange.ts'
import { health, healthPaths } from './health.ts'
import { metrics } from './metrics.ts'
import * as openapi from './openapi.ts'
import { parseResourcePath } from './request-info.ts'
import { serveResource } from './resource.ts'
import type { Target } from './versions.ts'
import { headerBytes, sentWarnings, warningHeader } from './warnings.ts'

export { missingParts } from './parts.ts'

export const VERSION = {
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

/** @param done told inside the call, unless the answer has to wait for a webhook */
export function answerRequest(api: Api, request: ApiRequest, done: (response: ApiResponse) => void): void {
  const warnings: string[] = []
  const work = (): ApiResponse => route(api, request, text => warnings.push(text))
  api.server.outside.carry(
    work,
    outcome => done(finished(api, request, 'value' in outcome ? outcome.value : refusal(outcome.error), warnings)),
    request.method !== 'GET' && request.method !== 'HEAD',
  )
}

function finished(api: Api, request: ApiRequest, answered: ApiResponse, warnings: readonly string[]): ApiResponse {
  let response = answered
  const { body } = response
  if (isStream(body)) response = { ...response, body: api.availability.guard(body) }
  else if (typeof body === 'string' && wantsPretty(request) && response.headers['content-type'] === 'application/json')
    response = { ...response, body: JSON.stringify(JSON.parse(body), null, 2) }
  return warnings.length ? { ...response, warnings: sentWarnings([...response.warnings, ...warnings]) } : response
}

/** As `answerRequest`, and whoever would have to wait is refused. */
export function respondNow(api: Api, request: ApiRequest): ApiResponse {
  const warnings: string[] = []
  let answered: ApiResponse
  try {
    answered = route(api, request, text => warnings.push(text))
  } catch (error) {
    answered = refusal(error instanceof Unanswered ? notNow() : error)
  }
  return finished(api, request, answered, warnings)
}

const notNow = (): StatusError =>
  new StatusError(501, 'NotImplemented', 'not simulated: webhooks are not asked about a request that cannot wait')

/** People who look with a browser or a plain client get lines to read. */
function wantsPretty({ url, headers }: ApiRequest): boolean {
  const asked = url.includes('pretty') ? new URL(url, 'http://api').searchParams.get('pretty') : ''
  if (asked) return /^(1|t|T|true|TRUE|True)$/.test(asked)
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '')
}

function route({ server, nodes }: Api, request: ApiRequest, warn: (text: string) => void): ApiResponse {
  // Not by a base: a path of two slashes would name a host.
  const url = new URL(`http://api${request.url}`)
  const path = url.pathname
  const user = impersonate(server, request, authenticate(server, request))
  const info = parseResourcePath(path)
  const kind = info && server.registry.at(info.group, info.version, info.plural)
  if (!info) authorizePath(server, user, path, request.method)
  else
    authorizeResource(
      server,
      user,
      info,
      verbOfRequest(request.method, info, url.searchParams),
      kind?.namespaced ?? Boolean(info.namespace),
    )
  const special = health(path, url.searchParams) ?? answerSpecial(server, path, request)
  if (special) return special
  const elsewhere = aggregated(server, request, url, user)
  if (elsewhere) return elsewhere
  const found = info ? undefined : discovered(server, path, request.headers.accept)
  if (found && request.method !== 'GET') throw notAllowed()
  if (found) return found
  if (!info || !kind) return unserved(server, path)
  const context: Context = {
    server,
    nodes,
    request,
    query: url.searchParams,
    options: { user, warn, ...((kind.stored || kind.checksOfClients) && { asKind: kind }) },
    warn,
  }
  const target: Target = { ...info, kind, held: kind.stored?.as ?? kind }
  return serveResource(context, target)
}

/** What is below our own groups is known not to be there; of all else nobody knows anything. @throws NotFound */
function unserved({ registry }: ApiServer, path: string): ApiResponse {
  const [root, group = ''] = path.split('/').filter(Boolean)
  if (root === 'api' || (root === 'apis' && registry.all().some(kind => kind.group === group && !kind.custom)))
    throw unknownPath()
  return plain(404, '404 page not found\n')
}

function discovered(server: ApiServer, path: string, accept: string | undefined): ApiResponse | undefined {
  const { registry } = server
  const found = discover({ registry, remote: remoteVersions(server), priorities: priorities(server) }, path, accept)
  return found && reply(200, found.type, `${JSON.stringify(found.body)}\n`, { vary: 'Accept' })
}

/** Where the API server says that it is. */
function address(server: ApiServer): string {
  const endpoints = server.context.find('endpoints', 'default', 'kubernetes') as Endpoints | undefined
  const { addresses, ports } = endpoints?.subsets?.[0] ?? {}
  return `${addresses?.[0]?.ip ?? 'kubernetes.default.svc'}:${ports?.[0]?.port ?? 443}`
}

const published = (type: string, body: object): ApiResponse =>
  reply(200, type, JSON.stringify(body), { 'cache-control': 'public, max-age=3600' })

function answerSpecial(server: ApiServer, path: string, request: ApiRequest): ApiResponse | undefined {
  const { registry } = server
  if (path === '/version') {
    if (request.method !== 'GET') throw notAllowed()
    return reply(200, 'application/json', JSON.stringify(VERSION, undefined, 2))
  }
  if (path === '/.well-known/openid-configuration')
    return published('application/json', openIdConfiguration(address(server)))
  if (path === JWKS_PATH) return published('application/jwk-set+json', { keys: [KEY] })
  if (path === '/metrics') return reply(200, 'text/plain; version=0.0.4; charset=utf-8', metrics(server, VERSION))
  if (path === '/openapi/v3') return answer(openapi.index(registry), false)
  if (path.startsWith('/openapi/v3/')) {
    const body = openapi.groupVersion(registry, path.slice('/openapi/v3/'.length))
    return body ? reply(200, 'application/json', body) : reply(404, '', '')
  }
  if (path === '/openapi/v2' && (request.headers.accept ?? '').includes(openapi.V2_PROTOBUF)) {
    return reply(200, openapi.V2_PROTOBUF.replace('@', '.'), openapi.v2Head())
  }
  if (path === '/openapi/v2') return reply(200, 'application/json', openapi.v2(registry))
  if (path === '/') return answer({ paths: pathsServed(registry) }, false)
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
    '/metrics',
    '/openapi/v2',
    '/openapi/v3',
    '/openapi/v3/',
    JWKS_PATH,
    '/version',
  ]
  return [...new Set(all)].sort()
}

/** As a fetch handler answers, once everything is there. */
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
  const headers = new Headers(response.headers)
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

/** RFC 7234; code 299, no agent. */
/** Any failure as the Status that a client understands; what is no refusal is a fault of ours and says so. */
export function refusal(error: unknown): ApiResponse {
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
  const response = answer(status, false, status.code)
  return retry ? { ...response, headers: { ...response.headers, 'retry-after': String(retry) } } : response
}
