/** `podlab check-course`: course.yaml, and the course's own lessons against the engine. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseLesson } from '../sandbox/scenario/lessons/lesson.ts'
import type { Glossary } from '../sandbox/scenario/lessons/prose.ts'
import { describeProblem } from '../sandbox/scenario/lessons/yaml-reader.ts'
import { Attempts } from './attempts.ts'
import { type ChosenCourse, OUR_LESSONS, readChosen } from './chosen.node.ts'
import { lessonChecks, strayFiles } from './harness.ts'

const glossaryOf = ({ ownPath }: ChosenCourse): Glossary =>
  Object.assign(
    {},
    ...[OUR_LESSONS, ownPath]
      .map(root => root && join(root, 'glossary.yaml'))
      .filter((path): path is string => path !== undefined && existsSync(path))
      .map(path => parse(readFileSync(path, 'utf8')) as Glossary),
  )

/**
 * @param say is told of each check as it is made
 * @returns every problem
 */
export async function checkCourse(file: string, say: (line: string) => void): Promise<string[]> {
  const { chosen, problems: unreadable } = readChosen(file)
  const problems = unreadable.map(describeProblem)
  const glossary = glossaryOf(chosen)
  for (const folder of chosen.own) {
    const root = chosen.lessons ?? ''
    const { lesson, problems: wrong } = parseLesson(folder.id, folder.files, root)
    // What is wrong with a chosen one's lesson.yaml has been told already.
    if (!lesson) {
      if (!wrong.some(p => unreadable.some(u => u.message === p.message))) problems.push(...wrong.map(describeProblem))
      continue
    }
    const at = `${root}/${folder.id}`
    problems.push(...strayFiles(folder).map(path => `${at}/${path}: no lesson has such a file; see docs/authoring.md`))
    const attempts = new Attempts(folder, lesson)
    for (const check of lessonChecks(folder, lesson, chosen.languages, glossary, attempts)) {
      const found = await check.run()
      say(`${found.length ? '✗' : '✓'} ${folder.id}: ${check.name}`)
      problems.push(...found.map(problem => `${at}/${problem}`))
    }
  }
  return problems
}
