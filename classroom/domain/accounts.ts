/** Teachers' accounts, and who is signed in. */
import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { type Db, one, type Queries } from '../db/db.ts'
import { gather } from '../db/gather.ts'
import { record } from './audit.ts'
import { countGuess, forgetBrowsers, forgetGuesses } from './guesses.ts'
import type { Learner } from './learners.ts'
import { checkPassword, LONGEST_PASSWORD } from './passwords.ts'
import { Problem } from './problem.ts'
import { hashPassword, hashToken, isPassword, makeReturnKey, makeToken } from './secrets.ts'

export interface Teacher {
  id: string
  email: string
  name: string
}

export interface SignedInTeacher extends Teacher {
  /** When the session began. */
  opened: Date
  /** Whether more than a password opens the account: an app, a passkey, or somebody else who vouches. */
  guarded: boolean
}

const FRESH_MS = 15 * 60_000
export const isFresh = ({ opened }: SignedInTeacher): boolean => Date.now() - opened.getTime() < FRESH_MS

const SIGNED_IN_HOURS = { teacher: 12, learner: 24 * 90 }

export async function createTeacher(
  db: Queries,
  { email, name, password }: { email: string; name: string; password: string },
): Promise<Teacher> {
  const address = email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 200) throw new Problem('email-bad')
  if (!name.trim() || name.length > 100) throw new Problem('name-bad')
  checkPassword(password, [address, name])
  const teacher = { id: randomUUID(), email: address, name: name.trim() }
  await db.query('insert into teacher (id, email, name, password) values ($1, $2, $3, $4)', [
    teacher.id,
    teacher.email,
    teacher.name,
    await hashPassword(password),
  ])
  await record(db, { actor: address, action: 'teacher.create' })
  return teacher
}

export const hasTeachers = async (db: Queries): Promise<boolean> =>
  (await db.query('select 1 from teacher limit 1')).length > 0

/** Needed for the first account; the same in all instances, of which any may be asked. */
export async function setUpToken(db: Queries): Promise<string> {
  await db.query("insert into setting (name, value) values ('set-up-token', $1) on conflict do nothing", [makeToken()])
  const [kept] = await db.query<{ value: string }>("select value from setting where name = 'set-up-token'")
  return kept!.value
}

/** As long as a right one takes, so that the time does not tell which addresses have an account. */
const NOBODY = 'scrypt$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

/**
 * @param browser what it keeps of those who have signed in with it before
 * @throws Problem wrong-credentials, whatever of the three is wrong; guessed
 */
export async function signIn(
  db: Db,
  { email, password, code, browser }: { email: string; password: string; code: string; browser: string | undefined },
): Promise<Teacher> {
  const address = email.trim().toLowerCase()
  const right = await countGuess(db, address, browser)
  type Found = Teacher & { password: string; totp: string | null }
  const found = await one<Found>(db, 'select id, email, name, password, totp from teacher where email = $1', [address])
  const isRight = await isPassword(password.slice(0, LONGEST_PASSWORD), found?.password ?? NOBODY)
  if (!found || !isRight || (found.totp && !(await spendTotp(db, found.id, db.vault.unseal(found.totp), code)))) {
    await record(db, { actor: email.slice(0, 200), action: 'sign-in.failed' })
    throw new Problem('wrong-credentials')
  }
  await right()
  return { id: found.id, email: found.email, name: found.name }
}

/** A token for the cookie; only its hash is kept. */
export async function openSession(db: Queries, who: { teacher: string } | { learner: string }): Promise<string> {
  const token = makeToken()
  const hours = 'teacher' in who ? SIGNED_IN_HOURS.teacher : SIGNED_IN_HOURS.learner
  await db.query(
    "insert into signed_in (token, teacher, learner, expires) values ($1, $2, $3, now() + $4 * interval '1 hour')",
    [hashToken(token), 'teacher' in who ? who.teacher : null, 'learner' in who ? who.learner : null, hours],
  )
  if ('teacher' in who) await record(db, { actor: who.teacher, action: 'sign-in' })
  return token
}

export interface SignedInLearner extends Learner {
  className: string
  timezone: string
  /** Of the class, as it is sealed. */
  secret: string
}

/** Asked with every request of a learner, and a class is many: all at once. */
export const createLearnerSignedIn = (db: Queries): ((token: string) => Promise<SignedInLearner | undefined>) =>
  gather(async (tokens: readonly string[]) => {
    const hashes = tokens.map(hashToken)
    const found = await db.query<SignedInLearner & { token: string }>(
      `select s.token, l.id, l.class, l.nickname, c.name as "className", c.timezone, c.secret
       from json_array_elements_text($1::json) as asked (token) join signed_in s on s.token = asked.token
       join learner l on l.id = s.learner join class c on c.id = l.class where s.expires > now()`,
      [JSON.stringify(hashes)],
    )
    const by = new Map(found.map(({ token, ...learner }) => [token, learner]))
    return hashes.map(hash => by.get(hash))
  })

export const teacherSignedIn = (db: Queries, token: string): Promise<SignedInTeacher | undefined> =>
  one(
    db,
    `select t.id, t.email, t.name, s.opened,
       t.totp is not null or exists (select from passkey p where p.teacher = t.id)
         or exists (select from identity i where i.teacher = t.id) as guarded
     from signed_in s join teacher t on t.id = s.teacher
     where s.token = $1 and s.expires > now()`,
    [hashToken(token)],
  )

export interface Session {
  /** Enough of what is kept of the token to tell one from the other, and nothing that opens it. */
  id: string
  opened: Date
  /** Whether it is the one that asks. */
  own: boolean
}

export const sessionsOf = (db: Queries, teacher: Teacher, token: string): Promise<Session[]> =>
  db.query(
    `select left(token, 16) as id, opened, token = $2 as own from signed_in
     where teacher = $1 and expires > now() order by opened desc`,
    [teacher.id, hashToken(token)],
  )

export const endSession = (db: Queries, teacher: Teacher, id: string): Promise<unknown> =>
  db.query('delete from signed_in where teacher = $1 and left(token, 16) = $2', [teacher.id, id])

/** On every machine. */
const closeSessionsOf = (db: Queries, teacher: Teacher): Promise<unknown> =>
  db.query('delete from signed_in where teacher = $1', [teacher.id])

/** And none of these machines is known any more. */
export async function signOutEverywhere(db: Db, teacher: Teacher): Promise<void> {
  await closeSessionsOf(db, teacher)
  await forgetBrowsers(db, teacher.id)
}

/**
 * Ends all sessions, also that of whoever asks: they sign in with the new password. Guesses at the current one count as they do
 * at the door: a session that somebody has got hold of is no way to find it out.
 * @param browser what it keeps of those who have signed in with it
 * @throws Problem
 */
export async function changePassword(
  db: Db,
  teacher: SignedInTeacher,
  { current, next, browser }: { current: string; next: string; browser: string | undefined },
): Promise<void> {
  const kept = await one<{ password: string | null }>(db, 'select password from teacher where id = $1', [teacher.id])
  // Whoever came in another way has none yet.
  if (!kept?.password && !isFresh(teacher)) throw new Problem('sign-in-again')
  if (kept?.password) {
    const right = await countGuess(db, teacher.email, browser)
    if (!(await isPassword(current.slice(0, LONGEST_PASSWORD), kept.password))) throw new Problem('wrong-credentials')
    await right()
  }
  await setPassword(db, teacher, next)
  await record(db, { actor: teacher.email, action: 'password.change' })
}

async function setPassword(db: Db, teacher: Teacher, password: string): Promise<void> {
  checkPassword(password, [teacher.email, teacher.name])
  const hash = await hashPassword(password)
  await db.transaction(async tx => {
    await tx.query('update teacher set password = $2 where id = $1', [teacher.id, hash])
    await closeSessionsOf(tx, teacher)
    await forgetGuesses(tx, teacher.email)
  })
}

/**
 * For whoever runs the server: makes an account, or lets somebody in again who has lost password and second factor.
 * @returns the password, shown once
 */
export async function letIn(db: Db, email: string, name: string | undefined): Promise<string> {
  const password = makeReturnKey()
  const address = email.trim().toLowerCase()
  const known = await one<Teacher>(db, 'select id, email, name from teacher where email = $1', [address])
  if (!known) await createTeacher(db, { email: address, name: name ?? address, password })
  else {
    await setPassword(db, known, password)
    await db.query('update teacher set totp = null where id = $1', [known.id])
    await record(db, { actor: 'operator', action: 'password.reset', detail: { email: address } })
  }
  return password
}

export const closeSession = (db: Queries, token: string): Promise<unknown> =>
  db.query('delete from signed_in where token = $1', [hashToken(token)])

// --- A second factor

const totp = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Podlab', label, secret: Secret.fromBase32(secret) })

const STEP_MS = 30_000

/** @returns the step that the code is of; undefined for a wrong code */
function stepOf(secret: string, code: string): number | undefined {
  const now = Date.now()
  const delta = totp(secret).validate({ token: code.replace(/\s/g, ''), window: 1, timestamp: now })
  return delta === null ? undefined : Math.floor(now / STEP_MS) + delta
}

/** A code that somebody has looked at over a shoulder is worth nothing once it was used. */
async function spendTotp(db: Queries, teacher: string, secret: string, code: string): Promise<boolean> {
  const step = stepOf(secret, code)
  if (step === undefined) return false
  const spent = await db.query('update teacher set totp_step = $2 where id = $1 and totp_step < $2 returning 1', [
    teacher,
    step,
  ])
  return spent.length > 0
}

/** What an authenticator app is shown; it counts only once a code of it was confirmed. */
export function offerTotp(teacher: Teacher): { secret: string; url: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, url: totp(secret, teacher.email).toString() }
}

export const hasTotp = async (db: Queries, { id }: Teacher): Promise<boolean> =>
  (await db.query('select 1 from teacher where id = $1 and totp is not null', [id])).length > 0

export async function turnOffTotp(db: Db, teacher: Teacher): Promise<void> {
  await db.query('update teacher set totp = null where id = $1', [teacher.id])
  await record(db, { actor: teacher.email, action: 'totp.off' })
}

export async function confirmTotp(db: Db, teacher: Teacher, secret: string, code: string): Promise<void> {
  const step = stepOf(secret, code)
  if (step === undefined) throw new Problem('wrong-credentials')
  await db.query('update teacher set totp = $2, totp_step = $3 where id = $1', [
    teacher.id,
    db.vault.seal(secret),
    step,
  ])
  await record(db, { actor: teacher.email, action: 'totp.on' })
}
