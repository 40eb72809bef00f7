/** Hints that an instructor sends to one learner. */
import { randomUUID } from 'node:crypto'
import type { Db, Queries } from '../db/db.ts'
import type { Teacher } from './accounts.ts'
import { record } from './audit.ts'
import { isId } from './classes.ts'
import { answered } from './help.ts'
import type { Learner } from './learners.ts'
import { Problem } from './problem.ts'
import { CHANNEL } from './work.ts'

export interface Hint {
  id: string
  lesson: string
  text: string
  at: Date
}

const LONGEST = 2000

export async function sendHint(db: Db, by: Teacher, learner: Learner, lesson: string, text: string): Promise<void> {
  if (!text.trim() || text.length > LONGEST) throw new Problem('bad-request')
  await db.query('insert into hint (id, learner, lesson, text) values ($1, $2, $3, $4)', [
    randomUUID(),
    learner.id,
    lesson,
    text.trim(),
  ])
  await answered(db, learner)
  await record(db, {
    class: learner.class,
    actor: by.email,
    action: 'hint.send',
    detail: { learner: learner.id, lesson },
  })
  await db.notify(CHANNEL, learner.class)
}

export const hintsOf = (db: Queries, learner: Learner): Promise<(Hint & { seen: Date | null })[]> =>
  db.query('select id, lesson, text, at, seen from hint where learner = $1 order by at', [learner.id])

export const unseenHints = (db: Queries, learner: Learner): Promise<Hint[]> =>
  db.query('select id, lesson, text, at from hint where learner = $1 and seen is null order by at', [learner.id])

export async function hintSeen(db: Db, learner: Learner, id: string): Promise<void> {
  if (!isId(id)) throw new Problem('not-found')
  await db.query('update hint set seen = now() where id = $1 and learner = $2 and seen is null', [id, learner.id])
  await db.notify(CHANNEL, learner.class)
}
