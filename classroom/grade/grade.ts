/** Grades of files that learners have exported: each session is played again, and only what comes of it counts. */
import { z } from 'zod'
import { replaySession } from '../../sandbox/scenario/create.ts'
import type { LessonWorld, SessionRecord } from '../../sandbox/scenario/session.ts'
import { csv } from '../domain/csv.ts'
import { impossible, recordShape } from '../verify/submission.ts'

const solved = z.object({ at: z.number(), on: z.string().max(40), hints: z.int().min(0) })
const progress = z.object({ passed: z.array(z.string()), solved: z.record(z.string(), solved).optional() })
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

/** @param text of one exported file */
export async function grade(file: string, text: string, lessons: Lessons): Promise<Line[]> {
  const refuse = (note: string, lesson = ''): Line[] => [{ ...BLANK, file, lesson, solved: 'does not verify', note }]
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('it is no JSON')
  }
  const one = exported.safeParse(value)
  const all = everything.safeParse(value)
  const sessions = one.success
    ? [{ lesson: one.data.record.lesson, record: one.data.record, progress: one.data.progress }]
    : all.data?.sessions
  if (!sessions) return refuse('it is not a session that was exported')
  const lines: Line[] = []
  for (const { lesson, record, progress: claims } of sessions) {
    const known = lessons.get(lesson)
    // The playground is nobody's task.
    if (lesson === '') continue
    if (!known) lines.push(...refuse('there is no such lesson', lesson))
    else if (!record && !claims?.passed.length) continue
    else if (!record) lines.push(...refuse('the session in which it was solved is not in the file', lesson))
    else if (record.lesson !== lesson) lines.push(...refuse(`its session is of ${record.lesson}`, lesson))
    else {
      const problem = impossible(record)
      if (problem) lines.push(...refuse(problem, lesson))
      else lines.push(...(await gradeSession(file, record, claims, known)))
    }
  }
  return lines
}

async function gradeSession(
  file: string,
  record: SessionRecord,
  claims: z.infer<typeof progress> | undefined,
  lesson: Gradable,
): Promise<Line[]> {
  const { world, due } = lesson
  const counted = lesson.counted ?? world.exercises.map(e => e.id)
  const share = counted.length ? (lesson.points ?? counted.length) / counted.length : 0
  const lines: Line[] = []
  for (const { id } of world.exercises) {
    const claim = claims?.solved?.[id]
    const claimed = claim !== undefined || claims?.passed.includes(id)
    // Where it was said to be solved; else at the end, where later exercises may have undone it.
    const moments = claim ? [claim.at, record.end] : [record.end]
    let at: number | undefined
    let note = claimed ? 'its checks do not pass' : ''
    for (const moment of moments) {
      try {
        const session = await replaySession(record, world, Math.min(Math.max(moment, record.start), record.end))
        const checks = await session.check(id)
        if (checks.length > 0 && checks.every(c => c.passed)) {
          at = moment
          break
        }
      } catch (error) {
        note = (error as Error).message
      }
    }
    const verified = at !== undefined
    const on = Date.parse(claim?.on ?? '')
    lines.push({
      file,
      lesson: world.id,
      exercise: id,
      solved: verified ? 'yes' : claimed ? 'does not verify' : 'no',
      when: claim?.on ?? '',
      late: !verified || due === undefined || Number.isNaN(on) ? '' : on >= due ? 'yes' : 'no',
      minutes: at === undefined ? null : Math.round((at - record.start) / 6000) / 10,
      hints: claim?.hints ?? null,
      points: counted.includes(id) ? (verified ? share : 0) : null,
      note: verified ? '' : note,
    })
  }
  return lines
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
