/** LTI launches: from a learning platform to the lesson, or to the instructor's board. */
import { describe, expect, test } from 'vitest'
import { Browser, fieldsOf } from '../server/browser-for-tests.ts'
import { LESSON } from '../verify/solved-for-tests.ts'
import { CLAIM, roleOf } from './claims.ts'
import { ada, courseForTests, enter, fieldOf, link, reasonOf, turing } from './course-for-tests.ts'
import type { User } from './platform.sim.ts'

const course = courseForTests(false)

test('a platform registers itself with the address that a teacher gives it', async () => {
  const { asked, done } = await course.register()
  expect(await done.text()).toContain('Podlab is registered with your platform.')
  expect(done.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${course.platform.origin}`)
  expect(course.platform.registered).toMatchObject({
    redirect_uris: [course.platform.tool.launch],
    jwks_uri: course.platform.tool.jwks,
  })
  // Once only.
  expect(reasonOf(await new Browser(course.room.origin).text(asked))).toBe('replayed')
  expect(await course.grace.text('/zh/classroom/platforms')).toContain(course.platform.clientId)
})

describe('a launch', () => {
  test('brings a learner into the lesson, as the same one each time', async () => {
    const browser = new Browser(course.room.origin)
    const { page } = await course.launch(browser, ada, { link })
    // In the language of the platform.
    expect(page).toContain('在新窗口中打开')
    expect(await enter(browser, page)).toBe('/zh/lessons/meet-the-pod/what-a-pod-is/')
    expect(await browser.json('/classroom/api/me')).toMatchObject({
      nickname: 'Ada',
      assignments: [{ lesson: LESSON }],
    })
    const again = new Browser(course.room.origin)
    await enter(again, (await course.launch(again, ada, { link })).page)
    const rows = await course.room.room.db.query('select nickname from learner')
    expect(rows).toEqual([{ nickname: 'Ada' }])
  })

  test('makes the course a class, taught by who registered the platform and by the course’s instructors', async () => {
    const browser = new Browser(course.room.origin)
    const board = await enter(browser, (await course.launch(browser, turing, { link })).page)
    expect(board).toMatch(/^\/zh\/classroom\/classes\/[0-9a-f-]+\/board$/)
    expect(await browser.text(board)).toContain('<h1>Containers 101</h1>')
    expect(await course.grace.text(board)).toContain('Ada')
  })

  test('makes nobody staff who has a role elsewhere only, and nobody stay it who is it no longer', async () => {
    const member = 'http://purl.imsglobal.org/vocab/lis/v2/membership'
    expect(roleOf(['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor'])).toBe('learner')
    expect(roleOf(['http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator'])).toBe('learner')
    expect(roleOf([`${member}#Instructor`, `${member}/Instructor#TeachingAssistant`])).toBe('assistant')
    expect(roleOf(['Instructor'])).toBe('teacher')
    const browser = new Browser(course.room.origin)
    const lovelace: User = { id: 'lovelace', role: 'TeachingAssistant' }
    const board = await enter(browser, (await course.launch(browser, lovelace, { link })).page)
    expect((await browser.ask(board)).status).toBe(200)
    await enter(
      new Browser(course.room.origin),
      (await course.launch(browser, { ...lovelace, role: 'Learner' }, { link })).page,
    )
    expect((await browser.ask(board)).status).toBe(404)
  })

  test('goes the whole way over HTTP, and leaves nothing behind but a session', async () => {
    const browser = new Browser(course.room.origin)
    const opened = await browser.visit(course.platform.linkFor(ada, { link }))
    const begun = await browser.ask(course.platform.tool.login, {
      form: fieldsOf(opened.html),
      ...course.fromPlatform(),
    })
    expect(begun.status).toBe(302)
    expect(begun.headers.get('set-cookie')).toMatch(
      /^podlab_lti_\w+=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const answered = await browser.visit(begun.headers.get('location')!)
    expect(Object.keys(fieldsOf(answered.html))).toEqual(['state', 'id_token'])
    const launched = await browser.submit(answered)
    const entered = await browser.submit(launched)
    expect(entered.url).toBe(`${course.room.origin}/zh/lessons/meet-the-pod/what-a-pod-is/`)
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
    const target = String(claims[CLAIM.target] ?? '').replace('LAUNCH', course.platform.tool.launch)
    const browser = new Browser(course.room.origin)
    const said = { ...claims, ...(target && { [CLAIM.target]: target }) }
    const { page } = await course.launch(browser, ada, { link }, { claims: said })
    expect(await enter(browser, page)).toMatch(/\/lessons\/meet-the-pod\/what-a-pod-is\/$/)
  })

  test.each([
    ['before', 50],
    ['behind', -350],
  ])('from a clock that is a little %s ours', async (_, seconds) => {
    const iat = Math.floor(Date.now() / 1000) + seconds
    const { page } = await course.launch(
      new Browser(course.room.origin),
      ada,
      { link },
      { claims: { iat, exp: iat + 300 } },
    )
    expect(page).toContain('name="ticket"')
  })

  test('ticket works once, and only from a page of ours', async () => {
    const browser = new Browser(course.room.origin)
    const { page } = await course.launch(browser, ada, { link })
    const form = { ticket: fieldOf(page, 'ticket') }
    const lured = await browser.ask('/classroom/lti/enter', { form, headers: { origin: 'https://elsewhere.example' } })
    expect(lured.status).toBe(403)
    expect(await enter(browser, page)).toContain('/lessons/')
    expect(await enter(browser, page)).toBe('403: replayed')
  })

  test('goes on after the platform has changed its keys', async () => {
    await course.launch(new Browser(course.room.origin), ada, { link })
    const before = course.platform.jwksAsked
    await course.launch(new Browser(course.room.origin), ada, { link })
    expect(course.platform.jwksAsked, 'keys are kept').toBe(before)
    await course.platform.rotate()
    expect((await course.launch(new Browser(course.room.origin), ada, { link })).page).toContain('name="ticket"')
    expect(course.platform.jwksAsked).toBe(before + 1)
  })
})

describe('where cookies of ours are blocked', () => {
  test('the platform’s storage keeps the secret, and the browser shows it', async () => {
    const request = { ...course.platform.loginRequest(ada, { link }), lti_storage_target: '_parent' }
    const answer = await new Browser(course.room.origin).ask('/classroom/lti/login', {
      form: request,
      ...course.fromPlatform(),
    })
    // Canvas frames it by the origin of a school, which is not among those that it is registered with.
    expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors https:')
    const kept = await answer.text()
    const data = (page: string, name: string) =>
      new RegExp(`data-${name}="([^"]*)"`).exec(page)![1]!.replaceAll('&amp;', '&')
    expect([data(kept, 'target'), data(kept, 'origin')]).toEqual(['_parent', course.platform.origin])
    const { fields } = await course.platform.answer(data(kept, 'to'))
    const blocked = new Browser(course.room.origin)
    const asking = await course.arriveWith(blocked, fields)
    expect(data(asking, 'key')).toBe(data(kept, 'key'))
    const guess = { state: fields.state!, binding: 'a guess' }
    expect(reasonOf(await (await blocked.ask('/classroom/lti/bound', { form: guess })).text())).toBe('other-browser')
    const shown = { state: fields.state!, binding: data(kept, 'value') }
    const inside = await (await blocked.ask('/classroom/lti/bound', { form: shown })).text()
    expect(await enter(blocked, inside)).toContain('/lessons/')
    expect(reasonOf(await (await blocked.ask('/classroom/lti/bound', { form: shown })).text())).toBe('other-browser')
  })

  test('otherwise all begins again in a window of our own', async () => {
    const request = course.platform.loginRequest(ada, { link })
    const login = await new Browser(course.room.origin).ask('/classroom/lti/login', {
      form: request,
      ...course.fromPlatform(),
    })
    const { fields } = await course.platform.answer(login.headers.get('location')!)
    const page = await course.arriveWith(new Browser(course.room.origin), fields)
    expect(page).toContain('action="/classroom/lti/login" target="_blank"')
    expect(page).not.toContain('name="ticket"')
    const query = new URLSearchParams(Object.keys(request).map(name => [name, fieldOf(page, name)]))
    expect(Object.fromEntries(query)).toEqual(request)
    const own = new Browser(course.room.origin)
    const again = await own.ask(`/classroom/lti/login?${query}`)
    const answered = await course.platform.answer(again.headers.get('location')!)
    expect(await enter(own, await course.arriveWith(own, answered.fields))).toContain('/lessons/')
  })
})
