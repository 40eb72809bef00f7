/** Small samples of what `npm run bench:classroom` does in full. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../db/open.ts'
import { startPostgres } from '../db/postgres-for-tests.ts'
import { start } from '../server/start.ts'
import { EXERCISE, LESSON, lessons, solved, worldOf } from '../verify/solved-for-tests.ts'
import type { Submission } from '../verify/submission.ts'
import { verify } from '../verify/verify.ts'
import { seedClass } from './class.ts'
import { forge } from './forge.ts'
import { SECRET } from './instance.ts'
import { killAgain } from './kill.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-bench-'))
const postgres = await startPostgres()
afterAll(async () => {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('killed twice at work, nothing that was acknowledged is lost, nothing doubled', async () => {
  // The embedded database is killed by the script alone: it takes long to start.
  const killed = await killAgain(folder, 2, postgres?.url)
  expect(killed).toMatchObject({ lost: 0, doubled: 0, unjudged: 0 })
  expect(killed.acknowledged).toBeGreaterThan(0)
}, 120_000)

test('no forgery passes', async () => {
  const [honest, foreign] = (await Promise.all(['ada', 'bob'].map(solved))).map(text => JSON.parse(text) as Submission)
  const expected = { lesson: worldOf(), exercise: EXERCISE, seed: 'ada' }
  expect(await verify(structuredClone(honest), expected)).toMatchObject({ passed: true })
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), async chances => {
      const { how, forged } = forge(honest!, foreign!, () => chances.next().value)
      const verdict = await verify(JSON.parse(JSON.stringify(forged)), expected)
      expect(verdict.verified && verdict.passed, how).toBe(false)
    }),
    { numRuns: 40 },
  )
}, 60_000)

describe.skipIf(!postgres)('two instances with PostgreSQL between them', () => {
  test('a board at one shows what is reported to the other; each submission is judged by one of them', async () => {
    const options = {
      port: 0,
      databaseUrl: postgres!.url,
      data: folder,
      secret: SECRET,
      site: folder,
      lessons,
      workers: 1,
    }
    const db = await openDatabase(options)
    onTestFinished(() => db.close())
    const of = await seedClass(db, 3)
    const rooms = [await start(options), await start(options)] as const
    // Given up or not: an instance whose database is gone would ask for it until the last test of all.
    onTestFinished(async () => void (await Promise.all(rooms.map(room => room.close()))))
    expect(rooms[0].room.setUpToken, 'any of them may be asked').toBe(rooms[1].room.setUpToken)
    const [ada] = of.learners
    const ask = (room: number, path: string, body?: string) =>
      fetch(`${rooms[room]!.origin}${path}`, {
        ...(body !== undefined && { method: 'POST', body }),
        headers: { cookie: body === undefined ? of.teacher : ada!.cookie, origin: rooms[room]!.origin },
      })
    const abort = new AbortController()
    const events = await fetch(`${rooms[1].origin}/en/classroom/classes/${of.id}/events`, {
      headers: { cookie: of.teacher },
      signal: abort.signal,
    })
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    const until = async (text: string): Promise<void> => {
      for (let heard = ''; !heard.includes(text); ) heard += (await reader.read()).value ?? ''
    }
    await until('not begun')
    const report = { lesson: LESSON, exercise: EXERCISE, failing: 'ready', passed: 0 }
    expect((await ask(0, '/classroom/api/progress', JSON.stringify(report))).status).toBe(200)
    await until('not yet: “It is ready (READY says 1/1)”')
    abort.abort()
    await reader.cancel().catch(() => {})

    const path = `/classroom/api/submissions?lesson=${encodeURIComponent(LESSON)}&exercise=${EXERCISE}`
    const bodies = Array.from({ length: 20 }, (_, i) => `{"made":"up ${i}"}`)
    await Promise.all(bodies.map((body, i) => ask(i % 2, path, body)))
    const left = () => db.query("select 1 from submission where state = 'waiting'")
    while ((await left()).length) await new Promise(resolve => setTimeout(resolve, 50))
    expect(await db.query('select distinct state from submission')).toEqual([{ state: 'refused' }])
  }, 60_000)
})
