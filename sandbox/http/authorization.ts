/** Authentication, impersonation and authorization, which come before anything else is read of a request. */
import { decide } from '../api/authorization/authorizer.ts'
import { flag } from '../api/query.ts'
import type { ApiServer } from '../api/server.ts'
import { badRequest, StatusError } from '../api/status.ts'
import { authenticateToken } from '../api/token.ts'
import { ANONYMOUS, type UserInfo } from '../api/user.ts'
import { part } from '../parts.ts'
import type { ApiRequest } from './exchange.ts'
import type { ResourceRequest } from './request-info.ts'

const unauthorized = (): StatusError => new StatusError(401, 'Unauthorized', 'Unauthorized')

/** Who is behind a client's certificate: nobody needs it but who has one. */
export const certificateUser = part('the users of certificates', () => import('../api/certificate-user.ts'))

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

const scope = (namespace: string): string => (namespace ? `in the namespace "${namespace}"` : 'at the cluster scope')

const because = (reason: string): string => (reason ? `: ${reason}` : '')

/** @throws Forbidden */
export function authorizeResource(
  server: ApiServer,
  user: UserInfo,
  info: ResourceRequest,
  verb: string,
  namespaced: boolean,
  fieldSelector?: string,
): void {
  const { group, plural, subresource, name } = info
  const namespace = namespaced ? info.namespace : plural === 'namespaces' && !group ? name : ''
  const attributes = {
    verb,
    group,
    resource: plural,
    namespace,
    ...(subresource && { subresource }),
    ...(name && { name }),
    ...(fieldSelector && { fieldSelector }),
  }
  const { allowed, reason } = decide(server, user, attributes)
  if (allowed) return
  const qualified = group ? `${plural}.${group}` : plural
  const combined = subresource ? `${plural}/${subresource}` : plural
  throw new StatusError(
    403,
    'Forbidden',
    `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "${user.username}" cannot ${verb} resource "${combined}" in API group "${group}" ${scope(namespace)}${because(reason)}`,
    { ...(name && { name }), ...(group && { group }), kind: plural },
  )
}

/** @throws Forbidden */
export function authorizePath(server: ApiServer, user: UserInfo, path: string, verb: string): void {
  const { allowed, reason } = decide(server, user, { verb, path })
  if (allowed) return
  const fault = `forbidden: User "${user.username}" cannot ${verb} path "${path}"${because(reason)}`
  throw new StatusError(403, 'Forbidden', fault, {})
}

/** Impersonation, by the Impersonate-* headers. @throws Forbidden, BadRequest for groups without a user */
export function impersonate(server: ApiServer, { headers }: ApiRequest, user: UserInfo): UserInfo {
  const name = headers['impersonate-user']
  const groups = (headers['impersonate-group'] ?? '')
    .split(',')
    .map(s => s.trim())
    .filter(Boolean)
  const uid = headers['impersonate-uid']
  const extra = extraOf(headers)
  if (!name) {
    if (groups.length || uid || extra) throw badRequest(withoutUser(uid ?? '', groups, extra ?? {}))
    return user
  }
  const account = SERVICE_ACCOUNT.exec(name)
  mayImpersonate(server, user, account ? 'serviceaccounts' : 'users', account ? account[2]! : name, account?.[1] ?? '')
  for (const group of groups) mayImpersonate(server, user, 'groups', group, '')
  if (account && !groups.length) groups.push('system:serviceaccounts', `system:serviceaccounts:${account[1]}`)
  const everybody = name === ANONYMOUS.username ? NOBODY : 'system:authenticated'
  if (!groups.includes(everybody) && !groups.includes(NOBODY)) groups.push(everybody)
  if (uid) mayImpersonate(server, user, 'uids', uid, '', AUTHENTICATION)
  for (const [key, values] of Object.entries(extra ?? {}))
    for (const value of values) mayImpersonate(server, user, 'userextras', value, '', AUTHENTICATION, key)
  return { username: name, groups, ...(uid && { uid }), ...(extra && { extra }) }
}

const NOBODY = ANONYMOUS.groups[0]!
/** A name of any other form is an ordinary user. */
const SERVICE_ACCOUNT = /^system:serviceaccount:([a-z\d](?:[-a-z\d]*[a-z\d])?):([a-z\d](?:[-.a-z\d]*[a-z\d])?)$/

const AUTHENTICATION = 'authentication.k8s.io'
const EXTRA = 'impersonate-extra-'

function extraOf(headers: ApiRequest['headers']): Record<string, string[]> | undefined {
  const given = Object.entries(headers).filter(([key, value]) => key.startsWith(EXTRA) && value !== undefined)
  if (!given.length) return undefined
  return Object.fromEntries(
    given.map(([key, value]) => [decodeURIComponent(key.slice(EXTRA.length)), value!.split(',').map(s => s.trim())]),
  )
}

/** The impersonated user, as Go prints it. */
function withoutUser(
  uid: string,
  groups: readonly string[],
  extra: Readonly<Record<string, readonly string[]>>,
): string {
  const strings = (of: readonly string[]): string => `{${of.map(s => JSON.stringify(s)).join(', ')}}`
  const entries = Object.entries(extra).map(([key, of]) => `${JSON.stringify(key)}:[]string${strings(of)}`)
  const shown = `UID:${JSON.stringify(uid)}, Groups:[]string${groups.length ? strings(groups) : '(nil)'}, Extra:map[string][]string${entries.length ? `{${entries.join(', ')}}` : '(nil)'}`
  return `requested &user.DefaultInfo{Name:"", ${shown}} without impersonating a user name`
}

function mayImpersonate(
  server: ApiServer,
  user: UserInfo,
  resource: string,
  name: string,
  namespace: string,
  group = '',
  subresource = '',
): void {
  const asked = { verb: 'impersonate', group, resource, namespace, name, ...(subresource && { subresource }) }
  const { allowed, reason } = decide(server, user, asked)
  if (allowed) return
  const [qualified, combined] = [
    group ? `${resource}.${group}` : resource,
    subresource ? `${resource}/${subresource}` : resource,
  ]
  throw new StatusError(
    403,
    'Forbidden',
    `${qualified} "${name}" is forbidden: User "${user.username}" cannot impersonate resource "${combined}" in API group "${group}" ${scope(namespace)}${because(reason)}`,
    { name, ...(group && { group }), kind: resource },
  )
}
