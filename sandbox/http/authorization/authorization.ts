/** Authentication and authorization, which come before anything else is read of a request. */

import { authenticateToken } from '../../api/authentication/token.ts'
import { ANONYMOUS, type UserInfo } from '../../api/authentication/user.ts'
import { decide } from '../../api/authorization/authorizer.ts'
import type { Attributes } from '../../api/authorization/rbac.ts'
import { flag } from '../../api/requests/query.ts'
import type { ApiServer } from '../../api/server.ts'
import { StatusError } from '../../api/status.ts'
import { part } from '../../parts.ts'
import type { ApiRequest } from '../exchange.ts'
import type { ResourceRequest } from '../request-info.ts'

const unauthorized = (): StatusError => new StatusError(401, 'Unauthorized', 'Unauthorized')

/** Authentication by client certificate: loaded when the first one comes. */
export const certificateUser = part(
  'the users of certificates',
  () => import('../../api/authentication/certificate-user.ts'),
)

/**
 * A certificate or a bearer token says who it is; without both it is whoever the connection belongs to. Where all is allowed
 * nobody may be anonymous. @throws Unauthorized
 */
export function authenticate(server: ApiServer, { headers, user, certificate }: ApiRequest): UserInfo {
  const shown = certificate === undefined ? undefined : certificateUser.now.userOf(certificate, server.clock.now())
  if (shown) return shown
  const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!token && certificate === undefined) {
    if (server.alwaysAllow && user === ANONYMOUS) throw unauthorized()
    return user
  }
  const found = token === undefined ? undefined : authenticateToken(server, token)
  if (!found) throw unauthorized()
  return found.user
}

const RESOURCE_VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
  GET: 'get',
  HEAD: 'get',
}

export function verbOfRequest(method: string, info: ResourceRequest, query: URLSearchParams): string {
  const verb = RESOURCE_VERBS[method] ?? ''
  if (verb === 'get' && (info.watch || (!info.name && flag(query, 'watch')))) return 'watch'
  if (!info.name) return verb === 'get' ? 'list' : verb === 'delete' ? 'deletecollection' : verb
  return verb
}

/** The verb of a request for a non-resource path: its method. */
export const verbOfPath = (method: string): string => (method === 'HEAD' ? 'get' : method.toLowerCase())

/** What a request for a resource is, to authorizers. */
export function attributesOf(
  { group, plural, namespace, name, subresource }: ResourceRequest,
  verb: string,
  namespaced: boolean,
  fieldSelector?: string,
): Attributes {
  return {
    verb,
    group,
    resource: plural,
    namespace: namespaced ? namespace : plural === 'namespaces' && !group ? name : '',
    ...(subresource && { subresource }),
    ...(name && { name }),
    ...(fieldSelector && { fieldSelector }),
  }
}

/**
 * The answer to who may not; undefined for who may.
 * @param ruledOut why nobody may, whatever authorizers say
 */
export function forbiddenTo(
  server: ApiServer,
  user: UserInfo,
  asked: Attributes,
  ruledOut?: string,
): StatusError | undefined {
  const { allowed, reason } = ruledOut ? { allowed: false, reason: ruledOut } : decide(server, user, asked)
  if (allowed) return undefined
  const who = `User "${user.username}" cannot ${asked.verb}`
  const why = reason && `: ${reason}`
  if ('path' in asked) return new StatusError(403, 'Forbidden', `forbidden: ${who} path "${asked.path}"${why}`, {})
  const { group, resource, subresource, name, namespace } = asked
  const what = `${group ? `${resource}.${group}` : resource}${name ? ` "${name}"` : ''}`
  const combined = subresource ? `${resource}/${subresource}` : resource
  const scope = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  return new StatusError(
    403,
    'Forbidden',
    `${what} is forbidden: ${who} resource "${combined}" in API group "${group}" ${scope}${why}`,
    { ...(name && { name }), ...(group && { group }), kind: resource },
  )
}

/** @throws Forbidden */
export function authorize(server: ApiServer, user: UserInfo, asked: Attributes): void {
  const refusal = forbiddenTo(server, user, asked)
  if (refusal) throw refusal
}
