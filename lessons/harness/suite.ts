/** Every lesson, in both languages, against its own lesson.yaml and the engine: the checks of course/harness.ts, and the rules of our own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Attempts } from '../../course/attempts.ts'
import { lessonChecks } from '../../course/harness.ts'
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import type { Glossary } from '../../sandbox/scenario/lessons/prose.ts'
import { todoIn } from '../../tools/lesson-template.mjs'
import { houseRules } from './house-rules.ts'

export const root = join(import.meta.dirname, '..')
export const languages = ['zh', 'en'] as const
export const glossary = parse(readFileSync(join(root, 'glossary.yaml'), 'utf8')) as Glossary
export const folders = lessonFolders(root)

/** Test files are what runs side by side, so the course is shared out among this many of them. */
const SHARES = 4

/** @param share from 1; neighbours go to different shares, since the lessons of one chapter cost about the same */
export function suiteOf(share: number): void {
  for (const [i, folder] of folders.entries())
    if (i % SHARES === share - 1)
      describe(folder.id, () => {
        lessonSuite(folder)
        test('has nothing left to be written', () =>
          expect(todoIn(join(root, folder.id)).map(line => `lessons/${folder.id}/${line}`)).toEqual([]))
      })
}

export function lessonSuite(folder: LessonFolder): void {
  const lesson = readLesson(folder)
  const attempts = new Attempts(folder, lesson)

  const rules = houseRules(folder, lesson, attempts)
  test.each(rules.map(rule => [rule.name, rule] as const))('%s', (_, rule) =>
    expect(rule.problems().map(problem => `lessons/${folder.id}/${problem}`)).toEqual([]),
  )

  const checks = lessonChecks(folder, lesson, languages, glossary, attempts)
  test.each(checks.map(check => [check.name, check] as const))('%s', async (_, check) =>
    expect((await check.run()).map(problem => `lessons/${folder.id}/${problem}`)).toEqual([]),
  )
  test('gives each of its hints to somebody', async () =>
    expect((await attempts.neverGiven()).map(hint => `lessons/${folder.id}/wrong: nothing brings up ${hint}`)).toEqual(
      [],
    ))
}
