/** Passkeys of teachers: what a browser's authenticator is asked, and whether it has answered rightly. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { Problem } from './problem.ts'

export interface Passkey {
  id: string
  name: string
  created: Date
  used: Date | null
}

const MINUTES = 5
const MOST = 20
const hostOf = (origin: string): string => new URL(origin).hostname

export const passkeysOf = (db: Queries, { id }: Teacher): Promise<Passkey[]> =>
  db.query('select id, name, created, used from passkey where teacher = $1 order by created', [id])

const ask = (db: Queries, challenge: string, teacher: string | null): Promise<unknown> =>
  db.query("insert into challenge (challenge, teacher, expires) values ($1, $2, now() + $3 * interval '1 minute')", [
    challenge,
    teacher,
    MINUTES,
  ])

/** @returns a check that the challenge is one of ours, for this teacher or for nobody yet; it counts once */
const asked = (db: Queries, teacher: string | null) => async (challenge: string) =>
  (
    await db.query(
      'delete from challenge where challenge = $1 and teacher is not distinct from $2::uuid and expires > now() returning 1',
      [challenge, teacher],
    )
  ).length === 1

export async function offerPasskey(db: Queries, origin: string, teacher: Teacher) {
  const known = await passkeysOf(db, teacher)
  if (known.length >= MOST) throw new Problem('bad-request')
  const options = await generateRegistrationOptions({
    rpName: 'Podlab',
    rpID: hostOf(origin),
    userID: new TextEncoder().encode(teacher.id),
    userName: teacher.email,
    userDisplayName: teacher.name,
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    // It signs in alone: so it has to know who it is of, and that they are there.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await ask(db, options.challenge, teacher.id)
  return options
}

/** @throws Problem wrong-credentials, whatever is wrong */
export async function addPasskey(
  db: Db,
  origin: string,
  teacher: Teacher,
  name: string,
  response: RegistrationResponseJSON,
): Promise<void> {
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge: asked(db, teacher.id),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    requireUserVerification: true,
  }).catch(refused)
  if (!registrationInfo) throw new Problem('wrong-credentials')
  const { id, publicKey, counter } = registrationInfo.credential
  const made = await db.query(
    `insert into passkey (id, teacher, name, public_key, counter) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing returning 1`,
    [id, teacher.id, name.trim().slice(0, 100) || 'Passkey', Buffer.from(publicKey).toString('base64url'), counter],
  )
  if (!made.length) throw new Problem('wrong-credentials')
  await record(db, { actor: teacher.email, action: 'passkey.add' })
}

export async function removePasskey(db: Db, teacher: Teacher, id: string): Promise<void> {
  await db.query('delete from passkey where id = $1 and teacher = $2', [id, teacher.id])
  await record(db, { actor: teacher.email, action: 'passkey.remove' })
}

export async function askPasskey(db: Queries, origin: string) {
  // No list of keys: that would tell who has an account.
  const options = await generateAuthenticationOptions({ rpID: hostOf(origin), userVerification: 'required' })
  await ask(db, options.challenge, null)
  return options
}

/** @throws Problem wrong-credentials, whatever is wrong */
export async function signInByPasskey(db: Db, origin: string, response: AuthenticationResponseJSON): Promise<Teacher> {
  type Found = Teacher & { public_key: string; counter: string }
  const found = await one<Found>(
    db,
    `select t.id, t.email, t.name, p.public_key, p.counter from passkey p join teacher t on t.id = p.teacher
     where p.id = $1`,
    [response.id],
  )
  if (!found) return refused(undefined)
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: asked(db, null),
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(found.public_key, 'base64url')),
      counter: Number(found.counter),
    },
    requireUserVerification: true,
  }).catch(refused)
  if (!verified) throw new Problem('wrong-credentials')
  await db.query('update passkey set counter = $2, used = now() where id = $1', [
    response.id,
    authenticationInfo.newCounter,
  ])
  return { id: found.id, email: found.email, name: found.name }
}

const refused = (_: unknown): never => {
  throw new Problem('wrong-credentials')
}
