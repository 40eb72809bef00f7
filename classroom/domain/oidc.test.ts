/** Teachers sign in by their institution: who may, who may not, and what is refused. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from '../db/prepared-for-tests.ts'
import { Browser } from '../server/browser-for-tests.ts'
import { type Running, start } from '../server/start.ts'
import { lessons } from '../verify/solved-for-tests.ts'
import { createTeacher, openSession } from './accounts.ts'
import { type Account, startProvider } from './provider.sim.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-oidc-'))
let provider: Awaited<ReturnType<typeof startProvider>>
let room: Running

beforeAll(async () => {
  provider = await startProvider()
  const { issuer, clientId, clientSecret } = provider
  const oidc = {
    name: 'Example University',
    issuer,
    clientId,
    clientSecret,
    allow: ['@uni.example', 'guest@else.example'],
  }
  room = await start({ port: 0, data: await prepared(folder), site: folder, lessons, workers: 1, oidc })
}, 60_000)
afterAll(async () => {
  await room.close()
  await provider.close()
  rmSync(folder, { recursive: true })
})

const begin = async (browser: Browser, path = '/en/classroom/oidc'): Promise<string> =>
  (await browser.ask(path)).headers.get('location')!
/** @returns the status, and what the page says */
async function signIn(browser: Browser, account: Account, path?: string): Promise<[number, string]> {
  const back = await browser.ask(provider.signIn(await begin(browser, path), account))
  return [back.status, back.headers.get('location') ?? (await back.text())]
}
const grace: Account = { sub: 'grace', email: 'Grace@uni.example', email_verified: true, name: 'Grace' }

test('whoever is allowed gets an account by signing in, and the same one again', async () => {
  const browser = new Browser(room.origin)
  expect(await signIn(browser, grace)).toEqual([303, '/en/classroom'])
  expect(await browser.text('/en/classroom')).toContain('Sign out (Grace)')
  // Who had to sign in first comes back to the page, and to no other that an address may name.
  const then = encodeURIComponent('/en/classroom/platforms')
  expect(await browser.text(`/en/classroom/sign-in?then=${then}`)).toContain(`href="oidc?then=${then}"`)
  expect(await signIn(browser, grace, `/en/classroom/oidc?then=${then}`)).toEqual([303, '/en/classroom/platforms'])
  expect(await signIn(browser, grace, '/en/classroom/oidc?then=//elsewhere.example')).toEqual([303, '/en/classroom'])
  // Known by what does not change: not by the address.
  await signIn(new Browser(room.origin), { ...grace, email: 'new@elsewhere.example' })
  expect(await room.room.db.query('select email from teacher')).toEqual([{ email: 'grace@uni.example' }])
})

test.each<[string, Account]>([
  ['of another domain', { sub: 'x', email: 'x@else.example', email_verified: true }],
  ['whose domain only ends alike', { sub: 'x', email: 'x@evil-uni.example', email_verified: true }],
  ['whose address nobody has verified', { sub: 'x', email: 'x@uni.example' }],
  ['who has no address', { sub: 'x' }],
])('nobody gets an account %s', async (_, account) => {
  const [status, page] = await signIn(new Browser(room.origin), account)
  expect(status).toBe(403)
  expect(page).toContain('there is no account for you here')
})

test('the provider does not open an account that is there already; its owner links it', async () => {
  const { db } = room.room
  const alan = await createTeacher(db, { name: 'Alan', email: 'alan@uni.example', password: 'a long sentence is good' })
  const account: Account = { sub: 'alan', email: 'alan@uni.example', email_verified: true }
  expect((await signIn(new Browser(room.origin), account))[0]).toBe(409)
  const own = new Browser(room.origin)
  own.keep('podlab_teacher', await openSession(db, { teacher: alan.id }))
  expect((await signIn(own, account, '/en/classroom/oidc?link'))[0]).toBe(303)
  const later = new Browser(room.origin)
  await signIn(later, account)
  expect(await later.text('/en/classroom')).toContain('Sign out (Alan)')
  // What is linked to one is not linked to another.
  expect((await signIn(own, grace, '/en/classroom/oidc?link'))[0]).toBe(409)
})

test('what is not the answer to this browser’s question is refused', async () => {
  const refused = async (browser: Browser, to: string) => expect((await browser.ask(to)).status).toBe(403)
  const browser = new Browser(room.origin)
  // Once only.
  const back = provider.signIn(await begin(browser), grace)
  expect((await browser.ask(back)).status).toBe(303)
  await refused(browser, back)
  // In another browser, to which somebody sends their own answer.
  await refused(new Browser(room.origin), provider.signIn(await begin(new Browser(room.origin)), grace))
  const change = async (name: string, value: string): Promise<string> => {
    const to = new URL(provider.signIn(await begin(browser), grace))
    to.searchParams.set(name, value)
    return to.href
  }
  await refused(browser, await change('code', 'made-up'))
  await refused(browser, await change('state', 'made-up'))
  await refused(browser, await change('iss', 'https://elsewhere.example'))
  await refused(browser, await change('error', 'access_denied'))
})

test.each<[string, Record<string, unknown>]>([
  ['another nonce', { nonce: 'x' }],
  ['another audience', { aud: 'somebody' }],
  ['another issuer', { iss: 'https://elsewhere.example' }],
  ['an end that is past', { exp: 1 }],
  ['nobody', { sub: '' }],
])('a token with %s is refused', async (_, lie) => {
  provider.lie = lie
  expect((await signIn(new Browser(room.origin), grace))[0]).toBe(403)
  provider.lie = {}
})
