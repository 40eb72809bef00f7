/**
 * Limits on wrong passwords for one account, from however many addresses. Browsers in which its owner has signed in
 * before are counted apart, so an attacker locks no owner out; passkeys and providers are not counted at all.
 */
import { type Db, one, type Queries } from '../db/db.ts'
import { record } from './audit.ts'
import { Problem } from './problem.ts'
import { hashToken, makeToken } from './secrets.ts'

/** Within the hour that begins with the first. A right password counts for nothing. */
export const MOST_GUESSES = 20
const KNOWN_DAYS = 365

/** Whom a try is counted for. An address without an account is counted like one with: the answers tell nothing. */
async function counterOf(db: Queries, email: string, browser: string | undefined): Promise<string> {
  const known =
    browser &&
    (await one(
      db,
      `select 1 from known_browser k join teacher t on t.id = k.teacher
       where k.token = $1 and t.email = $2 and k.expires > now()`,
      [hashToken(browser), email],
    ))
  return known ? counterOfBrowser(email, hashToken(browser)) : hashToken(email)
}

const counterOfBrowser = (email: string, kept: string): string => hashToken(`${email}\n${kept}`)

/**
 * Counts a try before it is looked at, so that many at once are not one.
 * @returns to be called when it was right
 * @throws Problem guessed
 */
export async function countGuess(db: Db, email: string, browser: string | undefined): Promise<() => Promise<unknown>> {
  const who = await counterOf(db, email, browser)
  const [{ tries } = { tries: 1 }] = await db.query<{ tries: number }>(
    `insert into sign_in_try (who, tries, expires) values ($1, 1, now() + interval '1 hour')
     on conflict (who) do update set
       tries = case when sign_in_try.expires < now() then 1 else sign_in_try.tries + 1 end,
       expires = case when sign_in_try.expires < now() then excluded.expires else sign_in_try.expires end
     returning tries`,
    [who],
  )
  if (tries > MOST_GUESSES) {
    if (tries === MOST_GUESSES + 1) await record(db, { actor: email.slice(0, 200), action: 'sign-in.guessed' })
    throw new Problem('guessed')
  }
  return () => db.query('update sign_in_try set tries = tries - 1 where who = $1', [who])
}

/** For an account that has a new password: nobody is kept out for what was typed before, in whatever browser. */
export async function forgetGuesses(db: Queries, email: string): Promise<void> {
  const browsers = await db.query<{ token: string }>(
    'select k.token from known_browser k join teacher t on t.id = k.teacher where t.email = $1',
    [email],
  )
  for (const who of [hashToken(email), ...browsers.map(({ token }) => counterOfBrowser(email, token))])
    await db.query('delete from sign_in_try where who = $1', [who])
}

/**
 * What the browser keeps from now on, for whoever has signed in with it.
 * @param before what it kept until now: worth nothing any more, for somebody may have planted it
 */
export async function knowBrowser(db: Db, teacher: string, before: string | undefined): Promise<string> {
  const token = makeToken()
  await db.transaction(async tx => {
    if (before)
      await tx.query('update known_browser set token = $2 where token = $1', [hashToken(before), hashToken(token)])
    await tx.query(
      `insert into known_browser (token, teacher, expires) values ($1, $2, now() + $3 * interval '1 day')
       on conflict (token, teacher) do update set expires = excluded.expires`,
      [hashToken(token), teacher, KNOWN_DAYS],
    )
  })
  return token
}

export const forgetBrowsers = (db: Queries, teacher: string): Promise<unknown> =>
  db.query('delete from known_browser where teacher = $1', [teacher])
