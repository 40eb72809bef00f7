/** Who may what: nodes by what concerns them, and everybody by roles. */
import type { ApiServer } from '../server.ts'
import { nodeOf, type UserInfo } from '../user.ts'
import { authorizeNode } from './node.ts'
import { type Attributes, authorize, doubtsOf, reasonFor } from './rbac.ts'

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
