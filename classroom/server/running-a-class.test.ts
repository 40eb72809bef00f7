/** Running a class: assistants and owners, their sessions, and how a class is closed, handed over and left. */
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createTeacher, openSession } from '../domain/accounts.ts'
import { LESSON } from '../verify/solved-for-tests.ts'
import { Browser } from './browser-for-tests.ts'
import { onBothDatabases } from './classroom-for-tests.ts'
import type { Running } from './start.ts'

const lesson = LESSON

await onBothDatabases('those who run a class', classroom => {
  let room: Running
  let teacher: Browser
  let ada: Browser
  let classPath: string
  let code: string

  beforeAll(async () => {
    room = classroom()
    const { db } = room.room
    const grace = { name: 'Grace', email: 'grace@example.org', password: 'a long sentence is good' }
    teacher = new Browser(room.origin)
    teacher.keep('podlab_teacher', await openSession(db, { teacher: (await createTeacher(db, grace)).id }))
    const made = await teacher.ask('/en/classroom/classes', { form: { name: 'Pods & <b>co</b>' } })
    classPath = made.headers.get('location')!.replace(/\/board$/, '')
    code = (await db.query<{ code: string }>('select code from class'))[0]!.code
    ada = new Browser(room.origin)
    await ada.ask('/en/classroom/join', { form: { code, nickname: 'Ada' } })
  })

  test('an assistant looks and does not change, and is shown out; a board that was open ends', async () => {
    const { db } = room.room
    const { id } = await createTeacher(db, {
      name: 'Lin',
      email: 'lin@example.org',
      password: 'a long sentence is good',
    })
    const lin = new Browser(room.origin)
    lin.keep('podlab_teacher', await openSession(db, { teacher: id }))
    const add = { email: 'lin@example.org', role: 'assistant' }
    expect((await lin.ask(`${classPath}/board`)).status).toBe(404)
    expect((await teacher.ask(`${classPath}/staff`, { form: add })).status).toBe(303)
    expect((await lin.ask(`${classPath}/board`)).status).toBe(200)
    const forbidden: [string, Record<string, string>][] = [
      ['assignments', { lesson, opens: '', due: '', late: '0' }],
      ['people', { roster: 'x' }],
      ['staff', { ...add, role: 'teacher' }],
      ['staff/remove', { teacher: id }],
      ['settings', { name: 'x', timezone: 'UTC' }],
      ['settings/code', {}],
      ['settings/retention', { days: '30' }],
      ['settings/delete', { name: 'Pods & <b>co</b>' }],
      ['assignments/remove', { lesson }],
      ['send-again', {}],
    ]
    for (const [path, form] of forbidden)
      expect((await lin.ask(`${classPath}/${path}`, { form })).status, path).toBe(403)
    for (const path of ['log', 'settings', 'statements.json'])
      expect((await lin.ask(`${classPath}/${path}`)).status, path).toBe(403)
    const events = await lin.ask(`${classPath}/events`)
    const reader = events.body!.getReader()
    await reader.read()
    expect((await teacher.ask(`${classPath}/staff/remove`, { form: { teacher: id } })).status).toBe(303)
    await ada.ask('/classroom/api/progress', {
      method: 'POST',
      body: JSON.stringify({ lesson, exercise: null, failing: null, passed: 0 }),
    })
    while (!(await reader.read()).done);
    expect((await lin.ask(`${classPath}/board`)).status).toBe(404)
    const [owner] = await db.query<{ teacher: string }>("select teacher from staff where role = 'owner'")
    expect((await teacher.ask(`${classPath}/staff/remove`, { form: { teacher: owner!.teacher } })).status).toBe(404)
    expect((await teacher.ask(`${classPath}/settings/retention`, { form: { days: '30' } })).status).toBe(303)
    expect((await teacher.ask(`${classPath}/settings/retention`, { form: { days: '0' } })).status).toBe(400)
    expect(await db.query('select retention_days from class')).toEqual([{ retention_days: 30 }])
  })

  test('a session is new with each sign-in, and for what opens an account it has to be', async () => {
    const { db } = room.room
    const bob = new Browser(room.origin)
    await bob.ask('/en/classroom/join', { form: { code, nickname: 'Bob once' } })
    const planted = bob.cookie('podlab_learner')!
    await bob.ask('/en/classroom/join', { form: { code, nickname: 'Bob again' } })
    expect(bob.cookie('podlab_learner')).not.toBe(planted)
    const thief = new Browser(room.origin)
    thief.keep('podlab_learner', planted)
    expect((await thief.ask('/classroom/api/me')).status).toBe(403)
    await db.query("delete from learner where nickname like 'Bob %'")

    for (const path of ['two-factor', 'passkeys']) expect((await teacher.ask(`/en/classroom/${path}`)).status).toBe(200)
    await db.query("update signed_in set opened = now() - interval '16 minutes' where teacher is not null")
    for (const path of ['two-factor', 'passkeys']) {
      const asked = await teacher.ask(`/en/classroom/${path}`)
      expect([asked.status, (await asked.text()).includes('signed in a moment ago')]).toEqual([403, true])
    }
    expect((await teacher.ask('/classroom/api/passkeys/offer', { method: 'POST', body: '{}' })).status).toBe(403)
    expect((await teacher.ask(`${classPath}/board`)).status).toBe(200)
    // Signing in leads back to where it was wanted, and to no other place that an address may name.
    const again = async (then: string) => {
      const form = { email: 'grace@example.org', password: 'a long sentence is good', code: '', then }
      return (await teacher.ask('/en/classroom/sign-in', { form })).headers.get('location')
    }
    expect(await again('//elsewhere.example/en/classroom')).toBe('/en/classroom')
    expect(await again(`${classPath}/settings`)).toBe(`${classPath}/settings`)
    expect(await teacher.text(`/en/classroom/sign-in?then=${encodeURIComponent('/en/classroom/"><b>')}`)).toContain(
      '<input type="hidden" name="then" value="/en/classroom">',
    )
  })

  test('where more than a password is demanded, nothing else is shown until it is there; sessions are seen, and ended one by one', async () => {
    const { db } = room.room
    const id = randomUUID()
    await db.query("insert into teacher (id, email, name) values ($1, 'barbara@example.org', 'Barbara')", [id])
    const [here, there] = [new Browser(room.origin), new Browser(room.origin)]
    for (const browser of [here, there]) browser.keep('podlab_teacher', await openSession(db, { teacher: id }))
    room.room.secondFactor = true
    try {
      for (const path of ['/en/classroom', `${classPath}/board`, '/en/classroom/platforms'])
        expect((await here.ask(path)).headers.get('location'), path).toBe('/en/classroom/two-factor')
      expect(await here.text('/en/classroom/two-factor')).toContain('more than a password')
      await db.query("insert into passkey (id, teacher, name, public_key, counter) values ('b', $1, 'b', 'b', 0)", [id])
      expect((await here.ask('/en/classroom')).status).toBe(200)
    } finally {
      room.room.secondFactor = false
    }
    const shown = async (who: Browser): Promise<string[]> =>
      [...(await who.text('/en/classroom/password')).matchAll(/name="session" value="(\w+)"/g)].map(([, of]) => of!)
    const [other] = await shown(here)
    expect([await shown(here), await shown(there)].map(list => list.length)).toEqual([1, 1])
    // Not by somebody else.
    await teacher.ask('/en/classroom/sessions/end', { form: { session: other! } })
    expect((await there.ask('/en/classroom/password')).status).toBe(200)
    await here.ask('/en/classroom/sessions/end', { form: { session: other! } })
    expect([(await there.ask('/en/classroom/password')).status, await shown(here)]).toEqual([403, []])
  })

  test('a class is closed, opened by another code, and deleted by its name', async () => {
    const { db } = room.room
    const made = await teacher.ask('/en/classroom/classes', { form: { name: 'For a day', timezone: 'nonsense' } })
    const path = made.headers.get('location')!.replace(/\/board$/, '')
    const codeNow = async () => /class="key">([2-9A-Z]{6})</.exec(await teacher.text(`${path}/settings`))![1]!
    const first = await codeNow()
    const joining = async (code: string): Promise<number> =>
      (await new Browser(room.origin).ask('/en/classroom/join', { form: { code, nickname: 'Someone' } })).status
    await teacher.ask(`${path}/settings`, { form: { name: 'For a day', timezone: 'UTC' } })
    expect(await joining(first)).toBe(400)
    await teacher.ask(`${path}/settings`, { form: { name: 'For a day', timezone: 'UTC', joinable: 'yes' } })
    await teacher.ask(`${path}/settings/code`, { form: {} })
    expect([await joining(first), await joining(await codeNow())]).toEqual([400, 200])
    expect((await teacher.ask(`${path}/settings/delete`, { form: { name: 'for a day' } })).status).toBe(400)
    expect((await teacher.ask(`${path}/settings/delete`, { form: { name: 'For a day' } })).status).toBe(303)
    expect((await teacher.ask(`${path}/board`)).status).toBe(404)
    expect(await db.query("select 1 from learner where nickname = 'Someone'")).toEqual([])
  })

  test('a class is handed over; whoever owns nothing any more can go, and leaves no class without an owner', async () => {
    const { db } = room.room
    const [turing, hopper] = ['turing', 'hopper'].map(name => ({ name, email: `${name}@example.org` }))
    const browsers = await Promise.all(
      [turing!, hopper!].map(async person => {
        const id = randomUUID()
        await db.query('insert into teacher (id, email, name) values ($1, $2, $3)', [id, person.email, person.name])
        const browser = new Browser(room.origin)
        browser.keep('podlab_teacher', await openSession(db, { teacher: id }))
        return { id, browser }
      }),
    )
    const [{ browser: own, id: ownId }, { browser: heir, id: heirId }] = browsers as [
      (typeof browsers)[0],
      (typeof browsers)[0],
    ]
    const made = await own.ask('/en/classroom/classes', { form: { name: 'Handed on' } })
    const path = made.headers.get('location')!.replace(/\/board$/, '')
    const leave = (email: string) => own.ask('/en/classroom/delete-account', { form: { email } })
    expect(await own.text('/en/classroom/delete-account')).toContain(`href="${path}/settings">Handed on</a>`)
    expect((await leave(turing!.email)).status).toBe(409)
    const handOver = (by: Browser, teacher: string) => by.ask(`${path}/settings/hand-over`, { form: { teacher } })
    // To nobody outside of the staff, and to no one who is nobody.
    for (const nobody of [heirId, ownId, 'nobody']) expect((await handOver(own, nobody)).status).toBe(404)
    await own.ask(`${path}/staff`, { form: { email: hopper!.email, role: 'assistant' } })
    expect((await handOver(heir, heirId)).status).toBe(403)
    expect(await own.text(`${path}/settings`)).toContain(
      `<option value="${heirId}">hopper (hopper@example.org)</option>`,
    )
    const both = await Promise.all([handOver(own, heirId), handOver(own, heirId)])
    expect(both.map(answer => answer.status)).toContain(303)
    expect((await own.ask(`${path}/settings`)).status).toBe(403)
    expect(await own.text(`${path}/log`)).toContain('handed the class over to hopper@example.org')
    expect(await heir.text(`${path}/people`)).toMatch(/hopper <small>hopper@example\.org · owner</)
    // What a platform brings belongs to somebody, too.
    await db.query(
      `insert into platform (id, teacher, name, issuer, client_id, login_url, token_url, jwks_url)
       values ($1, $1, 'Moodle', 'i', 'c', 'x', 'x', 'x')`,
      [ownId],
    )
    expect((await leave(turing!.email)).status).toBe(409)
    const platform = `/en/classroom/platforms/${ownId}/hand-over`
    expect((await own.ask(platform, { form: { email: 'nobody@example.org' } })).status).toBe(404)
    expect((await heir.ask(platform, { form: { email: hopper!.email } })).status).toBe(404)
    expect((await own.ask(platform, { form: { email: hopper!.email } })).status).toBe(303)
    expect(await heir.text('/en/classroom/platforms')).toContain('<h3>Moodle</h3>')

    expect((await leave('somebody@example.org')).status).toBe(400)
    expect((await leave(turing!.email)).status).toBe(303)
    expect((await own.ask(`${path}/board`)).status).toBe(403)
    for (const table of ['signed_in', 'staff', 'known_browser'])
      expect(await db.query(`select 1 from ${table} where teacher = $1`, [ownId]), table).toEqual([])
    expect((await heir.ask(`${path}/board`)).status).toBe(200)

    // Who goes in the moment in which the class becomes theirs: one of both is refused.
    const late = randomUUID()
    await db.query("insert into teacher (id, email, name) values ($1, 'late@example.org', 'Late')", [late])
    const going = new Browser(room.origin)
    going.keep('podlab_teacher', await openSession(db, { teacher: late }))
    await heir.ask(`${path}/staff`, { form: { email: 'late@example.org', role: 'teacher' } })
    const [handed, gone] = await Promise.all([
      handOver(heir, late),
      going.ask('/en/classroom/delete-account', { form: { email: 'late@example.org' } }),
    ])
    expect([
      [303, 409],
      [404, 303],
    ]).toContainEqual([handed.status, gone.status])
    const owners = "select 1 from staff where class = $1 and role = 'owner'"
    expect(await db.query(owners, [path.split('/').at(-1)!])).toHaveLength(1)
  })
})
