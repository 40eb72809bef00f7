/** A course on a learning platform, from its registration to the grades in its book; and everything that is refused. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepared } from '../db/prepared-for-tests.ts'
import { createTeacher, openSession } from '../domain/accounts.ts'
import { Browser, fieldsOf } from '../server/browser-for-tests.ts'
import { type Running, start } from '../server/start.ts'
import { EXERCISE, LESSON, lessons, solved } from '../verify/solved-for-tests.ts'
import { CLAIM, roleOf } from './claims.ts'
import { type Lie, type Link, type Platform, startPlatform, type User } from './platform.sim.ts'
import type { LtiReason } from './refusal.ts'
import { nextOf } from './service.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-lti-'))
let platform: Platform
let room: Running
let grace: Browser

const ada: User = { id: 'ada', name: 'Ada', role: 'Learner' }
const turing: User = { id: 'turing', name: 'Alan Turing', role: 'Instructor' }
const link: Link = { id: 'link-1', title: 'What a Pod is', custom: { lesson: LESSON } }

beforeAll(async () => {
  platform = await startPlatform()
  room = await start({
    port: 0,
    data: await prepared(folder),
    site: folder,
    lessons,
    workers: 1,
    ownHosts: [new URL(platform.origin).host],
    jwksCooldownMs: 0,
  })
  platform.tool = {
    login: `${room.origin}/classroom/lti/login`,
    launch: `${room.origin}/classroom/lti/launch`,
    jwks: `${room.origin}/classroom/lti/jwks.json`,
  }
  grace = new Browser(room.origin)
  const teacher = { name: 'Grace', email: 'grace@example.org', password: 'a long sentence is good' }
  const { id } = await createTeacher(room.room.db, teacher)
  grace.keep('podlab_teacher', await openSession(room.room.db, { teacher: id }))
}, 60_000)
afterAll(async () => {
  await room.close()
  await platform.close()
  rmSync(folder, { recursive: true })
})

const fieldOf = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
const reasonOf = (page: string): string | undefined => /data-reason="([^"]+)"/.exec(page)?.[1]
const fromPlatform = () => ({ headers: { origin: platform.origin } })

/**
 * From a page of the platform to ours and back and to ours again, over HTTP alone: its form, our redirection, its answer as a form.
 * @param lie what the platform's token says instead of what is right
 */
async function launch(browser: Browser, user: User, what: Parameters<Platform['loginRequest']>[1], lie: Lie = {}) {
  platform.lie = lie
  const answered = await browser.submit(await browser.visit(platform.linkFor(user, what)))
  expect(answered.url).toContain(`${platform.origin}/auth?`)
  const { url, html } = await browser.submit(answered)
  expect(url).toBe(platform.tool.launch)
  return { fields: fieldsOf(answered.html), page: html }
}
const arriveWith = async (browser: Browser, form: Record<string, string>): Promise<string> =>
  (await browser.ask('/classroom/lti/launch', { form, ...fromPlatform() })).text()
/** @returns where the window that opens is sent */
async function enter(browser: Browser, page: string): Promise<string> {
  const entered = await browser.ask('/classroom/lti/enter', { form: { ticket: fieldOf(page, 'ticket') } })
  return entered.headers.get('location') ?? `${entered.status}: ${reasonOf(await entered.text())}`
}
const until = async (ready: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await ready())) await new Promise(resolve => setTimeout(resolve, 50))
}

test('a platform registers itself with the address that a teacher gives it', async () => {
  const offered = await (await grace.ask('/en/classroom/platforms/registration', { form: {} })).text()
  const address = /https?:[^<]+register\?token=[\w-]+/.exec(offered)![0]
  const asked = `${address}&openid_configuration=${encodeURIComponent(`${platform.origin}/.well-known/openid-configuration`)}&registration_token=may-register`
  const done = await new Browser(room.origin).ask(asked)
  expect(await done.text()).toContain('Podlab is registered with your platform.')
  expect(done.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${platform.origin}`)
  expect(platform.registered).toMatchObject({ redirect_uris: [platform.tool.launch], jwks_uri: platform.tool.jwks })
  // Once only.
  expect(reasonOf(await new Browser(room.origin).text(asked))).toBe('replayed')
  expect(await grace.text('/zh/classroom/platforms')).toContain(platform.clientId)
})

describe('a launch', () => {
  test('brings a learner into the lesson, as the same one each time', async () => {
    const browser = new Browser(room.origin)
    const { page } = await launch(browser, ada, { link })
    // In the language of the platform.
    expect(page).toContain('在新窗口中打开')
    expect(await enter(browser, page)).toBe('/zh/lessons/meet-the-pod/what-a-pod-is/')
    expect(await browser.json('/classroom/api/me')).toMatchObject({
      nickname: 'Ada',
      assignments: [{ lesson: LESSON }],
    })
    const again = new Browser(room.origin)
    await enter(again, (await launch(again, ada, { link })).page)
    const rows = await room.room.db.query('select nickname from learner')
    expect(rows).toEqual([{ nickname: 'Ada' }])
  })

  test('makes the course a class, taught by who registered the platform and by the course’s instructors', async () => {
    const browser = new Browser(room.origin)
    const board = await enter(browser, (await launch(browser, turing, { link })).page)
    expect(board).toMatch(/^\/zh\/classroom\/classes\/[0-9a-f-]+\/board$/)
    expect(await browser.text(board)).toContain('<h1>Containers 101</h1>')
    expect(await grace.text(board)).toContain('Ada')
  })

  test('makes nobody staff who has a role elsewhere only, and nobody stay it who is it no longer', async () => {
    const member = 'http://purl.imsglobal.org/vocab/lis/v2/membership'
    expect(roleOf(['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor'])).toBe('learner')
    expect(roleOf(['http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator'])).toBe('learner')
    expect(roleOf([`${member}#Instructor`, `${member}/Instructor#TeachingAssistant`])).toBe('assistant')
    expect(roleOf(['Instructor'])).toBe('teacher')
    const browser = new Browser(room.origin)
    const lovelace: User = { id: 'lovelace', role: 'TeachingAssistant' }
    const board = await enter(browser, (await launch(browser, lovelace, { link })).page)
    expect((await browser.ask(board)).status).toBe(200)
    await enter(new Browser(room.origin), (await launch(browser, { ...lovelace, role: 'Learner' }, { link })).page)
    expect((await browser.ask(board)).status).toBe(404)
  })

  test('goes the whole way over HTTP, and leaves nothing behind but a session', async () => {
    const browser = new Browser(room.origin)
    const course = await browser.visit(platform.linkFor(ada, { link }))
    const begun = await browser.ask(platform.tool.login, { form: fieldsOf(course.html), ...fromPlatform() })
    expect(begun.status).toBe(302)
    expect(begun.headers.get('set-cookie')).toMatch(
      /^podlab_lti_\w+=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const answered = await browser.visit(begun.headers.get('location')!)
    expect(Object.keys(fieldsOf(answered.html))).toEqual(['state', 'id_token'])
    const launched = await browser.submit(answered)
    const entered = await browser.submit(launched)
    expect(entered.url).toBe(`${room.origin}/zh/lessons/meet-the-pod/what-a-pod-is/`)
    expect(browser.cookies()).toEqual(['podlab_learner'])
    expect(await browser.json('/classroom/api/me')).toMatchObject({ nickname: 'Ada' })
  })

  test.each<[string, Record<string, unknown>]>([
    [
      'Canvas: null for what there is not',
      {
        [CLAIM.resourceLink]: {
          id: 'link-1',
          title: null,
          description: null,
          validation_context: null,
          errors: { errors: {} },
        },
        [CLAIM.presentation]: { document_target: 'iframe', return_url: null, locale: null, height: null, width: null },
        name: null,
        given_name: null,
        lis: { person_sourcedid: null },
      },
    ],
    ['PHP: a list where nothing is in an object', { [CLAIM.custom]: [], [CLAIM.target]: `LAUNCH?lesson=${LESSON}` }],
    [
      'an address to come back to that is none',
      { [CLAIM.presentation]: { return_url: '/course/view?id=2', locale: 'en' } },
    ],
  ])('of %s', async (_, claims) => {
    const target = String(claims[CLAIM.target] ?? '').replace('LAUNCH', platform.tool.launch)
    const browser = new Browser(room.origin)
    const said = { ...claims, ...(target && { [CLAIM.target]: target }) }
    const { page } = await launch(browser, ada, { link }, { claims: said })
    expect(await enter(browser, page)).toMatch(/\/lessons\/meet-the-pod\/what-a-pod-is\/$/)
  })

  test.each([
    ['before', 50],
    ['behind', -350],
  ])('from a clock that is a little %s ours', async (_, seconds) => {
    const iat = Math.floor(Date.now() / 1000) + seconds
    const { page } = await launch(new Browser(room.origin), ada, { link }, { claims: { iat, exp: iat + 300 } })
    expect(page).toContain('name="ticket"')
  })

  test('ticket works once, and only from a page of ours', async () => {
    const browser = new Browser(room.origin)
    const { page } = await launch(browser, ada, { link })
    const form = { ticket: fieldOf(page, 'ticket') }
    const lured = await browser.ask('/classroom/lti/enter', { form, headers: { origin: 'https://elsewhere.example' } })
    expect(lured.status).toBe(403)
    expect(await enter(browser, page)).toContain('/lessons/')
    expect(await enter(browser, page)).toBe('403: replayed')
  })

  test('goes on after the platform has changed its keys', async () => {
    await launch(new Browser(room.origin), ada, { link })
    const before = platform.jwksAsked
    await launch(new Browser(room.origin), ada, { link })
    expect(platform.jwksAsked, 'keys are kept').toBe(before)
    await platform.rotate()
    expect((await launch(new Browser(room.origin), ada, { link })).page).toContain('name="ticket"')
    expect(platform.jwksAsked).toBe(before + 1)
  })
})

describe('where cookies of ours are blocked', () => {
  test('the platform’s storage keeps the secret, and the browser shows it', async () => {
    const request = { ...platform.loginRequest(ada, { link }), lti_storage_target: '_parent' }
    const answer = await new Browser(room.origin).ask('/classroom/lti/login', { form: request, ...fromPlatform() })
    // Canvas frames it by the origin of a school, which is not among those that it is registered with.
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors https:')
    const kept = await answer.text()
    const data = (page: string, name: string) =>
      new RegExp(`data-${name}="([^"]*)"`).exec(page)![1]!.replaceAll('&amp;', '&')
    expect([data(kept, 'target'), data(kept, 'origin')]).toEqual(['_parent', platform.origin])
    const { fields } = await platform.answer(data(kept, 'to'))
    const blocked = new Browser(room.origin)
    const asking = await arriveWith(blocked, fields)
    expect(data(asking, 'key')).toBe(data(kept, 'key'))
    const guess = { state: fields.state!, binding: 'a guess' }
    expect(reasonOf(await (await blocked.ask('/classroom/lti/bound', { form: guess })).text())).toBe('other-browser')
    const shown = { state: fields.state!, binding: data(kept, 'value') }
    const inside = await (await blocked.ask('/classroom/lti/bound', { form: shown })).text()
    expect(await enter(blocked, inside)).toContain('/lessons/')
    expect(reasonOf(await (await blocked.ask('/classroom/lti/bound', { form: shown })).text())).toBe('other-browser')
  })

  test('otherwise all begins again in a window of our own', async () => {
    const request = platform.loginRequest(ada, { link })
    const login = await new Browser(room.origin).ask('/classroom/lti/login', { form: request, ...fromPlatform() })
    const { fields } = await platform.answer(login.headers.get('location')!)
    const page = await arriveWith(new Browser(room.origin), fields)
    expect(page).toContain('action="/classroom/lti/login" target="_blank"')
    expect(page).not.toContain('name="ticket"')
    const query = new URLSearchParams(Object.keys(request).map(name => [name, fieldOf(page, name)]))
    expect(Object.fromEntries(query)).toEqual(request)
    const own = new Browser(room.origin)
    const again = await own.ask(`/classroom/lti/login?${query}`)
    const answered = await platform.answer(again.headers.get('location')!)
    expect(await enter(own, await arriveWith(own, answered.fields))).toContain('/lessons/')
  })
})

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
    ['several audiences and no party', () => ({ claims: { aud: [platform.clientId, 'somebody'] } }), 'audience'],
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
    ['no link', () => ({ claims: { [CLAIM.resourceLink]: undefined } }), 'message'],
  ])('%s', async (_, lie, reason) => {
    const { page } = await launch(new Browser(room.origin), ada, { link }, lie())
    expect(page).not.toContain('name="ticket"')
    expect(reasonOf(page)).toBe(reason)
  })

  test('a state that was used, was made up, or belongs to another browser', async () => {
    const browser = new Browser(room.origin)
    const { fields, page } = await launch(browser, ada, { link })
    expect(page).toContain('name="ticket"')
    expect(reasonOf(await arriveWith(browser, fields))).toBe('replayed')
    expect(reasonOf(await arriveWith(browser, { ...fields, state: 'made up' }))).toBe('state')
    // The token of one login with the state of another.
    const login = await browser.ask('/classroom/lti/login', {
      form: platform.loginRequest(ada, { link }),
      ...fromPlatform(),
    })
    const other = await platform.answer(login.headers.get('location')!)
    expect(reasonOf(await arriveWith(browser, { ...other.fields, id_token: fields.id_token! }))).toBe('nonce')
    // Somebody sends the victim's browser their own launch: it holds nothing that proves it began it.
    const attacker = new Browser(room.origin)
    const begun = await attacker.ask('/classroom/lti/login', {
      form: platform.loginRequest(ada, { link }),
      ...fromPlatform(),
    })
    const theirs = await platform.answer(begun.headers.get('location')!)
    expect(await arriveWith(new Browser(room.origin), theirs.fields)).not.toContain('name="ticket"')
  })

  test('two that arrive with the same token at the same time: one gets in', async () => {
    const browser = new Browser(room.origin)
    const login = await browser.ask('/classroom/lti/login', {
      form: platform.loginRequest(ada, { link }),
      ...fromPlatform(),
    })
    const { fields } = await platform.answer(login.headers.get('location')!)
    const pages = await Promise.all(Array.from({ length: 5 }, () => arriveWith(browser, fields)))
    expect(pages.filter(page => page.includes('name="ticket"'))).toHaveLength(1)
  })

  test('logins of platforms that nobody knows, and to other places', async () => {
    const request = platform.loginRequest(ada, { link })
    const ask = async (change: Record<string, string>) =>
      reasonOf(
        await (
          await new Browser(room.origin).ask('/classroom/lti/login', {
            form: { ...request, ...change },
            ...fromPlatform(),
          })
        ).text(),
      )
    expect(await ask({ iss: 'https://unknown.example' })).toBe('unknown-platform')
    expect(await ask({ client_id: 'another' })).toBe('unknown-platform')
    expect(await ask({ target_link_uri: 'https://elsewhere.example/' })).toBe('bad-request')
    expect(await ask({ login_hint: '' })).toBe('bad-request')
  })

  test('lessons that are not there; and what is told of it keeps to itself', async () => {
    const { page } = await launch(new Browser(room.origin), turing, { deepLink: {} })
    const form = { ticket: fieldOf(page, 'ticket'), lesson: 'nope' }
    const refused = await new Browser(room.origin).ask('/classroom/lti/choose', { form })
    expect(refused.status).toBe(404)
    expect(refused.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page).toContain('name="ticket"')
  })

  test('what the platform says is wrong is told', async () => {
    const browser = new Browser(room.origin)
    const login = await browser.ask('/classroom/lti/login', {
      form: platform.loginRequest(ada, { link }),
      ...fromPlatform(),
    })
    const state = new URL(login.headers.get('location')!).searchParams.get('state')!
    expect(reasonOf(await arriveWith(browser, { state, error: 'login_required' }))).toBe('platform-error')
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
    const refused = await grace.ask('/en/classroom/platforms', { form })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('OWN_HOSTS')
  })
})

test('deep linking: a teacher chooses lessons, and the platform gets them signed', async () => {
  const browser = new Browser(room.origin)
  const { page } = await launch(browser, turing, { deepLink: {} })
  expect(page).toContain('type="checkbox"')
  const second = [...page.matchAll(/name="lesson" value="([^"]+)"/g)][1]![1]!
  const body = new URLSearchParams([
    ['ticket', fieldOf(page, 'ticket')],
    ['lesson', LESSON],
    ['lesson', second],
  ])
  const chosen = await browser.ask('/classroom/lti/choose', { method: 'POST', body })
  expect(chosen.headers.get('content-security-policy')).toContain(`form-action 'self' ${platform.origin}`)
  const form = await chosen.text()
  expect(form).toContain(`action="${platform.origin}/deep-link"`)
  const answer = await platform.readDeepLink(fieldOf(form, 'JWT'))
  expect(answer[CLAIM.data]).toBe('opaque')
  expect(answer[CLAIM.contentItems]).toMatchObject([
    { type: 'ltiResourceLink', url: platform.tool.launch, custom: { lesson: LESSON }, lineItem: { scoreMaximum: 100 } },
    { custom: { lesson: second } },
  ])
  const student = await launch(new Browser(room.origin), ada, { deepLink: { accept_multiple: 'false' } })
  expect(student.page).toContain('type="radio"')
  const refused = { ticket: fieldOf(student.page, 'ticket'), lesson: LESSON }
  expect(reasonOf(await (await browser.ask('/classroom/lti/choose', { form: refused })).text())).toBe('not-instructor')
})

test('the course’s people are taken over, page by page', async () => {
  platform.users = [
    ada,
    turing,
    { id: 'bob', name: 'Bob', role: 'Learner' },
    // A second Ada, and somebody whose name the platform keeps to itself.
    { id: 'ada-2', name: 'Ada', role: 'Learner' },
    { id: 'quiet', role: 'Learner' },
    { id: 'left', name: 'Left', role: 'Learner', status: 'Inactive' },
    { id: 'lovelace', role: 'TeachingAssistant' },
  ]
  const [context] = await room.room.db.query<{ class: string }>('select class from lti_context')
  const path = `/en/classroom/classes/${context!.class}`
  const synced = await (await grace.ask(`${path}/sync`, { form: {} })).text()
  expect(synced).toContain('4 learners and 2 staff are here; 1 have left the course.')
  const board = await grace.text(`${path}/board`)
  for (const name of ['Ada', 'Ada 2', 'Bob', 'Learner']) expect(board).toContain(`>${name}</a>`)
  expect(board).not.toContain('Left')
})

test('grades arrive in the platform’s book, in parts, in spite of everything that fails on the way', async () => {
  const browser = new Browser(room.origin)
  await enter(browser, (await launch(browser, ada, { link })).page)
  const { seed } = await browser.json<{ seed: string }>(`/classroom/api/seed?lesson=${encodeURIComponent(LESSON)}`)
  const path = `/classroom/api/submissions?lesson=${encodeURIComponent(LESSON)}&exercise=${EXERCISE}`
  const lastHandedIn = async () =>
    (await room.room.db.query<{ at: Date }>('select at from submission order by at desc limit 1'))[0]!.at
  platform.failures = [503]
  // Canvas names no link for columns that were made by hand.
  platform.lineItems.push({
    id: `${platform.origin}/lineitems/by-hand?x=1`,
    label: 'x',
    scoreMaximum: 10,
    resourceLinkId: null,
  })
  await browser.ask(path, { method: 'POST', body: await solved(seed) })
  // The first attempt fails; the grade stays in the queue, to be sent later.
  const queued = () => room.room.db.query<{ attempts: number }>('select attempts from lti_score')
  await until(async () => (await queued()).some(row => row.attempts === 1))
  expect(platform.scores.size).toBe(0)
  const [context] = await room.room.db.query<{ class: string }>('select class from lti_context')
  const grades = `/en/classroom/classes/${context!.class}`
  expect(await grace.text(`${grades}/grades`)).toContain('1 attempt')
  await grace.ask(`${grades}/send-again`, { form: {} })
  await until(async () => (await queued()).length === 0)
  // A column was made for the link, and holds a quarter of the points: one of four exercises.
  expect(platform.lineItems).toMatchObject([{ resourceLinkId: null }, { resourceLinkId: 'link-1', scoreMaximum: 100 }])
  expect(platform.scores.get(platform.lineItems[1]!.id)).toMatchObject([
    {
      userId: 'ada',
      scoreGiven: 25,
      scoreMaximum: 100,
      activityProgress: 'InProgress',
      gradingProgress: 'FullyGraded',
      submission: { submittedAt: (await lastHandedIn()).toISOString() },
    },
  ])
  // Another link to the same lesson, with a column of its own: it gets the grade as well.
  await enter(browser, (await launch(browser, ada, { link: { ...link, id: 'link-2', column: true } })).page)
  await until(async () => (await queued()).length === 0)
  expect(platform.scores.get(platform.lineItems[2]!.id)).toMatchObject([{ scoreGiven: 25 }])
  // A teacher has changed it over there. The same grade again would undo that, so it is not sent.
  const scoresSent = () => [...platform.scores.values()].map(scores => scores.length)
  const sentBefore = scoresSent()
  await grace.ask(`${grades}/assignments`, { form: { lesson: LESSON, opens: '', due: '', late: '0' } })
  await until(async () => (await queued()).length === 0)
  expect(scoresSent()).toEqual(sentBefore)
  // What the platform will never take is not tried for ever, and the teacher is told.
  // More than one: a grade that changes while it is sent is sent once more.
  platform.failures = [422, 422, 422]
  await grace.ask(`${grades}/assignments`, {
    form: { lesson: LESSON, opens: '', due: '2020-01-01T00:00', late: '100' },
  })
  await until(async () => (await grace.text(`${grades}/grades`)).includes('422'))
  platform.failures = []
  await grace.ask(`${grades}/send-again`, { form: {} })
  await until(async () => (await queued()).length === 0)
  expect(platform.scores.get(platform.lineItems[2]!.id)!.at(-1)).toMatchObject({
    scoreGiven: 0,
    activityProgress: 'Started',
  })
  expect(platform.tokensGiven, 'tokens are kept').toBeLessThan(5)
}, 60_000)

test('two deployments of one platform: a course of the same name is another class, its people are the same', async () => {
  const { db } = room.room
  const [registered] = await db.query<{ id: string }>('select id from platform')
  const add = `/en/classroom/platforms/${registered!.id}/deployments`
  await grace.ask(add, { form: { deployment: 'deployment-2' } })
  const boardOf = async (user: User) => {
    const browser = new Browser(room.origin)
    return enter(browser, (await launch(browser, user, { link })).page)
  }
  const first = await boardOf(turing)
  platform.deployment = 'deployment-2'
  const second = await boardOf(turing)
  await boardOf(ada)
  platform.deployment = 'deployment-1'
  expect(second).toMatch(/\/board$/)
  expect(second).not.toBe(first)
  expect(await db.query("select 1 from identity where subject = 'turing'")).toHaveLength(1)
  const learners = await db.query<{ class: string; learner: string }>(
    "select class, learner from lti_learner where subject = 'ada'",
  )
  expect(new Set(learners.map(row => row.learner)).size, 'her work in one is not her work in the other').toBe(2)
  const columns = await db.query('select 1 from lti_line where class = $1', [second.split('/').at(-2)!])
  expect(columns, 'its grades go to its own columns').toHaveLength(1)
})

test('our keys: a new one is published before it is used, and old ones for a while after', async () => {
  const { db } = room.room
  const kids = async () => {
    const { keys } = await new Browser(room.origin).json<{ keys: { kid: string; d?: string }[] }>(
      '/classroom/lti/jwks.json',
    )
    expect(keys.every(key => key.d === undefined)).toBe(true)
    return keys.map(key => key.kid)
  }
  const { sign } = await import('./keys.ts')
  const signer = async () =>
    JSON.parse(Buffer.from((await sign(db, {}, 60)).split('.')[0]!, 'base64url').toString()).kid
  const [first] = await kids()
  expect(await signer()).toBe(first)
  await db.query("update signing_key set created = now() - interval '91 days'")
  const [second, still] = await kids()
  expect([still, await signer()]).toEqual([first, first])
  await db.query("update signing_key set created = now() - interval '2 days' where kid = $1", [second!])
  expect(await signer()).toBe(second)
  expect(await kids()).toContain(first)
  await db.query("update signing_key set created = created - interval '91 days'")
  await kids()
  await db.query(
    "update signing_key set created = now() - interval '4 days' where created = (select max(created) from signing_key)",
  )
  await db.query("update signing_key set created = created - interval '91 days'")
  expect(await kids()).toHaveLength(2)
})

test('the next page is found in a Link header', () => {
  expect(nextOf('<https://x/1>; rel="differences", <https://x/2?a=1,2>; rel="next"')).toBe('https://x/2?a=1,2')
  expect(nextOf('<https://x/3>; rel=next')).toBe('https://x/3')
  expect(nextOf('<https://x/4>; rel="prev"')).toBeUndefined()
})
