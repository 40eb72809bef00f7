/** Every route that there is, asked by everybody whom it does not concern: nobody gets at what is another's, by any of them. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepared } from '../db/prepared-for-tests.ts'
import { openSession, type Teacher } from '../domain/accounts.ts'
import { createClass } from '../domain/classes.ts'
import { askForHelp } from '../domain/help.ts'
import { sendHint } from '../domain/hints.ts'
import { join as joinClass, type Learner } from '../domain/learners.ts'
import { addStaff } from '../domain/staff.ts'
import { handIn } from '../domain/work.ts'
import { addPlatform } from '../lti/platforms.ts'
import { EXERCISE, LESSON, lessons } from '../verify/solved-for-tests.ts'
import { createApp } from './app.ts'
import { type Running, start } from './start.ts'

/** Who may. A role of a class may what the roles before it may. */
const ROLES = ['assistant', 'class teacher', 'owner'] as const
type Whose = 'anybody' | 'learner' | 'teacher' | (typeof ROLES)[number]

/** A route that stands nowhere here fails the test: who adds one says whose it is. */
const WHOSE: readonly (readonly [route: RegExp, Whose])[] = [
  [/^GET \/classroom(\/(healthz|style\.css|\w+\.js|lti\/lti\.js))?$/, 'anybody'],
  [/^(GET|POST) \/classroom\/lti\/(login|launch|bound|enter|choose|register|jwks\.json)$/, 'anybody'],
  [/^POST \/classroom\/api\/passkeys\/(ask|sign-in)$/, 'anybody'],
  [/^GET \/classroom\/api\/seed$/, 'anybody'],
  [/^(GET|POST) \/L\/classroom\/(sign-in|sign-out|set-up|join|come-back|me\/leave)$/, 'anybody'],
  // They lead those away who are not signed in.
  [/^GET \/L\/classroom(\/|\/me)?$/, 'anybody'],
  [/^(GET|POST) \/classroom\/api\/(me|progress|submissions|help|export|forget-me|hints\/:id\/seen)$/, 'learner'],
  [/^POST \/L\/classroom\/me\/forget$/, 'learner'],
  [/^POST \/classroom\/api\/passkeys\/(offer|add)$/, 'teacher'],
  [
    /^(GET|POST) \/L\/classroom\/(password|two-factor(\/off)?|passkeys(\/remove)?|sign-out-everywhere|sessions\/end|delete-account|classes)$/,
    'teacher',
  ],
  [/^(GET|POST) \/L\/classroom\/platforms(\/registration|\/:platform\/(deployments|hand-over|remove))?$/, 'teacher'],
  [/^GET C\/(board|invite|events|assignments|grades|grades\.csv|alike|people)$/, 'assistant'],
  [/^GET C\/learners\/:learner(\/submissions\/:submission|\/help)?$/, 'assistant'],
  [/^POST C\/learners\/:learner\/hints$/, 'assistant'],
  [/^GET C\/(log|sync|statements(\.json)?|learners\/:learner\/(export|key))$/, 'class teacher'],
  [/^POST C\/learners\/:learner\/(rename|key|delete)$/, 'class teacher'],
  [/^POST C\/(assignments(\/remove)?|extensions|people|sync|send-again|statements)$/, 'class teacher'],
  [/^POST C\/staff(\/remove)?$/, 'owner'],
  [/^(GET|POST) C\/settings(\/(code|retention|hand-over|delete))?$/, 'owner'],
]

/** What opens an account, and what gives a class to others or ends it. The password asks for itself. */
const WANTS_A_FRESH_SIGN_IN =
  /^(GET|POST) (\/classroom\/api\/passkeys\/(offer|add)|\/L\/classroom\/(two-factor.*|passkeys.*|sessions\/end|delete-account|platforms.*)|C\/staff|C\/settings\/(hand-over|delete))$/

const folder = mkdtempSync(join(tmpdir(), 'podlab-routes-'))
let room: Running
/** Method, and path with `:names`. */
let routes: { method: string; path: string; whose: Whose }[]
const cookies = new Map<string, string>()
const people = {} as Record<'grace' | 'tina' | 'lin' | 'bob', Teacher>
const learners = {} as Record<'ada' | 'carl', Learner>
const ids = { class: '', other: '', submission: '', hint: '', platform: '' }

const shape = (path: string): string =>
  path
    .replace(/^\/(zh|en)\/classroom\/classes\/:id/, 'C')
    .replace(/^\/(zh|en)\//, '/L/')
    .replace(/^\/L\/classroom$/, '/L/classroom')
const whoseIs = (method: string, path: string): Whose | undefined =>
  WHOSE.find(([route]) => route.test(`${method} ${shape(path)}`))?.[1]

beforeAll(async () => {
  room = await start({ port: 0, data: await prepared(folder), site: folder, lessons, workers: 1 })
  const { db } = room.room
  for (const name of ['grace', 'tina', 'lin', 'bob'] as const) {
    const teacher = { id: randomUUID(), email: `${name}@example.org`, name }
    await db.query('insert into teacher (id, email, name) values ($1, $2, $3)', [teacher.id, teacher.email, name])
    people[name] = teacher
    cookies.set(name, `podlab_teacher=${await openSession(db, { teacher: teacher.id })}`)
  }
  const { grace, bob } = people
  const [mine, theirs] = [await createClass(db, grace, 'Mine'), await createClass(db, bob, 'Theirs')]
  await addStaff(db, grace, mine, 'tina@example.org', 'teacher')
  await addStaff(db, grace, mine, 'lin@example.org', 'assistant')
  for (const [name, of] of [
    ['ada', mine],
    ['carl', theirs],
  ] as const) {
    learners[name] = (await joinClass(db, of.code, name)).learner
    cookies.set(name, `podlab_learner=${await openSession(db, { learner: learners[name].id })}`)
  }
  const { ada } = learners
  const { id } = await handIn(db, ada, LESSON, EXERCISE, '{}')
  await askForHelp(db, ada, { lesson: LESSON, text: 'why?', body: '{}' })
  await sendHint(db, grace, ada, LESSON, 'so')
  const [hint] = await db.query<{ id: string }>('select id from hint')
  const at = 'https://platform.example/'
  const terms = {
    name: 'P',
    issuer: at,
    client_id: '1',
    login_url: at,
    token_url: at,
    jwks_url: at,
    token_audience: null,
  }
  const platform = await addPlatform(db, grace, terms, ['1'], new Set())
  Object.assign(ids, { class: mine.id, other: theirs.id, submission: id, hint: hint!.id, platform })
  const seen = new Set<string>()
  routes = createApp(room.room).routes.flatMap(({ method, path }) => {
    // Middleware is for all methods.
    if (method === 'ALL' || seen.has(`${method} ${path}`)) return []
    seen.add(`${method} ${path}`)
    return [{ method, path, whose: whoseIs(method, path)! }]
  })
}, 60_000)
afterAll(async () => {
  await room.close()
  rmSync(folder, { recursive: true })
})

interface Asked {
  /** For `:id` of a class. */
  of?: string
  learner?: string
  form?: Record<string, string>
  origin?: string
}
/** By whom, with everything of Grace's class in the address unless another is named. */
async function ask(
  who: string,
  method: string,
  path: string,
  { of = ids.class, learner = learners.ada.id, form, origin = room.origin }: Asked = {},
) {
  const address = path
    .replace('/hints/:id', `/hints/${ids.hint}`)
    .replace(':id', of)
    .replace(':learner', learner)
    .replace(':submission', ids.submission)
    .replace(':platform', ids.platform)
  const answer = await fetch(`${room.origin}${address}`, {
    method,
    redirect: 'manual',
    headers: { origin, cookie: cookies.get(who) ?? '' },
    ...(method === 'POST' && { body: new URLSearchParams(form ?? {}) }),
  })
  // A board that is open never ends.
  const text = path.endsWith('/events') && answer.ok ? '' : await answer.text()
  if (!answer.bodyUsed) await answer.body?.cancel()
  return { status: answer.status, text, headers: answer.headers }
}
const isClassRole = (whose: Whose): whose is (typeof ROLES)[number] => (ROLES as readonly string[]).includes(whose)
/** Both languages are the same code. */
const english = () => routes.filter(({ path }) => !path.startsWith('/zh/'))

test('whose each route is, is known', () => {
  expect(routes.filter(({ whose }) => !whose).map(({ method, path }) => `${method} ${path}`)).toEqual([])
  const of = (lang: string) =>
    routes
      .filter(r => r.path.startsWith(`/${lang}/`))
      .map(r => `${r.method} ${r.path.slice(3)}`)
      .sort()
  expect(of('zh')).toEqual(of('en'))
  expect(WHOSE.filter(([, whose]) => !routes.some(route => route.whose === whose))).toEqual([])
})

describe('asked by who has no business there', () => {
  test.each(['nobody', 'ada', 'carl', 'bob', 'lin', 'tina'])('%s', async who => {
    for (const { method, path, whose } of english()) {
      const isTeacher = who in people
      const inClass = { lin: 0, tina: 1 }[who] ?? -1
      const may =
        whose === 'anybody' ||
        (whose === 'learner' && who in learners) ||
        (whose === 'teacher' && isTeacher && !path.includes(':platform')) ||
        (isClassRole(whose) && ROLES.indexOf(whose) <= inClass)
      if (may) continue
      const { status, text } = await ask(who, method, path)
      // Who has no part in a class is told that nothing is there; others that they may not.
      const expected =
        isTeacher && inClass < 0 && (isClassRole(whose) || path.includes(':platform')) ? [404] : [403, 404]
      expect(expected, `${who}: ${method} ${path} ${status}`).toContain(status)
      for (const secret of ['ada', 'why?', 'Mine']) expect(text, `${method} ${path}`).not.toContain(`>${secret}<`)
    }
  })

  test('by whose own class: another’s learners and staff are not in it', async () => {
    for (const { method, path, whose } of english()) {
      if (!isClassRole(whose) || !path.includes(':learner')) continue
      expect((await ask('bob', method, path, { of: ids.other })).status, `${method} ${path}`).toBe(404)
    }
    const at = (path: string) => ['bob', 'POST', `/en/classroom/classes/:id/${path}`] as const
    const inOther = (form: Record<string, string>) => ({ of: ids.other, form })
    const extension = { lesson: LESSON, learner: learners.ada.id, due: '2030-01-01T00:00' }
    await ask(...at('assignments'), inOther({ lesson: LESSON, late: '0' }))
    expect((await ask(...at('extensions'), inOther(extension))).status).toBe(404)
    expect((await ask(...at('staff/remove'), inOther({ teacher: people.tina.id }))).status).toBe(404)
    // What Ada has handed in is not another learner's of the same class.
    const { learner } = await joinClass(room.room.db, (await codeOf(ids.class))!, 'eve')
    const submission = '/en/classroom/classes/:id/learners/:learner/submissions/:submission'
    expect((await ask('grace', 'GET', submission, { learner: learner.id })).status).toBe(404)
  })

  test('hints and passkeys of others stay as they are', async () => {
    const { db } = room.room
    expect((await ask('carl', 'POST', '/classroom/api/hints/:id/seen')).status).toBe(204)
    expect(await db.query('select 1 from hint where seen is null')).toHaveLength(1)
    await db.query("insert into passkey (id, teacher, name, public_key, counter) values ('key', $1, 'k', 'k', 0)", [
      people.grace.id,
    ])
    await ask('bob', 'POST', '/en/classroom/passkeys/remove', { form: { id: 'key' } })
    expect(await db.query('select 1 from passkey')).toHaveLength(1)
  })
})

test('those whose it is are let in', async () => {
  for (const [who, role] of [
    ['lin', 'assistant'],
    ['tina', 'class teacher'],
    ['grace', 'owner'],
  ] as const)
    for (const { method, path, whose } of english()) {
      if (whose !== role) continue
      const { status } = await ask(who, method, path)
      expect(status, `${who}: ${method} ${path}`).not.toBe(403)
      if (method === 'GET' && !/alike|submission|help|sync|statements$|key/.test(path))
        expect(status, `${who}: ${path}`).toBe(200)
    }
})

test('a screen that was left alone opens no account, and gives no class away', async () => {
  const { db } = room.room
  const staff = () => db.query('select teacher, role from staff order by teacher, role')
  const before = await staff()
  await db.query("update signed_in set opened = now() - interval '16 minutes' where teacher = $1", [people.grace.id])
  const stale: string[] = []
  for (const { method, path, whose } of english()) {
    const fresh = WANTS_A_FRESH_SIGN_IN.test(`${method} ${shape(path)}`)
    if (whose === 'anybody' || whose === 'learner' || (method === 'POST' && !fresh)) continue
    const form = { teacher: people.tina.id, email: 'bob@example.org', role: 'teacher', name: 'Mine' }
    const { status, text } = await ask('grace', method, path, { form })
    const refused = /signed in a moment ago|sign-in-again/.test(text)
    expect(refused, `${method} ${path} ${status}`).toBe(fresh)
    if (refused) stale.push(`${status} ${/href="(\S*sign-in\?then=[^"]*)"/.exec(text)?.[1] ?? ''}`)
  }
  expect(await staff()).toEqual(before)
  const settings = encodeURIComponent(`/en/classroom/classes/${ids.class}/settings`)
  expect(stale).toContain(`403 /en/classroom/sign-in?then=${settings}`)
  const page = await ask('grace', 'GET', '/en/classroom/classes/:id/settings')
  expect(page.text, 'told before anything is typed').toContain(`sign-in?then=${settings}">Sign in again to do this`)
  await db.query('update signed_in set opened = now() where teacher = $1', [people.grace.id])
})

test('forms of other sites are refused by every route that takes one, but those that a platform’s browser brings', async () => {
  for (const { method, path } of english()) {
    if (method !== 'POST' || /\/lti\/(login|launch)$/.test(path)) continue
    for (const who of ['grace', 'ada'])
      expect((await ask(who, method, path, { origin: 'https://elsewhere.example' })).status, path).toBe(403)
  }
})

test('whatever stands in an address, nothing breaks, and each answer keeps to itself', async () => {
  for (const id of ['%00', '..%2f%ff', "1'%20or%20'1'='1", 'x'.repeat(2000)])
    for (const { method, path, whose } of english()) {
      if (!path.includes(':')) continue
      const { status, headers } = await ask(whose === 'learner' ? 'ada' : 'grace', method, path.replaceAll(/:\w+/g, id))
      expect(status, `${method} ${path} ${id}`).toBeLessThan(500)
      expect(status, `${method} ${path} ${id}`).toBeGreaterThanOrEqual(400)
      expect(headers.get('content-security-policy')).toContain("script-src 'self'")
      expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store'])
    }
})

const codeOf = async (of: string): Promise<string | undefined> =>
  (await room.room.db.query<{ code: string }>('select code from class where id = $1', [of]))[0]?.code
