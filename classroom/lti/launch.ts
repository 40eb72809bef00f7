/**
 * A launch, step by step: a platform begins a login, we send the browser there, it comes back with a token, the browser
 * proves that it is the one that began, and gets a ticket that lets it in once. Each secret counts once.
 */
import { z } from 'zod'
import { type Db, one } from '../db/db.ts'
import { record } from '../domain/audit.ts'
import { hashToken, makeToken } from '../domain/secrets.ts'
import { CLAIM, type Launch } from './claims.ts'
import { findPlatform, hasDeployment, type Platform, platformById } from './platforms.ts'
import { LtiRefusal } from './refusal.ts'
import { type KeySource, readLaunch } from './token.ts'

export const LAUNCH_PATH = '/classroom/lti/launch'
/** From the first step to the last but one; people may have to sign in at the platform between. */
const MINUTES = 10
/** How long the button that lets one in may be looked at. */
const TICKET_MINUTES = 60

const text = z.string().min(1).max(4000)
/** Third-party initiated login, as the platform sends it. */
const loginRequest = z.object({
  iss: text,
  login_hint: text,
  target_link_uri: z.url(),
  lti_message_hint: z.string().max(8000).optional(),
  client_id: text.optional(),
  lti_deployment_id: text.optional(),
  /** The platform's frame that keeps things for us where our cookies are blocked. */
  lti_storage_target: z.string().max(200).optional(),
})
export type LoginRequest = z.infer<typeof loginRequest>

export interface Begun {
  platform: Platform
  login: LoginRequest
  state: string
  /** For the browser alone to keep. */
  binding: string
  /** Where the browser goes now. */
  to: string
}

/** @throws LtiRefusal */
export async function beginLogin(db: Db, origin: string, request: unknown): Promise<Begun> {
  const parsed = loginRequest.safeParse(request)
  if (!parsed.success)
    throw new LtiRefusal('bad-request', `${parsed.error.issues[0]?.path.join('.')} is missing or wrong`)
  const login = parsed.data
  // We answer for our own addresses only.
  if (new URL(login.target_link_uri).origin !== origin)
    throw new LtiRefusal('bad-request', `target_link_uri is not at ${origin}`)
  const platform = await findPlatform(db, login.iss, login.client_id)
  if (!platform) throw new LtiRefusal('unknown-platform', `${login.iss} (client_id ${login.client_id ?? 'not told'})`)
  const [state, nonce, binding] = [makeToken(), makeToken(), makeToken()]
  await db.query(
    `insert into launch (state, nonce, binding, platform, login, expires)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 minute')`,
    [hashToken(state), nonce, hashToken(binding), platform.id, JSON.stringify(login), MINUTES],
  )
  const to = new URL(platform.login_url)
  const query = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.client_id,
    redirect_uri: `${origin}${LAUNCH_PATH}`,
    login_hint: login.login_hint,
    state,
    nonce,
    ...(login.lti_message_hint !== undefined && { lti_message_hint: login.lti_message_hint }),
  }
  for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value)
  return { platform, login, state, binding, to: to.href }
}

export interface Arrived {
  platform: Platform
  login: LoginRequest
  launch: Launch
}

/** Takes the token of a login that is under way. @throws LtiRefusal */
export async function receive(
  db: Db,
  { state, token, error }: { state: string; token: string; error?: string | undefined },
  keys: KeySource,
): Promise<Arrived> {
  type Row = { nonce: string; platform: string; login: LoginRequest; used: boolean }
  const row = await one<Row>(
    db,
    'select nonce, platform, login, claims is not null as used from launch where state = $1 and expires > now()',
    [hashToken(state)],
  )
  const platform = row && (await platformById(db, row.platform))
  if (!row || !platform) throw new LtiRefusal('state', 'no login with this state is under way')
  if (row.used) throw new LtiRefusal('replayed', 'a token has come for this state already')
  if (error) throw new LtiRefusal('platform-error', error.slice(0, 500))
  const refused = async (refusal: LtiRefusal): Promise<never> => {
    await record(db, {
      actor: platform.name,
      action: 'lti.refused',
      detail: { platform: platform.id, reason: refusal.reason, detail: refusal.message.slice(0, 500) },
    })
    throw refusal
  }
  const launch = await readLaunch(token, platform, row.nonce, keys).catch(async failure =>
    failure instanceof LtiRefusal ? await refused(failure) : Promise.reject(failure),
  )
  const deployment = launch[CLAIM.deployment]
  if (!(await hasDeployment(db, platform, deployment)))
    await refused(new LtiRefusal('deployment', `deployment "${deployment}" is not registered for ${platform.name}`))
  // Two that arrive at the same time: one of them is first.
  const first = await db.query('update launch set claims = $2 where state = $1 and claims is null returning 1', [
    hashToken(state),
    JSON.stringify(launch),
  ])
  if (!first.length) throw new LtiRefusal('replayed', 'a token has come for this state already')
  return { platform, login: row.login, launch }
}

/** The browser shows what it was given at the beginning; it gets a ticket for it, once. @throws LtiRefusal */
export async function bind(db: Db, state: string, binding: string): Promise<string> {
  const ticket = makeToken()
  const done = await db.query(
    `update launch set ticket = $3, binding = '', expires = now() + $4 * interval '1 minute'
     where state = $1 and binding = $2 and claims is not null and expires > now() returning 1`,
    [hashToken(state), hashToken(binding), hashToken(ticket), TICKET_MINUTES],
  )
  if (!done.length) throw new LtiRefusal('other-browser', 'the launch was not begun in this browser')
  return ticket
}

/**
 * @param how `keep` only looks, for the page on which the ticket will be used
 * @throws LtiRefusal when the ticket is used, too old, or made up
 */
export async function redeem(
  db: Db,
  ticket: string,
  how: 'use' | 'keep' = 'use',
): Promise<{ platform: Platform; launch: Launch }> {
  const row = await one<{ platform: string; claims: Launch }>(
    db,
    how === 'use'
      ? 'delete from launch where ticket = $1 and expires > now() returning platform, claims'
      : 'select platform, claims from launch where ticket = $1 and expires > now()',
    [hashToken(ticket)],
  )
  const platform = row && (await platformById(db, row.platform))
  if (!row || !platform) throw new LtiRefusal('replayed', 'this ticket was used already, or is too old')
  return { platform, launch: row.claims }
}
