/** Signing in by a provider of the institution (OpenID Connect): authorization code, PKCE, a state that only this browser has. */
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Db, one } from '../db/db.ts'
import { LtiRefusal } from '../lti/refusal.ts'
import { type KeySource, verifyToken } from '../lti/token.ts'
import { jsonOf, type Outbound, OutboundError } from '../net/outbound.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { Problem } from './problem.ts'
import { hashToken, makeToken } from './secrets.ts'

export interface Provider {
  /** As it stands on the button. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  /** Whose first sign-in makes an account: addresses, or `@domain`s. Others need one that is linked. */
  allow: readonly string[]
}

const discovered = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
})
const MINUTES = 10
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
export const CALLBACK = '/classroom/oidc/callback'

export interface Oidc {
  name: string
  /** @param teacher who is signed in and links an account; null signs in */
  begin(lang: 'zh' | 'en', teacher: Teacher | null): Promise<{ to: string; binding: string }>
  /** @throws Problem */
  finish(query: Record<string, string>, binding: string): Promise<{ teacher: string; lang: 'zh' | 'en' }>
}

export function createOidc(db: Db, outbound: Outbound, keys: KeySource, origin: string, provider: Provider): Oidc {
  let known: z.infer<typeof discovered> | undefined
  async function discover(): Promise<z.infer<typeof discovered>> {
    if (known) return known
    const url = `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const told = discovered.safeParse(jsonOf(await outbound(url), provider.issuer))
    if (!told.success || told.data.issuer !== provider.issuer)
      throw new OutboundError(`${url} does not describe ${provider.issuer}`)
    return (known = told.data)
  }
  /** Why goes to the log; who tries is told only that it did not work. */
  async function refuse(detail: string): Promise<never> {
    await record(db, { actor: provider.issuer, action: 'sign-in.failed', detail: { detail: detail.slice(0, 500) } })
    throw new Problem('oidc-refused')
  }

  async function claimsFor(code: string, verifier: string, nonce: string) {
    const { token_endpoint, jwks_uri } = await discover()
    const encoded = [provider.clientId, provider.clientSecret].map(encodeURIComponent).join(':')
    const answer = await outbound(token_endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Authorization: `Basic ${Buffer.from(encoded).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${origin}${CALLBACK}`,
        code_verifier: verifier,
      }).toString(),
    })
    const { id_token } = z.looseObject({ id_token: z.string() }).parse(jsonOf(answer, 'the token endpoint'))
    const issuer = { issuer: provider.issuer, client_id: provider.clientId, jwks_url: jwks_uri }
    const claims = await verifyToken(id_token, issuer, keys, ALGORITHMS)
    if (claims.nonce !== nonce) throw new LtiRefusal('nonce', 'the nonce is not the one of this login')
    return z
      .looseObject({
        sub: z.string().min(1).max(255),
        email: z.string().max(200).optional(),
        email_verified: z.boolean().optional(),
        name: z.string().optional(),
      })
      .parse(claims)
  }

  return {
    name: provider.name,
    async begin(lang, teacher) {
      const { authorization_endpoint } = await discover()
      const [state, binding, nonce, verifier] = [makeToken(), makeToken(), makeToken(), makeToken()]
      await db.query(
        `insert into oidc_login (state, binding, nonce, verifier, lang, teacher, expires)
         values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 minute')`,
        [hashToken(state), hashToken(binding), nonce, verifier, lang, teacher?.id ?? null, MINUTES],
      )
      const to = new URL(authorization_endpoint)
      const query = {
        response_type: 'code',
        client_id: provider.clientId,
        redirect_uri: `${origin}${CALLBACK}`,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value)
      return { to: to.href, binding }
    },

    async finish(query, binding) {
      type Login = { nonce: string; verifier: string; lang: 'zh' | 'en'; teacher: string | null }
      const login = await one<Login>(
        db,
        `delete from oidc_login where state = $1 and binding = $2 and expires > now()
         returning nonce, verifier, lang, teacher`,
        [hashToken(query.state ?? ''), hashToken(binding)],
      )
      if (!login) return refuse('no login with this state is under way in this browser')
      if (query.error || !query.code) return refuse(`the provider says ${query.error ?? 'nothing'}`)
      // Another provider's answer, sent here (RFC 9207).
      if (query.iss !== undefined && query.iss !== provider.issuer) return refuse(`iss is "${query.iss}"`)
      const claims = await claimsFor(query.code, login.verifier, login.nonce).catch((error: Error) =>
        refuse(error.message),
      )
      return { teacher: await accountFor(db, provider, claims, login.teacher), lang: login.lang }
    },
  }
}

async function accountFor(
  db: Db,
  { issuer, allow }: Provider,
  claims: { sub: string; email?: string | undefined; email_verified?: boolean | undefined; name?: string | undefined },
  linking: string | null,
): Promise<string> {
  const known = await one<{ teacher: string }>(db, 'select teacher from identity where issuer = $1 and subject = $2', [
    issuer,
    claims.sub,
  ])
  if (known) {
    if (linking && linking !== known.teacher) throw new Problem('oidc-taken')
    return known.teacher
  }
  const link = (teacher: string, on: Pick<Db, 'query'>): Promise<unknown> =>
    on.query('insert into identity (issuer, subject, teacher) values ($1, $2, $3)', [issuer, claims.sub, teacher])
  if (linking) {
    await link(linking, db)
    await record(db, { actor: issuer, action: 'identity.link', detail: { teacher: linking } })
    return linking
  }
  const email = claims.email?.trim().toLowerCase() ?? ''
  // An address that the provider has not verified is anybody's.
  const allowed =
    claims.email_verified === true && allow.some(a => (a.startsWith('@') ? email.endsWith(a) : email === a))
  if (!allowed) throw new Problem('oidc-unknown')
  return db.transaction(async tx => {
    const id = randomUUID()
    // Who has an account by this address signs in there first, and links: the provider alone does not open it.
    const made = await tx.query(
      'insert into teacher (id, email, name) values ($1, $2, $3) on conflict (email) do nothing returning 1',
      [id, email, (claims.name || email).slice(0, 100)],
    )
    if (!made.length) throw new Problem('oidc-taken')
    await link(id, tx)
    await record(tx, { actor: email, action: 'teacher.create', detail: { by: issuer } })
    return id
  })
}
