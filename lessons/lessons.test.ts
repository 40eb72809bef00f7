/** The harness: every lesson, in both languages, against its own lesson.yaml and the engine. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lessonFolders, readLesson } from '../sandbox/scenario/lesson-folder.node.ts'
import {
  badLinks,
  type Glossary,
  missingParts,
  offTerms,
  structureOf,
  tagsOf,
  typography,
  untranslated,
} from '../sandbox/scenario/prose.ts'

const root = import.meta.dirname
const languages = ['zh', 'en'] as const
const glossary = parse(readFileSync(join(root, 'glossary.yaml'), 'utf8')) as Glossary
const folders = lessonFolders(root)

describe('the course', () => {
  test('has a title and a summary for every chapter, in both languages', () => {
    const chapters = new Set(folders.map(f => f.id.split('/')[0]!))
    for (const chapter of chapters) {
      for (const language of languages) {
        expect(readFileSync(join(root, chapter, `${language}.mdx`), 'utf8')).toMatch(
          /^---\ntitle: .+\nsummary: .+\n---/,
        )
      }
    }
  })

  test('explains every term in both languages', () => {
    for (const [id, entry] of Object.entries(glossary)) {
      for (const language of languages)
        expect(entry[language], id).toEqual({ word: expect.any(String), text: expect.any(String) })
      expect(typography(`${entry.zh.word}\n${entry.zh.text}`, 'zh'), id).toEqual([])
      expect(typography(`${entry.en.word}\n${entry.en.text}`, 'en'), id).toEqual([])
    }
  })

  test('names only lessons that exist as prerequisites, and earlier ones', () => {
    const ids = folders.map(f => f.id)
    for (const [i, folder] of folders.entries()) {
      for (const id of readLesson(folder).prerequisites) expect(ids.slice(0, i), folder.id).toContain(id)
    }
  })

  test('holds no file that nobody reads', () => {
    const known =
      /^(lesson\.yaml|(zh|en)\.mdx|solution\.sh|also\/[\w-]+\.sh|wrong\/[\w-]+\.sh|start\/[\w.-]+\.yaml|files\/[\w./-]+|figures\/[\w-]+\.svg)$/
    for (const { id, files } of folders)
      expect(
        Object.keys(files).filter(path => !known.test(path)),
        id,
      ).toEqual([])
    expect(readdirSync(root).filter(name => !/^\d\d-|^glossary\.yaml$|\.test\.ts$/.test(name))).toEqual([])
  })
})

describe.each(folders)('$id', folder => {
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
})
