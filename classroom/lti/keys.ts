/** The keys with which we sign: one is used, its successor is published before, its predecessors after. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose'
import type { Db, Queries } from '../db/db.ts'

const ALG = 'RS256'
/** A new key is made after so many days. */
const DAYS = 90
/** What platforms have kept of our keys is older than this at most, so a new key is used only then. */
const HOURS_BEFORE_USE = 24
/** What was signed last with an old key is long expired then. */
const DAYS_AFTER = 2
/** Any number that no other lock of the database has. */
const LOCK = 7_036_523

const TOO_OLD = `interval '${DAYS} days'`

/** Makes a key where there is none, or the newest is old; one instance does it for all. */
async function rotateKeys(db: Db): Promise<void> {
  const fresh = (on: Queries) => on.query(`select 1 from signing_key where created > now() - ${TOO_OLD}`)
  if ((await fresh(db)).length) return
  const { privateKey, publicKey } = await generateKeyPair(ALG, { extractable: true, modulusLength: 2048 })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  await db.transaction(async tx => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    if ((await fresh(tx)).length) return
    await tx.query('insert into signing_key (kid, private_jwk, public_jwk) values ($1, $2, $3)', [
      kid,
      tx.vault.seal(JSON.stringify(await exportJWK(privateKey))),
      JSON.stringify({ ...jwk, kid, alg: ALG, use: 'sig' }),
    ])
    // Those that have had a successor in use for long enough.
    await tx.query(
      `delete from signing_key k where exists (select 1 from signing_key s where s.created > k.created
       and s.created < now() - interval '${HOURS_BEFORE_USE} hours' - interval '${DAYS_AFTER} days')`,
    )
  })
}

export async function publicKeys(db: Db): Promise<{ keys: JWK[] }> {
  await rotateKeys(db)
  const rows = await db.query<{ public_jwk: JWK }>('select public_jwk from signing_key order by created desc')
  return { keys: rows.map(row => row.public_jwk) }
}

/** The newest that platforms have had time to learn; the first one of all is used at once. */
export async function sign(db: Db, payload: JWTPayload, seconds: number): Promise<string> {
  await rotateKeys(db)
  const [key] = await db.query<{ kid: string; private_jwk: string }>(
    `select kid, private_jwk from signing_key
     order by created < now() - interval '${HOURS_BEFORE_USE} hours' desc,
       case when created < now() - interval '${HOURS_BEFORE_USE} hours' then created end desc, created limit 1`,
  )
  if (!key) throw new Error('there is no key to sign with')
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ ...payload, iat: now, exp: now + seconds })
    .setProtectedHeader({ alg: ALG, kid: key.kid, typ: 'JWT' })
    .sign(await importJWK(JSON.parse(db.vault.unseal(key.private_jwk)) as JWK, ALG))
}
