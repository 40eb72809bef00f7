/**
 * What happened in a class, as xAPI statements with cmi5's verbs. A statement's id is made of what it says, so the same
 * statement sent twice is one, and one that says something else is another.
 */
import { createHash } from 'node:crypto'
import { canonical } from '../../sandbox/scenario/hash.ts'
import type { Queries } from '../db/db.ts'
import type { Class } from '../domain/classes.ts'
import { gradeBook } from '../domain/grades.ts'
import { exerciseTitle, type Lessons } from '../domain/lessons.ts'

const CMI5 = 'https://w3id.org/xapi/cmi5/context/categories/cmi5'
const MOVE_ON = 'https://w3id.org/xapi/cmi5/context/categories/moveon'
const VERBS = {
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  passed: 'http://adlnet.gov/expapi/verbs/passed',
  failed: 'http://adlnet.gov/expapi/verbs/failed',
} as const
type Verb = keyof typeof VERBS

export interface Statement {
  id: string
  actor: object
  verb: { id: string; display: { en: string } }
  object: { id: string }
  result?: object
  context: { registration: string; contextActivities: object; platform: string }
  timestamp: string
}

/** A UUID of the form of version 5, made of what it names. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export interface Course {
  origin: string
  lessons: Lessons
  languages: readonly ('zh' | 'en')[]
}

/** Of everybody in the class: lessons begun, exercises judged, lessons that count done. In the order in which it happened. */
export async function statementsOf(
  db: Queries,
  of: Class,
  { origin, lessons, languages }: Course,
): Promise<Statement[]> {
  const course = { id: `${origin}/classroom/xapi/classes/${of.id}`, definition: { name: { und: of.name } } }
  const lessonActivity = (id: string) => {
    const { path, title } = lessons.get(id) ?? { path: id, title: { zh: id, en: id } }
    return {
      objectType: 'Activity',
      id: `${origin}/${languages.includes('en') ? 'en' : 'zh'}/${path}`,
      definition: { type: 'http://adlnet.gov/expapi/activities/lesson', name: { en: title.en, 'zh-CN': title.zh } },
    }
  }
  const exerciseActivity = (lesson: string, exercise: string) => ({
    objectType: 'Activity',
    id: `${lessonActivity(lesson).id}#${encodeURIComponent(exercise)}`,
    definition: {
      type: 'http://adlnet.gov/expapi/activities/assessment',
      name: {
        en: exerciseTitle(lessons, 'en', lesson, exercise),
        'zh-CN': exerciseTitle(lessons, 'zh', lesson, exercise),
      },
    },
  })
  const people = new Map(
    (
      await db.query<{ id: string; nickname: string }>('select id, nickname from learner where class = $1', [of.id])
    ).map(l => [l.id, l.nickname]),
  )
  const all: Statement[] = []
  const say = (
    learner: string,
    verb: Verb,
    lesson: string,
    at: Date,
    more: { exercise?: string; result?: object; moveOn?: boolean } = {},
  ): void => {
    const { exercise, result } = more
    const said = {
      actor: {
        objectType: 'Agent',
        name: people.get(learner) ?? learner,
        account: { homePage: `${origin}/classroom`, name: learner },
      },
      verb: { id: VERBS[verb], display: { en: verb } },
      object: exercise === undefined ? lessonActivity(lesson) : exerciseActivity(lesson, exercise),
      ...(result && { result }),
      context: {
        registration: uuidOf(`${learner}\n${lesson}`),
        platform: 'Podlab',
        contextActivities: {
          grouping: [course],
          // Only what is said of a whole lesson is a statement that cmi5 defines; of its parts it allows any.
          ...(exercise === undefined
            ? { category: [{ id: CMI5 }, ...(more.moveOn ? [{ id: MOVE_ON }] : [])] }
            : { parent: [{ id: lessonActivity(lesson).id }] }),
        },
      },
      timestamp: at.toISOString(),
    }
    all.push({ id: uuidOf(canonical(said)), ...said })
  }

  const begun = await db.query<{ learner: string; lesson: string; begun: Date }>(
    'select p.learner, p.lesson, p.begun from progress p join learner l on l.id = p.learner where l.class = $1',
    [of.id],
  )
  for (const p of begun) say(p.learner, 'initialized', p.lesson, p.begun)
  type Judged = {
    learner: string
    lesson: string
    exercise: string
    at: Date
    state: 'passed' | 'failed'
    hints: number
  }
  const judged = await db.query<Judged>(
    `select s.learner, s.lesson, s.exercise, s.at, s.state, s.hints from submission s join learner l on l.id = s.learner
     where l.class = $1 and s.state in ('passed', 'failed')`,
    [of.id],
  )
  for (const s of judged)
    say(s.learner, s.state, s.lesson, s.at, {
      exercise: s.exercise,
      result: {
        success: s.state === 'passed',
        score: { scaled: s.state === 'passed' ? 1 : 0 },
        extensions: { [`${origin}/classroom/xapi/hints`]: s.hints },
      },
    })
  for (const { learner, grades } of (await gradeBook(db, of.id, lessons)).rows)
    for (const [lesson, grade] of grades) {
      if (!grade.at || grade.of === 0 || grade.passed < grade.of) continue
      say(learner, 'completed', lesson, grade.at, { moveOn: true, result: { completion: true } })
      const score = { scaled: Math.round(grade.score * 10_000) / 10_000 }
      say(learner, 'passed', lesson, grade.at, { moveOn: true, result: { success: true, score } })
    }
  return all.sort((a, b) => a.timestamp.localeCompare(b.timestamp))
}
