/**
 * Warming up before the server listens, so that a class that comes all at once does not wait for it: connections are opened, code is
 * compiled, and each process that verifies has played something. Nothing is written.
 */
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { board } from '../domain/board.ts'
import type { Classroom, Env } from './context.ts'

/** As many as the database has connections for us. */
const AT_ONCE = 10
const ROUNDS = 20

export async function warmUp(room: Classroom, app: Hono<Env>, workers: number): Promise<void> {
  await Promise.all([judging(room, workers), asking(room, app)])
}

const typed = (at: number, line: string) => ({ at, input: { type: 'command', terminal: 0, line } })
/** What everybody does first: a terminal, kubectl, a Pod that runs. */
const INPUTS = [
  { at: 1000, input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
  typed(2000, 'kubectl run web --image=nginx'),
  typed(30_000, 'kubectl get pods -o wide; kubectl describe pod web'),
]

/** A session that nobody has recorded, played as any. */
async function judging({ lessons, verifier }: Classroom, workers: number): Promise<void> {
  const [lesson] = lessons.values()
  if (!lesson) return
  const { id, exercises } = lesson.world
  const record = { version: 1, lesson: id, seed: 'warm', start: 0, nodes: ['worker-1'], inputs: INPUTS, end: 60_000 }
  const text = JSON.stringify({ exercise: exercises[0]?.id ?? '', record, seal: 'none' })
  await Promise.all(
    Array.from({ length: workers }, () => verifier.verify(text, { lesson: lesson.world, seed: record.seed })),
  )
}

/** Of somebody who is not there, and of a class that is not. */
async function asking(room: Classroom, app: Hono<Env>): Promise<void> {
  const [lesson = ''] = room.lessons.keys()
  const nobody = { id: randomUUID(), class: randomUUID(), nickname: '' }
  const progress = { lesson, exercise: null, failing: null, passed: 0 }
  const cookie = `__Host-podlab_learner=${nobody.id}; podlab_learner=${nobody.id}`
  const report = { method: 'POST', body: JSON.stringify(progress), headers: { cookie, origin: room.origin } }
  for (let i = 0; i < ROUNDS; i++)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        await board(room.db, nobody.class)
        await room.noteProgress(nobody, progress)
        await app.request('/classroom/api/progress', report)
      }),
    )
}
