/** Authorization: of nodes by the objects that concern them, and of everybody by roles. */

import { nodeOf, type UserInfo } from '../authentication/user.ts'
import type { ApiServer } from '../server.ts'
import { authorizeNode } from './node.ts'
import { type Attributes, authorize, GROUP, reasonFor, visitRules } from './rbac.ts'

export interface Decision {
  allowed: boolean
  /** Why, as far as there is something to say. */
  reason: string
}

export function decide(server: ApiServer, user: UserInfo, attributes: Attributes): Decision {
  const node = nodeOf(user)
  const own = node ? authorizeNode(server, node, attributes) : undefined
  if (own?.allowed) return own
  const reason = reasonFor(server, user, attributes)
  if (reason !== undefined || authorize(server, user, attributes)) return { allowed: true, reason: reason ?? '' }
  const whyNot = own?.reason ?? (node === '' ? `unknown node for user "${user.username}"` : '')
  return { allowed: false, reason: [whyNot, doubtsOf(server, user, attributes)].filter(Boolean).join('\n') }
}

/** What keeps rules from being known, in words for who may not: roles that bindings name and nobody has made. */
function doubtsOf(server: ApiServer, user: UserInfo, attributes: Attributes): string {
  const missing: string[] = []
  visitRules(
    server,
    user,
    'path' in attributes ? '' : (attributes.namespace ?? ''),
    () => false,
    ({ kind, name }) => void missing.push(`${kind.toLowerCase()}.${GROUP} ${JSON.stringify(name)} not found`),
  )
  if (!missing.length) return ''
  return `RBAC: ${missing.length === 1 ? missing[0] : `[${[...new Set(missing)].join(', ')}]`}`
}
