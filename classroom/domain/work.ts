/** The work of learners: where they are, what they hand in, and its verdicts. */
import { createHash, randomUUID } from 'node:crypto'
import { type Db, one, type Queries, storable } from '../db/db.ts'
import { enqueueScore } from '../lti/score-queue.ts'
import type { Verifier } from '../verify/pool.ts'
import type { Learner } from './learners.ts'
import type { Lessons } from './lessons.ts'
import { Problem } from './problem.ts'
import { seedFor } from './secrets.ts'

/** The channel on which instances tell each other what changed: class ids. */
export const CHANNEL = 'podlab_class'

export interface Submission {
  id: string
  exercise: string
  lesson: string
  state: 'waiting' | 'passed' | 'failed' | 'refused'
  refusal: string | null
  at: Date
}

/** Of one learner: more than a course of years needs, and less than fills a disk. */
const MOST_KEPT = 1000
const MOST_KEPT_BYTES = 128 * 1024 * 1024

/**
 * Kept before it is acknowledged, judged later. The same text again is the same submission: a learner who sends
 * twice because an answer was lost has handed in once.
 * @throws Problem where it is no text, or the learner has handed in too much
 */
export async function handIn(
  db: Db,
  learner: Learner,
  lesson: string,
  exercise: string,
  body: string,
): Promise<Submission> {
  if (body !== storable(body)) throw new Problem('bad-request')
  const digest = createHash('sha256').update(body).digest('hex')
  await db.query(
    `insert into submission (id, learner, lesson, exercise, digest, body)
     select $1, $2, $3, $4, $5, $6 where (
       select count(*) < ${MOST_KEPT} and coalesce(sum(pg_column_size(body)), 0) < ${MOST_KEPT_BYTES}
       from submission where learner = $2)
     on conflict (learner, digest) do nothing`,
    [randomUUID(), learner.id, lesson, exercise, digest, body],
  )
  const kept = await one<Submission>(
    db,
    'select id, lesson, exercise, state, refusal, at from submission where learner = $1 and digest = $2',
    [learner.id, digest],
  )
  if (!kept) throw new Problem('full')
  return kept
}

export const submissionsOf = (db: Queries, learner: Learner): Promise<Submission[]> =>
  db.query('select id, lesson, exercise, state, refusal, at from submission where learner = $1 order by at', [
    learner.id,
  ])

interface Job {
  id: string
  learner: string
  class: string
  lesson: string
  exercise: string
  body: string
  secret: string
}

/** Who has handed in much in so long a time comes after those who have not. */
const A_WHILE = "interval '10 minutes'"

/** An instance that dies while it judges leaves the submission to another one after so many seconds. */
const LEASE_SECONDS = 120

/** For an instance that has the database for itself: whoever had work leased before it is dead. */
export async function takeLeasesBack(db: Db): Promise<void> {
  await db.query("update submission set leased = null where state = 'waiting' and leased is not null")
  await db.query('update lti_score set due = now() where problem is null and attempts = 0')
}

/**
 * Judges one waiting submission; false when none waits. Several may do so at once, in any number of instances:
 * each takes another one. Everybody's first one comes before anybody's second, so that nobody keeps the others waiting.
 * @throws WorkersClosed, and then it waits as before
 */
export async function judgeOne(db: Db, verifier: Verifier, lessons: Lessons): Promise<boolean> {
  const job = await one<Job>(
    db,
    `update submission s set leased = now() + $1 * interval '1 second'
     from learner l join class c on c.id = l.class
     where l.id = s.learner and s.id = (
       select id from submission w where state = 'waiting' and (leased is null or leased < now())
       order by (select count(*) from submission o where o.learner = w.learner and o.at < w.at and o.at > w.at - ${A_WHILE}), at
       limit 1 for update skip locked)
     returning s.id, s.learner, l.class, s.lesson, s.exercise, s.body, c.secret`,
    [LEASE_SECONDS],
  )
  if (!job) return false
  const expected = {
    lesson: lessons.get(job.lesson)?.world,
    exercise: job.exercise,
    seed: seedFor(db.vault.unseal(job.secret), job.learner, job.lesson),
  }
  const verdict = await verifier.verify(job.body, expected).catch(async error => {
    await db.query('update submission set leased = null where id = $1', [job.id])
    throw error
  })
  await db.transaction(async tx => {
    // What another instance has judged meanwhile stays judged.
    if (verdict.verified) {
      const { passed, checks, hints, rhythm } = verdict
      await tx.query(
        `update submission set state = $2, checks = $3, hints = $4, rhythm = $5 where id = $1 and state = 'waiting'`,
        [job.id, passed ? 'passed' : 'failed', JSON.stringify(checks), hints, JSON.stringify(rhythm)],
      )
    } else {
      await tx.query(
        "update submission set state = 'refused', refusal = $2, detail = $3 where id = $1 and state = 'waiting'",
        [job.id, verdict.refusal, storable(verdict.detail.slice(0, 1000))],
      )
    }
    // With the verdict or not at all: whoever dies between leaves nothing that a platform does not hear of.
    await enqueueScore(tx, job.learner, job.lesson)
  })
  await db.notify(CHANNEL, job.class)
  return true
}
