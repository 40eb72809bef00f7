/**
 * A classroom that is killed in the middle of its work, again and again. Whatever was acknowledged has to be there afterwards, once, and
 * judged; whatever was sent twice, because no answer came, counts once.
 */
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../db/open.ts'
import { LESSON } from '../verify/solved-for-tests.ts'
import { type BigClass, seedClass } from './class.ts'
import { freePort, type Instance, SECRET, startInstance } from './instance.ts'

export interface Killed {
  kills: number
  acknowledged: number
  /** Sent again because the answer was lost. */
  again: number
  lost: number
  doubled: number
  /** Handed in, acknowledged, and not judged in the end. */
  unjudged: number
}

const LEARNERS = 20

/** @param databaseUrl of a PostgreSQL that stays; without it the embedded database dies with its process */
export async function killAgain(folder: string, kills: number, databaseUrl?: string): Promise<Killed> {
  const open = () => openDatabase({ databaseUrl, data: `${folder}/data`, secret: SECRET })
  const seeding = await open()
  const of: BigClass = await seedClass(seeding, LEARNERS)
  await seeding.close()
  const port = await freePort()
  let instance: Instance = await startInstance(folder, databaseUrl, port)

  const handedIn = new Map<string, string>()
  const progress = new Map<string, number>()
  let again = 0
  let over = false
  const path = `/classroom/api/submissions?lesson=${encodeURIComponent(LESSON)}&exercise=run-nginx`
  /** Does what a page does: sends until it is acknowledged. */
  const insist = async (path: string, cookie: string, body: string): Promise<string | undefined> => {
    for (let attempt = 0; !over; attempt++) {
      const answer = await instance.ask(path, cookie, body).catch(() => undefined)
      if (answer && answer.status < 300) {
        if (attempt) again++
        return answer.text
      }
      await sleep(50)
    }
    return undefined
  }
  const work = async ({ id, cookie }: BigClass['learners'][number]): Promise<void> => {
    for (let n = 1; !over; n++) {
      // Refused once it is looked at, which costs little; what is counted is whether it is looked at.
      const body = JSON.stringify({ by: id, n })
      const kept = await insist(path, cookie, body)
      if (kept) handedIn.set((JSON.parse(kept) as { id: string }).id, body)
      const report = JSON.stringify({ lesson: LESSON, exercise: null, failing: null, passed: Math.min(n, 1000) })
      if (await insist('/classroom/api/progress', cookie, report)) progress.set(id, Math.min(n, 1000))
      // Slower than the limits that hold for one learner.
      await sleep(1100)
    }
  }
  const learners = of.learners.map(async (learner, i) => {
    await sleep((i / LEARNERS) * 1000)
    await work(learner)
  })
  for (let i = 0; i < kills; i++) {
    await sleep(300 + randomInt(1500))
    await instance.kill()
    instance = await startInstance(folder, databaseUrl, port)
  }
  await sleep(1000)
  over = true
  await Promise.all(learners)

  if (databaseUrl) {
    // Leases of the dead run out by themselves after two minutes; here nobody waits for that.
    const db = await open()
    await db.query("update submission set leased = null where state = 'waiting'")
    await db.close()
  }
  let waiting = Number.POSITIVE_INFINITY
  for (let i = 0; i < 600 && waiting > 0; i++) {
    const all = await Promise.all(of.learners.map(l => instance.ask('/classroom/api/submissions', l.cookie)))
    waiting = all.flatMap(a => JSON.parse(a.text) as { state: string }[]).filter(s => s.state === 'waiting').length
    if (waiting) await sleep(100)
  }
  await instance.stop()
  const db = await open()
  const rows = await db.query<{ id: string; body: string }>('select id, body from submission')
  const passed = await db.query<{ learner: string; passed: number }>('select learner, passed from progress')
  await db.close()
  const bodies = new Map(rows.map(row => [row.id, row.body]))
  const shown = new Map(passed.map(row => [row.learner, row.passed]))
  return {
    kills,
    acknowledged: handedIn.size + [...progress.values()].reduce((sum, n) => sum + n, 0),
    again,
    lost:
      [...handedIn].filter(([id, body]) => bodies.get(id) !== body).length +
      [...progress].filter(([id, n]) => (shown.get(id) ?? 0) < n).length,
    doubled: rows.length - new Set(rows.map(row => row.body)).size,
    unjudged: waiting,
  }
}
