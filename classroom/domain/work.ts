/** What learners do: where they are, what they hand in, and what comes of it. */
import { createHash, randomUUID } from 'node:crypto'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import { type Db, one, type Queries } from '../db/db.ts'
import { enqueueScore } from '../lti/score-queue.ts'
import type { Verifier } from '../verify/pool.ts'
import type { Learner } from './learners.ts'
import { seedFor } from './secrets.ts'

/** Lesson id → its world; what a class can be set. */
export type Lessons = ReadonlyMap<string, LessonWorld>

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

/**
 * Kept before it is acknowledged, judged later. The same text again is the same submission: a learner who sends
 * twice because an answer was lost has handed in once.
 */
export async function handIn(
  db: Db,
  learner: Learner,
  lesson: string,
  exercise: string,
  body: string,
): Promise<Submission> {
  const digest = createHash('sha256').update(body).digest('hex')
  await db.query(
    `insert into submission (id, learner, lesson, exercise, digest, body) values ($1, $2, $3, $4, $5, $6)
     on conflict (learner, digest) do nothing`,
    [randomUUID(), learner.id, lesson, exercise, digest, body],
  )
  const kept = await one<Submission>(
    db,
    'select id, lesson, exercise, state, refusal, at from submission where learner = $1 and digest = $2',
    [learner.id, digest],
  )
  if (!kept) throw new Error('a submission that was just kept is gone')
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

/** An instance that dies while it judges leaves the submission to another one after so many seconds. */
const LEASE_SECONDS = 120

/** For an instance that has the database for itself: whoever had work leased before it is dead. */
export async function takeLeasesBack(db: Db): Promise<void> {
  await db.query("update submission set leased = null where state = 'waiting' and leased is not null")
  await db.query('update lti_score set due = now() where problem is null and attempts = 0')
}

/**
 * Judges one waiting submission; false when none waits. Several may do so at once, in any number of instances:
 * each takes another one.
 */
export async function judgeOne(db: Db, verifier: Verifier, lessons: Lessons): Promise<boolean> {
  const job = await one<Job>(
    db,
    `update submission s set leased = now() + $1 * interval '1 second'
     from learner l join class c on c.id = l.class
     where l.id = s.learner and s.id = (
       select id from submission where state = 'waiting' and (leased is null or leased < now())
       order by at limit 1 for update skip locked)
     returning s.id, s.learner, l.class, s.lesson, s.exercise, s.body, c.secret`,
    [LEASE_SECONDS],
  )
  if (!job) return false
  const verdict = await verifier.verify(job.body, {
    lesson: lessons.get(job.lesson),
    exercise: job.exercise,
    seed: seedFor(job.secret, job.learner, job.lesson),
  })
  await db.transaction(async tx => {
    // What another instance has judged meanwhile stays judged.
    if (verdict.verified) {
      await tx.query("update submission set state = $2, checks = $3, hints = $4 where id = $1 and state = 'waiting'", [
        job.id,
        verdict.passed ? 'passed' : 'failed',
        JSON.stringify(verdict.checks),
        verdict.hints,
      ])
    } else {
      await tx.query(
        "update submission set state = 'refused', refusal = $2, detail = $3 where id = $1 and state = 'waiting'",
        [job.id, verdict.refusal, verdict.detail.slice(0, 1000)],
      )
    }
    // With the verdict or not at all: whoever dies between leaves nothing that a platform does not hear of.
    await enqueueScore(tx, job.learner, job.lesson)
  })
  await db.notify(CHANNEL, job.class)
  return true
}
