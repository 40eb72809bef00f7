/** The grade book. A grade is computed from verified submissions whenever it is asked for, and stored nowhere. */
import { localOf } from '../../course/dates.ts'
import type { Queries } from '../db/db.ts'
import { type Assignment, assignmentsOf } from './classes.ts'
import { csv } from './csv.ts'
import type { Lessons } from './lessons.ts'

export interface Grade {
  /** From 0 to 1, after what lateness costs. */
  score: number
  passed: number
  of: number
  /** When the last exercise that counts was handed in. */
  at: Date | null
  late: boolean
  hints: number
}

export interface GradeBook {
  assignments: readonly Assignment[]
  rows: readonly { learner: string; nickname: string; grades: ReadonlyMap<string, Grade> }[]
}

interface Pass {
  learner: string
  lesson: string
  exercise: string
  at: Date
  hints: number
}

const DAY_MS = 86_400_000

/** What a pass at `at` is worth, from 0 to 1. */
function worth(at: Date, { opens, due, late_percent }: Assignment, extended?: Date): number {
  if (opens && at < opens) return 0
  const deadline = extended ?? due
  if (!deadline || at <= deadline) return 1
  const days = Math.ceil((at.getTime() - deadline.getTime()) / DAY_MS)
  return Math.max(0, 1 - (late_percent / 100) * days)
}

export async function gradeBook(db: Queries, classId: string, lessons: Lessons): Promise<GradeBook> {
  const assignments = await assignmentsOf(db, { id: classId })
  const learners = await db.query<{ id: string; nickname: string }>(
    'select id, nickname from learner where class = $1 order by nickname collate "C"',
    [classId],
  )
  const passes = await db.query<Pass>(
    `select s.learner, s.lesson, s.exercise, s.at, s.hints from submission s join learner l on l.id = s.learner
     where l.class = $1 and s.state = 'passed' order by s.at`,
    [classId],
  )
  const extensions = await db.query<{ assignment: string; learner: string; due: Date }>(
    'select e.assignment, e.learner, e.due from extension e join assignment a on a.id = e.assignment where a.class = $1',
    [classId],
  )
  const byLearner = Map.groupBy(passes, pass => pass.learner)
  return {
    assignments,
    rows: learners.map(({ id, nickname }) => ({
      learner: id,
      nickname,
      grades: new Map(
        assignments.map(assignment => {
          const extended = extensions.find(e => e.assignment === assignment.id && e.learner === id)?.due
          const own = (byLearner.get(id) ?? []).filter(pass => pass.lesson === assignment.lesson)
          return [assignment.lesson, grade(assignment, extended, own, lessons)]
        }),
      ),
    })),
  }
}

export interface OwnGrade {
  assignment: Assignment
  /** The learner's own date, where they have been given longer. */
  due: Date | null
  grade: Grade
}

/** One learner's grades in all that is set. */
export async function gradesOf(
  db: Queries,
  { id, class: of }: { id: string; class: string },
  lessons: Lessons,
): Promise<OwnGrade[]> {
  const assignments = await assignmentsOf(db, { id: of })
  const passes = await db.query<Pass>(
    `select learner, lesson, exercise, at, hints from submission where learner = $1 and state = 'passed' order by at`,
    [id],
  )
  const extensions = await db.query<{ assignment: string; due: Date }>(
    'select assignment, due from extension where learner = $1',
    [id],
  )
  return assignments.map(assignment => {
    const extended = extensions.find(e => e.assignment === assignment.id)?.due
    const own = passes.filter(pass => pass.lesson === assignment.lesson)
    return { assignment, due: extended ?? assignment.due, grade: grade(assignment, extended, own, lessons) }
  })
}

/** An exercise counts by its best pass. */
function grade(assignment: Assignment, extended: Date | undefined, passes: readonly Pass[], lessons: Lessons): Grade {
  const exercises = lessons.get(assignment.lesson)?.counted ?? []
  let sum = 0
  let passed = 0
  let late = false
  let hints = 0
  let at: Date | null = null
  for (const id of exercises) {
    let best: Pass | undefined
    let most = 0
    for (const pass of passes) {
      const value = pass.exercise === id ? worth(pass.at, assignment, extended) : 0
      if (value > most) {
        best = pass
        most = value
      }
    }
    if (!best) continue
    passed++
    sum += most
    hints += best.hints
    late ||= most < 1
    if (!at || best.at > at) at = best.at
  }
  return { score: exercises.length ? sum / exercises.length : 0, passed, of: exercises.length, at, late, hints }
}

/** What people call it, in their language. */
export interface CsvWords {
  learner: string
  /** The columns of a lesson. */
  score: (title: string) => string
  passed: (title: string, of: number) => string
  at: (title: string) => string
}

/** A line for each learner. @param titleOf a lesson's @param zone whose clocks say when */
export const gradesAsCsv = (
  { assignments, rows }: GradeBook,
  { learner, score, passed, at }: CsvWords,
  titleOf: (lesson: string) => string,
  zone: string,
): string =>
  csv([
    [
      learner,
      ...assignments.flatMap(({ lesson }) => {
        const title = titleOf(lesson)
        // Numbers alone in the cells: of "1 / 4" a spreadsheet makes a date.
        return [score(title), passed(title, rows[0]?.grades.get(lesson)?.of ?? 0), at(title)]
      }),
    ],
    ...rows.map(({ nickname, grades }) => [
      nickname,
      ...assignments.flatMap(({ lesson }) => {
        const g = grades.get(lesson)
        return [
          Math.round((g?.score ?? 0) * 1000) / 10,
          g?.passed ?? 0,
          g?.at ? localOf(g.at.getTime(), zone).replace('T', ' ') : '',
        ]
      }),
    ]),
  ])
