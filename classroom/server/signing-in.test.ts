/** Passwords, one-time codes and guessing, over HTTP. Each sign-in takes as long as guessing has to, so it is tried on one database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from '../db/prepared-for-tests.ts'
import { createTeacher, letIn } from '../domain/accounts.ts'
import { countGuess, MOST_GUESSES } from '../domain/guesses.ts'
import { makeToken } from '../domain/secrets.ts'
import { lessons } from '../verify/solved-for-tests.ts'
import { Browser } from './browser-for-tests.ts'
import { type Running, start } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-signing-in-'))
let room: Running
beforeAll(async () => {
  room = await start({ port: 0, data: await prepared(folder), site: folder, lessons, workers: 1 })
}, 60_000)
afterAll(async () => {
  await room.close()
  rmSync(folder, { recursive: true })
})

test('a new password ends every session; a one-time code counts once; the operator lets somebody in again', async () => {
  const { db } = room.room
  const email = 'alan@example.org'
  const first = await letIn(db, email, 'Alan')
  const alan = new Browser(room.origin)
  const signIn = async (password: string, code = ''): Promise<number> =>
    (await alan.ask('/en/classroom/sign-in', { form: { email, password, code } })).status
  expect(await signIn(first)).toBe(303)
  const change = (current: string, next: string) => alan.ask('/en/classroom/password', { form: { current, next } })
  const next = 'another long sentence'
  expect(await (await change(first, 'password1234')).text()).toContain('try this password first')
  expect((await change(first, next)).status).toBe(303)
  expect((await alan.ask('/en/classroom/password')).status).toBe(403)
  expect([await signIn(first), await signIn(next)]).toEqual([401, 303])

  const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(await alan.text('/en/classroom/two-factor'))![1]!
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  const code = totp.generate()
  expect((await alan.ask('/en/classroom/two-factor', { form: { secret, code } })).status).toBe(303)
  expect(await signIn(next, code), 'this code was used').toBe(401)
  const later = totp.generate({ timestamp: Date.now() + 30_000 })
  expect(await signIn(next, later)).toBe(303)
  expect(await signIn(await letIn(db, email, undefined))).toBe(303)
}, 60_000)

test('an account is guessed at from many addresses: it is closed to strangers, not to the browser of its owner', async () => {
  const { db } = room.room
  const email = 'edsger@example.org'
  const password = 'a long sentence is good'
  await createTeacher(db, { name: 'Edsger', email, password })
  const signIn = (who: Browser, typed = password) =>
    who.ask('/en/classroom/sign-in', { form: { email: ` ${email.toUpperCase()}`, password: typed, code: '' } })
  const own = new Browser(room.origin)
  expect((await signIn(own)).status).toBe(303)
  // Each of these is somebody else, somewhere else.
  const guess = async (): Promise<boolean> =>
    countGuess(db, email, makeToken()).then(
      () => true,
      () => false,
    )
  const guesses = await Promise.all(Array.from({ length: 60 }, guess))
  expect(guesses.filter(Boolean)).toHaveLength(MOST_GUESSES)
  const stranger = new Browser(room.origin)
  const refused = await signIn(stranger)
  expect([refused.status, (await refused.text()).includes('Too many wrong attempts for this account')]).toEqual([
    429,
    true,
  ])
  expect(stranger.cookies()).toEqual([])
  const held = own.cookie('podlab_browser')!
  expect((await signIn(own)).status).toBe(303)
  // What was held before is worth nothing, so nothing is gained by planting it.
  stranger.keep('podlab_browser', held)
  expect((await signIn(stranger)).status).toBe(429)
  // Another account is not concerned, and one that is not there answers no other way.
  await expect(countGuess(db, 'grace@example.org', undefined)).resolves.toBeTypeOf('function')
  for (let i = 0; i < MOST_GUESSES; i++) await countGuess(db, 'nobody@example.org', undefined)
  await expect(countGuess(db, 'nobody@example.org', undefined)).rejects.toThrow('guessed')
  // An hour later, or when the operator has made a new password.
  await db.query("update sign_in_try set expires = now() - interval '1 second'")
  expect(await guess()).toBe(true)
  await Promise.all(Array.from({ length: 60 }, guess))
  // The owner has typed a wrong one too often as well.
  const tryOwn = () => countGuess(db, email, own.cookie('podlab_browser'))
  for (let i = 0; i < MOST_GUESSES; i++) await tryOwn()
  await expect(tryOwn()).rejects.toThrow('guessed')
  // Nor is the password found out in a session that is open: a wrong one there is a guess as well.
  const change = async (current: string): Promise<number> =>
    (await own.ask('/en/classroom/password', { form: { current, next: 'a sentence of somebody else' } })).status
  await db.query('delete from sign_in_try')
  for (let i = 1; i < MOST_GUESSES; i++) await tryOwn()
  expect([await change('wrong'), await change('wrong'), await change(password)]).toEqual([400, 429, 429])
  await letIn(db, email, undefined)
  expect(await guess()).toBe(true)
  await expect(tryOwn()).resolves.toBeTypeOf('function')
  await own.ask('/en/classroom/sign-out-everywhere', { form: {} })
}, 60_000)
