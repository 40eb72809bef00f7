/** The keys of the simulated learning platform: it signs tokens with them, and can be told to sign wrongly. */
import { randomUUID } from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What is wrong with a token. */
export interface Lie {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  /** Signed with a key that is published nowhere. */
  strangeKey?: boolean
  /** Signed as HS256, with the public key as if it were a secret. */
  confused?: boolean
  /** Not signed at all. */
  unsigned?: boolean
}

export interface Issuer {
  /** Replaces the key, as platforms do now and then. */
  rotate(): Promise<void>
  /** The published keys. */
  jwks(): Promise<object>
  sign(claims: JWTPayload, lie: Lie): Promise<string>
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>> & { kid: string }

const makeKey = async (): Promise<Pair> => ({
  ...(await generateKeyPair('RS256', { extractable: true })),
  kid: randomUUID(),
})

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export async function createIssuer(): Promise<Issuer> {
  let key = await makeKey()
  const strange = await makeKey()
  return {
    async rotate() {
      key = await makeKey()
    },
    jwks: async () => ({ keys: [{ ...(await exportJWK(key.publicKey)), kid: key.kid, alg: 'RS256', use: 'sig' }] }),
    async sign(honest, lie) {
      const claims = { ...honest, ...lie.claims }
      const header = { alg: 'RS256', kid: key.kid, typ: 'JWT', ...lie.header }
      if (lie.unsigned) return `${part({ ...header, alg: 'none' })}.${part(claims)}.`
      if (lie.confused)
        return new SignJWT(claims)
          .setProtectedHeader({ ...header, alg: 'HS256' })
          .sign(new TextEncoder().encode(await exportSPKI(key.publicKey)))
      return new SignJWT(claims).setProtectedHeader(header).sign(lie.strangeKey ? strange.privateKey : key.privateKey)
    },
  }
}
