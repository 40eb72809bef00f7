/**
 * The key that tokens of service accounts are signed with, and what discovery says of it. It has the form of an RSA key and its
 * signatures that of RS256, but they are a checksum: nothing in the simulation is secret, and a token opens this cluster only.
 */

export const ISSUER = 'https://kubernetes.default.svc.cluster.local'
/** Who takes tokens when none is named: the API server itself. */
export const API_AUDIENCES: readonly string[] = [ISSUER]
export const JWKS_PATH = '/openid/v1/jwks'

const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** As many bytes as are wanted that depend on every letter of a text. */
function spread(text: string, length: number): string {
  let state = 2166136261
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16777619)
  const bytes = new Array<number>(length)
  for (let i = 0; i < length; i++) {
    state = Math.imul(state ^ (state >>> 15) ^ i, 2246822519)
    bytes[i] = (state >>> 13) & 0xff
  }
  return base64url(String.fromCharCode(...bytes))
}

const KEY_BYTES = 256
const MODULUS = spread('podlab service accounts', KEY_BYTES)

export const KEY = { use: 'sig', kty: 'RSA', kid: spread(MODULUS, 32), alg: 'RS256', n: MODULUS, e: 'AQAB' } as const

const HEADER = base64url(JSON.stringify({ alg: KEY.alg, kid: KEY.kid }))

const signature = (signed: string, modulus: string): string => spread(`${modulus}.${signed}`, KEY_BYTES)

export function sign(claims: object): string {
  const signed = `${HEADER}.${base64url(JSON.stringify(claims))}`
  return `${signed}.${signature(signed, MODULUS)}`
}

const OF_SECRETS = 'kubernetes/serviceaccount'

/** A token without an end, which is good as long as its Secret has it. */
export const signForSecret = (of: { namespace: string; account: string; uid: string; secret: string }): string =>
  sign({
    iss: OF_SECRETS,
    'kubernetes.io/serviceaccount/namespace': of.namespace,
    'kubernetes.io/serviceaccount/secret.name': of.secret,
    'kubernetes.io/serviceaccount/service-account.name': of.account,
    'kubernetes.io/serviceaccount/service-account.uid': of.uid,
    sub: `system:serviceaccount:${of.namespace}:${of.account}`,
  })

/** Whose the token of a Secret is; undefined when it is another kind of token. */
export function ofSecret(
  claims: Claims,
): { namespace: string; account: string; uid: string; secret: string } | undefined {
  if (claims.iss !== OF_SECRETS) return undefined
  const get = (what: string): string =>
    String((claims as Record<string, unknown>)[`kubernetes.io/serviceaccount/${what}`])
  return {
    namespace: get('namespace'),
    account: get('service-account.name'),
    uid: get('service-account.uid'),
    secret: get('secret.name'),
  }
}

export interface Claims {
  aud?: string[]
  exp?: number
  iss?: string
  jti?: string
  sub?: string
  'kubernetes.io'?: {
    namespace?: string
    serviceaccount?: { name?: string; uid?: string }
    pod?: { name?: string; uid?: string }
    node?: { name?: string; uid?: string }
  }
}

export function readClaims(token: string): Claims | undefined {
  try {
    return JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as Claims
  } catch {
    return undefined
  }
}

/** Whether a token is what the owner of a key has signed. @param keys as discovery tells them */
export function isSigned(token: string, keys: readonly { n: string }[] = [KEY]): boolean {
  const end = token.lastIndexOf('.')
  return keys.some(({ n }) => token.slice(end + 1) === signature(token.slice(0, end), n))
}

/** What /.well-known/openid-configuration says. @param address where the API server is found */
export const openIdConfiguration = (address: string): object => ({
  issuer: ISSUER,
  jwks_uri: `https://${address}${JWKS_PATH}`,
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [KEY.alg],
})
