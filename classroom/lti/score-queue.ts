/** Queue of grades to be reported to platforms; kept in the database until the platform has taken them. */
import type { Queries } from '../db/db.ts'

const AGAIN = `on conflict (learner, lesson)
  do update set version = lti_score.version + 1, attempts = 0, due = now(), problem = null`

/** Does nothing for who came in by no platform, and for lessons that no platform asks for. */
export const enqueueScore = (db: Queries, learner: string, lesson: string): Promise<unknown> =>
  db.query(
    `insert into lti_score (learner, lesson) select p.learner, $2 from lti_learner p
     where p.learner = $1 and exists (select 1 from lti_line l where l.class = p.class and l.lesson = $2) ${AGAIN}`,
    [learner, lesson],
  )

/** Everybody in the class who has handed in something of this lesson. */
export const enqueueLesson = (db: Queries, of: string, lesson: string): Promise<unknown> =>
  db.query(
    `insert into lti_score (learner, lesson) select p.learner, $2 from lti_learner p
     where p.class = $1 and exists (select 1 from lti_line l where l.class = p.class and l.lesson = $2)
       and exists (select 1 from submission s where s.learner = p.learner and s.lesson = $2) ${AGAIN}`,
    [of, lesson],
  )

export interface Stuck {
  learner: string
  nickname: string
  lesson: string
  attempts: number
  problem: string | null
}

/** What has not arrived after more than one attempt. */
export const stuckScores = (db: Queries, of: string): Promise<Stuck[]> =>
  db.query(
    `select q.learner, l.nickname, q.lesson, q.attempts, q.problem from lti_score q join learner l on l.id = q.learner
     where l.class = $1 and q.attempts > 0 order by l.nickname, q.lesson`,
    [of],
  )

export const retryScores = (db: Queries, of: string): Promise<unknown> =>
  db.query(
    `update lti_score q set attempts = 0, due = now(), problem = null from learner l
     where l.id = q.learner and l.class = $1`,
    [of],
  )
