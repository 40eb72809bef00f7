/** A class told as xAPI statements: what happened, in order, each once; and a whole course run, sent to a store that is strict. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../db/db.ts'
import { openDatabase } from '../db/open.ts'
import { prepared } from '../db/prepared-for-tests.ts'
import { createTeacher, type Teacher } from '../domain/accounts.ts'
import { type Class, createClass, setAssignment } from '../domain/classes.ts'
import { join } from '../domain/learners.ts'
import { createNoteProgress } from '../domain/progress.ts'
import { handIn } from '../domain/work.ts'
import { createOutbound } from '../net/outbound.ts'
import { readCourse } from '../server/course-catalogue.ts'
import { LESSON, lessons } from '../verify/solved-for-tests.ts'
import { RecordStore } from './lrs.sim.ts'
import { sendStatements } from './send.ts'
import { statementsOf } from './statements.ts'

const course = { origin: 'https://class.example', ...readCourse({ lessons }) }
const exercises = course.lessons.get(LESSON)!.counted
const NEXT = [...course.lessons.keys()][1]!
const folder = mkdtempSync(path.join(tmpdir(), 'podlab-xapi-'))
let db: Db
let of: Class
let grace: Teacher

beforeAll(async () => {
  db = await openDatabase({ data: await prepared(folder) })
  grace = await createTeacher(db, { name: 'Grace', email: 'g@example.org', password: 'a long sentence is good' })
  of = await createClass(db, grace, 'Pods')
  await setAssignment(db, grace, of, { lesson: LESSON, opens: null, due: null, latePercent: 0 })
  const { learner } = await join(db, of.code, 'Ada')
  await createNoteProgress(db)(learner, { lesson: LESSON, exercise: null, failing: null, passed: 0 })
  // Judged elsewhere; here only the result matters.
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

test('a lesson is launched, begun, failed and passed part by part, completed, passed and ended; then the course is satisfied', async () => {
  const all = await statementsOf(db, of, course)
  expect(all.map(s => s.verb.display.en)).toEqual([
    ...['launched', 'initialized', 'failed', ...exercises.map(() => 'passed')],
    ...['completed', 'passed', 'terminated', 'satisfied'],
  ])
  const passed = all.at(-3)!
  expect(passed).toMatchObject({
    actor: { name: 'Ada', account: { homePage: 'https://class.example/classroom' } },
    object: { id: 'https://class.example/en/lessons/meet-the-pod/what-a-pod-is/' },
    result: { success: true, score: { scaled: 1 }, extensions: { 'https://class.example/classroom/xapi/grade': 1 } },
    context: {
      contextActivities: {
        category: [{ id: expect.stringContaining('/cmi5') }, { id: expect.stringContaining('/moveon') }],
        grouping: [
          { id: `https://class.example/classroom/xapi/classes/${of.id}` },
          { id: `https://class.example/classroom/xapi/lessons/${LESSON}` },
        ],
      },
      extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': 1 },
    },
  })
  expect(all[0]!.context.extensions).toMatchObject({
    'https://w3id.org/xapi/cmi5/context/extensions/launchmode': 'Normal',
    'https://w3id.org/xapi/cmi5/context/extensions/moveon': 'CompletedAndPassed',
  })
  expect(all.at(-1)!.object.id).toBe(`https://class.example/classroom/xapi/classes/${of.id}`)
  const [{ begun }] = (await db.query<{ begun: Date }>('select begun from progress')) as [{ begun: Date }]
  const seconds = (Date.parse(passed.timestamp) - begun.getTime()) / 1000
  expect(Number(/^PT([\d.]+)S$/.exec(passed.result!.duration!)![1])).toBeCloseTo(seconds, 1)
})

test('the same statements each time, with the same ids; another outcome is another statement', async () => {
  const once = await statementsOf(db, of, course)
  expect(await statementsOf(db, of, course)).toEqual(once)
  expect(new Set(once.map(s => s.id)).size).toBe(once.length)
  expect(once.every(s => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(s.id))).toBe(true)
  await db.query("update assignment set due = now() - interval '1 hour', late_percent = 10")
  const late = await statementsOf(db, of, course)
  // Mastered all the same: what lateness costs is told beside it.
  expect(late.at(-3)!.result).toMatchObject({
    score: { scaled: 1 },
    extensions: { 'https://class.example/classroom/xapi/grade': 0.9 },
  })
  expect(late.at(-3)!.id).not.toBe(once.at(-3)!.id)
})

test('a store takes a whole course run, and finds nothing in it that cmi5 forbids; sent again it is the same', async () => {
  const { learner } = await join(db, of.code, 'Bob')
  const bobs = { lesson: LESSON, exercise: null, failing: null, passed: 0 }
  await createNoteProgress(db)(learner, bobs)
  await setAssignment(db, grace, of, { lesson: NEXT, opens: null, due: null, latePercent: 0 })
  // Handed in without a word of having been begun.
  for (const exercise of course.lessons.get(NEXT)!.counted) {
    const [{ id }] = (await db.query<{ id: string }>("select id from learner where nickname = 'Ada'")) as [
      { id: string },
    ]
    const handedIn = await handIn(db, { ...learner, id }, NEXT, exercise, JSON.stringify({ exercise }))
    await db.query("update submission set state = 'passed' where id = $1", [handedIn.id])
  }
  const store = new RecordStore('key', 'secret')
  const host = await store.open()
  const outbound = createOutbound(new Set([host]))
  const all = await statementsOf(db, of, course)
  const at = { endpoint: `http://${host}/xapi/`, key: 'key', secret: 'secret' }
  for (let i = 0; i < 2; i++) expect(await sendStatements(outbound, at, all)).toBe(all.length)
  expect([...store.kept.values()]).toEqual(all)
  const parts = (lesson: string) => course.lessons.get(lesson)!.counted.map(() => '(passed)')
  expect(store.runs()).toEqual({
    faults: [],
    sessions: [
      ['launched initialized (failed)', ...parts(LESSON), 'completed passed terminated'].join(' '),
      'launched initialized',
      ['launched initialized', ...parts(NEXT), 'completed passed terminated satisfied'].join(' '),
    ],
  })
  expect(new Set(all.map(s => s.context.registration)).size, 'a registration for each learner').toBe(2)
  await expect(sendStatements(outbound, { ...at, secret: 'x' }, all)).rejects.toThrow('401')
  const [first] = all
  const bare = { ...first!, context: { ...first!.context, extensions: {} } }
  await expect(sendStatements(outbound, at, [bare])).rejects.toThrow('launched without its terms; launched: no session')
  await expect(sendStatements(outbound, at, [{ ...first!, timestamp: '2020-01-01T00:00:00Z' }])).rejects.toThrow('409')
  await expect(sendStatements(createOutbound(), at, all)).rejects.toThrow('only https')
  store.close()
})
