/** Verifies tokens of service accounts. */

import { API_AUDIENCES, type Claims, isSigned, ofSecret, readClaims } from '../../tokens.ts'
import type { ApiServer } from '../server.ts'
import type { Secret } from '../types.ts'
import { serviceAccountUser, type UserInfo } from './user.ts'

export { signForSecret } from '../../tokens.ts'

export interface Authenticated {
  user: UserInfo
  /** Those of the requested audiences that the token is for. */
  audiences: string[]
}

/** The user that a token authenticates; undefined if it is malformed, expired, for another audience, or its account or Pod is gone. */
export function authenticateToken(
  server: ApiServer,
  token: string,
  asked: readonly string[] = API_AUDIENCES,
): Authenticated | undefined {
  const claims = token.split('.').length === 3 && isSigned(token) ? readClaims(token) : undefined
  if (!claims) return undefined
  const kept = ofSecret(claims)
  if (kept) {
    const { namespace, account: name, uid, secret } = kept
    const data = server.store.get<Secret>('secrets', namespace, secret)?.data
    const account = server.context.find('serviceaccounts', namespace, name)
    const audiences = asked.filter(audience => API_AUDIENCES.includes(audience))
    const isGood = audiences.length && data?.token === btoa(token) && account?.metadata.uid === uid
    return isGood ? { user: serviceAccountUser(namespace, name, uid), audiences } : undefined
  }
  const own = claims['kubernetes.io']
  const audiences = asked.filter(audience => claims.aud?.includes(audience))
  const { name, uid } = own?.serviceaccount ?? {}
  if (!audiences.length || !own?.namespace || !name || (claims.exp ?? 0) * 1000 < server.clock.now()) return undefined
  const account = server.context.find('serviceaccounts', own.namespace, name)
  if (!account || account.metadata.uid !== uid) return undefined
  if (own.pod?.name) {
    const pod = server.context.find('pods', own.namespace, own.pod.name)
    if (!pod || pod.metadata.uid !== own.pod.uid) return undefined
  }
  return { user: { ...serviceAccountUser(own.namespace, name, uid), extra: extraOf(claims) }, audiences }
}

function extraOf({ jti = '', 'kubernetes.io': own }: Claims): Record<string, string[]> {
  const extra: Record<string, string[]> = { 'authentication.kubernetes.io/credential-id': [`JTI=${jti}`] }
  for (const what of ['node', 'pod'] as const) {
    const { name, uid } = own?.[what] ?? {}
    if (name) extra[`authentication.kubernetes.io/${what}-name`] = [name]
    if (name && uid) extra[`authentication.kubernetes.io/${what}-uid`] = [uid]
  }
  return extra
}
