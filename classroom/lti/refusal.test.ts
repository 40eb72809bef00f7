/** Launches, logins and choices that are refused, each with its reason. */
import { describe, expect, test } from 'vitest'
import { Browser } from '../server/browser-for-tests.ts'
import { CLAIM } from './claims.ts'
import { ada, courseForTests, fieldOf, link, reasonOf, turing } from './course-for-tests.ts'
import type { Lie } from './issuer.sim.ts'
import type { LtiReason } from './refusal.ts'

const course = courseForTests()

describe('what is refused', () => {
  const now = () => Math.floor(Date.now() / 1000)
  test.each<[string, () => Lie, LtiReason]>([
    ['another nonce', () => ({ claims: { nonce: 'another' } }), 'nonce'],
    ['no signature', () => ({ unsigned: true }), 'signature'],
    ['a key that is not the platform’s under the name of one that is', () => ({ strangeKey: true }), 'signature'],
    ['a key that is not published', () => ({ header: { kid: 'unknown' } }), 'key'],
    ['no name of a key', () => ({ header: { kid: undefined } }), 'key'],
    ['the public key as a secret', () => ({ confused: true }), 'signature'],
    ['another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } }), 'issuer'],
    ['another audience', () => ({ claims: { aud: 'somebody' } }), 'audience'],
    ['several audiences and no party', () => ({ claims: { aud: [course.platform.clientId, 'somebody'] } }), 'audience'],
    ['another party', () => ({ claims: { azp: 'somebody' } }), 'audience'],
    ['an end that is past', () => ({ claims: { iat: now() - 400, exp: now() - 100 } }), 'expired'],
    ['an end before its beginning', () => ({ claims: { iat: now() + 30, exp: now() - 30 } }), 'expired'],
    ['no end', () => ({ claims: { exp: undefined } }), 'expired'],
    ['a time that has not come', () => ({ claims: { iat: now() + 3600, exp: now() + 7200 } }), 'issued'],
    ['a token kept for long', () => ({ claims: { iat: now() - 7200 } }), 'issued'],
    ['a deployment of somebody else', () => ({ claims: { [CLAIM.deployment]: 'another' } }), 'deployment'],
    ['no deployment', () => ({ claims: { [CLAIM.deployment]: undefined } }), 'message'],
    ['another version', () => ({ claims: { [CLAIM.version]: '1.1' } }), 'message'],
    ['another message', () => ({ claims: { [CLAIM.messageType]: 'constructor' } }), 'message'],
    ['nobody', () => ({ claims: { sub: undefined } }), 'message'],
    ['no roles', () => ({ claims: { [CLAIM.roles]: undefined } }), 'message'],
    ['a target that is a script', () => ({ claims: { [CLAIM.target]: 'javascript:alert(1)' } }), 'message'],
    ['no link', () => ({ claims: { [CLAIM.resourceLink]: undefined } }), 'message'],
  ])('%s', async (_, lie, reason) => {
    const { page } = await course.launch(new Browser(course.room.origin), ada, { link }, lie())
    expect(page).not.toContain('name="ticket"')
    expect(reasonOf(page)).toBe(reason)
  })

  test('a state that was used, was made up, or belongs to another browser', async () => {
    const browser = new Browser(course.room.origin)
    const { fields, page } = await course.launch(browser, ada, { link })
    expect(page).toContain('name="ticket"')
    expect(reasonOf(await course.arriveWith(browser, fields))).toBe('replayed')
    expect(reasonOf(await course.arriveWith(browser, { ...fields, state: 'made up' }))).toBe('state')
    // The token of one login with the state of another.
    const login = await browser.ask('/classroom/lti/login', {
      form: course.platform.loginRequest(ada, { link }),
      ...course.fromPlatform(),
    })
    const other = await course.platform.answer(login.headers.get('location')!)
    expect(reasonOf(await course.arriveWith(browser, { ...other.fields, id_token: fields.id_token! }))).toBe('nonce')
    // Somebody sends the victim's browser their own launch: it holds nothing that proves it began it.
    const attacker = new Browser(course.room.origin)
    const begun = await attacker.ask('/classroom/lti/login', {
      form: course.platform.loginRequest(ada, { link }),
      ...course.fromPlatform(),
    })
    const theirs = await course.platform.answer(begun.headers.get('location')!)
    expect(await course.arriveWith(new Browser(course.room.origin), theirs.fields)).not.toContain('name="ticket"')
  })

  test('two that arrive with the same token at the same time: one gets in', async () => {
    const browser = new Browser(course.room.origin)
    const login = await browser.ask('/classroom/lti/login', {
      form: course.platform.loginRequest(ada, { link }),
      ...course.fromPlatform(),
    })
    const { fields } = await course.platform.answer(login.headers.get('location')!)
    const pages = await Promise.all(Array.from({ length: 5 }, () => course.arriveWith(browser, fields)))
    expect(pages.filter(page => page.includes('name="ticket"'))).toHaveLength(1)
  })

  test('logins of platforms that nobody knows, and to other places', async () => {
    const request = course.platform.loginRequest(ada, { link })
    const ask = async (change: Record<string, string>) =>
      reasonOf(
        await (
          await new Browser(course.room.origin).ask('/classroom/lti/login', {
            form: { ...request, ...change },
            ...course.fromPlatform(),
          })
        ).text(),
      )
    expect(await ask({ iss: 'https://unknown.example' })).toBe('unknown-platform')
    expect(await ask({ client_id: 'another' })).toBe('unknown-platform')
    expect(await ask({ target_link_uri: 'https://elsewhere.example/' })).toBe('bad-request')
    expect(await ask({ login_hint: '' })).toBe('bad-request')
  })

  test('lessons that are not there; and what is told of it keeps to itself', async () => {
    const { page } = await course.launch(new Browser(course.room.origin), turing, { deepLink: {} })
    const form = { ticket: fieldOf(page, 'ticket'), lesson: 'nope' }
    const refused = await new Browser(course.room.origin).ask('/classroom/lti/choose', { form })
    expect(refused.status).toBe(404)
    expect(refused.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page).toContain('name="ticket"')
  })

  test('what the platform says is wrong is told', async () => {
    const browser = new Browser(course.room.origin)
    const login = await browser.ask('/classroom/lti/login', {
      form: course.platform.loginRequest(ada, { link }),
      ...course.fromPlatform(),
    })
    const state = new URL(login.headers.get('location')!).searchParams.get('state')!
    expect(reasonOf(await course.arriveWith(browser, { state, error: 'login_required' }))).toBe('platform-error')
  })

  test('addresses inside our own network, unless they are listed', async () => {
    const form = {
      name: 'x',
      issuer: 'https://x.example',
      client_id: 'x',
      deployment: '1',
      login_url: 'https://x.example/auth',
      token_url: 'https://x.example/token',
      jwks_url: 'https://169.254.169.254/latest/meta-data',
      token_audience: '',
    }
    const refused = await course.grace.ask('/en/classroom/platforms', { form })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('OWN_HOSTS')
  })
})
