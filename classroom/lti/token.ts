/** Is this id_token what it says? Signature, addressee, time, nonce, deployment, message: in this order, each with its own reason. */
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import type { Outbound } from '../net/outbound.ts'
import { CLAIM, deepLinkLaunch, type Launch, resourceLaunch, withoutNulls } from './claims.ts'
import { LtiRefusal } from './refusal.ts'

/** A platform's clock may differ by so much. */
const SKEW_SECONDS = 60
/** Older tokens are not launches but something that was kept. */
const OLDEST_SECONDS = 600

export type KeySource = (jwksUrl: string) => JWTVerifyGetKey

/**
 * Keys are kept for ten minutes; one that is not among them makes us look again, so a platform may change its keys at
 * any time; and at most once in `cooldownMs`, so that nobody makes us ask all the time.
 */
export function createKeySource(outbound: Outbound, cooldownMs = 30_000): KeySource {
  const sets = new Map<string, JWTVerifyGetKey>()
  return url => {
    let set = sets.get(url)
    if (!set) {
      set = createRemoteJWKSet(new URL(url), {
        cooldownDuration: cooldownMs,
        cacheMaxAge: 600_000,
        [customFetch]: async (asked: string) => {
          const { status, text } = await outbound(asked, { headers: { Accept: 'application/json' } })
          return new Response(status === 204 || status === 304 ? null : text, { status: status < 200 ? 502 : status })
        },
      })
      sets.set(url, set)
    }
    return set
  }
}

export interface Issuer {
  issuer: string
  client_id: string
  jwks_url: string
}

/** What every token has to be, LTI's and OpenID Connect's. @throws LtiRefusal */
export async function verifyToken(
  token: string,
  { issuer, client_id, jwks_url }: Issuer,
  keys: KeySource,
  algorithms: readonly string[],
): Promise<JWTPayload> {
  let header: { alg?: string; kid?: string }
  let claimed: JWTPayload
  try {
    header = decodeProtectedHeader(token)
    claimed = decodeJwt(token)
  } catch (error) {
    throw new LtiRefusal('signature', `not a signed token: ${(error as Error).message}`)
  }
  if (!header.alg || !algorithms.includes(header.alg))
    throw new LtiRefusal('signature', `signed with "${header.alg}"; asked for is ${algorithms.join(', ')}`)
  if (!header.kid) throw new LtiRefusal('key', 'the token does not say which key it was signed with (kid)')
  let payload: JWTPayload
  try {
    ;({ payload } = await jwtVerify(token, keys(jwks_url), {
      algorithms: [...algorithms],
      issuer,
      audience: client_id,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'iat'],
    }))
  } catch (error) {
    throw refusalFor(error, header.kid, claimed)
  }
  const { aud, azp, iat = 0, exp = 0 } = payload
  const now = Math.floor(Date.now() / 1000)
  // Told to several, a token has to name whom it was made for.
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined)
    throw new LtiRefusal('audience', 'several audiences, and no azp')
  if (azp !== undefined && azp !== client_id) throw new LtiRefusal('audience', `azp is "${String(azp)}"`)
  if (iat > now + SKEW_SECONDS) throw new LtiRefusal('issued', 'issued in the future')
  if (iat < now - OLDEST_SECONDS) throw new LtiRefusal('issued', `issued ${now - iat} s ago`)
  if (exp <= iat) throw new LtiRefusal('expired', 'expired before it was issued')
  return payload
}

function refusalFor(error: unknown, kid: string, claimed: JWTPayload): LtiRefusal {
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof errors.JWKSNoMatchingKey) return new LtiRefusal('key', `the platform has no key "${kid}"`)
  if (error instanceof errors.JWTExpired) return new LtiRefusal('expired', text)
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return new LtiRefusal('issuer', `iss is "${String(claimed.iss)}"`)
    if (error.claim === 'aud') return new LtiRefusal('audience', `aud is ${JSON.stringify(claimed.aud)}`)
    if (error.claim === 'exp') return new LtiRefusal('expired', text)
    return new LtiRefusal('issued', text)
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid)
    return new LtiRefusal('signature', text)
  return new LtiRefusal('keys-unreachable', text)
}

/** @param nonce that was sent with this login @throws LtiRefusal */
export async function readLaunch(token: string, platform: Issuer, nonce: string, keys: KeySource): Promise<Launch> {
  const payload = await verifyToken(token, platform, keys, ['RS256'])
  if (payload.nonce !== nonce) throw new LtiRefusal('nonce', 'the nonce is not the one of this login')
  const type = payload[CLAIM.messageType]
  if (type !== 'LtiResourceLinkRequest' && type !== 'LtiDeepLinkingRequest')
    throw new LtiRefusal('message', `message type "${String(type)}"`)
  const parsed = (type === 'LtiResourceLinkRequest' ? resourceLaunch : deepLinkLaunch).safeParse(withoutNulls(payload))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new LtiRefusal('message', `${issue?.path.join('.')}: ${issue?.message}`)
  }
  return parsed.data
}
