/** A class told as xAPI statements: what happened, in order, each once; and sent to a store that is small but strict. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../db/db.ts'
import { openDatabase } from '../db/open.ts'
import { prepared } from '../db/prepared-for-tests.ts'
import { createTeacher } from '../domain/accounts.ts'
import { type Class, createClass, setAssignment } from '../domain/classes.ts'
import { join } from '../domain/learners.ts'
import { createNoteProgress } from '../domain/progress.ts'
import { handIn } from '../domain/work.ts'
import { createOutbound } from '../net/outbound.ts'
import { readCourse } from '../server/course-catalogue.ts'
import { LESSON, lessons } from '../verify/solved-for-tests.ts'
import { sendStatements } from './send.ts'
import { type Statement, statementsOf } from './statements.ts'

const course = { origin: 'https://class.example', ...readCourse({ lessons }) }
const exercises = course.lessons.get(LESSON)!.counted
const folder = mkdtempSync(path.join(tmpdir(), 'podlab-xapi-'))
let db: Db
let of: Class

beforeAll(async () => {
  db = await openDatabase({ data: await prepared(folder) })
  const grace = await createTeacher(db, { name: 'Grace', email: 'g@example.org', password: 'a long sentence is good' })
  of = await createClass(db, grace, 'Pods')
  await setAssignment(db, grace, of, { lesson: LESSON, opens: null, due: null, latePercent: 0 })
  const { learner } = await join(db, of.code, 'Ada')
  await createNoteProgress(db)(learner, { lesson: LESSON, exercise: null, failing: null, passed: 0 })
  // Judged elsewhere; here it matters only what came of it.
  const states = ['failed', 'refused', ...exercises.map(() => 'passed')]
  for (const [i, state] of states.entries()) {
    const { id } = await handIn(db, learner, LESSON, exercises[Math.max(0, i - 2)]!, `{"n":${i}}`)
    await db.query('update submission set state = $2 where id = $1', [id, state])
  }
}, 60_000)
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

test('begun, failed, passed part by part, and completed at the end', async () => {
  const all = await statementsOf(db, of, course)
  expect(all.map(s => s.verb.display.en)).toEqual([
    'initialized',
    'failed',
    ...exercises.map(() => 'passed'),
    'completed',
    'passed',
  ])
  expect(all.at(-1)).toMatchObject({
    actor: { name: 'Ada', account: { homePage: 'https://class.example/classroom' } },
    object: { id: 'https://class.example/en/lessons/meet-the-pod/what-a-pod-is/' },
    result: { success: true, score: { scaled: 1 } },
    context: {
      contextActivities: {
        category: [{ id: expect.stringContaining('/cmi5') }, { id: expect.stringContaining('/moveon') }],
      },
    },
  })
  expect(new Set(all.map(s => s.context.registration)).size, 'one registration for a learner and a lesson').toBe(1)
})

test('the same statements each time, with the same ids; another outcome is another statement', async () => {
  const once = await statementsOf(db, of, course)
  expect(await statementsOf(db, of, course)).toEqual(once)
  expect(new Set(once.map(s => s.id)).size).toBe(once.length)
  expect(once.every(s => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(s.id))).toBe(true)
  await db.query("update assignment set due = now() - interval '1 hour', late_percent = 10")
  const late = await statementsOf(db, of, course)
  expect(late.at(-1)).toMatchObject({ result: { score: { scaled: 0.9 } } })
  expect(late.at(-1)!.id).not.toBe(once.at(-1)!.id)
})

test('a store takes them; sent again they are the same', async () => {
  const kept = new Map<string, Statement>()
  const store = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const right =
      request.url === '/xapi/statements' &&
      request.headers['x-experience-api-version'] === '1.0.3' &&
      request.headers.authorization === `Basic ${Buffer.from('key:secret').toString('base64')}`
    if (!right) {
      response.writeHead(401).end('no')
      return
    }
    const statements = JSON.parse(body) as Statement[]
    for (const s of statements) kept.set(s.id, s)
    response.end(JSON.stringify(statements.map(s => s.id)))
  })
  await new Promise<void>(done => store.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(store.address() as AddressInfo).port}`
  const outbound = createOutbound(new Set([host]))
  const all = await statementsOf(db, of, course)
  const at = { endpoint: `http://${host}/xapi/`, key: 'key', secret: 'secret' }
  for (let i = 0; i < 2; i++) expect(await sendStatements(outbound, at, all)).toBe(all.length)
  expect([...kept.values()]).toEqual(all)
  await expect(sendStatements(outbound, { ...at, secret: 'x' }, all)).rejects.toThrow('401')
  await expect(sendStatements(createOutbound(), at, all)).rejects.toThrow('only https')
  store.close()
})
