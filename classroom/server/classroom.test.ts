/** A class from beginning to end, over HTTP, as browsers and strangers would; on the embedded database and on PostgreSQL. */
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { LESSON, solved } from '../verify/solved-for-tests.ts'
import { createApp } from './app.ts'
import { Browser } from './browser-for-tests.ts'
import { onBothDatabases } from './classroom-for-tests.ts'
import type { Running } from './start.ts'

const lesson = LESSON

type Me = {
  nickname: string
  hints: { id: string; text: string }[]
  submissions: { state: string; refusal: string | null }[]
}
const handInPath = `/classroom/api/submissions?lesson=${encodeURIComponent(lesson)}&exercise=run-nginx`

async function judged(who: Browser, count: number): Promise<Me['submissions']> {
  for (;;) {
    const { submissions } = await who.json<Me>('/classroom/api/me')
    if (submissions.length >= count && submissions.every(s => s.state !== 'waiting')) return submissions
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

await onBothDatabases('a classroom', classroom => {
  let room: Running
  let teacher: Browser
  let ada: Browser
  let classPath: string
  let code: string

  const idOf = async (nickname: string): Promise<string> =>
    (await room.room.db.query<{ id: string }>('select id from learner where nickname = $1', [nickname]))[0]!.id

  beforeAll(() => {
    room = classroom()
    teacher = new Browser(room.origin)
    ada = new Browser(room.origin)
  })

  test('pages of the site say that they belong to a class', async () => {
    expect(await ada.text('/')).toContain('<meta name="podlab-classroom" content="/classroom/api/">')
  })

  test('the first account needs the token', async () => {
    const form = { name: 'Grace', email: 'grace@example.org', password: 'a long sentence is good' }
    expect((await teacher.ask('/en/classroom/set-up', { form: { ...form, token: 'guess' } })).status).toBe(400)
    const made = await teacher.ask('/en/classroom/set-up', { form: { ...form, token: room.room.setUpToken } })
    expect(made.status).toBe(303)
    expect((await ada.ask('/en/classroom/set-up')).headers.get('location')).toBe('sign-in')
  })

  test('a class is made, and has a code', async () => {
    const made = await teacher.ask('/en/classroom/classes', { form: { name: 'Pods & <b>co</b>' } })
    classPath = made.headers.get('location')!.replace(/\/board$/, '')
    const board = await teacher.text(`${classPath}/board`)
    expect(board).toContain('<h1>Pods &amp; &lt;b&gt;co&lt;/b&gt;</h1>')
    code = /class="key">([2-9A-Z]{6})</.exec(board)![1]!
  })

  test('learners join with the code; names that are taken or would be code are told apart', async () => {
    const joined = await ada.ask('/zh/classroom/join', { form: { code: code.toLowerCase(), nickname: 'Ada' } })
    expect(await joined.text()).toMatch(/<code class="key">([2-9A-Z]{4}-){3}[2-9A-Z]{4}<\/code>/)
    const bob = new Browser(room.origin)
    const taken = await bob.ask('/zh/classroom/join', { form: { code, nickname: ' Ａｄａ ' } })
    expect(taken.status).toBe(400)
    expect(await taken.text()).toContain('班里已经有人用这个昵称了')
    expect((await bob.ask('/zh/classroom/join', { form: { code: 'AAAAAA', nickname: 'Bob' } })).status).toBe(400)
    const mallory = new Browser(room.origin)
    await mallory.ask('/en/classroom/join', { form: { code, nickname: '<script>alert(1)</script>' } })
    const sql = "'); drop table learner; --"
    expect((await new Browser(room.origin).ask('/en/classroom/join', { form: { code, nickname: sql } })).status).toBe(
      200,
    )
    const or = encodeURIComponent("' or '1'='1")
    expect((await mallory.ask('/en/classroom/join', { form: { code: "' or '1'='1", nickname: 'x' } })).status).toBe(400)
    expect((await teacher.ask(`${classPath}/learners/${or}`)).status).toBe(404)
    const board = await teacher.text(`${classPath}/board`)
    expect(board).toContain('drop table learner; --')
    expect(board).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(board).not.toContain('<script>alert')
  })

  test('nobody sees a class who does not teach it', async () => {
    for (const path of ['board', 'grades', 'grades.csv', 'people', 'log', 'events'])
      expect((await ada.ask(`${classPath}/${path}`)).status).toBe(403)
    expect((await new Browser(room.origin).ask('/classroom/api/me')).status).toBe(403)
    expect((await teacher.ask('/en/classroom/classes/not-an-id/board')).status).toBe(404)
    expect((await teacher.ask('/en/classroom/classes/00000000-0000-4000-8000-000000000000/board')).status).toBe(404)
  })

  test('who meets a problem is told where to go on: to their classes, or to the sign-in; a script is told its kind', async () => {
    const stranger = new Browser(room.origin)
    const classes = '<a href="/en/classroom">'
    const told = await teacher.ask('/en/classroom/classes/not-an-id/board')
    expect(told.headers.get('connection')).not.toBe('close')
    expect(await told.text()).toContain(classes)
    const strange = await stranger.text(`${classPath}/board`)
    expect(strange).toMatch(/<a href="[^"]*\/sign-in/)
    expect(strange).not.toContain(classes)
    const script = await stranger.ask('/classroom/api/me')
    expect([script.status, await script.json()]).toEqual([403, { problem: 'signed-out' }])
    const nowhere = await stranger.ask('/classroom/nowhere')
    expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining('<html lang="en"')])
  })

  test('forms sent by other sites are refused', async () => {
    const sent = await teacher.ask('/en/classroom/classes', {
      form: { name: 'forged' },
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(sent.status).toBe(403)
  })

  test('forms that are too large are not read, and what no database keeps is told', async () => {
    const big = await teacher.ask('/en/classroom/classes', { form: { name: 'x'.repeat(300_000) } })
    expect([big.status, big.headers.get('connection')]).toEqual([413, 'close'])
    // Also where nobody says beforehand how much it will be.
    const body = new Blob(['x'.repeat(20_000)]).stream()
    const unsaid = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'text/plain' } } as RequestInit
    expect((await ada.ask('/classroom/api/progress', unsaid)).status).toBe(413)
    expect((await teacher.ask('/en/classroom/classes', { form: { name: 'a\0b' } })).status).toBe(400)
    const made = { lesson, exercise: 'run-nginx', failing: 'a\0b', passed: 0 }
    for (const body of [made, { ...made, failing: 'made-up' }, { ...made, exercise: 'made-up', failing: null }])
      expect((await ada.ask('/classroom/api/progress', { method: 'POST', body: JSON.stringify(body) })).status).toBe(
        400,
      )
  })

  test('a lesson is set', async () => {
    const form = { lesson, opens: '', due: '2030-01-01T00:00', late: '10' }
    expect((await teacher.ask(`${classPath}/assignments`, { form })).status).toBe(303)
    expect((await teacher.ask(`${classPath}/assignments`, { form: { ...form, late: '900' } })).status).toBe(400)
    expect((await teacher.ask(`${classPath}/assignments`, { form: { ...form, lesson: 'nope' } })).status).toBe(404)
    // Several for the same day, or none of them.
    const several = (...ids: string[]) =>
      teacher.ask(`${classPath}/assignments`, {
        method: 'POST',
        body: new URLSearchParams([
          ...ids.map(id => ['lesson', id] as [string, string]),
          ['opens', ''],
          ['due', '2031-01-01T00:00'],
          ['late', '0'],
        ]),
      })
    const [, second = '', third = ''] = room.room.lessons.keys()
    expect((await several()).status).toBe(400)
    expect((await several(second, 'nope')).status).toBe(404)
    const setNow = async (): Promise<unknown[]> => room.room.db.query('select lesson from assignment')
    expect(await setNow()).toHaveLength(1)
    expect((await several(second, third)).status).toBe(303)
    expect(await setNow()).toHaveLength(3)
    for (const id of [second, third]) await teacher.ask(`${classPath}/assignments/remove`, { form: { lesson: id } })
  })

  test('a board of many says where they are, names the first who need somebody, and counts the others', async () => {
    const { db } = room.room
    const made = await teacher.ask('/en/classroom/classes', { form: { name: 'Many' } })
    const path = made.headers.get('location')!.replace(/\/board$/, '')
    for (let i = 0; i < 30; i++) {
      const id = randomUUID()
      await db.query('insert into learner (id, class, nickname, return_key) values ($1, $2, $3, $4)', [
        id,
        path.split('/').at(-1)!,
        `N${i}`,
        id,
      ])
      await db.query(
        `insert into progress (learner, lesson, exercise, failing, failing_since)
         values ($1, $2, 'run-nginx', 'ready', now() - $3 * interval '1 minute')`,
        [id, lesson, i < 14 ? 10 : 1],
      )
    }
    const board = await teacher.text(`${path}/board`)
    expect(board).toMatch(/14 need you: <a[^>]*>N0<.* and 2 more<\/p>/)
    expect(board).toContain('Your first Pod <b>30 learners</b> <b class="stuck">▲ 14 stuck</b>')
    expect(await teacher.text(`${path}/invite`)).toMatch(/class="key">[2-9A-Z]{6}</)
    await teacher.ask(`${path}/settings/delete`, { form: { name: 'Many' } })
  })

  test('what Ada does is on the board, and it is live', async () => {
    const abort = new AbortController()
    const events = await teacher.ask(`${classPath}/events`, { signal: abort.signal })
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    const progress = { lesson, exercise: 'run-nginx', failing: 'ready', passed: 0 }
    await ada.ask('/classroom/api/progress', { method: 'POST', body: JSON.stringify(progress) })
    let heard = ''
    while (!heard.includes('It is ready (READY says 1/1)”')) heard += (await reader.read()).value ?? ''
    expect(heard).toContain('What a Pod is')
    // Who joins, too, before the board looks by itself.
    await new Browser(room.origin).ask('/en/classroom/join', { form: { code, nickname: 'Just now' } })
    while (!heard.includes('Just now')) heard += (await reader.read()).value ?? ''
    abort.abort()
    await reader.cancel().catch(() => {})
    const bad = await ada.ask('/classroom/api/progress', { method: 'POST', body: JSON.stringify({ lesson: 'nope' }) })
    expect(bad.status).toBe(400)
  })

  test('hours are those of the class’s zone, for her and for who has longer', async () => {
    const { db } = room.room
    const terms = { name: 'Pods & <b>co</b>', timezone: 'Asia/Shanghai', joinable: 'yes' }
    expect((await teacher.ask(`${classPath}/settings`, { form: { ...terms, timezone: 'Mars/Base' } })).status).toBe(400)
    expect((await teacher.ask(`${classPath}/settings`, { form: terms })).status).toBe(303)
    const form = { lesson, opens: '', due: '2030-01-01T09:30', late: '10' }
    const early = { ...form, opens: '2031-01-01T00:00' }
    expect((await teacher.ask(`${classPath}/assignments`, { form: early })).status).toBe(400)
    await teacher.ask(`${classPath}/assignments`, { form })
    expect(await db.query('select due from assignment')).toEqual([{ due: new Date('2030-01-01T01:30:00Z') }])
    expect(await teacher.text(`${classPath}/assignments`)).toContain('1 Jan 2030, 09:30')
    const longer = { lesson, learner: await idOf('Ada'), due: '2030-02-01T09:30' }
    await teacher.ask(`${classPath}/extensions`, { form: longer })
    const told = await ada.json<object>(`/classroom/api/seed?lesson=${encodeURIComponent(lesson)}`)
    expect(told).toMatchObject({ nickname: 'Ada', class: 'Pods & <b>co</b>', due: '2030-02-01T01:30:00.000Z' })
    const mine = await ada.text('/zh/classroom/me')
    for (const shown of ['2030年2月1日 09:30', '什么是 Pod', '0 %', '每迟一天扣 10 %']) expect(mine).toContain(shown)
    await teacher.ask(`${classPath}/assignments/remove`, { form: { lesson } })
    expect(await ada.text('/zh/classroom/me')).toContain('老师还没有布置作业')
    await teacher.ask(`${classPath}/assignments`, { form: { ...form, due: '2030-01-01T00:00' } })
  })

  test('Ada asks for help; her teacher sees what she has done, and a hint answers her', async () => {
    const { seed } = await ada.json<{ seed: string }>(`/classroom/api/seed?lesson=${encodeURIComponent(lesson)}`)
    const { record } = JSON.parse(await solved(seed)) as { record: object }
    const ask = (text: string, body: string) =>
      ada.ask(`/classroom/api/help?${new URLSearchParams({ lesson, text })}`, { method: 'POST', body })
    expect((await ask('x'.repeat(501), '{}')).status).toBe(400)
    expect((await ask('为什么 <b>不行</b>？', JSON.stringify(record))).status).toBe(204)
    expect(await teacher.text(`${classPath}/board`)).toContain('One needs you: <a')
    const page = `${classPath}/learners/${await idOf('Ada')}`
    expect(await teacher.text(page)).toContain('为什么 &lt;b&gt;不行&lt;/b&gt;？')
    expect(await teacher.text(`${page}/help`)).toContain('href="/en/lessons/meet-the-pod/what-a-pod-is/#shared=')
    await teacher.ask(`${page}/hints`, { form: { lesson, text: 'So.' } })
    expect(await teacher.text(`${classPath}/board`)).not.toContain('needs you')
    await room.room.db.query('delete from hint')
    // What is no record is not shown as one.
    await ask('', '{"made":"up"}')
    expect((await teacher.ask(`${page}/help`)).status).toBe(404)
    await room.room.db.query('delete from help')
  }, 60_000)

  test('what Ada solves counts, once', async () => {
    const { seed } = await ada.json<{ seed: string }>(`/classroom/api/seed?lesson=${encodeURIComponent(lesson)}`)
    const body = await solved(seed)
    const [first, again] = await Promise.all([1, 2].map(() => ada.ask(handInPath, { method: 'POST', body })))
    expect([first!.status, again!.status]).toEqual([202, 202])
    expect(((await first!.json()) as { id: string }).id).toBe(((await again!.json()) as { id: string }).id)
    expect(await judged(ada, 1)).toMatchObject([{ state: 'passed' }])
    const csv = await teacher.text(`${classPath}/grades.csv`)
    expect(csv).toContain('Learner,What a Pod is (%),"What a Pod is: solved, of 4",')
    expect(csv).toMatch(/\r\nAda,25,1,20\d\d-\d\d-\d\d \d\d:\d\d\r\n/)
  }, 60_000)

  test('what is somebody else’s does not count, nor what was made up', async () => {
    const bob = new Browser(room.origin)
    await bob.ask('/en/classroom/join', { form: { code, nickname: 'Bob' } })
    const { seed } = await ada.json<{ seed: string }>(`/classroom/api/seed?lesson=${encodeURIComponent(lesson)}`)
    await bob.ask(handInPath, { method: 'POST', body: await solved(seed) })
    await bob.ask(handInPath, { method: 'POST', body: '{"made":"up"}' })
    const states = await judged(bob, 2)
    expect(states.map(s => s.refusal).sort()).toEqual(['malformed', 'other-seed'])
  }, 60_000)

  test('a hint reaches Ada, and is seen', async () => {
    await teacher.ask(`${classPath}/learners/${await idOf('Ada')}/hints`, {
      form: { lesson, text: 'Look at the image.' },
    })
    const { hints } = await ada.json<Me>('/classroom/api/me')
    expect(hints).toMatchObject([{ text: 'Look at the image.' }])
    expect((await ada.ask(`/classroom/api/hints/${hints[0]!.id}/seen`, { method: 'POST' })).status).toBe(204)
    expect((await ada.json<Me>('/classroom/api/me')).hints).toEqual([])
  })

  test('a formula in a nickname stays text in the spreadsheet', async () => {
    await teacher.ask(`${classPath}/people`, { form: { roster: '=HYPERLINK("http://x"),second column\n\nLin\n' } })
    const csv = await teacher.text(`${classPath}/grades.csv`)
    expect(csv).toContain(`\r\n"'=HYPERLINK(""http://x"")",0,`)
    expect(csv).toContain('\r\nLin,0,')
  })

  test('who loses the key gets a new one, and what was opened by the old one ends; names can be changed', async () => {
    const page = `${classPath}/learners/${await idOf('Lin')}`
    const keyOf = async (): Promise<string> =>
      /class="key">([2-9A-Z-]{19})</.exec(await (await teacher.ask(`${page}/key`, { form: {} })).text())![1]!
    const old = await keyOf()
    const lin = new Browser(room.origin)
    const back = (key: string) => lin.ask('/en/classroom/come-back', { form: { key } })
    expect((await back(old)).headers.get('location')).toBe('me')
    const key = await keyOf()
    expect((await lin.ask('/classroom/api/me')).status).toBe(403)
    expect([(await back(old)).status, (await back(key)).status]).toEqual([400, 303])
    expect((await teacher.ask(`${page}/rename`, { form: { to: 'Ada' } })).status).toBe(409)
    await teacher.ask(`${page}/rename`, { form: { to: ' Lin  Wei ' } })
    expect(await lin.json('/classroom/api/me')).toMatchObject({ nickname: 'Lin Wei' })
    await teacher.ask(`${page}/rename`, { form: { to: 'Lin' } })
  })

  test('Ada can take what is kept of her, and be forgotten', async () => {
    const kept = await ada.json<{ submissions: { body: string }[] }>('/classroom/api/export')
    expect(kept.submissions).toHaveLength(1)
    expect((await ada.ask('/classroom/api/forget-me', { method: 'POST' })).status).toBe(204)
    expect((await ada.ask('/classroom/api/me')).status).toBe(403)
    expect(await teacher.text(`${classPath}/grades.csv`)).not.toContain('Ada')
    expect(await teacher.text(`${classPath}/log`)).toContain('<td>the learner</td><td>deleted a learner</td>')
  })

  test('a whole class behind one address joins at once', async () => {
    const joined = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        new Browser(room.origin).ask('/en/classroom/join', { form: { code, nickname: `Learner ${i}` } }),
      ),
    )
    expect(new Set(joined.map(answer => answer.status))).toEqual(new Set([200]))
  })

  test('what breaks is told to whoever runs the server; whoever asked is told in their language that it is not theirs to mend', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const db = { ...room.room.db, query: () => Promise.reject(new Error('no disk')) }
    const answer = await createApp({ ...room.room, db }).request('/zh/classroom', {
      headers: { Cookie: 'podlab_teacher=x' },
    })
    expect(answer.status).toBe(500)
    const text = await answer.text()
    expect(text).toContain('服务器出错了')
    expect(text).not.toContain('no disk')
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ message: 'no disk' }))
  })

  test('whoever guesses too often has to wait', async () => {
    const guesser = new Browser(room.origin)
    const states: number[] = []
    for (let i = 0; i < 15; i++)
      states.push(
        (await guesser.ask('/en/classroom/come-back', { form: { key: `AAAA-AAAA-AAAA-AA${i + 10}` } })).status,
      )
    expect(states).toContain(429)
  })
})
