/** Signing in to the classroom, as far as only a browser can test it: a passkey, and a launch in a platform's frame where our cookies are blocked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from '../../classroom/db/prepared-for-tests.ts'
import { createTeacher, openSession } from '../../classroom/domain/accounts.ts'
import { type Platform, startPlatform } from '../../classroom/lti/platform.sim.ts'
import { addPlatform } from '../../classroom/lti/platforms.ts'
import { type Running, start } from '../../classroom/server/start.ts'
import { LESSON, lessons } from '../../classroom/verify/solved-for-tests.ts'
import { dist, newPage, useBrowser } from './browser.ts'
import { accessible } from './strict-page.ts'

useBrowser()

const folder = mkdtempSync(join(tmpdir(), 'podlab-doors-'))
let room: Running
let platform: Platform
let cookie: string
beforeAll(async () => {
  platform = await startPlatform()
  const ownHosts = [new URL(platform.origin).host]
  room = await start({ port: 0, data: await prepared(folder), site: dist, lessons, workers: 1, ownHosts })
  const { db } = room.room
  const form = { name: 'Grace', email: 'grace@example.org', password: 'a long sentence is good' }
  const grace = await createTeacher(db, form)
  cookie = await openSession(db, { teacher: grace.id })
  const at = (path: string): string => `${platform.origin}/${path}`
  const addresses = { login_url: at('auth'), token_url: at('token'), jwks_url: at('jwks'), token_audience: null }
  const terms = { name: 'Sim', issuer: platform.origin, client_id: platform.clientId, ...addresses }
  await addPlatform(db, grace, terms, [platform.deployment], new Set(ownHosts))
  const own = (path: string): string => `${room.origin}/classroom/lti/${path}`
  platform.tool = { login: own('login'), launch: own('launch'), jwks: own('jwks.json') }
}, 60_000)
afterAll(async () => {
  await room.close()
  await platform.close()
  rmSync(folder, { recursive: true })
})

test('a passkey is added, and signs in alone; without the person it does not', async () => {
  const { page, context } = await newPage({ locale: 'en-GB' })
  await context.addCookies([{ name: 'podlab_teacher', value: cookie, url: room.origin }])
  const client = await context.newCDPSession(page)
  await client.send('WebAuthn.enable')
  const kind = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  const options = { ...kind, isUserVerified: true, automaticPresenceSimulation: true }
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', { options })

  await page.goto(`${room.origin}/en/classroom/passkeys`)
  await page.fill('[data-passkey="add"] [name="name"]', 'Laptop')
  await page.click('[data-passkey="add"] .button')
  await page.locator('.cards', { hasText: 'Laptop' }).waitFor()
  await accessible(page)
  for (const path of ['platforms', 'password']) {
    await page.goto(`${room.origin}/en/classroom/${path}`)
    await accessible(page)
  }

  await page.locator('header form button').click()
  await page.locator('[data-passkey="sign-in"] .button').click()
  await page.waitForURL(`${room.origin}/en/classroom`)
  expect(await page.locator('header').textContent()).toContain('Grace')

  await page.locator('header form button').click()
  await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.locator('[data-passkey="sign-in"] .button').click()
  await page.locator('[data-passkey="sign-in"] [role="alert"]', { hasText: 'did not work' }).waitFor()
})

test('a lesson opens from a platform’s frame, where only the platform keeps our secret', async () => {
  platform.users = [{ id: 'ada', name: 'Ada', role: 'Learner' }]
  platform.links = [{ id: 'link', title: 'A lesson', custom: { lesson: LESSON } }]
  const { page, context } = await newPage()
  // Another site than ours: 127.0.0.1, not localhost.
  await page.goto(`${platform.origin}/course?user=ada`)
  const [lesson] = await Promise.all([
    page.waitForEvent('popup'),
    page.frameLocator('iframe').getByRole('button', { name: '在新窗口中打开' }).click(),
  ])
  await lesson.waitForURL('**/lessons/meet-the-pod/what-a-pod-is/')
  const me = await lesson.evaluate(
    async () => (await (await fetch('/classroom/api/me')).json()) as { nickname: string },
  )
  expect(me.nickname).toBe('Ada')
  // None was kept in the frame.
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['podlab_learner'])
})
