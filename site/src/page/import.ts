/** Takes over what was exported elsewhere. Nothing that is here is lost by it. */
import type { Work } from '../workbench/keeping.ts'
import { merged, readExported } from './exported.ts'
import { update, updateProgress } from './keep.ts'

export interface TakenOver {
  /** Lessons that are now as they were there. */
  taken: number
  /** Lessons in which there is work already; of theirs only what was passed is marked. */
  kept: number
}

/** @param lessons those of this course @throws when it is no such file */
export async function importEverything(text: string, lessons: ReadonlySet<string>): Promise<TakenOver> {
  const done: TakenOver = { taken: 0, kept: 0 }
  for (const session of readExported(text, document.documentElement.dataset.course)) {
    if (!lessons.has(session.lesson)) continue
    let own = false
    if (session.work) {
      const { work } = session
      await update<Work>(['work', session.lesson], here => {
        own = here !== undefined
        return here ?? work
      })
    }
    await updateProgress(session.lesson, here => merged(here, session, !own))
    own ? done.kept++ : done.taken++
  }
  return done
}
