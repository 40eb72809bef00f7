/** Runs the answers in a lesson's folder, right and wrong: which checks pass, which hints are given. */
import { stripVTControlCharacters } from 'node:util'
import { createSession } from '../sandbox/scenario/create.ts'
import type { Lesson } from '../sandbox/scenario/lessons/lesson.ts'
import type { LessonFolder } from '../sandbox/scenario/lessons/lesson-folder.node.ts'
import type { LiveSession } from '../sandbox/scenario/live-session.ts'
import { runScript, scriptParts } from '../sandbox/scenario/run-script.ts'
import type { Exercise } from '../sandbox/scenario/session.ts'

export interface Attempt {
  /** What is not as it has to be, each with the file where it stands. */
  problems: string[]
  /** Hints that were given, as `exercise/check: hint`. */
  given: string[]
}

/** Runs each answer at most once, however often its result is asked for. */
export class Attempts {
  readonly right: readonly string[]
  readonly wrong: readonly string[]
  readonly #folder: LessonFolder
  readonly #lesson: Lesson
  readonly #made = new Map<string, Promise<Attempt>>()

  constructor(folder: LessonFolder, lesson: Lesson) {
    this.#folder = folder
    this.#lesson = lesson
    const of = (what: string): string[] => Object.keys(folder.files).filter(path => path.startsWith(`${what}/`))
    this.right = ['solution.sh', ...of('also')]
    this.wrong = of('wrong')
  }

  of(path: string): Promise<Attempt> {
    let attempt = this.#made.get(path)
    if (!attempt) this.#made.set(path, (attempt = this.#make(path)))
    return attempt
  }

  /** Hints that no attempt brings up, neither a wrong answer nor none at all. */
  async neverGiven(): Promise<string[]> {
    const given = new Set<string>()
    for (const path of [...this.right, ...this.wrong]) for (const hint of (await this.of(path)).given) given.add(hint)
    return this.#lesson.world.exercises
      .flatMap(({ id, checks }) =>
        checks.flatMap(c => [...(c.hints ?? []), c].map(hint => `${id}/${c.id}: ${hint.id}`)),
      )
      .filter(hint => !given.has(hint))
  }

  #make(path: string): Promise<Attempt> {
    const script = this.#folder.files[path]
    if (script === undefined) return Promise.resolve({ problems: [`${path} is missing`], given: [] })
    return this.wrong.includes(path) ? tryWrong(this.#lesson, path, script) : tryRight(this.#lesson, path, script)
  }
}

/** Hints that a wrong answer says it brings up, in order, with what is done for each. */
export function wrongParts(script: string): { hint: string; script: string }[] {
  return script.split(/^(?=# hint: )/m).flatMap(part => {
    const hint = /^# hint: (\S+)/.exec(part)?.[1]
    return hint === undefined ? [] : [{ hint, script: part.replace(/^#.*\n/gm, '') }]
  })
}

/** What a terminal showed, without what moves and colours it. */
const plain = (screen: string): string => stripVTControlCharacters(screen).trimEnd()

const begin = ({ world }: Lesson): Promise<LiveSession> => createSession({ seed: 'harness', lesson: world })

async function tryRight(lesson: Lesson, path: string, script: string): Promise<Attempt> {
  const session = await begin(lesson)
  const problems: string[] = []
  const given: string[] = []
  const parts = scriptParts(script)
  const named = [...parts.keys()].filter(Boolean)
  const expected = lesson.world.exercises.map(e => e.id)
  if (named.join() !== expected.join()) {
    const are = named.join(', ') || 'missing'
    problems.push(`${path}: "# exercise: ID" lines are ${are}; lesson.yaml has ${expected.join(', ')}`)
    return { problems, given }
  }
  // Checks look and change nothing, so who has been asked before can still be solved. Once is enough.
  for (const { id } of path === 'solution.sh' ? lesson.world.exercises : [])
    for (const check of await session.check(id)) {
      if (check.passed) problems.push(`lesson.yaml: ${id}/${check.id} passes before anything has been done`)
      else given.push(`${id}/${check.id}: ${check.hint}`)
    }
  for (const [exercise, part] of parts) {
    const { screen, finished } = await runScript(session, part)
    if (!finished) {
      problems.push(`${path}: ${exercise} never comes back to the prompt\n${plain(screen)}`)
      break
    }
    if (!exercise) continue
    for (const check of await session.check(exercise))
      if (!check.passed) problems.push(`${path}: ${exercise}/${check.id} does not pass\n${plain(screen)}`)
  }
  return { problems, given }
}

async function tryWrong(lesson: Lesson, path: string, script: string): Promise<Attempt> {
  const parts = wrongParts(script)
  const problems: string[] = []
  const given: string[] = []
  if (!parts.length) problems.push(`${path}: a wrong answer names its hint in a line "# hint: ID"`)
  const session = await begin(lesson)
  for (const { hint, script: part } of parts) {
    const asked = lesson.world.exercises.filter(exercise => hintsOf(exercise).includes(hint))
    if (!asked.length) {
      problems.push(`${path}: no check of lesson.yaml has the hint ${hint}`)
      continue
    }
    const { screen } = await runScript(session, part)
    const shown: string[] = []
    for (const { id } of asked)
      for (const check of await session.check(id))
        if (check.hint) {
          shown.push(check.hint)
          given.push(`${id}/${check.id}: ${check.hint}`)
        }
    if (!shown.includes(hint))
      problems.push(`${path}: brings up ${shown.join(', ') || 'no hint'} instead of ${hint}\n${plain(screen)}`)
  }
  return { problems, given }
}

export const hintsOf = ({ checks }: Exercise): string[] =>
  checks.flatMap(check => [check.id, ...(check.hints ?? []).map(h => h.id)])
