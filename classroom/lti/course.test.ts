/** A course on a learning platform: its lessons are chosen, its people taken over, and its book gets their grades. */
import { beforeAll, expect, test } from 'vitest'
import { Browser } from '../server/browser-for-tests.ts'
import { EXERCISE, LESSON, solved } from '../verify/solved-for-tests.ts'
import { CLAIM } from './claims.ts'
import { ada, courseForTests, enter, fieldOf, link, reasonOf, turing, until } from './course-for-tests.ts'
import type { User } from './platform.sim.ts'

const course = courseForTests()

// The first who gets in makes it a class.
beforeAll(async () => {
  const browser = new Browser(course.room.origin)
  await enter(browser, (await course.launch(browser, ada, { link })).page)
}, 60_000)

test('deep linking: a teacher chooses lessons, and the platform gets them signed', async () => {
  const browser = new Browser(course.room.origin)
  const { page } = await course.launch(browser, turing, { deepLink: {} })
  expect(page).toContain('type="checkbox"')
  const second = [...page.matchAll(/name="lesson" value="([^"]+)"/g)][1]![1]!
  const body = new URLSearchParams([
    ['ticket', fieldOf(page, 'ticket')],
    ['lesson', LESSON],
    ['lesson', second],
  ])
  const chosen = await browser.ask('/classroom/lti/choose', { method: 'POST', body })
  expect(chosen.headers.get('content-security-policy')).toContain(`form-action 'self' ${course.platform.origin}`)
  const form = await chosen.text()
  expect(form).toContain(`action="${course.platform.origin}/deep-link"`)
  const answer = await course.platform.readDeepLink(fieldOf(form, 'JWT'))
  expect(answer[CLAIM.data]).toBe('opaque')
  expect(answer[CLAIM.contentItems]).toMatchObject([
    {
      type: 'ltiResourceLink',
      url: course.platform.tool.launch,
      custom: { lesson: LESSON },
      lineItem: { scoreMaximum: 100 },
    },
    { custom: { lesson: second } },
  ])
  const student = await course.launch(new Browser(course.room.origin), ada, { deepLink: { accept_multiple: 'false' } })
  expect(student.page).toContain('type="radio"')
  const refused = { ticket: fieldOf(student.page, 'ticket'), lesson: LESSON }
  expect(reasonOf(await (await browser.ask('/classroom/lti/choose', { form: refused })).text())).toBe('not-instructor')
})

test('the course’s people are taken over, page by page', async () => {
  course.platform.users = [
    ada,
    turing,
    { id: 'bob', name: 'Bob', role: 'Learner' },
    // A second Ada, and somebody whose name the platform keeps to itself.
    { id: 'ada-2', name: 'Ada', role: 'Learner' },
    { id: 'quiet', role: 'Learner' },
    { id: 'left', name: 'Left', role: 'Learner', status: 'Inactive' },
    { id: 'lovelace', role: 'TeachingAssistant' },
  ]
  const [context] = await course.room.room.db.query<{ class: string }>('select class from lti_context')
  const path = `/en/classroom/classes/${context!.class}`
  const synced = await (await course.grace.ask(`${path}/sync`, { form: {} })).text()
  expect(synced).toContain('4 learners and 2 staff are here; 1 have left the course.')
  const board = await course.grace.text(`${path}/board`)
  for (const name of ['Ada', 'Ada 2', 'Bob', 'Learner']) expect(board).toContain(`>${name}</a>`)
  expect(board).not.toContain('Left')
})

test('grades arrive in the platform’s book, in parts, in spite of everything that fails on the way', async () => {
  const browser = new Browser(course.room.origin)
  await enter(browser, (await course.launch(browser, ada, { link })).page)
  const { seed } = await browser.json<{ seed: string }>(`/classroom/api/seed?lesson=${encodeURIComponent(LESSON)}`)
  const path = `/classroom/api/submissions?lesson=${encodeURIComponent(LESSON)}&exercise=${EXERCISE}`
  const lastHandedIn = async () =>
    (await course.room.room.db.query<{ at: Date }>('select at from submission order by at desc limit 1'))[0]!.at
  course.platform.failures = [503]
  // Canvas names no link for columns that were made by hand.
  course.platform.lineItems.push({
    id: `${course.platform.origin}/lineitems/by-hand?x=1`,
    label: 'x',
    scoreMaximum: 10,
    resourceLinkId: null,
  })
  await browser.ask(path, { method: 'POST', body: await solved(seed) })
  // The first attempt fails; the grade stays in the queue, to be sent later.
  const queued = () => course.room.room.db.query<{ attempts: number }>('select attempts from lti_score')
  await until(async () => (await queued()).some(row => row.attempts === 1))
  expect(course.platform.scores.size).toBe(0)
  const [context] = await course.room.room.db.query<{ class: string }>('select class from lti_context')
  const grades = `/en/classroom/classes/${context!.class}`
  expect(await course.grace.text(`${grades}/grades`)).toContain('1 attempt')
  await course.grace.ask(`${grades}/send-again`, { form: {} })
  await until(async () => (await queued()).length === 0)
  // A column was made for the link, and holds a quarter of the points: one of four exercises.
  expect(course.platform.lineItems).toMatchObject([
    { resourceLinkId: null },
    { resourceLinkId: 'link-1', scoreMaximum: 100 },
  ])
  expect(course.platform.scores.get(course.platform.lineItems[1]!.id)).toMatchObject([
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
  await enter(browser, (await course.launch(browser, ada, { link: { ...link, id: 'link-2', column: true } })).page)
  await until(async () => (await queued()).length === 0)
  expect(course.platform.scores.get(course.platform.lineItems[2]!.id)).toMatchObject([{ scoreGiven: 25 }])
  // A teacher has changed it over there. The same grade again would undo that, so it is not sent.
  const scoresSent = () => [...course.platform.scores.values()].map(scores => scores.length)
  const sentBefore = scoresSent()
  await course.grace.ask(`${grades}/assignments`, { form: { lesson: LESSON, opens: '', due: '', late: '0' } })
  await until(async () => (await queued()).length === 0)
  expect(scoresSent()).toEqual(sentBefore)
  // What the platform will never take is not tried for ever, and the teacher is told.
  // More than one: a grade that changes while it is sent is sent once more.
  course.platform.failures = [422, 422, 422]
  await course.grace.ask(`${grades}/assignments`, {
    form: { lesson: LESSON, opens: '', due: '2020-01-01T00:00', late: '100' },
  })
  await until(async () => (await course.grace.text(`${grades}/grades`)).includes('422'))
  course.platform.failures = []
  await course.grace.ask(`${grades}/send-again`, { form: {} })
  await until(async () => (await queued()).length === 0)
  expect(course.platform.scores.get(course.platform.lineItems[2]!.id)!.at(-1)).toMatchObject({
    scoreGiven: 0,
    activityProgress: 'Started',
  })
  expect(course.platform.tokensGiven, 'tokens are kept').toBeLessThan(5)
}, 60_000)

test('two deployments of one platform: a course of the same name is another class, its people are the same', async () => {
  const { db } = course.room.room
  const [registered] = await db.query<{ id: string }>('select id from platform')
  const add = `/en/classroom/platforms/${registered!.id}/deployments`
  await course.grace.ask(add, { form: { deployment: 'deployment-2' } })
  const boardOf = async (user: User) => {
    const browser = new Browser(course.room.origin)
    return enter(browser, (await course.launch(browser, user, { link })).page)
  }
  const first = await boardOf(turing)
  course.platform.deployment = 'deployment-2'
  const second = await boardOf(turing)
  await boardOf(ada)
  course.platform.deployment = 'deployment-1'
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
  const { db } = course.room.room
  const kids = async () => {
    const { keys } = await new Browser(course.room.origin).json<{ keys: { kid: string; d?: string }[] }>(
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
