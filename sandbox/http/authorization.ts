/** Who asks, as whom, and whether they may: before anything of a request is looked at. */
import { authorize, MASTERS } from '../api/authorization/rbac.ts'
import type { ApiServer } from '../api/server.ts'
import { badRequest, StatusError } from '../api/status.ts'
import { authenticateToken } from '../api/token.ts'
import type { UserInfo } from '../api/user.ts'
import type { ApiRequest } from './exchange.ts'
import { flag } from './query.ts'
import type { ResourceRequest } from './request-info.ts'

const unauthorized = (): StatusError => new StatusError(401, 'Unauthorized', 'Unauthorized')

/** A bearer token says who it is; without one it is whoever the connection belongs to. @throws Unauthorized */
export function authenticate(server: ApiServer, { headers, user }: ApiRequest): UserInfo {
  const token = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!token) return user
  const found = authenticateToken(server, token)
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
  const verb = RESOURCE_VERBS[method] ?? method.toLowerCase()
  if (verb === 'get' && flag(query, 'watch')) return 'watch'
  if (!info.name) return verb === 'get' ? 'list' : verb === 'delete' ? 'deletecollection' : verb
  return verb
}

const scope = (namespace: string): string => (namespace ? `in the namespace "${namespace}"` : 'at the cluster scope')

/** @throws Forbidden */
export function authorizeResource(
  server: ApiServer,
  user: UserInfo,
  info: ResourceRequest,
  verb: string,
  namespaced: boolean,
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
  }
  if (authorize(server, user, attributes)) return
  const qualified = group ? `${plural}.${group}` : plural
  const combined = subresource ? `${plural}/${subresource}` : plural
  throw new StatusError(
    403,
    'Forbidden',
    `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "${user.username}" cannot ${verb} resource "${combined}" in API group "${group}" ${scope(namespace)}`,
    { ...(name && { name }), ...(group && { group }), kind: plural },
  )
}

/** @throws Forbidden */
export function authorizePath(server: ApiServer, user: UserInfo, path: string, method: string): void {
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  if (authorize(server, user, { verb, path })) return
  throw new StatusError(403, 'Forbidden', `forbidden: User "${user.username}" cannot ${verb} path "${path}"`, {})
}

/** Acting as somebody else, by Impersonate-* headers. @throws Forbidden, BadRequest for groups without a user */
export function impersonate(server: ApiServer, { headers }: ApiRequest, user: UserInfo): UserInfo {
  const name = headers['impersonate-user']
  const groups = (headers['impersonate-group'] ?? '')
    .split(',')
    .map(s => s.trim())
    .filter(Boolean)
  if (!name) {
    if (groups.length || headers['impersonate-uid'])
      throw badRequest('requested groups impersonation without impersonating a user')
    return user
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name)
  mayImpersonate(server, user, account ? 'serviceaccounts' : 'users', account ? account[2]! : name, account?.[1] ?? '')
  for (const group of groups) mayImpersonate(server, user, 'groups', group, '')
  if (account && !groups.length) groups.push('system:serviceaccounts', `system:serviceaccounts:${account[1]}`)
  const everybody = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
  if (!groups.includes(everybody) && !groups.includes(MASTERS)) groups.push(everybody)
  const uid = headers['impersonate-uid']
  return { username: name, groups, ...(uid && { uid }) }
}

function mayImpersonate(server: ApiServer, user: UserInfo, resource: string, name: string, namespace: string): void {
  if (authorize(server, user, { verb: 'impersonate', group: '', resource, namespace, name })) return
  throw new StatusError(
    403,
    'Forbidden',
    `${resource} "${name}" is forbidden: User "${user.username}" cannot impersonate resource "${resource}" in API group "" ${scope(namespace)}`,
    { name, kind: resource },
  )
}
