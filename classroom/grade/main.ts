/** `podlab grade FILES…`: a CSV of what was solved, on standard output. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type ChosenCourse, chooseLessons, OUR_LESSONS } from '../../course/chosen.node.ts'
import { endOf } from '../../course/dates.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import {
  asCsv,
  asTotals,
  createGrader,
  type Gradable,
  type Grader,
  LARGEST_FILE_BYTES,
  type Line,
  refused,
} from './grade.ts'

const USAGE = `podlab grade: what learners have solved, from what they have exported

Usage:
  podlab grade [--course course.yaml | --lessons FOLDER] [--totals] FILE.json...
      Plays every session again, runs the checks, and writes a table (CSV) to standard output:
      a line for each exercise, or, with --totals, for each file. Without --course it is the
      course.yaml of this folder, or else Podlab's own lessons.
`

export async function main(args: string[]): Promise<number> {
  const fail = (message: string): number => {
    process.stderr.write(`podlab grade: ${message}\n`)
    return 1
  }
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`)
  }
  const { values, positionals } = parsed
  if (values.help || positionals.length === 0) {
    ;(values.help ? process.stdout : process.stderr).write(USAGE)
    return values.help ? 0 : 1
  }
  const file = values.course ?? (!values.lessons && existsSync('course.yaml') ? 'course.yaml' : undefined)
  try {
    const course = file === undefined ? undefined : chooseLessons(file)
    const lessons = course ? lessonsOf(course) : lessonsIn(resolve(values.lessons ?? OUR_LESSONS))
    const grader = createGrader(lessons, { workers: availableParallelism() })
    const lines: Line[] = []
    try {
      for (const path of positionals) lines.push(...(await gradeFile(grader, path)))
    } finally {
      await grader.close()
    }
    process.stdout.write(values.totals ? asTotals(lines, lessons, course?.pass) : asCsv(lines))
    return 0
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** What cannot be read is a line as well: the others are graded all the same. */
async function gradeFile(grader: Grader, path: string): Promise<Line[]> {
  const file = basename(path)
  try {
    if ((await stat(path)).size > LARGEST_FILE_BYTES) return [refused(file, 'it is too large')]
    return await grader.grade(file, await readFile(path, 'utf8'))
  } catch (error) {
    return [refused(file, `it cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`)]
  }
}

const lessonsIn = (folder: string): Map<string, Gradable> =>
  new Map(lessonFolders(folder).map(f => [f.id, { world: readLesson(f).world }]))

const lessonsOf = (course: ChosenCourse): Map<string, Gradable> =>
  new Map(
    course.chapters.flatMap(chapter =>
      chapter.lessons.map(({ id, lesson, points, exercises, due }) => {
        const day = due ?? chapter.due ?? course.due
        return [
          id,
          { world: lesson.world, points, counted: exercises, ...(day && { due: endOf(day, course.timezone) }) },
        ] as const
      }),
    ),
  )

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      course: { type: 'string' },
      lessons: { type: 'string' },
      totals: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
