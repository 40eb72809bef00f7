/** Tokens of service accounts, from the side of who checks them. */
import type { ApiServer } from './server.ts'
import { serviceAccountUser, type UserInfo } from './user.ts'

interface Claims {
  exp?: number
  sub?: string
  'kubernetes.io'?: {
    namespace?: string
    serviceaccount?: { name?: string; uid?: string }
    pod?: { name?: string; uid?: string }
  }
}

/** Whose token it is; undefined if it is none, too old, or its account or Pod has gone. */
export function authenticateToken(server: ApiServer, token: string): UserInfo | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  let claims: Claims
  try {
    claims = JSON.parse(atob(parts[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as Claims
  } catch {
    return undefined
  }
  const own = claims['kubernetes.io']
  const { name, uid } = own?.serviceaccount ?? {}
  if (!own?.namespace || !name || (claims.exp ?? 0) * 1000 < server.clock.now()) return undefined
  const account = server.context.find('serviceaccounts', own.namespace, name)
  if (!account || account.metadata.uid !== uid) return undefined
  if (own.pod?.name) {
    const pod = server.context.find('pods', own.namespace, own.pod.name)
    if (!pod || pod.metadata.uid !== own.pod.uid) return undefined
  }
  return serviceAccountUser(own.namespace, name, uid)
}
