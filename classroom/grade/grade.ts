/**
 * Grades of files that learners have exported: each session is played again, in a process with limits on time and memory, and only
 * what comes of it counts.
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import { csv } from '../domain/csv.ts'
import { impossible, recordShape } from '../verify/submission.ts'
import { createWorkers, type Limits } from '../verify/workers.ts'
import type { Job } from './session.ts'

const solved = z.object({ at: z.number(), on: z.string().max(40), hints: z.int().min(0) })
const progress = z.object({ passed: z.array(z.string()), solved: z.record(z.string(), solved).optional() })
export type Claims = z.infer<typeof progress>
/** Of one lesson, from the workbench's Share. */
const exported = z.object({
  format: z.literal('podlab-session'),
  version: z.literal(1),
  record: recordShape,
  progress: progress.optional(),
})
/** Of everything that somebody has done, from the page with all exercises. */
const everything = z.object({
  format: z.literal('podlab-progress'),
  version: z.literal(1),
  sessions: z
    .array(z.object({ lesson: z.string().max(200), record: recordShape.optional(), progress: progress.optional() }))
    .max(1000),
})

export interface Gradable {
  world: LessonWorld
  /** What it is worth; 1 for each exercise that counts when absent. */
  points?: number
  /** The exercises that count; all when absent. */
  counted?: readonly string[]
  /** The moment from which on it is late. */
  due?: number
}

export interface Line {
  file: string
  lesson: string
  exercise: string
  /** `no` where nothing was claimed and nothing is there; `does not verify` where it was claimed. */
  solved: 'yes' | 'no' | 'does not verify'
  /** As the learner's clock had it. */
  when: string
  /** By that clock; '' where it was not said, or nothing is due. */
  late: 'yes' | 'no' | ''
  /** Virtual minutes from the beginning of the session. */
  minutes: number | null
  hints: number | null
  points: number | null
  note: string
}

const BLANK = { exercise: '', when: '', late: '', minutes: null, hints: null, points: null } as const

type Lessons = ReadonlyMap<string, Gradable>

/** Of a course of a year, with every session in it. */
export const LARGEST_FILE_BYTES = 64 * 1024 * 1024

export interface Grader {
  /** Always some lines: what is wrong with a file stands in its own. @param text of one exported file */
  grade(file: string, text: string): Promise<Line[]>
  close(): Promise<void>
}

export function createGrader(lessons: Lessons, limits?: Limits): Grader {
  const workers = createWorkers<Job, Line[]>(join(import.meta.dirname, 'worker.ts'), limits)
  return {
    async grade(file, text) {
      const sessions = sessionsIn(text)
      if (typeof sessions === 'string') return [refused(file, sessions)]
      const lines = await Promise.all(
        sessions.map(async ({ lesson, record, progress: claims }): Promise<Line[]> => {
          const known = lessons.get(lesson)
          // The playground is nobody's task.
          if (lesson === '') return []
          if (!known) return [refused(file, 'there is no such lesson', lesson)]
          if (!record && !claims?.passed.length) return []
          if (!record) return [refused(file, 'the session in which it was solved is not in the file', lesson)]
          if (record.lesson !== lesson) return [refused(file, `its session is of ${record.lesson}`, lesson)]
          const problem = impossible(record)
          if (problem) return [refused(file, problem, lesson)]
          const outcome = await workers.run({ file, record, claims, lesson: known })
          return 'answer' in outcome ? outcome.answer : [refused(file, outcome.detail, lesson)]
        }),
      )
      return lines.flat()
    },
    close: workers.close,
  }
}

export const refused = (file: string, note: string, lesson = ''): Line => ({
  ...BLANK,
  file,
  lesson,
  solved: 'does not verify',
  note,
})

/** @returns what a file holds, or what is wrong with it */
function sessionsIn(text: string): z.infer<typeof everything>['sessions'] | string {
  if (text.length > LARGEST_FILE_BYTES) return 'it is too large'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  const one = exported.safeParse(value).data
  if (one) return [{ lesson: one.record.lesson, record: one.record, progress: one.progress }]
  return everything.safeParse(value).data?.sessions ?? 'it is not a session that was exported'
}

const rounded = (n: number): number => Math.round(n * 100) / 100

export const asCsv = (lines: readonly Line[]): string =>
  csv([
    ['file', 'lesson', 'exercise', 'solved', 'when', 'late', 'minutes in the session', 'hints shown', 'points', 'note'],
    ...lines.map(l => [
      ...[l.file, l.lesson, l.exercise, l.solved, l.when, l.late, l.minutes, l.hints],
      ...[l.points === null ? null : rounded(l.points), l.note],
    ]),
  ])

/** One line for each file: its points of all that there are. What was solved twice counts once. */
export function asTotals(lines: readonly Line[], lessons: Lessons, pass = 100): string {
  let all = 0
  for (const { world, points, counted } of lessons.values()) all += points ?? (counted ?? world.exercises).length
  const rows = [...Map.groupBy(lines, l => l.file)].map(([file, own]) => {
    const best = new Map<string, number>()
    for (const { lesson, exercise, points } of own) {
      const key = `${lesson} ${exercise}`
      best.set(key, Math.max(best.get(key) ?? 0, points ?? 0))
    }
    const points = [...best.values()].reduce((sum, n) => sum + n, 0)
    const percent = all ? Math.round((100 * points) / all) : 100
    const count = (is: (l: Line) => boolean): number => own.filter(is).length
    return [
      ...[file, rounded(points), all, percent, percent >= pass ? 'yes' : 'no'],
      ...[count(l => l.late === 'yes'), count(l => l.solved === 'does not verify')],
    ]
  })
  return csv([['file', 'points', 'of', 'per cent', 'passed', 'solved late', 'not verified'], ...rows])
}
