/** Pairs of learners whose records are very much alike; shown to the instructor, who judges. */
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import type { Queries } from '../db/db.ts'
import { similarity } from '../verify/similarity.ts'

export interface Alike {
  lesson: string
  exercise: string
  learners: [string, string]
  /** From 0 to 1. */
  similarity: number
}

const WORTH_SHOWING = 0.5

export async function alike(db: Queries, classId: string, lesson: string): Promise<Alike[]> {
  type Found = { learner: string; exercise: string; body: string }
  const found = await db.query<Found>(
    `select distinct on (s.learner, s.exercise) s.learner, s.exercise, s.body
     from submission s join learner l on l.id = s.learner
     where l.class = $1 and s.lesson = $2 and s.state = 'passed' order by s.learner, s.exercise, s.at`,
    [classId, lesson],
  )
  const pairs: Alike[] = []
  for (const [exercise, group] of Map.groupBy(found, f => f.exercise)) {
    const records = group.map(f => (JSON.parse(f.body) as { record: SessionRecord }).record)
    for (const [i, a] of records.entries()) {
      for (const [j, b] of records.slice(0, i).entries()) {
        const how = similarity(a, b)
        if (how >= WORTH_SHOWING)
          pairs.push({ lesson, exercise, learners: [group[j]!.learner, group[i]!.learner], similarity: how })
      }
    }
  }
  return pairs.sort((a, b) => b.similarity - a.similarity)
}
