/** The harness: every lesson, in both languages, against its own lesson.yaml and the engine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createSession } from '../../sandbox/scenario/create.ts'
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lesson-folder.node.ts'
import { runOutputs } from '../../sandbox/scenario/outputs.ts'
import {
  badLinks,
  type Glossary,
  missingParts,
  offTerms,
  structureOf,
  tagsOf,
  typography,
  untranslated,
} from '../../sandbox/scenario/prose.ts'
import { runScript, scriptParts } from '../../sandbox/scenario/run-script.ts'
import { outputSteps } from '../../site/src/course/output-steps.ts'

export const root = join(import.meta.dirname, '..')
export const languages = ['zh', 'en'] as const
export const glossary = parse(readFileSync(join(root, 'glossary.yaml'), 'utf8')) as Glossary
export const folders = lessonFolders(root)

/** Test files are what runs side by side, so the course is shared out among this many of them. */
const SHARES = 4

/** @param share from 1; neighbours go to different shares, since the lessons of one chapter cost about the same */
export function suiteOf(share: number): void {
  for (const [i, folder] of folders.entries())
    if (i % SHARES === share - 1) describe(folder.id, () => lessonSuite(folder))
}

function lessonSuite(folder: LessonFolder): void {
  const lesson = readLesson(folder)
  const prose = { zh: folder.files['zh.mdx'] ?? '', en: folder.files['en.mdx'] ?? '' }

  test('has the same structure in both languages', () => {
    expect(structureOf(prose.zh)).toEqual(structureOf(prose.en))
  })

  test('can be taken in 8 to 15 minutes, and has a wrong answer or two', () => {
    expect(lesson.minutes).toBeGreaterThanOrEqual(8)
    expect(lesson.minutes).toBeLessThanOrEqual(15)
    expect(Object.keys(folder.files).filter(path => path.startsWith('wrong/')).length).toBeGreaterThanOrEqual(2)
  })

  describe.each(languages)('%s', language => {
    const text = prose[language]
    test('has title and summary', () => expect(text).toMatch(/^---\ntitle: .+\nsummary: .+\n---\n/))
    test('fits the lesson.yaml', () => expect(missingParts(text, lesson, glossary)).toEqual([]))
    test('is well set', () => expect(typography(text, language)).toEqual([]))
    test('writes terms as the glossary does', () => expect(offTerms(text, language, glossary)).toEqual([]))
    test('links to the documentation in its language', () => expect(badLinks(text, language)).toEqual([]))
    test('has drawings whose every word is given', () => {
      for (const { attributes } of tagsOf(text).filter(t => t.name === 'Figure')) {
        const svg = folder.files[`figures/${attributes.src}.svg`] ?? ''
        const wanted = [...svg.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g)].map(m => m[1]!)
        const given = [...(attributes.words ?? '').matchAll(/(\w+): ['"]/g)].map(m => m[1]!)
        expect(new Set(given), attributes.src).toEqual(new Set(wanted))
        expect(attributes.alt?.length, attributes.src).toBeGreaterThan(20)
      }
    })
    if (language === 'zh') test('has no untranslated part', () => expect(untranslated(text)).toEqual([]))
  })
  describe('in the engine', () => {
    const { world } = lesson
    const begin = () => createSession({ seed: 'harness', lesson: world })
    const wrong = Object.keys(folder.files).filter(path => path.startsWith('wrong/'))

    const answers = ['solution.sh', ...Object.keys(folder.files).filter(path => path.startsWith('also/'))]
    test('has more than one right answer', () => expect(answers.length).toBeGreaterThan(1))

    // Checks look and change nothing, so who has been asked before can still be solved.
    test.each(answers)('no check passes at the start, and every check after %s', async path => {
      const session = await begin()
      for (const { id } of path === 'solution.sh' ? world.exercises : [])
        for (const check of await session.check(id)) expect(check, `${id}/${check.id}`).toMatchObject({ passed: false })
      const parts = scriptParts(folder.files[path] ?? '')
      expect([...parts.keys()].filter(Boolean)).toEqual(world.exercises.map(e => e.id))
      for (const [exercise, script] of parts) {
        const { screen, finished } = await runScript(session, script)
        expect(finished, screen).toBe(true)
        if (!exercise) continue
        for (const check of await session.check(exercise)) {
          expect(check, `${exercise}/${check.id}\n${screen}`).toMatchObject({ passed: true })
        }
      }
    })

    test.each(wrong)('%s brings up its hint', async path => {
      const script = folder.files[path]!
      const hint = /^# hint: (\S+)/m.exec(script)?.[1]
      expect(hint, 'a wrong answer names its hint in a line "# hint: ID"').toBeDefined()
      const session = await begin()
      const { screen } = await runScript(session, script.replace(/^#.*\n/gm, ''))
      const asked = world.exercises.filter(e => e.checks.some(c => c.id === hint || c.hints?.some(h => h.id === hint)))
      const hints: (string | undefined)[] = []
      for (const { id } of asked) hints.push(...(await session.check(id)).map(check => check.hint))
      expect(hints, screen).toContain(hint)
    })

    test('the outputs shown come out as the prose says', async () => {
      const fails = tagsOf(prose.en)
        .filter(tag => tag.name === 'Output')
        .map(tag => tag.attributes.fails !== undefined)
      const steps = outputSteps(prose.en)
      const results = await runOutputs(world, steps)
      for (const [i, { text, code }] of results.entries())
        expect(code !== 0, `$ ${steps[i]!.cmd}\n${text}`).toBe(fails[i])
    })
  })
}
