/** Every lesson, in both languages, against its own lesson.yaml and the engine: the checks of course/harness.ts, and the rules of our own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Attempts, hintsOf, wrongParts } from '../../course/attempts.ts'
import { lessonChecks } from '../../course/harness.ts'
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lesson-folder.node.ts'
import { type Glossary, ownRules } from '../../sandbox/scenario/prose.ts'
import { scriptParts } from '../../sandbox/scenario/run-script.ts'
import { todoIn } from '../../tools/lesson-template.mjs'

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
        test('has nothing left to be written', () => expect(todoIn(join(root, folder.id))).toEqual([]))
      })
}

export function lessonSuite(folder: LessonFolder): void {
  const lesson = readLesson(folder)
  const attempts = new Attempts(folder, lesson)

  test('has forms without a word of either language: what a blank is for is asked in the prose', () => {
    for (const [path, text] of Object.entries(folder.files))
      if (/^files\/.*\.txt$/.test(path))
        for (const line of text.split('\n').filter(l => l.includes('____')))
          expect(line, path).toMatch(/^(\d )?[\w.-]+: ____$/)
  })

  test('has files without a word of either language: what they are about is told in the prose', () => {
    for (const [path, text] of Object.entries(folder.files))
      if (/^(files|start)\//.test(path))
        expect(text.match(/^\s*(#(?!!)|\/\/|\/\*)(?! ____$).*/m)?.[0], path).toBeUndefined()
  })

  test('can be taken in 8 to 15 minutes', () => {
    expect(lesson.minutes).toBeGreaterThanOrEqual(8)
    expect(lesson.minutes).toBeLessThanOrEqual(15)
  })
  test('has two different right answers to each exercise', () => {
    for (const { id } of lesson.world.exercises) {
      const scripts = attempts.right.map(path =>
        scriptParts(folder.files[path] ?? '')
          .get(id)
          ?.trim(),
      )
      expect(new Set(scripts.filter(Boolean)).size, id).toBeGreaterThanOrEqual(2)
    }
  })
  test('has two wrong answers to each exercise', () => {
    const hinted = attempts.wrong.flatMap(path => wrongParts(folder.files[path] ?? '').map(part => part.hint))
    for (const exercise of lesson.world.exercises) {
      const own = hintsOf(exercise)
      expect(hinted.filter(hint => own.includes(hint)).length, exercise.id).toBeGreaterThanOrEqual(2)
    }
  })
  test.each(languages)('asks and lets predict, in %s', language =>
    expect(ownRules(folder.files[`${language}.mdx`] ?? '')).toEqual([]),
  )

  const checks = lessonChecks(folder, lesson, languages, glossary, attempts)
  test.each(checks.map(check => [check.name, check] as const))('%s', async (_, check) =>
    expect((await check.run()).map(problem => `lessons/${folder.id}/${problem}`)).toEqual([]),
  )
  test('gives each of its hints to somebody', async () => expect(await attempts.neverGiven()).toEqual([]))
}
