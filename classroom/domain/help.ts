/** A learner asks to be looked at, with what was done so far; a teacher looks, and answers by a hint. */
import { type Db, one, type Queries, storable } from '../db/db.ts'
import type { Learner } from './learners.ts'
import { Problem } from './problem.ts'
import { CHANNEL } from './work.ts'

export interface Help {
  lesson: string
  text: string
  /** JSON of the session's record, as it was sent. */
  body: string
  at: Date
  answered: Date | null
}

const LONGEST_QUESTION = 500

/** The last time counts: what was asked before is forgotten. */
export async function askForHelp(
  db: Db,
  learner: Learner,
  { lesson, text, body }: Pick<Help, 'lesson' | 'text' | 'body'>,
): Promise<void> {
  if (text.length > LONGEST_QUESTION || text !== storable(text) || body !== storable(body))
    throw new Problem('bad-request')
  await db.query(
    `insert into help (learner, lesson, text, body) values ($1, $2, $3, $4)
     on conflict (learner) do update set lesson = excluded.lesson, text = excluded.text, body = excluded.body,
       at = now(), answered = null`,
    [learner.id, lesson, text.trim(), body],
  )
  await db.notify(CHANNEL, learner.class)
}

export const helpOf = (db: Queries, learner: Learner): Promise<Help | undefined> =>
  one(db, 'select lesson, text, body, at, answered from help where learner = $1', [learner.id])

export const answered = (db: Queries, learner: Learner): Promise<unknown> =>
  db.query('update help set answered = now() where learner = $1 and answered is null', [learner.id])
