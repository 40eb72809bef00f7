/** The output of the commands shown in a lesson's prose: run in one session, in order, when the site is built. */
import { createSession } from '../create.ts'
import type { LiveSession } from '../live-session.ts'
import type { LessonWorld } from '../session.ts'

export interface OutputStep {
  cmd: string
  /** Run first, and not shown. */
  before?: string
  /** Virtual time that passes before `cmd`. */
  waitMs?: number
  fault?: string
}

const LIMIT_MS = 30 * 60_000

export async function runOutputs(
  lesson: LessonWorld,
  steps: readonly OutputStep[],
): Promise<{ text: string; code: number }[]> {
  const session = await createSession({ seed: lesson.id, lesson })
  const results: { text: string; code: number }[] = []
  for (const { cmd, before, waitMs, fault } of steps) {
    if (before) await run(session, before)
    if (fault) await session.dispatch({ type: 'fault', command: fault })
    if (waitMs) await session.advance(waitMs)
    results.push(await run(session, cmd))
  }
  return results
}

async function run(session: LiveSession, script: string): Promise<{ text: string; code: number }> {
  let text = ''
  const process = session.workstation.run(script, data => (text += data))
  const deadline = session.now + LIMIT_MS
  await session.advance(0)
  while (!process.ended() && session.now < deadline) await session.step(deadline - session.now)
  const code = process.ended()?.code
  if (code === undefined) throw new Error(`${script} does not end:\n${text}`)
  return { text, code }
}
