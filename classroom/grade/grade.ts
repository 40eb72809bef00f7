/** Grades of files that learners have exported: each session is played again, and only what comes of it counts. */
import { z } from 'zod'
import { replaySession } from '../../sandbox/scenario/create.ts'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import { csv } from '../domain/csv.ts'
import { impossible, recordShape } from '../verify/submission.ts'

const solved = z.object({ at: z.number(), on: z.string().max(40), hints: z.int().min(0) })
const exported = z.object({
  format: z.literal('podlab-session'),
  version: z.literal(1),
  record: recordShape,
  progress: z.object({ passed: z.array(z.string()), solved: z.record(z.string(), solved).optional() }).optional(),
})

export interface Line {
  file: string
  lesson: string
  exercise: string
  /** `no` where nothing was claimed and nothing is there; `does not verify` where it was claimed. */
  solved: 'yes' | 'no' | 'does not verify'
  /** As the learner's clock had it. */
  when: string
  /** Virtual minutes from the beginning of the session. */
  minutes: number | null
  hints: number | null
  note: string
}

const BLANK = { exercise: '', when: '', minutes: null, hints: null } as const

/** @param text of one exported file */
export async function grade(file: string, text: string, lessons: ReadonlyMap<string, LessonWorld>): Promise<Line[]> {
  const refuse = (note: string, lesson = ''): Line[] => [{ ...BLANK, file, lesson, solved: 'does not verify', note }]
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('it is no JSON')
  }
  const parsed = exported.safeParse(value)
  if (!parsed.success) return refuse('it is not a session that was exported')
  const { record, progress } = parsed.data
  const lesson = lessons.get(record.lesson)
  if (!lesson) return refuse('there is no such lesson', record.lesson)
  const problem = impossible(record)
  if (problem) return refuse(problem, lesson.id)

  const lines: Line[] = []
  for (const { id } of lesson.exercises) {
    const claim = progress?.solved?.[id]
    const claimed = claim !== undefined || progress?.passed.includes(id)
    // Where it was said to be solved; else at the end, where later exercises may have undone it.
    const moments = claim ? [claim.at, record.end] : [record.end]
    let at: number | undefined
    let note = claimed ? 'its checks do not pass' : ''
    for (const moment of moments) {
      try {
        const session = await replaySession(record, lesson, Math.min(Math.max(moment, record.start), record.end))
        const checks = await session.check(id)
        if (checks.length > 0 && checks.every(c => c.passed)) {
          at = moment
          break
        }
      } catch (error) {
        note = (error as Error).message
      }
    }
    lines.push({
      file,
      lesson: lesson.id,
      exercise: id,
      solved: at !== undefined ? 'yes' : claimed ? 'does not verify' : 'no',
      when: claim?.on ?? '',
      minutes: at === undefined ? null : Math.round((at - record.start) / 6000) / 10,
      hints: claim?.hints ?? null,
      note: at === undefined ? note : '',
    })
  }
  return lines
}

export const asCsv = (lines: readonly Line[]): string =>
  csv([
    ['file', 'lesson', 'exercise', 'solved', 'when', 'minutes in the session', 'hints shown', 'note'],
    ...lines.map(l => [l.file, l.lesson, l.exercise, l.solved, l.when, l.minutes, l.hints, l.note]),
  ])
