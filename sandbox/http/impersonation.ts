/** Impersonate-* headers: acting as somebody else, if the caller may. */
import type { ApiServer } from '../api/server.ts'
import { badRequest } from '../api/status.ts'
import type { UserInfo } from '../api/user.ts'
import type { ApiRequest } from './exchange.ts'

/** @throws BadRequest for groups without a user */
export function impersonate(_server: ApiServer, { headers, user }: ApiRequest): UserInfo {
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
  if (account && !groups.length) groups.push('system:serviceaccounts', `system:serviceaccounts:${account[1]}`)
  const everybody = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
  if (!groups.includes(everybody)) groups.push(everybody)
  const uid = headers['impersonate-uid']
  return { username: name, groups, ...(uid && { uid }) }
}
