/** Pairs of learners whose records are very much alike; shown to the instructor, who judges. */
import type { Queries } from '../db/db.ts'
import { alikeAmong } from '../verify/similarity.ts'

export interface Alike {
  exercise: string
  learners: readonly { id: string; nickname: string }[]
  /** From 0 to 1. */
  similarity: number
}

/** More would not be looked at. */
const MOST = 200

export async function alike(db: Queries, classId: string, lesson: string): Promise<Alike[]> {
  const found = await db.query<{ id: string; nickname: string; exercise: string; rhythm: number[] }>(
    `select distinct on (l.id, s.exercise) l.id, l.nickname, s.exercise, s.rhythm
     from submission s join learner l on l.id = s.learner
     where l.class = $1 and s.lesson = $2 and s.state = 'passed' and s.rhythm is not null order by l.id, s.exercise, s.at`,
    [classId, lesson],
  )
  return [...Map.groupBy(found, f => f.exercise)]
    .flatMap(([exercise, group]) =>
      alikeAmong(group.map(f => f.rhythm)).map(({ a, b, similarity }) => ({
        exercise,
        learners: [group[a]!, group[b]!].map(({ id, nickname }) => ({ id, nickname })),
        similarity,
      })),
    )
    .sort((x, y) => y.similarity - x.similarity)
    .slice(0, MOST)
}
