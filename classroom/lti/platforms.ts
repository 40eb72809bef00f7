/** The platforms that teachers have registered, and the deployments that each may launch from. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from '../domain/accounts.ts'
import { record } from '../domain/audit.ts'
import { isId } from '../domain/classes.ts'
import { Problem } from '../domain/problem.ts'
import { hashToken, makeToken } from '../domain/secrets.ts'
import { checkUrl, OutboundError } from '../net/outbound.ts'

export interface Platform {
  id: string
  teacher: string
  name: string
  issuer: string
  client_id: string
  login_url: string
  token_url: string
  /** Whom a request for a token is addressed to, where it is not `token_url`. */
  token_audience: string | null
  jwks_url: string
}
const COLUMNS = 'id, teacher, name, issuer, client_id, login_url, token_url, token_audience, jwks_url'

const address = z.url({ protocol: /^https?$/ }).max(1000)
const platformShape = z.object({
  name: z.string().trim().min(1).max(100),
  issuer: z.string().trim().min(1).max(255),
  client_id: z.string().trim().min(1).max(255),
  login_url: address,
  token_url: address,
  token_audience: z.string().trim().max(1000).nullable(),
  jwks_url: address,
})

/** @throws Problem where an address may not be asked, or somebody has registered the same */
export async function addPlatform(
  db: Db,
  by: Teacher,
  terms: unknown,
  deployments: readonly string[],
  ownHosts: ReadonlySet<string>,
): Promise<string> {
  const parsed = platformShape.safeParse(terms)
  if (!parsed.success) throw new Problem('bad-request')
  const p = parsed.data
  try {
    for (const url of [p.login_url, p.token_url, p.jwks_url]) checkUrl(url, ownHosts)
  } catch (error) {
    if (error instanceof OutboundError) throw new Problem('address-refused')
    throw error
  }
  const id = randomUUID()
  return db.transaction(async tx => {
    const made = await tx.query(
      `insert into platform (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (issuer, client_id) do nothing returning 1`,
      [id, by.id, p.name, p.issuer, p.client_id, p.login_url, p.token_url, p.token_audience || null, p.jwks_url],
    )
    if (!made.length) throw new Problem('platform-taken')
    for (const deployment of deployments) await insertDeployment(tx, id, deployment)
    await record(tx, { actor: by.email, action: 'platform.add', detail: { platform: id, issuer: p.issuer } })
    return id
  })
}

const insertDeployment = (db: Queries, platform: string, deployment: string): Promise<unknown> => {
  if (!deployment || deployment.length > 255) throw new Problem('bad-request')
  return db.query('insert into deployment (platform, deployment) values ($1, $2) on conflict do nothing', [
    platform,
    deployment,
  ])
}

export const platformsOf = (db: Queries, by: Teacher): Promise<(Platform & { deployments: string[] })[]> =>
  db.query(
    `select ${COLUMNS}, array(select deployment from deployment d where d.platform = p.id order by 1) as deployments
     from platform p where teacher = $1 order by created`,
    [by.id],
  )

async function ownPlatform(db: Queries, by: Teacher, id: string): Promise<Platform> {
  const found = isId(id)
    ? await one<Platform>(db, `select ${COLUMNS} from platform where id = $1 and teacher = $2`, [id, by.id])
    : undefined
  if (!found) throw new Problem('not-found')
  return found
}

export async function addDeployment(db: Db, by: Teacher, id: string, deployment: string): Promise<void> {
  const platform = await ownPlatform(db, by, id)
  await insertDeployment(db, platform.id, deployment.trim())
  await record(db, { actor: by.email, action: 'platform.deployment', detail: { platform: id, deployment } })
}

/** What comes of it from now on is theirs; the classes that are there stay whose they are. */
export async function handOverPlatform(db: Db, by: Teacher, id: string, email: string): Promise<void> {
  const platform = await ownPlatform(db, by, id)
  const heir = await one<Teacher>(db, 'select id, email, name from teacher where email = $1', [
    email.trim().toLowerCase(),
  ])
  if (!heir) throw new Problem('nobody')
  await db.query('update platform set teacher = $2 where id = $1', [platform.id, heir.id])
  await record(db, { actor: by.email, action: 'platform.hand-over', detail: { platform: id, email: heir.email } })
}

/** Its classes stay; what comes from it is refused from now on. */
export async function removePlatform(db: Db, by: Teacher, id: string): Promise<void> {
  const platform = await ownPlatform(db, by, id)
  await db.query('delete from platform where id = $1', [platform.id])
  await record(db, { actor: by.email, action: 'platform.remove', detail: { issuer: platform.issuer } })
}

export const platformById = (db: Queries, id: string): Promise<Platform | undefined> =>
  one(db, `select ${COLUMNS} from platform where id = $1`, [id])

/** @param clientId absent where the platform does not send it: then the issuer has to be registered once only */
export async function findPlatform(db: Queries, issuer: string, clientId?: string): Promise<Platform | undefined> {
  const found = await db.query<Platform>(
    `select ${COLUMNS} from platform where issuer = $1 and ($2::text is null or client_id = $2::text) limit 2`,
    [issuer, clientId ?? null],
  )
  return found.length === 1 ? found[0] : undefined
}

export const hasDeployment = async (db: Queries, platform: Platform, deployment: string): Promise<boolean> =>
  (await db.query('select 1 from deployment where platform = $1 and deployment = $2', [platform.id, deployment]))
    .length > 0

// --- For a registration that the platform begins

export async function offerRegistration(db: Db, by: Teacher): Promise<string> {
  const token = makeToken()
  await db.query("insert into registration (token, teacher, expires) values ($1, $2, now() + interval '1 hour')", [
    hashToken(token),
    by.id,
  ])
  return token
}

/** Once only. */
export async function takeRegistration(db: Db, token: string): Promise<Teacher | undefined> {
  return one<Teacher>(
    db,
    `with taken as (delete from registration where token = $1 and expires > now() returning teacher)
     select t.id, t.email, t.name from teacher t join taken on taken.teacher = t.id`,
    [hashToken(token)],
  )
}
