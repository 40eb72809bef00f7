/** The live board: where everybody is, and who is stuck on what. */
import type { Queries } from '../db/db.ts'

export interface BoardRow {
  learner: string
  nickname: string
  /** Null for who was put on the list and has not come yet. */
  seen: Date | null
  /** The lesson that the learner was in last; null before the first. */
  lesson: string | null
  exercise: string | null
  failing: string | null
  failingSince: Date | null
  passed: number
  /** Hints sent that the learner has not seen yet. */
  unseenHints: number
  /** Whether the learner has asked to be looked at, and nobody has answered. */
  asks: boolean
}

export const board = (db: Queries, classId: string): Promise<BoardRow[]> =>
  db.query(
    `select l.id as learner, l.nickname, greatest(nullif(l.seen, l.joined), p.at) as seen, p.lesson, p.exercise, p.failing, p.failing_since as "failingSince",
       coalesce(p.passed, 0) as passed,
       (select count(*)::int from hint h where h.learner = l.id and h.seen is null) as "unseenHints",
       exists (select from help where help.learner = l.id and answered is null) as asks
     from learner l
     left join lateral (select * from progress p where p.learner = l.id order by p.at desc limit 1) p on true
     where l.class = $1 order by l.nickname collate "C"`,
    [classId],
  )

/** Longer than this on one check, and a learner may want help. */
const STUCK_MS = 5 * 60_000

export const isStuck = (row: BoardRow, now: number): boolean =>
  row.failingSince !== null && now - row.failingSince.getTime() > STUCK_MS
