/** The API of the classroom for a lesson's page, as JSON. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { assignmentsOf, datesFor } from '../domain/classes.ts'
import { askForHelp } from '../domain/help.ts'
import { hintSeen, unseenHints } from '../domain/hints.ts'
import { deleteLearner, exportLearner } from '../domain/learners.ts'
import { exerciseOf } from '../domain/lessons.ts'
import { Problem } from '../domain/problem.ts'
import { seedFor } from '../domain/secrets.ts'
import { handIn, submissionsOf } from '../domain/work.ts'
import { LARGEST_BYTES } from '../verify/submission.ts'
import { end, learnerOf } from './auth.ts'
import type { Classroom, Env } from './context.ts'
import { limit } from './limits.ts'

const id = z.string().min(1).max(200)
const progress = z.strictObject({
  lesson: id,
  exercise: id.nullable(),
  failing: id.nullable(),
  passed: z.int().min(0).max(1000),
})
const SMALL = 16 * 1024
/** The addresses that take more than a form's worth. */
export const RECORDS: readonly string[] = ['/classroom/api/submissions', '/classroom/api/help']

export function learnerApi(room: Classroom): Hono<Env> {
  const api = new Hono<Env>()
  const { db, lessons } = room
  // Counted by learner: a class behind one address is many people.
  const by = (c: { get(key: 'learner'): { id: string } | undefined }): string => c.get('learner')?.id ?? 'nobody'
  const often = limit(60, 60, by)

  api.get('/me', async c => {
    const learner = learnerOf(c)
    const [assignments, hints, submissions] = await Promise.all([
      assignmentsOf(db, { id: learner.class }),
      unseenHints(db, learner),
      submissionsOf(db, learner),
    ])
    return c.json({ nickname: learner.nickname, assignments, hints, submissions })
  })

  /** Asked by every lesson's page; whoever is in no class is simply told so. */
  api.get('/seed', async c => {
    const learner = c.get('learner')
    if (!learner) return c.json({ seed: null })
    const lesson = c.req.query('lesson') ?? ''
    if (!lessons.has(lesson)) throw new Problem('unknown-lesson')
    const dates = await datesFor(db, learner, lesson)
    return c.json({
      seed: seedFor(db.vault.unseal(learner.secret), learner.id, lesson),
      class: learner.className,
      nickname: learner.nickname,
      opens: dates?.opens ?? null,
      due: dates?.due ?? null,
    })
  })

  api.post('/progress', bodyLimit({ maxSize: SMALL }), limit(120, 60, by), async c => {
    const learner = learnerOf(c)
    const parsed = progress.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) throw new Problem('bad-request')
    const { lesson, exercise, failing } = parsed.data
    if (!lessons.has(lesson)) throw new Problem('unknown-lesson')
    // Nothing that somebody has made up gets onto the board, or among what is written for all.
    const at = exerciseOf(lessons, lesson, exercise)
    if ((exercise && !at) || (failing && !at?.checks.some(check => check.id === failing)))
      throw new Problem('bad-request')
    return c.json({ hints: await room.noteProgress(learner, parsed.data) })
  })

  api.post('/submissions', bodyLimit({ maxSize: LARGEST_BYTES }), often, async c => {
    const learner = learnerOf(c)
    const lesson = c.req.query('lesson') ?? ''
    const exercise = c.req.query('exercise') ?? ''
    if (!exerciseOf(lessons, lesson, exercise)) throw new Problem('unknown-lesson')
    return c.json(await handIn(db, learner, lesson, exercise, await c.req.text()), 202)
  })

  /** "Look at what I have done": the record so far, taken apart only when somebody looks at it. */
  api.post('/help', bodyLimit({ maxSize: LARGEST_BYTES }), limit(6, 60, by), async c => {
    const learner = learnerOf(c)
    const lesson = c.req.query('lesson') ?? ''
    if (!lessons.has(lesson)) throw new Problem('unknown-lesson')
    await askForHelp(db, learner, { lesson, text: c.req.query('text') ?? '', body: await c.req.text() })
    return c.body(null, 204)
  })

  api.get('/submissions', async c => c.json(await submissionsOf(db, learnerOf(c))))

  api.post('/hints/:id/seen', often, async c => {
    await hintSeen(db, learnerOf(c), c.req.param('id'))
    return c.body(null, 204)
  })

  api.get('/export', limit(10, 60, by), async c => {
    c.header('Content-Disposition', 'attachment; filename="podlab.json"')
    return c.json(await exportLearner(db, learnerOf(c)))
  })

  /** Everything that is kept of whoever asks is deleted. */
  api.post('/forget-me', async c => {
    const learner = learnerOf(c)
    await end(room, c, 'learner')
    await deleteLearner(db, 'learner', learner)
    return c.body(null, 204)
  })
  return api
}
