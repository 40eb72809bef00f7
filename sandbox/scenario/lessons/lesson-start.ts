/** Applies a lesson's manifests as its learner would, before the learner arrives. */
import type { Clock } from '../../clock/clock.ts'
import type { LessonWorld } from '../session.ts'
import type { Workstation } from '../workstation/workstation.ts'

/** How long one of them may take. */
const APPLY_MS = 60_000

/** @throws an Error that says which manifest cannot be applied, and why */
export async function applyManifests(lesson: LessonWorld, workstation: Workstation, clock: Clock): Promise<void> {
  for (const [path, text] of Object.entries(lesson.manifests)) {
    let said = ''
    const process = workstation.run(
      `kubectl apply -f - <<'END OF MANIFEST'\n${text}\nEND OF MANIFEST`,
      data => (said += data),
    )
    const deadline = clock.now() + APPLY_MS
    await clock.settle()
    while (!process.ended() && clock.now() < deadline) await clock.advance(100)
    if (process.ended()?.code !== 0)
      throw new Error(`lessons/${lesson.id}/start/${path} cannot be applied: ${said.trim()}`)
  }
}
