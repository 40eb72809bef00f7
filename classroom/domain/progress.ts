/**
 * Progress reports of learners. They come all the time and mostly repeat the last one; a report is answered once it is
 * stored.
 */
import type { Db, Queries } from '../db/db.ts'
import { gather } from '../db/gather.ts'
import type { Hint } from './hints.ts'
import type { Learner } from './learners.ts'
import { CHANNEL } from './work.ts'

export interface Progress {
  lesson: string
  exercise: string | null
  /** The check that the learner last failed; null when none fails. */
  failing: string | null
  passed: number
}

/** In each lesson that a learner has been in, the last one first. */
export const progressOf = (db: Queries, { id }: Learner): Promise<(Progress & { at: Date })[]> =>
  db.query('select lesson, exercise, failing, passed, at from progress where learner = $1 order by at desc', [id])

/** @returns the hints that the learner has not seen yet */
export type NoteProgress = (learner: Learner, progress: Progress) => Promise<readonly Hint[]>

export function createNoteProgress(db: Db): NoteProgress {
  const note = gather((reports: readonly Report[]) => keep(db, reports))
  return (learner, progress) => note({ learner, progress })
}

interface Report {
  learner: Learner
  progress: Progress
}

/** What has not changed is written so seldom that somebody is still seen to be there. */
const STALE = "interval '20 seconds'"

async function keep(db: Db, reports: readonly Report[]): Promise<Hint[][]> {
  // The last word of each, and of what was passed the most.
  const rows = new Map<string, Progress & { learner: string }>()
  for (const { learner, progress } of reports) {
    const key = `${learner.id}\n${progress.lesson}`
    const passed = Math.max(progress.passed, rows.get(key)?.passed ?? 0)
    rows.set(key, { learner: learner.id, ...progress, passed })
  }
  // In one order everywhere, so that two instances never wait for each other. Who was deleted meanwhile is left out.
  const found = await db.query<Hint & { learner: string }>(
    `with told as (
       select r.*, l.class from json_to_recordset($1::json)
         as r (learner uuid, lesson text, exercise text, failing text, passed int)
       join learner l on l.id = r.learner order by r.learner, r.lesson),
     seen as (
       update learner set seen = now() where id in (
         select id from learner where id in (select learner from told) and seen < now() - ${STALE} order by id for update)),
     noted as (
       insert into progress (learner, lesson, exercise, failing, failing_since, passed)
       select learner, lesson, exercise, failing, case when failing is null then null else now() end, passed from told
       on conflict (learner, lesson) do update set exercise = excluded.exercise, failing = excluded.failing,
         failing_since = case
           when excluded.failing is null then null
           when progress.failing = excluded.failing and progress.exercise = excluded.exercise then progress.failing_since
           else now() end,
         passed = greatest(progress.passed, excluded.passed), at = now()
       where (progress.exercise, progress.failing) is distinct from (excluded.exercise, excluded.failing)
         or progress.passed < excluded.passed or progress.at < now() - ${STALE}
       returning learner),
     heard as (
       select pg_notify($2, class::text) from (select distinct class from told join noted using (learner)) as changed)
     select h.id, h.lesson, h.text, h.at, h.learner
     from (select count(*) from heard) as all_heard, hint h
     where h.learner in (select learner from told) and h.seen is null order by h.at`,
    [JSON.stringify([...rows.values()]), CHANNEL],
  )
  const hints = Map.groupBy(found, hint => hint.learner)
  return reports.map(({ learner }) => (hints.get(learner.id) ?? []).map(({ learner: _, ...hint }) => hint))
}
