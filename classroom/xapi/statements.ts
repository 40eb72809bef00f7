/**
 * The events of a class, as xAPI statements after cmi5. A session of cmi5 is a learner's way through a lesson, from opening it
 * until all of it that counts is passed; the class is the course, and being in it the registration.
 */
import type { Queries } from '../db/db.ts'
import type { Class } from '../domain/classes.ts'
import { gradeBook } from '../domain/grades.ts'
import { exerciseTitle, type Lessons } from '../domain/lessons.ts'
import {
  type Activity,
  CMI5,
  duration,
  launchTerms,
  MASTERY,
  MASTERY_SCORE,
  MOVE_ON,
  type Result,
  SESSION,
  type Statement,
  uuidOf,
  VERBS,
  type Verb,
  withId,
} from './cmi5.ts'

export interface Course {
  origin: string
  lessons: Lessons
  languages: readonly ('zh' | 'en')[]
}

interface Judged {
  learner: string
  lesson: string
  exercise: string
  at: Date
  state: 'passed' | 'failed'
  hints: number
}

interface Session {
  learner: string
  lesson: string
  begun: Date
}

/** Of everybody in the class: lessons opened, exercises judged, lessons that count done. In the order in which it happened. */
export async function statementsOf(db: Queries, of: Class, course: Course): Promise<Statement[]> {
  const people = new Map(
    (
      await db.query<{ id: string; nickname: string }>('select id, nickname from learner where class = $1', [of.id])
    ).map(l => [l.id, l.nickname]),
  )
  const judged = await db.query<Judged>(
    `select s.learner, s.lesson, s.exercise, s.at, s.state, s.hints from submission s join learner l on l.id = s.learner
     where l.class = $1 and s.state in ('passed', 'failed') order by s.at`,
    [of.id],
  )
  const opened = await db.query<Session>(
    'select p.learner, p.lesson, p.begun from progress p join learner l on l.id = p.learner where l.class = $1',
    [of.id],
  )
  const sessions = new Map<string, Session>()
  const keyOf = ({ learner, lesson }: { learner: string; lesson: string }): string => `${learner}\n${lesson}`
  // What was handed in was begun before, also where nobody was told of it.
  for (const session of [...opened, ...judged.map(s => ({ ...s, begun: s.at }))]) {
    const known = sessions.get(keyOf(session))
    if (!known || session.begun < known.begun) sessions.set(keyOf(session), session)
  }

  const { classActivity, lessonActivity, exerciseActivity, publisherId, gradeExtension, hintsExtension } = activitiesOf(
    of,
    course,
  )
  const all: Statement[] = []
  interface More {
    object?: Activity
    result?: Result
    extensions?: Record<string, unknown>
  }
  const say = (session: Session, verb: Verb, at: Date, { object, result, extensions }: More = {}): void => {
    const lesson = lessonActivity(session.lesson)
    const isPart = object?.id.startsWith(`${lesson.id}#`)
    const movesOn = result?.success !== undefined || result?.completion !== undefined
    const { learner } = session
    all.push(
      withId({
        actor: {
          objectType: 'Agent',
          name: people.get(learner) ?? learner,
          account: { homePage: `${course.origin}/classroom`, name: learner },
        },
        verb: { id: VERBS[verb], display: { en: verb } },
        object: object ?? lesson,
        ...(result && { result }),
        context: {
          registration: uuidOf(`registration\n${of.id}\n${learner}`),
          platform: 'Podlab',
          contextActivities: {
            grouping: [classActivity, ...(object === classActivity ? [] : [{ id: publisherId(session.lesson) }])],
            // cmi5 defines what is said of a whole lesson or course; of a lesson's parts it allows any statement.
            ...(isPart
              ? { parent: [{ id: lesson.id }] }
              : { category: [{ id: CMI5 }, ...(movesOn ? [{ id: MOVE_ON }] : [])] }),
          },
          extensions: {
            [SESSION]: uuidOf(`session\n${keyOf(session)}\n${session.begun.toISOString()}`),
            ...extensions,
          },
        },
        timestamp: at.toISOString(),
      }),
    )
  }

  for (const session of sessions.values()) {
    say(session, 'launched', session.begun, { extensions: launchTerms(lessonActivity(session.lesson).id) })
    say(session, 'initialized', session.begun)
  }
  for (const s of judged)
    say(sessions.get(keyOf(s))!, s.state, s.at, {
      object: exerciseActivity(s.lesson, s.exercise),
      result: {
        success: s.state === 'passed',
        score: { scaled: s.state === 'passed' ? 1 : 0 },
        extensions: { [hintsExtension]: s.hints },
      },
    })
  for (const { learner, grades } of (await gradeBook(db, of.id, course.lessons)).rows) {
    const done: { session: Session; at: Date }[] = []
    for (const [lesson, grade] of grades) {
      const session = sessions.get(keyOf({ learner, lesson }))
      if (!session || !grade.at || grade.of === 0 || grade.passed < grade.of) continue
      const took = duration(session.begun, grade.at)
      say(session, 'completed', grade.at, { result: { completion: true, duration: took } })
      say(session, 'passed', grade.at, {
        result: {
          success: true,
          score: { scaled: grade.passed / grade.of },
          duration: took,
          extensions: { [gradeExtension]: Math.round(grade.score * 10_000) / 10_000 },
        },
        extensions: { [MASTERY]: MASTERY_SCORE },
      })
      say(session, 'terminated', grade.at, { result: { duration: took } })
      done.push({ session, at: grade.at })
    }
    const last = done.sort((a, b) => +a.at - +b.at).at(-1)
    if (last && done.length === grades.size) say(last.session, 'satisfied', last.at, { object: classActivity })
  }
  return all.sort((a, b) => a.timestamp.localeCompare(b.timestamp))
}

/** What statements are about, and the names of our own that they use. */
function activitiesOf(of: Class, { origin, lessons, languages }: Course) {
  const own = `${origin}/classroom/xapi`
  const type = (name: string): string => `http://adlnet.gov/expapi/activities/${name}`
  const classActivity: Activity = {
    objectType: 'Activity',
    id: `${own}/classes/${of.id}`,
    definition: { type: 'https://w3id.org/xapi/cmi5/activitytype/course', name: { und: of.name } },
  }
  const lessonActivity = (id: string): Activity => {
    const { path, title } = lessons.get(id) ?? { path: id, title: { zh: id, en: id } }
    return {
      objectType: 'Activity',
      id: `${origin}/${languages.includes('en') ? 'en' : 'zh'}/${path}`,
      definition: { type: type('lesson'), name: { en: title.en, 'zh-CN': title.zh } },
    }
  }
  const exerciseActivity = (lesson: string, exercise: string): Activity => ({
    objectType: 'Activity',
    id: `${lessonActivity(lesson).id}#${encodeURIComponent(exercise)}`,
    definition: {
      type: type('assessment'),
      name: {
        en: exerciseTitle(lessons, 'en', lesson, exercise),
        'zh-CN': exerciseTitle(lessons, 'zh', lesson, exercise),
      },
    },
  })
  /** The lesson wherever it is used; the activity is the lesson as this classroom has it. */
  const publisherId = (lesson: string): string => `${own}/lessons/${lesson}`
  return {
    classActivity,
    lessonActivity,
    exerciseActivity,
    publisherId,
    gradeExtension: `${own}/grade`,
    hintsExtension: `${own}/hints`,
  }
}
