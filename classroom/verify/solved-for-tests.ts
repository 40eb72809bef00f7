/** Honest work, as a learner's page hands it in. */
import { join } from 'node:path'
import { createSession } from '../../sandbox/scenario/create.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { runScript, scriptParts } from '../../sandbox/scenario/run-script.ts'
import { sealOf } from '../../sandbox/scenario/seal.ts'

export const LESSON = '01-meet-the-pod/01-what-a-pod-is'
export const EXERCISE = 'run-nginx'
export const lessons = join(import.meta.dirname, '../../lessons')

const folder = () => lessonFolders(lessons).find(f => f.id === LESSON)!
export const worldOf = () => readLesson(folder()).world

/** The lesson's first exercise, solved in the world of a seed. */
export async function solved(seed: string): Promise<string> {
  const session = await createSession({ seed, lesson: worldOf() })
  const parts = scriptParts(folder().files['solution.sh']!)
  await runScript(session, (parts.get('') ?? '') + parts.get(EXERCISE)!)
  const record = session.record()
  return JSON.stringify({ exercise: EXERCISE, record, seal: sealOf(record, session.hash()), hints: 0 })
}
