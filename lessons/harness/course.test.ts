/** Invariants of the course as a whole. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { strayFiles } from '../../course/harness.ts'
import { readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { tagsOf, typography } from '../../sandbox/scenario/lessons/prose.ts'
import { folders, glossary, languages, root } from './suite.ts'

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
        expect(entry[language], id).toMatchObject({ word: expect.any(String), text: expect.any(String) })
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

  test('is mapped from the classic introduction, to lessons and exercises that exist', () => {
    const map = readFileSync(join(root, '../docs/seed-map.md'), 'utf8')
    const rows = [...map.matchAll(/^\|[^|]+\| `([^`]+)` \| (.+) \|$/gm)]
    expect(rows.length).toBeGreaterThan(30)
    expect(map.match(/^\| (?!statement \|)/gm), 'each row names a lesson').toHaveLength(rows.length)
    for (const [row, id, exercises] of rows) {
      const folder = folders.find(f => f.id === id)
      expect(folder, row).toBeDefined()
      const known = readLesson(folder!).world.exercises.map(e => e.id)
      const named = [...exercises!.matchAll(/`([^`]+)`/g)].map(([, exercise]) => exercise)
      expect(named, row).not.toEqual([])
      expect(known, row).toEqual(expect.arrayContaining(named))
    }
    const ids = folders.map(f => f.id)
    for (const [, id] of map.matchAll(/`(\d\d-[^`]+)`/g)) expect(ids).toContain(id)
  })

  test('asks about earlier lessons again, in every lesson once there are some', () => {
    const asks = folders.map(({ files }) =>
      tagsOf(files['en.mdx'] ?? '').some(t => t.name === 'Quiz' && t.attributes.again),
    )
    const first = asks.indexOf(true)
    expect(first).toBeLessThan(3)
    expect(
      folders
        .slice(first)
        .filter((_, i) => !asks[first + i])
        .map(f => f.id),
    ).toEqual([])
  })

  test('has its right answers in no place more than in others', () => {
    const places = folders
      .flatMap(({ files }) => [
        ...(files['en.mdx'] ?? '').matchAll(/<(Quiz|Predict) (?![^>]*multiple)[^>]*>.*?<\/\1>/gs),
      ])
      .map(([question]) => tagsOf(question).filter(t => t.name === 'Option'))
      .filter(options => options.length === 3)
      .map(options => options.findIndex(option => option.attributes.correct))
    expect(places.length).toBeGreaterThan(200)
    for (const place of [0, 1, 2]) {
      const share = places.filter(p => p === place).length / places.length
      expect(share, `place ${place + 1} of 3`).toBeGreaterThan(0.25)
      expect(share, `place ${place + 1} of 3`).toBeLessThan(0.42)
    }
  })

  test('holds no file that nobody reads', () => {
    for (const folder of folders) expect(strayFiles(folder), folder.id).toEqual([])
    expect(readdirSync(root).filter(name => !/^\d\d-|^glossary\.yaml$|^(harness|exam)$/.test(name))).toEqual([])
  })
})
