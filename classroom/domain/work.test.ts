/** The queue of submissions: their order, and retries after failures. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedClass } from '../bench/class.ts'
import type { Db } from '../db/db.ts'
import { openDatabase } from '../db/open.ts'
import { startPostgres } from '../db/postgres-for-tests.ts'
import type { Verifier } from '../verify/pool.ts'
import { WorkersClosed } from '../verify/workers.ts'
import type { Learner } from './learners.ts'
import { handIn, judgeOne, submissionsOf } from './work.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-work-'))
const postgres = await startPostgres()
let db: Db
let people: Learner[]
beforeAll(async () => {
  db = await openDatabase({ databaseUrl: postgres?.url, data: folder })
  const { id, learners } = await seedClass(db, 2)
  people = learners.map((l, i) => ({ id: l.id, class: id, nickname: `Learner ${i}` }))
})
afterAll(async () => {
  await db.close()
  await postgres?.stop()
  rmSync(folder, { recursive: true })
})

/** Says in its detail what it was given. */
const refusing: Verifier = {
  verify: async text => ({ verified: false, refusal: 'differs', detail: text }),
  close: async () => {},
}
const judge = (verifier = refusing) => judgeOne(db, verifier, new Map())

test('everybody’s first one comes before anybody’s second', async () => {
  const [ada, bob] = people as [Learner, Learner]
  for (const body of ['ada 1', 'ada 2', 'ada 3']) await handIn(db, ada, 'a', 'b', body)
  await handIn(db, bob, 'a', 'b', 'bob 1')
  const order: string[] = []
  const noting: Verifier = {
    ...refusing,
    verify: (text, expected) => {
      order.push(text)
      return refusing.verify(text, expected)
    },
  }
  while (await judge(noting));
  expect(order).toEqual(['ada 1', 'bob 1', 'ada 2', 'ada 3'])
})

test('what the database cannot keep is not taken, and what is found out about it can be kept', async () => {
  const [ada] = people as [Learner]
  await expect(handIn(db, ada, 'a', 'b', 'a\0b')).rejects.toThrow('bad-request')
  await expect(handIn(db, ada, 'a', 'b', 'half \ud83d')).rejects.toThrow('bad-request')
  const { id } = await handIn(db, ada, 'a', 'b', '{"exercise": "…"}')
  await judge({ ...refusing, verify: async () => ({ verified: false, refusal: 'differs', detail: 'a\0b \ud83d' }) })
  expect((await submissionsOf(db, ada)).find(s => s.id === id)).toMatchObject({ state: 'refused' })
  expect(await judge(), 'nothing is left over').toBe(false)
})

test('a server that is stopped leaves what it was judging as it was', async () => {
  const [ada] = people as [Learner]
  const { id } = await handIn(db, ada, 'a', 'b', 'in the middle')
  const stopped: Verifier = { ...refusing, verify: () => Promise.reject(new WorkersClosed('closed')) }
  await expect(judge(stopped)).rejects.toThrow('closed')
  expect((await submissionsOf(db, ada)).find(s => s.id === id)).toMatchObject({ state: 'waiting' })
  expect(await judge(), 'at once, by whoever is next').toBe(true)
})

test('of one learner so much is kept, and the same again is not more', async () => {
  const [, bob] = people as [Learner, Learner]
  await db.query(
    `insert into submission (id, learner, lesson, exercise, digest, body, state)
     select gen_random_uuid(), $1, 'a', 'b', n::text, 'x', 'refused' from generate_series(1, 1000) n`,
    [bob.id],
  )
  await expect(handIn(db, bob, 'a', 'b', 'one more')).rejects.toThrow('full')
  expect(await handIn(db, bob, 'a', 'b', 'bob 1')).toMatchObject({ state: 'refused' })
})
